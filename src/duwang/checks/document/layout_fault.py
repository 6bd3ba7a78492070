"""版式混乱."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Draft, Findings, NotApplicable, Severity
from duwang.model.material import Document
from duwang.reading.normal import joints

_CODE = re.compile(
    r"&(?:nbsp|ldquo|rdquo|middot|mdash|hellip|amp|lt|gt|#\d{2,5});|</?(?:p|br|span|font|strong|div|table|tr|td|img|a)(?:\s[^<>\n]{0,200})?/?>|<!--\[if|mso-[a-z\-]+:|\{behavior:",
    re.IGNORECASE,
)
_ITEM = re.compile(
    r"(?<=[。；：])[ \u3000]*(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）)(?=[\u4e00-\u9fff])"
)
_FEWEST = 6
_SPREAD = re.compile(rf"(?:[\u4e00-\u9fff][ \u3000]+){{{_FEWEST},}}[\u4e00-\u9fff]")
_CELLS = re.compile(r"[ \u3000]{2,}")
_LONG_TEXT, _LONG_LINE = 600, 400
_INDENT = re.compile(r"^[\u3000 \u00a0]{2,}")
_SAME = 15
_Line = tuple[int, str]  # where it begins in the body
_MANY = 8


@check("document/layout-fault", on=Document, title="排版混乱", places=("site", "text"))
def layout_fault(document: Document) -> Findings:
    """
    查什么：正文有没有按段落换行，段落有没有重复，字体是不是前后一致，表格有没有排散，有没有露出网页代码。

    依据：《党政机关公文格式》（GB/T 9704-2012）；昌宁县2024年一季度检查情况通报“正文未按要求换行”“表格格式错误、正文字体前后不一致”。

    会报：一段里连排三个以上“一、二、三、”或“（一）（二）（三）”；六百字以上只有一段；句子中间成片硬换行；相邻两段完全相同；正文里露出
    “&nbsp;”“<p>”等代码；正文段落用了两种以上字体（一般）；成片文字用空格对齐成表、字间加空格、有的段落缩进有的不缩进（提示）。

    不报：标题、表格、注释用别的字体；诗歌、名单等短行；PDF附件的换行；附件。

    怎么改：在发布后台清除格式后重新排版，表格用表格功能插入。
    """
    if (
        document.kind not in ("article", "other", "post")
        or document.medium == "attachment"
        or not document.body.strip()
    ):
        raise NotApplicable("不是稿件正文")
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    lines = _lines(document.body)
    yield from _code(document)
    yield from _unbroken(document, lines)
    yield from _broken(document, lines)
    yield from _doubled(document, lines)
    yield from _fonts(document)
    yield from _flattened(document, lines)
    yield from _spread(document)
    yield from _indents(document, lines)


def _at(
    document: Document,
    start: int,
    end: int,
    message: str,
    *,
    hint: bool = False,
    certainty: float = 0.9,
    suggestion: str | None = None,
    count: int = 1,
) -> Draft:
    return finding(
        document, quote=document.body[start:end][:60], message=message, start=start, end=end, suggestion=suggestion, count=count,
        severity=Severity.HINT if hint else Severity.ORDINARY, certainty=0.6 if hint else certainty,
    )  # fmt: skip


def _code(document: Document) -> Iterator[Draft]:
    body = document.body
    shown = "&" in body or "<" in body or "{" in body or "mso-" in body.lower()
    if found := list(_CODE.finditer(body)) if shown else []:
        more = f"，共{len(found)}处" if len(found) > 1 else ""
        yield _at(document, *found[0].span(), f"正文里露出网页代码“{found[0][0][:20]}”{more}", count=len(found))


def _unbroken(document: Document, every: Sequence[_Line]) -> Iterator[Draft]:
    lines = [(at, line) for at, line in every if line.strip() and "\t" not in line]
    for at, line in lines:
        items = list(_ITEM.finditer(line)) if len(line) >= 120 else []
        if len(items) >= 3:
            start, end = at + items[0].start(), at + items[0].end()
            yield _at(
                document,
                start,
                end + min(8, len(line) - items[0].end()),
                f"正文没有换行：一段里连排了{len(items)}个层次序数",
            )
            return
    if len(lines) == 1 and len(lines[0][1]) >= _LONG_TEXT and lines[0][1].count("。") >= 8:
        at, line = lines[0]
        yield _at(document, at, at + 20, f"正文没有换行：{len(line)}字只有一段")


def _broken(document: Document, every: Sequence[_Line]) -> Iterator[Draft]:
    if document.medium == "page" and len(joints(document.body)) >= _MANY:
        lines = [(at, line) for at, line in every if len(line) >= _SAME and line[-1] not in "。；：！？”）"]
        if lines:
            at, line = lines[0]
            yield _at(document, at + len(line) - 8, at + len(line), "正文在句子中间成片硬换行", certainty=0.8)


def _doubled(document: Document, lines: Sequence[_Line]) -> Iterator[Draft]:
    before = ""
    for at, line in lines:
        if not (bare := "".join(line.split())):
            continue
        if bare == before and len(bare) >= _SAME and "\t" not in line and "。" in bare:
            start = at + len(line) - len(line.lstrip())
            yield _at(document, start, at + len(line.rstrip()), "相邻两段文字完全相同", suggestion="")
        before = bare


def _fonts(document: Document) -> Iterator[Draft]:
    """Body paragraphs of two fonts; each must hold a fair share of the text."""
    named = [
        block
        for block in document.blocks
        if block.kind == "paragraph" and block.font and len(block.text) >= 30 and not block.centred
    ]
    shares: Counter[str] = Counter()
    for block in named:
        shares[_family(block.font)] += len(block.text)
    if len(shares) < 2 or len(named) < 4:
        return
    (main, _), (other, size) = shares.most_common(2)
    if size * 10 >= shares.total():
        block = next(block for block in named if _family(block.font) == other)
        yield _at(
            document,
            block.start,
            block.start + min(20, len(block.text)),
            f"正文字体前后不一致：有“{main}”，也有“{other}”",
            certainty=0.8,
        )


def _family(font: str) -> str:
    plain = re.sub(r"[_\-\s]?(?:GB2312|GBK|GB18030|SC)$", "", font.strip("\"' "), flags=re.IGNORECASE)
    return {
        "fangsong": "仿宋",
        "simsun": "宋体",
        "nsimsun": "宋体",
        "新宋体": "宋体",
        "kaiti": "楷体",
        "simhei": "黑体",
        "microsoft yahei": "微软雅黑",
    }.get(plain.lower(), plain)


def _flattened(document: Document, lines: Sequence[_Line]) -> Iterator[Draft]:
    run: list[_Line] = []
    for at, line in [*lines, (len(document.body), "")]:
        if len(line) <= 80 and "\t" not in line and "。" not in line and len(_CELLS.split(line.strip(" \u3000"))) >= 3:
            run.append((at, line))
            continue
        if len(run) >= 4 and len({len(_CELLS.split(text.strip(" \u3000"))) for _, text in run}) <= 2:
            start, first = run[0]
            yield _at(document, start, start + len(first), f"表格排成了文字：{len(run)}行用空格对齐", hint=True)
        run = []


def _spread(document: Document) -> Iterator[Draft]:
    spaces = document.body.count(" ") + document.body.count("\u3000")
    if found := _SPREAD.search(document.body) if spaces >= _FEWEST else None:
        yield _at(
            document,
            *found.span(),
            "文字之间加了空格",
            hint=True,
            suggestion=re.sub(r"[ \u3000]", "", found[0]) if len(found[0]) <= 60 else None,
        )


def _indents(document: Document, lines: Sequence[_Line]) -> Iterator[Draft]:
    """Only texts that indent by characters; a page may indent by its style."""
    long = [(at, line) for at, line in lines if len(line) >= 60 and len(line.strip()) >= 60 and "\t" not in line]
    bare = [(at, line) for at, line in long if not _INDENT.match(line)]
    if len(long) >= 5 and 0 < len(bare) <= len(long) // 3:
        at = bare[0][0]
        yield _at(document, at, at + 12, "段落缩进不一致：多数段落空两字，这一段没有", hint=True, count=len(bare))


def _lines(text: str) -> list[_Line]:
    lines, at = list[_Line](), 0
    for line in text.split("\n"):
        lines.append((at, line))
        at += len(line) + 1
    return lines
