"""The annexes of a notice: listed under 附件：, named in the text, present as 附件1 … with their rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duwang.bulletin.audit.notice import Notice, Span
from duwang.model.material import Table

_LIST = re.compile(r"^\s*(?:#+ )?附\s*件\s*[：]\s*(?P<rest>.*)$")
_ITEM = re.compile(r"^\s*(?P<n>\d{1,2})\s*[.、]\s*(?P<title>\S.*?)\s*$")
_NUMBERED = re.compile(r"^\s*(?:#+ )?附\s*件\s*(?P<n>\d{1,2})\s*[：:.、\s]*(?P<title>.*?)\s*$")
_MARKDOWN = re.compile(r"^\s*#+ 附\s*件\s+(?P<title>\S.{2,50}?)\s*$")
_BARE = re.compile(r"^\s*(?:#+ )?附\s*件\s*$")
_REFERENCE = re.compile(r"附件\s*(?P<n>\d{1,2}(?:\s*[、，和至\-—]\s*(?:附件)?\s*\d{1,2})*)(?![\d.]*[%年月])")
_RULE = re.compile(r"[|:\- ：]+")  # the line under the headings of a Markdown table
_SUFFIX = re.compile(r"\.(?:docx?|xlsx?|pdf|wps|et|ofd|zip|rar)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Annex:
    """An annex that is in the notice. `number` 0 = the only one; `rows` as read, cells stripped; `region` its text."""

    number: int
    title: str
    region: Span
    rows: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Annexes:
    """`listed` number → title, `at` where the list stands; `present`; `main` the offset where the notice's own text ends."""

    listed: dict[int, str]
    at: int
    present: tuple[Annex, ...]
    references: tuple[tuple[int, Span], ...]
    main: int

    def get(self, number: int) -> Annex | None:
        return next((annex for annex in self.present if annex.number == number), None)


def annexes_of(notice: Notice, tables: Sequence[Table]) -> Annexes:
    """Read the annexes from the notice's lines and the tables that came with it."""
    lines = tuple(notice.lines())
    listed, at, taken = _listed(lines)
    heads = list(_heads(lines, taken))
    present = []
    for n, (index, number, title) in enumerate(heads):
        end = lines[heads[n + 1][0]].start if n + 1 < len(heads) else len(notice.text)
        if not title and index + 1 < len(lines) and lines[index + 1].start < end:
            title = lines[index + 1].text.strip()
        region = Span(lines[index].start, end, notice.text[lines[index].start : end])
        present.append(Annex(number, title, region, _rows(notice, region, title, tables)))
    main = present[0].region.start if present else len(notice.text)
    references = tuple(
        (number, Span(line.start + found.start(), line.start + found.end(), found[0]))
        for n, line in enumerate(lines)
        if line.start < main and n not in taken
        for found in _REFERENCE.finditer(line.text)
        for number in _numbers(found["n"])
    )
    return Annexes(listed, at, tuple(present), references, main)


def plain_title(title: str) -> str:
    """A title without file suffix, brackets' width and white space."""
    return re.sub(r"[\s《》]", "", _SUFFIX.sub("", title)).strip("。；，")


def _listed(lines: tuple[Span, ...]) -> tuple[dict[int, str], int, set[int]]:
    """The list under 附件：, its offset and the lines it takes."""
    for index, line in enumerate(lines):
        if (found := _LIST.match(line.text)) and found["rest"].strip():
            return _items(lines, index, found["rest"])
        numbered = _NUMBERED.match(line.text)
        follows = _NUMBERED.match(lines[index + 1].text) if index + 1 < len(lines) else None
        if (
            numbered
            and follows
            and numbered["title"]
            and follows["title"]
            and int(follows["n"]) == int(numbered["n"]) + 1
        ):
            taken, listed = set(), {}
            for n in range(index, len(lines)):
                one = _NUMBERED.match(lines[n].text)
                if not one or not one["title"]:
                    break
                listed[int(one["n"])] = one["title"]
                taken.add(n)
            return listed, line.start, taken
    return {}, -1, set()


def _items(lines: tuple[Span, ...], index: int, rest: str) -> tuple[dict[int, str], int, set[int]]:
    first = _ITEM.match(rest)
    taken = {index}
    if not first:
        return {0: rest.strip()}, lines[index].start, taken
    listed: dict[int, str] = {}
    for n, title in re.findall(r"(\d{1,2})\s*[.、]\s*(.+?)(?=\s+\d{1,2}\s*[.、]|$)", rest):
        listed[int(n)] = title.strip()
    for n in range(index + 1, len(lines)):
        one = _ITEM.match(lines[n].text)
        if not one or int(one["n"]) <= max(listed) or int(one["n"]) > max(listed) + 3:
            break
        listed[int(one["n"])] = one["title"]
        taken.add(n)
    return listed, lines[index].start, taken


def _heads(lines: tuple[Span, ...], taken: set[int]) -> Iterator[tuple[int, int, str]]:
    """(line, number, title) where an annex begins."""
    for index, line in enumerate(lines):
        if index in taken or len(line.text) > 60:
            continue
        if _BARE.match(line.text):
            yield index, 0, ""
        elif found := _MARKDOWN.match(line.text):
            yield index, 0, found["title"]
        elif (found := _NUMBERED.match(line.text)) and not re.search(
            r"[。；，]|\.(?:docx?|xlsx?|pdf|wps|et)$", found["title"]
        ):
            yield index, int(found["n"]), found["title"]


def _numbers(written: str) -> Iterator[int]:
    ends = [int(n) for n in re.findall(r"\d{1,2}", written)]
    if len(ends) == 2 and re.search(r"[至\-—]", written) and ends[0] < ends[1]:
        yield from range(ends[0], ends[1] + 1)
    else:
        yield from ends


def _rows(notice: Notice, region: Span, title: str, tables: Sequence[Table]) -> tuple[tuple[str, ...], ...]:
    """The annex's rows: of a table that came with the text, else of lines with bars or tabs, else one cell a line."""
    for table in tables:
        if table.rows and _within(notice, table, region):
            return tuple(tuple(cell.strip() for cell in row) for row in table.rows)
    lines = region.text.split("\n")
    barred = [
        re.sub(r"^\s*\||\|\s*$", "", line).split("|")
        for line in lines
        if "|" in line and not _RULE.fullmatch(line.strip())
    ]
    if not barred:
        barred = [line.split("\t") for line in lines if "\t" in line.strip()]
    if len(barred) >= 2:
        return tuple(tuple(cell.strip() for cell in row) for row in barred)
    return _stacked(lines, title)


def _within(notice: Notice, table: Table, region: Span) -> bool:
    first, last = notice.place(region.start, region.end)
    return first <= table.start < max(last, first + 1)


def _stacked(lines: list[str], title: str) -> tuple[tuple[str, ...], ...]:
    """One cell a line, rows apart by empty lines."""
    rows: list[tuple[str, ...]] = []
    cells: list[str] = []
    for line in [*lines, ""]:
        if plain_title(line) == plain_title(title) or _NUMBERED.fullmatch(line) or _BARE.match(line):
            continue
        if line.strip():
            cells.append(line.strip())
        elif cells:
            rows.append(tuple(cells))
            cells = []
    widths = {len(row) for row in rows}
    return tuple(rows) if len(rows) >= 2 and len(widths) == 1 and max(widths) >= 2 else ()
