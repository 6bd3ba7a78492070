"""A document's lines → pieces of an official text: title, headings by level, paragraphs, tables, signature (GB/T 9704-2012)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from duwang.flow.tidying.marks import put_right, words
from duwang.model.material import Document
from duwang.reading.normal import joints

_KIND = "决议|决定|命令|公报|公告|通告|意见|通知|通报|报告|请示|批复|议案|函|纪要|方案|办法|规定|细则|规划"
_OFFICIAL = re.compile(rf"关于.{{2,}}(?:{_KIND})(?:（[^（）]{{1,12}}）)?$")
_ENDED = re.compile(r"[。；！？，、：]$")
_RUN_ON = re.compile(
    r"(?<=[。；：:;])[ \u3000]*(?=(?:[一二三四五六七八九十]{1,2}、|（[一二三四五六七八九十]{1,2}）|\([一二三四五六七八九十]{1,2}\))[\u4e00-\u9fff])"
)
_LEVELS = ((2, re.compile(r"[一二三四五六七八九十]{1,3}、")), (3, re.compile(r"（[一二三四五六七八九十]{1,3}）")), (4, re.compile(r"[0-9]{1,2}[.．](?![0-9])")), (5, re.compile(r"（[0-9]{1,2}）")))  # fmt: skip
_DATE = re.compile(
    r"[12][0-9]{3}年[0-9]{1,2}月[0-9]{1,2}日|[二一][〇○零O0一二三四五六七八九]{3}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
)
_NUMBER = re.compile(r"[\u4e00-\u9fff]{2,14}[〔\[［【（(][12][0-9]{3}[〕\]］】）)]第?[0-9]{1,4}号")
_LABEL = re.compile(r"（?此件[^（）]{2,14}(?:（[^（）]{1,10}）)?）?")
_ATTACHED = re.compile(r"附[ \u3000]*件[：:]")
_APART = re.compile(r"[ \u3000]{2,}|\t")
_HEADING, _TITLE, _SIGNED = 44, 70, 30


@dataclass(frozen=True, slots=True)
class Piece:
    """`kind`: title, number, addressee, heading (with its level 2 to 5), paragraph, attached, signature, date, label, table (with its
    rows). `own` is False for a title that stands outside the body."""

    kind: str
    text: str = ""
    level: int = 0
    rows: tuple[tuple[str, ...], ...] = ()
    own: bool = True

    @property
    def is_headed(self) -> bool:
        """Whether the table's first row names its columns."""
        return bool(self.rows) and not any(re.search("[0-9]{2}", cell) for cell in self.rows[0])

    @property
    def written(self) -> str:
        return "\n".join("\t".join(row) for row in self.rows) if self.rows else self.text


@dataclass(frozen=True, slots=True)
class Tidied:
    """The pieces, the body they were made of, and the spans of it that were dropped because they repeat the title."""

    pieces: tuple[Piece, ...]
    original: str
    dropped: tuple[tuple[int, int], ...] = ()

    @property
    def text(self) -> str:
        """What of the pieces stands in the body, one a line."""
        return "\n".join(piece.written for piece in self.pieces if piece.own)


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    text: str
    rows: tuple[tuple[str, ...], ...] = ()


class WordsChanged(AssertionError):
    """Tidying touched a word: a fault of the program; nothing is written."""


def tidied(document: Document) -> Tidied:
    """The document put right. WordsChanged when a word would differ."""
    lines, dropped = _without_doubled_title(_lines(document), document)
    pieces = tuple(_classified(lines, document))
    result = Tidied(pieces, document.body, dropped)
    kept = "".join(_kept(document.body, dropped))
    if words(kept) != words(result.text):
        raise WordsChanged("排版前后文字不一致")
    return result


def _kept(body: str, dropped: Sequence[tuple[int, int]]) -> Iterator[str]:
    at = 0
    for start, end in dropped:
        yield body[at:start]
        at = end
    yield body[at:]


def _lines(document: Document) -> list[_Line]:
    """Lines with something in them: wrapped ones joined, run-on headings parted, tables whole."""
    body = document.body
    tables = {table.start: table.rows for table in document.tables}
    ends = dict(joints(body))
    found: list[_Line] = []
    at = 0
    while at <= len(body):
        if at in tables and (whole := "\n".join("\t".join(row) for row in tables[at])) and body.startswith(whole, at):
            found.append(_Line(at, at + len(whole), whole, tables[at]))
            at += len(whole) + 1
            continue
        start, text = at, ""
        while True:
            stop = body.find("\n", at)
            stop = len(body) if stop < 0 else stop
            joint = next((edge for edge in ends if at <= edge <= stop), None)
            if joint is None:
                text += body[at:stop]
                break
            text += body[at:joint].rstrip()
            at = ends.pop(joint)
        if text.strip(" \u3000\t\r\u00a0\u200b\ufeff"):
            found.append(_Line(start, stop, text))
        at = stop + 1
    return [part for line in _flattened(found) for part in _parted(line)]


def _parted(line: _Line) -> Iterator[_Line]:
    """A paragraph that runs three or more headings together."""
    if line.rows or len(_RUN_ON.findall(line.text)) < 2:
        yield line
        return
    for part in _RUN_ON.split(line.text):
        yield replace(line, text=part)


