"""A PDF's text with its ruled tables in rows: cells apart by tabs as other file types have them, over page ends in one piece."""

from __future__ import annotations

import ctypes
import re
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import pypdfium2
import pypdfium2.raw as raw

from duwang.model.material import Table
from duwang.reading.office.pdf_grid import Char, Grid, Line, grids

_ONE_AT_A_TIME = threading.Lock()  # PDFium is not thread-safe
_STRAIGHT = 1.0
_MOST_PAGES, _MOST_LINES = 400, 6000
_SAME_PLACE = 4.0
_LOOSE = re.compile(r"(?<=[\u3000-\u9fff\uff00-\uffef]) +| +(?=[\u3000-\u9fff\uff00-\uffef])")
Point = tuple[float, float]


@dataclass(slots=True)
class _Open:
    """A table that may go on over the page: its rows so far, its columns, the last page it stood on."""

    rows: list[tuple[str, ...]]
    xs: tuple[float, ...]
    page: int


@dataclass(slots=True)
class _Text:
    parts: list[str | _Open] = field(default_factory=list)


def text_with_tables(body: bytes) -> tuple[str, tuple[Table, ...]]:
    """The text, page by page, and its tables with their offsets in it; PdfiumError when the file cannot be read."""
    with _ONE_AT_A_TIME:
        document = pypdfium2.PdfDocument(body)
        try:
            made = _Text()
            for number in range(min(len(document), _MOST_PAGES)):
                _page(document[number], number, made)
        finally:
            document.close()
    return _written(made)


def _written(made: _Text) -> tuple[str, tuple[Table, ...]]:
    pieces: list[str] = []
    tables: list[Table] = []
    length = 0
    for part in made.parts:
        text = part if isinstance(part, str) else "\n".join("\t".join(row) for row in part.rows)
        if not text.strip():
            continue
        if not isinstance(part, str):
            tables.append(Table(tuple(part.rows), start=length))
        pieces.append(text)
        length += len(text) + 1
    return "\n".join(pieces), tuple(tables)


def _page(page: pypdfium2.PdfPage, number: int, made: _Text) -> None:
    words = page.get_textpage()
    try:
        chars = [*_in_lines(_chars(words))]
        across, down = _lines(page)
        found = grids(across, down, chars) if across and down else []
    finally:
        words.close()
        page.close()
    _laid_out(chars, found, number, made)


def _chars(words: pypdfium2.PdfTextPage) -> Iterator[Char]:
    """Every character; a space that PDFium put in stands right behind the character before it."""
    x = y = 0.0
    for n in range(words.count_chars()):
        code = raw.FPDFText_GetUnicode(words, n)
        if raw.FPDFText_IsGenerated(words, n) == 1:
            x += 0.01
        else:
            left, bottom, right, top = words.get_charbox(n, loose=True)
            x, y = (left + right) / 2, (bottom + top) / 2
        yield Char(n, chr(code) if 0 < code != 0xFFFE else "", x, y)


def _in_lines(chars: Iterator[Char]) -> Iterator[Char]:
    """Characters of a line from left to right: quotes of another font may come late in the file."""
    line: list[Char] = []
    for char in chars:
        if char.text and char.text in "\r\n":
            yield from sorted(line, key=lambda one: one.x)
            yield char
            line = []
        else:
            line.append(char)
    yield from sorted(line, key=lambda one: one.x)


def _laid_out(chars: Sequence[Char], found: Sequence[Grid], number: int, made: _Text) -> None:
    """The page's text in order, each table where its first character stood."""
    inside = {n: grid for grid in found for n in grid.taken}
    line: list[str] = []
    told: set[int] = set()
    at_top = True
    for char in chars:
        grid = inside.get(char.n)
        if grid is None:
            line.append("\n" if char.text and char.text in "\r\n" else char.text)
            continue
        if id(grid) not in told:
            told.add(id(grid))
            above = _tidy(line)
            at_top = at_top and not above
            made.parts.append(above)
            line = []
            _add(grid, number, made, at_top=at_top)
            at_top = False
    made.parts.append(_tidy(line))


def _tidy(line: Sequence[str]) -> str:
    return "\n".join(_LOOSE.sub("", one).strip() for one in "".join(line).split("\n") if one.strip())


def _add(grid: Grid, number: int, made: _Text, *, at_top: bool) -> None:
    """A new table, or the rest of the one that the page before ended with: nothing stands above it."""
    rows = [tuple(_cell(text) for text in row) for row in grid.cells if any(row)]
    before = next((part for part in reversed(made.parts) if isinstance(part, _Open)), None)
    if before is None or not at_top or before.page != number - 1 or not _alike(before.xs, grid.xs):
        made.parts.append(_Open(rows, grid.xs, number))
        return
    before.page = number
    if rows and rows[0] == before.rows[0]:
        rows = rows[1:]
    if rows and len(before.rows) > 1 and _goes_on(rows[0], before.rows):
        before.rows[-1] = tuple(above + below for above, below in zip(before.rows[-1], rows[0], strict=True))
        rows = rows[1:]
    before.rows += rows


def _goes_on(row: Sequence[str], rows: Sequence[Sequence[str]]) -> bool:
    """A row without the number that every other row has is the rest of the last one."""
    return not row[0] and all(one[0] for one in rows[1:]) and rows[0][0].replace(" ", "") == "序号"


def _alike(one: Sequence[float], other: Sequence[float]) -> bool:
    return len(one) == len(other) and all(abs(a - b) <= _SAME_PLACE for a, b in zip(one, other, strict=True))


def _cell(text: str) -> str:
    """The text of a cell in one line; spaces beside Chinese characters are only where a line or a number ended."""
    whole = "".join(text.split("\n")).replace("\r", "").replace("\t", " ")
    return _LOOSE.sub("", whole).strip()


def _lines(page: pypdfium2.PdfPage) -> tuple[list[Line], list[Line]]:
    """Straight lines of the page's drawings: across and down. Bars that are filled count as the line they look like."""
    across: list[Line] = []
    down: list[Line] = []
    for drawn in page.get_objects(filter=[raw.FPDF_PAGEOBJ_PATH]):
        for start, end in _strokes(drawn):
            (x1, y1), (x2, y2) = start, end
            if abs(y1 - y2) <= _STRAIGHT and abs(x1 - x2) > _STRAIGHT:
                across.append(Line((y1 + y2) / 2, min(x1, x2), max(x1, x2)))
            elif abs(x1 - x2) <= _STRAIGHT and abs(y1 - y2) > _STRAIGHT:
                down.append(Line((x1 + x2) / 2, min(y1, y2), max(y1, y2)))
        if len(across) + len(down) > _MOST_LINES:
            break
    return across, down


def _strokes(drawn: pypdfium2.PdfObject) -> Iterator[tuple[Point, Point]]:
    matrix = drawn.get_matrix()
    here: Point | None = None
    first: Point | None = None
    for n in range(raw.FPDFPath_CountSegments(drawn)):
        segment = raw.FPDFPath_GetPathSegment(drawn, n)
        x, y = ctypes.c_float(), ctypes.c_float()
        if not raw.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        point = matrix.on_point(x.value, y.value)
        kind = raw.FPDFPathSegment_GetType(segment)
        if kind == raw.FPDF_SEGMENT_LINETO and here is not None:
            yield here, point
        elif kind == raw.FPDF_SEGMENT_MOVETO:
            first = point
        here = point
        if raw.FPDFPathSegment_GetClose(segment) and first is not None:
            yield here, first
