"""标题的毛病."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice, pairwise

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, NotApplicable, Severity
from duwang.model.material import Document

_KIND = "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要"
_SPACES = re.compile(r"[ \u3000\u00a0\t]+")
_PAIRS = {"（": "）", "《": "》", "“": "”", "〔": "〕", "【": "】", "(": ")", "[": "]", "〈": "〉", "‘": "’"}
_EMPTY = re.compile(
    r"无标题|新建(?:文档|文件|文本|Microsoft)|未命名|untitled|null|undefined|测试(?:数据|文章|标题|一下)?[0-9]*|test[0-9]*|标题|aaa+|111+",
    re.IGNORECASE,
)
_FILE = re.compile(r"\.(?:docx?|pdf|wps|xlsx?|txt|ofd|html?|jpe?g|png)$", re.IGNORECASE)
_STOPS = re.compile(r"[。，；、：,;:]$")
_REMNANT = re.compile(
    r"&(?:nbsp|amp|lt|gt|quot|ldquo|rdquo);|</?(?:p|br|span|font|strong|b|div)\b[^>]*>", re.IGNORECASE
)
_DOUBLED = re.compile(
    rf"关于关于|的的|通知的通知通知|(?P<kind>{_KIND})(?P=kind)$|(?P<long>[\u4e00-\u9fff]{{4,}})(?P=long)"
)
_NESTED = re.compile(r"关于(?:转发|印发|批转|做好|开展|贯彻|学习|落实)")
_UNIT = re.compile(rf"^关于[^，。]{{2,}}(?:{_KIND})$")
_LACKS_OF = re.compile(
    r"关于[\u4e00-\u9fff“”《》、]{4,}(?:工作|方案|办法|活动|情况|会议)(?:通知|通报|公告|通告|意见|批复)$"
)
_LEAST = 12


@check("document/title-fault", on=Document, title="标题格式错误或重复", places=("site", "text"))
def title_fault(document: Document) -> Findings:
    """
    查什么：稿件标题写得对不对，正文开头有没有把标题又写一遍。

    依据：《党政机关公文处理工作条例》第九条（标题由发文机关名称、事由和文种组成）；昌宁县2024年一季度检查情况通报“标题格式错误、标题重复”。

    会报：标题为空、是“新建文档”“测试”等字样；标题里词语重复（“关于关于”“通知通知”）；括号、引号、书名号不配对；标题末尾有句号、逗号；标题
    带着文件后缀名或网页代码；公文标题漏“的”字；正文里把标题连写两遍。正文开头与页面标题相同的只作提示（公文原文照登的，本来就有标题）。

    不报：末尾的问号、叹号、引号、省略号；“转发……的通知的通知”；栏目页、首页。

    怎么改：在发布后台改正标题；正文开头重复的标题删去。
    """
    if document.kind not in ("article", "guide", "post", "other", "attachment"):
        raise NotApplicable("不是稿件")
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    if document.medium != "text" and document.kind != "attachment":
        yield from _in_title(document)
    yield from _in_body(document)


def _in_title(document: Document) -> Findings:
    title = document.title.strip()
    for quote, message, severity in _faults(title):
        yield finding(
            document,
            quote=quote,
            message=message,
            severity=severity,
            certainty=0.9 if severity is Severity.ORDINARY else 0.6,
        )


def _faults(title: str) -> Iterator[tuple[str, str, Severity]]:
    bare = _SPACES.sub("", title)
    if not bare:
        yield "", "没有标题", Severity.ORDINARY
        return
    if _EMPTY.fullmatch(bare):
        yield title, f"标题是“{title}”，没有写明内容", Severity.ORDINARY
        return
    if found := _REMNANT.search(title):
        yield found[0], f"标题里留有网页代码“{found[0]}”", Severity.ORDINARY
    if found := _FILE.search(bare):
        yield title, f"标题带着文件后缀名“{found[0]}”", Severity.ORDINARY
    if (found := _DOUBLED.search(bare)) and not _repeats_rightly(found[0]):
        yield found[0], f"标题里词语重复：“{found[0]}”", Severity.ORDINARY
    if mark := _unpaired(bare):
        yield mark, f"标题里的“{mark}”没有成对", Severity.ORDINARY
    if found := _STOPS.search(bare):
        yield title[-6:], f"标题末尾不应有“{found[0]}”", Severity.ORDINARY
    if _LACKS_OF.search(bare) and not _NESTED.search(bare[bare.find("关于") + 2 :]):
        yield title[-8:], "公文标题的文种前面漏了“的”字", Severity.HINT


def _repeats_rightly(doubled: str) -> bool:
    """Slogans that repeat a word of two characters (加油加油) are no slip."""
    return len(set(doubled)) <= 2 and not re.match(rf"关于|的|{_KIND}", doubled)


def _unpaired(title: str) -> str:
    opened: list[str] = []
    for mark in title:
        if mark in _PAIRS:
            opened.append(mark)
        elif mark in _PAIRS.values():
            if not opened or (_PAIRS[opened[-1]] != mark and {opened[-1], mark} not in ({"（", ")"}, {"(", "）"})):
                return "" if mark in ")）" and re.match(r"^[0-9一二三四五六七八九十]{1,3}[)）]", title) else mark
            opened.pop()
    return opened[0] if opened else ""


def _in_body(document: Document) -> Findings:
    lines = list(islice(((at, line) for at, line in _lines(document.body) if line.strip()), 12))
    title = _key(document.title) if document.medium != "text" else ""
    for (_, first), (at, second) in pairwise(lines):
        if "。" in first or "；" in first:
            continue
        if len(_key(first)) >= _LEAST and _key(first) == _key(second):
            start = at + len(second) - len(second.lstrip())
            yield finding(
                document, quote=second.strip()[:60], message="标题重复：正文开头把标题连写了两遍", start=start, end=start + len(second.strip()),
                suggestion="", certainty=0.95,
            )  # fmt: skip
            return
    if lines and len(title) >= _LEAST and _key(lines[0][1]) == title and document.kind == "article":
        at, line = lines[0]
        start = at + len(line) - len(line.lstrip())
        yield finding(
            document, quote=line.strip()[:60], message="标题重复：正文开头又写了一遍页面标题", start=start, end=start + len(line.strip()),
            severity=Severity.HINT, certainty=0.6,
        )  # fmt: skip


def _lines(text: str) -> Iterator[tuple[int, str]]:
    at = 0
    while (end := text.find("\n", at)) >= 0:
        yield at, text[at:end]
        at = end + 1
    yield at, text[at:]


def _key(text: str) -> str:
    return re.sub(r"[\s\u3000“”\"'‘’《》（）()]", "", text)
