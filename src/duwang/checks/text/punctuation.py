"""标点符号."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.checks.check import check, finding
from duwang.checks.text.marks import Fault, misplaced
from duwang.checks.text.wording import proposed
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_HAN = "\u4e00-\u9fff〇"
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}


@check("text/punctuation", on=Document, title="标点符号使用错误", places=("site", "account", "text"))
def punctuation(document: Document) -> Findings:
    """
    查什么：标点连用、重复、全角半角混用、括号引号书名号不配对、发文字号括号、省略号和破折号写法。

    依据：《标点符号用法》（GB/T 15834-2011）；《党政机关公文格式》（GB/T 9704-2012）发文字号用六角括号；昌宁县2024年一季度检查
    情况通报“正文将逗号、句号连在一起使用”。

    会报：“，。”“。。”等连用；省略号与“等”并用；“首先、”“一，”“如下。”一类序号和冒号写法；书名号、引号里面再用同一种；“〔24〕”年份不全；一页里夹用一两处的半角标点（更多的、长文件里的只作提示）；同一段里不成对的括号、引号、书名号；发文字号用方括号；用句点代替省略号。

    不报：数字、网址、时间、代码、英文里的标点；省略号、破折号；跨段引文每段开头的引号；“1）”“（一”之类的编号；同一种半角标点在一篇里
    三处以上的并为一条；书名号、引号之间的顿号，“1、”一类通行写法全文只提示一次。

    怎么改：按建议改正；全文半角标点用编辑器的排版功能一次转换。
    """
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    read = normal(document.body)
    faults = [*_runs(read.text), *_numbers(read.text), *_dots(read.text), *_pairs(read.text)]
    faults += _apart(misplaced(read.text), faults)
    narrow = list(_narrow(read.text))
    plain = len(narrow) >= len(re.findall("[，；：？！]", read.text))
    for mark, wide in _FULL.items():
        same = [fault for fault in narrow if read.text[fault.start] == mark]
        if len(same) >= 3:
            rule = plain or len(same) >= read.text.count(wide)
            start, end = read.span(same[0].start, same[0].end)
            narrow = [fault for fault in narrow if fault not in same]
            yield finding(
                document,
                quote=document.body[start:end],
                message=f"中文里{'通篇' if rule else '夹'}用半角“{mark}”，共{len(same)}处，应改为“{wide}”",
                start=start,
                end=end,
                suggestion=wide,
                count=len(same),
                severity=Severity.HINT,
                context="全文",
            )
    told = sorted([*faults, *narrow], key=lambda fault: fault.start)
    yield from proposed(document, told, source="GB/T 15834-2011", certainty=0.95)


def _apart(more: Iterator[Fault], faults: list[Fault]) -> list[Fault]:
    """Those of `more` that touch none of the others."""
    return [one for one in more if not any(a.start < one.end and one.start < a.end for a in faults)]


_RUN = re.compile(r"[，。、；：？！,;](?:[ \u3000]{0,2}[，。、；：？！,;])+|(?<![.…])。\.|\.。")
_LONG = re.compile(r"([。．]{3,6}|(?<=[\u4e00-\u9fff])\.{3,6}|·{3,})(?![.…])")
_LONG_HAS = ("。。", "。．", "．。", "．．", "...", "···")
_DASHES = re.compile(rf"(?<=[{_HAN}”》）])(?:--+|－－+)(?=[{_HAN}“《（])")


def _runs(text: str) -> Iterator[Fault]:
    """Two marks where one belongs; ？！ together, and the end mark wins."""
    for found in _RUN.finditer(text):
        marks = re.sub(r"[ \u3000]", "", found[0])
        if set(marks) <= {"？", "！"} or (len(set(marks)) == 1 and marks[0] == "。" and len(marks) > 2):
            continue
        if not re.search(rf"[{_HAN}）”》\d a-zA-Z％%]$", text[: found.start()][-1:]) and set(marks) <= set(",;"):
            continue
        right = next((m for m in "。？！；：，、" if m in "".join(_FULL.get(m, m) for m in marks)), marks[0])
        yield Fault(found.start(), found.end(), right, f"标点连用：“{marks}”应为“{right}”")


def _dots(text: str) -> Iterator[Fault]:
    for found in _LONG.finditer(text) if any(mark in text for mark in _LONG_HAS) else ():
        if not re.match(r"[ \d]", text[found.end() : found.end() + 1]):
            yield Fault(found.start(), found.end(), "……", f"省略号写法不对：“{found[0]}”应为“……”")
    for found in _DASHES.finditer(text) if "--" in text or "－－" in text else ():
        yield Fault(found.start(), found.end(), "——", "破折号写法不对：应为“——”")


_DOC_NUMBER = re.compile(rf"(?<=[{_HAN}])([\[【［(（〔])((?:19|20)[0-9]{{2}})([\]】］)）〕])(?=第?[0-9]{{1,5}}号)")


def _numbers(text: str) -> Iterator[Fault]:
    for found in _DOC_NUMBER.finditer(text):
        if found[1] == "〔" and found[3] == "〕":
            continue
        round_marks = found[1] in "(（" and found[3] in ")）"
        yield Fault(
            found.start(),
            found.end(),
            f"〔{found[2]}〕",
            f"发文字号的年份应加六角括号：“{found[0]}”应为“〔{found[2]}〕”",
            Severity.HINT if round_marks else Severity.ORDINARY,
        )


_NARROW = re.compile(rf"(?<=[{_HAN}”》）])[,;:?!](?=[{_HAN}“《（])")


_PAGE = 3000


def _narrow(text: str) -> Iterator[Fault]:
    """One or two half-width marks among full-width ones of a page are a slip; in a long text (a law in one file) they are mostly left
    by a conversion, and more of them are a habit: hints."""
    marks = list(_NARROW.finditer(text))
    for found in marks:
        right = _FULL[found[0]]
        slip = len(text) <= _PAGE and sum(other[0] == found[0] for other in marks) <= 2 <= text.count(right)
        message = f"中文里夹用半角标点：“{found[0]}”应为“{right}”"
        yield Fault(found.start(), found.end(), right, message, Severity.ORDINARY if slip else Severity.HINT)


_OPEN = {"（": "）", "《": "》", "“": "”", "‘": "’", "〔": "〕", "【": "】", "「": "」", "〈": "〉", "(": "）"}
_CLOSE = {close: opening for opening, close in _OPEN.items() if opening != "("} | {")": "（"}
_ITEM = re.compile(
    r"(?:^|[\s。；：，、（(“])(?:[0-9]{1,3}|[a-zA-Z]|[一二三四五六七八九十]{1,3}|[①-⑳ivx]{1,4}|第?[0-9一二三四五六七八九十]+[条款项步])$"
)
_NAMES = {
    "（": "圆括号",
    "《": "书名号",
    "“": "双引号",
    "‘": "单引号",
    "〔": "六角括号",
    "【": "方头括号",
    "「": "引号",
    "〈": "书名号",
}


def _pairs(text: str) -> Iterator[Fault]:
    """Marks without a partner in their paragraph. Quotations that run over paragraphs open each and close once."""
    at = 0
    spans_paragraphs = {"“": False, "（": False, "‘": False}
    for line in text.split("\n"):
        opened: list[tuple[str, int]] = []
        loose: list[tuple[str, int]] = []
        for offset, mark in _marks(line):
            if mark in _OPEN:
                opened.append(("（" if mark == "(" else mark, offset))
            elif opened and opened[-1][0] == _CLOSE[mark]:
                opened.pop()
            elif any(o[0] == _CLOSE[mark] for o in opened):
                while opened[-1][0] != _CLOSE[mark]:
                    loose.append(opened.pop())
                opened.pop()
            elif not (mark in ")）" and _ITEM.search(line[:offset])):
                loose.append((mark, offset))
        for mark, offset in sorted([*opened, *loose], key=lambda pair: pair[1]):
            kind = _CLOSE.get(mark, mark)
            if kind in spans_paragraphs and _runs_over(text, at, line, kind, mark, offset):
                continue
            lost = mark in ")）" and re.search(r"(?:通过|修[订正]|施行|公布|批准)[）)]$", line.rstrip())
            half = "前一半，没有后一半" if mark in _OPEN else "后一半，没有前一半"
            message = f"{_NAMES[kind]}不成对：同一段里只有{half}"
            yield Fault(at + offset, at + offset + 1, None, message, Severity.HINT if lost else Severity.ORDINARY)
        at += len(line) + 1


_MARK = re.compile(r"[（《“‘〔【「〈(）》”’〕】」〉)]")


def _marks(line: str) -> Iterator[tuple[int, str]]:
    for found in _MARK.finditer(line):
        mark, offset = found[0], found.start()
        if mark == "’" and re.search(r"[A-Za-z0-9]$", line[:offset][-1:]):
            continue
        if mark in ":;" or (mark in "()" and re.search(r"[:;]-?$", line[:offset])):
            continue
        yield offset, mark


def _runs_over(text: str, at: int, line: str, kind: str, mark: str, offset: int) -> bool:
    """Whether an unpaired mark belongs to a quotation or bracket that runs over paragraphs: its partner stands in one of the next
    or earlier twenty."""
    partner = _OPEN[kind] if mark == kind else kind
    near = text[at + len(line) : at + len(line) + 2000] if mark == kind else text[max(0, at - 2000) : at]
    lines = near.split("\n")
    return any((part.count(partner) != part.count(mark) or part.startswith(mark)) and partner in part for part in lines)
