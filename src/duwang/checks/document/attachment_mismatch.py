"""附件与正文不符."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.checks.document.attachment_names import Listing, key, likeness, listing
from duwang.model.findings import Draft, Findings, NotApplicable, Severity
from duwang.model.material import Document

_INLINE = re.compile(
    r"^[ \u3000\t]*附[ \u3000]*(?:件|表)[ \u3000]*[0-9一二三四五六七八九十]{0,3}[ \u3000]*(?:[：:.．、]?[ \u3000]*$|[：: \u3000])",
    re.MULTILINE,
)
_PAPER = re.compile(r"另发|不另行文|略|不公开|依申请公开|请(?:到|至|在|登录)|另行下载|扫[码描]")
_ALIKE = 0.34


@check("document/attachment-mismatch", on=Document, title="附件与正文不符")
def attachment_mismatch(document: Document) -> Findings:
    """
    查什么：正文“附件：”列出的附件，与页面实际挂出的附件是否一致。

    依据：《党政机关公文格式》（GB/T 9704-2012）7.3.5附件说明；昌宁县2024年一季度检查情况通报“附件与正文不符”“多插附件”。

    会报：正文列了附件而页面没有；挂出的比列出的少；名称对不上；挂出的比列出的多（提示）。

    不报：附件内容直接写在正文后面的；正文没有“附件：”一项的；挂出的附件名称只有“附件1”“下载”、个数相符的；写明另发、略、不公开的。

    怎么改：补传、更换或删去附件，使名称、个数与正文一致。
    """
    if document.kind not in ("article", "guide") or document.medium != "page":
        raise NotApplicable("不是稿件页面")
    listed = listing(document.body)
    if listed is None or _PAPER.search(document.body[listed.start : listed.end]):
        return
    if _INLINE.search(document.body[listed.end :]) or _follows(document, listed):
        return
    named = [(link, key(link.text)) for link in document.attachments]
    if not named:
        if not document.images:
            yield _draft(document, listed, f"正文列出附件{len(listed.names)}个，页面没有挂出附件", certainty=0.7)
        return
    if len(named) < len(listed.names):
        yield _draft(document, listed, f"正文列出附件{len(listed.names)}个，页面只挂出{len(named)}个")
        return
    known = [name for _, name in named if name]
    for name in listed.names:
        if key(name) and len(known) == len(named) and max(likeness(key(name), other) for other in known) < _ALIKE:
            yield _draft(document, listed, f"正文列出的附件“{name}”与挂出的附件名称不符", quote=name, certainty=0.8)
    extra = [
        link.text for link, name in named if name and max(likeness(name, key(one)) for one in listed.names) < _ALIKE
    ]
    if len(named) > len(listed.names) and extra:
        yield _draft(
            document, listed, f"页面挂出附件{len(named)}个，正文只列出{len(listed.names)}个，多出“{extra[0]}”",
            severity=Severity.HINT, certainty=0.6,
        )  # fmt: skip


def _follows(document: Document, listed: Listing) -> bool:
    """Whether what the list names is written out below: a line that is one of the names."""
    below = {re.sub(r"[\s\u3000《》]", "", line) for line in document.body[listed.end :].split("\n")}
    linked = {re.sub(r"[\s\u3000《》]", "", link.text) for link in document.attachments}
    return any(re.sub(r"[\s\u3000《》]", "", name) in below - linked for name in listed.names)


def _draft(
    document: Document, listed: Listing, message: str, *, quote: str = "", severity: Severity = Severity.ORDINARY, certainty: float = 0.85
) -> Draft:  # fmt: skip
    words = quote or document.body[listed.start : listed.end].strip()
    start = document.body.find(words, listed.start)
    return finding(
        document, quote=words[:80], message=message, start=start, end=start + len(words), severity=severity, certainty=certainty,
        facts={"listed": list(listed.names), "attached": [link.text for link in document.attachments]},
    )  # fmt: skip