def _flattened(lines: list[_Line]) -> Iterator[_Line]:
    """Four or more lines whose cells are set apart by spaces in equal number become a table again."""
    run: list[tuple[_Line, tuple[str, ...]]] = []
    for line in [*lines, _Line(0, 0, "")]:
        cells = tuple(cell.strip() for cell in _APART.split(line.text.strip(" \u3000\t\r"))) if not line.rows else ()
        if (
            len(cells) >= 3
            and len(line.text) <= 120
            and "。" not in line.text
            and (not run or len(cells) == len(run[0][1]))
        ):
            run.append((line, cells))
            continue
        yield from _table(run)
        run = [(line, cells)] if len(cells) >= 3 and "。" not in line.text and not line.rows else []
        if not run and line.text:
            yield line


def _table(run: list[tuple[_Line, tuple[str, ...]]]) -> Iterator[_Line]:
    if len(run) >= 4:
        yield _Line(run[0][0].start, run[-1][0].end, "", tuple(cells for _, cells in run))
    else:
        yield from (line for line, _ in run)


def _without_doubled_title(lines: list[_Line], document: Document) -> tuple[list[_Line], tuple[tuple[int, int], ...]]:
    """Second copies of the title at the head of the text are dropped."""
    title = words(document.title) if document.medium == "page" else ""
    kept, dropped = list(lines), []
    while len(kept) > 1 and not kept[0].rows and len(words(kept[0].text)) >= 8:
        if title and words(kept[0].text) == title:
            gone = kept.pop(0)
        elif not kept[1].rows and words(kept[0].text) == words(kept[1].text) and "。" not in kept[0].text:
            gone = kept.pop(1)
        else:
            break
        dropped.append((gone.start, gone.end))
    return kept, tuple(sorted(dropped))


def _classified(lines: list[_Line], document: Document) -> Iterator[Piece]:
    texts = [line if line.rows else replace(line, text=put_right(line.text)) for line in lines]
    if document.medium == "page" and document.title:
        yield Piece("title", put_right(document.title), own=False)
    else:
        title, place, used = _title(texts)
        yield from (
            Piece("table", rows=_even(line.rows)) if line.rows else Piece("paragraph", line.text)
            for line in texts[:place]
        )
        if used:
            yield Piece("title", title)
        texts = texts[place + used :]
    last = _signed_from(texts)
    addressed = False
    for n, line in enumerate(texts):
        if line.rows:
            yield Piece("table", rows=_even(line.rows))
        elif n >= last:
            yield Piece(
                "date" if _DATE.fullmatch(line.text) else "label" if _LABEL.fullmatch(line.text) else "signature",
                line.text,
            )
        elif _NUMBER.fullmatch(re.sub(r"\s", "", line.text)) and n < 4:
            yield Piece("number", line.text)
        elif not addressed and n < 4 and line.text.endswith("：") and len(line.text) <= 120 and "。" not in line.text:
            addressed = True
            yield Piece("addressee", line.text)
        else:
            yield _body_piece(line.text)


def _title(texts: list[_Line]) -> tuple[str, int, int]:
    """The title, its line and how many lines it takes: the first official title near the top (one line, or two that make one), else a
    first line that is no sentence and no field; 0 lines when there is none."""
    for n, line in enumerate(texts[:12]):
        if line.rows or re.search("[。；|]", line.text) or _NUMBER.search(line.text):
            continue
        if _OFFICIAL.search(line.text) and len(line.text) <= _TITLE and not _ended(line.text):
            return line.text, n, 1
        if n + 1 < len(texts) and not texts[n + 1].rows and not _ended(line.text) and "：" not in line.text:
            both = line.text + texts[n + 1].text
            if _OFFICIAL.search(both) and len(both) <= _TITLE and not re.search("[。；|：]", both):
                return both, n, 2
    first = texts[0].text if texts and not texts[0].rows else ""
    plain = (
        4 <= len(first) <= _TITLE
        and not _ended(first)
        and not re.search("[。：|]", first)
        and not any(p.match(first) for _, p in _LEVELS)
    )
    return (first, 0, 1) if plain and not _NUMBER.fullmatch(first) and len(texts) > 1 else ("", 0, 0)


def _ended(text: str) -> bool:
    return bool(_ENDED.search(text))


def _signed_from(texts: list[_Line]) -> int:
    """Where the signature begins: the last date on a line of its own, the organ before it, a label after it; after the end when none."""
    for n in range(len(texts) - 1, max(-1, len(texts) - 8), -1):
        if texts[n].rows or not _DATE.fullmatch(texts[n].text):
            continue
        if not all(not line.rows and _LABEL.fullmatch(line.text) for line in texts[n + 1 :]):
            return len(texts)
        while (
            n
            and not texts[n - 1].rows
            and len(texts[n - 1].text) <= _SIGNED
            and not re.search(r"[。，；：、]|^附件|^[0-9]", texts[n - 1].text)
        ):
            n -= 1
            if len(texts) - n > 5:
                break
        return n
    return len(texts)


def _body_piece(text: str) -> Piece:
    if _ATTACHED.match(text):
        return Piece("attached", text)
    for level, marker in _LEVELS:
        if (
            marker.match(text)
            and len(text) <= _HEADING
            and not re.search(r"[。；](?!$)|[；，：]$", text)
            and (level < 4 or not text.endswith("。"))
        ):
            return Piece("heading", text, level)
    return Piece("paragraph", text)


def _even(rows: tuple[tuple[str, ...], ...]) -> tuple[tuple[str, ...], ...]:
    """Rows of one length, cells trimmed."""
    wide = max(map(len, rows))
    return tuple(tuple(cell.strip(" \u3000\u00a0") for cell in row) + ("",) * (wide - len(row)) for row in rows)
