"""security/injected-content: 页面被篡改、植入违法内容."""

from __future__ import annotations

from collections.abc import Iterator

from duwang.checks.check import check, finding
from duwang.checks.security.illicit import illicit, is_report
from duwang.model.findings import Findings, Severity
from duwang.model.material import Document

_META = ("keywords", "description", "title", "og:title", "articletitle", "contentsource", "sitename")


@check("security/injected-content", on=Document, title="页面被植入违法内容", places=("site", "account"), folds=True)
def injected_content(page: Document, *, least: int = 3) -> Findings:
    """
    查什么：页面的标题、关键词、来源、署名和正文里，有没有被植入的赌博、色情、诈骗内容。

    依据：国办秘函〔2019〕19号，单项否决指标“安全、泄密事故等严重问题”：对安全攻击没有及时有效处置；发布反动、暴力、色情等内容。
    是否被入侵由人确认。

    会报：标题、关键词、描述、来源、署名中有这类名称的；正文有三处以上这类用语、又不是在报道或提醒的。

    不报：打击赌博、扫黄打非、防骗提醒、彩票管理等报道和文件；正文里偶然提到的。

    怎么改：立即恢复页面，关闭漏洞，排查后门，核对搜索引擎中的快照，按规定报告。

    设置：least 正文至少几处才报。
    """
    for place, text in _heads(page):
        strong = illicit(text, strong_only=True)
        if strong and not is_report(text):
            term, kind, _, _ = strong[0]
            yield finding(
                page, quote=text[:60], context=place, severity=Severity.SERIOUS, certainty=0.9,
                message=f"页面{place}里有{kind}内容“{term}”，可能被篡改", facts={"place": place, "kind": kind, "term": term},
            )  # fmt: skip
            return
    found = illicit(page.body)
    if len({term for term, _, _, _ in found}) < least or is_report(page.title) or is_report(page.body):
        return
    if any(one in found for one in illicit(page.body, strong_only=True)):
        term, kind, start, end = found[0]
        terms = "、".join(f"“{one}”" for one in dict.fromkeys(term for term, _, _, _ in found[:3]))
        yield finding(
            page, quote=page.body[start:end], start=start, end=end, severity=Severity.SERIOUS, certainty=0.8,
            message=f"正文里有{kind}内容{terms}，可能被篡改", facts={"place": "正文", "kind": kind, "term": term},
        )  # fmt: skip


def _heads(page: Document) -> Iterator[tuple[str, str]]:
    yield "标题", page.title
    yield "来源", page.source
    yield "署名", page.author
    for name in _META:
        yield f"标签{name}", page.meta.get(name, "")
