"""Where in a document a personal number stands: its line, the words before it, its table, row and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from duwang.checks.check import finding
from duwang.model.findings import CONTEXT, Draft, Severity
from duwang.model.material import Document
from duwang.reading.normal import Normal, normal

_CELL = re.compile(r"\t| *\| *")
_LONG = re.compile(r"[0-9０-９](?:[ \u3000\-]?[0-9０-９Xx]){5,}")
_SENTENCE_END = re.compile(r"[。；;！!？?]")


@dataclass(frozen=True, slots=True)
class Spot:
    """One number of one kind. `start`/`end` are offsets in the body; `masked` the form that may leave the vault; `before` the
    words of its sentence up to it, `line` its whole line. In a table also the ordinal of the table and row, the row's text, the
    words above its column and the whole heading row (empty and -1 elsewhere)."""

    start: int
    end: int
    masked: str
    before: str = ""
    after: str = ""
    line: str = ""
    above: str = ""
    table: int = -1
    row: int = -1
    heading: str = ""


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table as it lies in the body. `rows` are the offsets of its lines in the normal text."""

    start: int
    end: int
    rows: tuple[int, ...]
    heading: tuple[str, ...]


def spots(document: Document, pattern: re.Pattern[str], mask: Callable[[re.Match[str]], str | None]) -> Iterator[Spot]:
    """Every match that `mask` accepts (it returns the masked form or None), placed. Overlapping tries are the pattern's business:
    group 1 is the number."""
    read = normal(document.body)
    grids = _grids(document.body)
    free = 0
    for match in pattern.finditer(read.text):
        if match.start(1) < free:
            continue
        masked = mask(match)
        if masked is not None:
            free = match.end(1)
            yield _placed(read, grids, match.start(1), match.end(1), masked)


def report(
    document: Document,
    found: list[Spot],
    *,
    message: str,
    severity: Callable[[Spot], Severity],
    certainty: Callable[[Spot], float],
) -> Iterator[Draft]:
    """One draft for each number in running text, one for each table with its rows counted (in a text that is being edited,
    one for each number everywhere)."""
    hidden = _hidden(document.body, found)
    tables: dict[int, list[Spot]] = {}
    for spot in found:
        if spot.table >= 0 and document.medium != "text":
            tables.setdefault(spot.table, []).append(spot)
        else:
            yield _draft(document, [spot], hidden, message, severity, certainty)
    for together in tables.values():
        yield _draft(document, together, hidden, message, severity, certainty)


def _draft(
    document: Document,
    together: list[Spot],
    hidden: str,
    message: str,
    severity: Callable[[Spot], Severity],
    certainty: Callable[[Spot], float],
) -> Draft:
    first = together[0]
    facts: dict[str, object] = {}
    if first.table >= 0:
        rows = len({spot.row for spot in together})
        facts["rows"] = rows
        if rows > 1:
            message = f"{message}，表格中共{rows}行"
    if document.page_url:
        facts["page"] = document.page_url
    return finding(
        document,
        quote=first.masked,
        message=message,
        start=first.start,
        end=first.end,
        suggestion=first.masked if document.medium == "text" else None,
        severity=severity(first),
        certainty=min(certainty(spot) for spot in together),
        count=len(together),
        facts=facts,
        context=f"{hidden[max(0, first.start - CONTEXT) : first.start]}…{hidden[first.end : first.end + CONTEXT]}",
    )


def _hidden(body: str, found: list[Spot]) -> str:
    """The body with every found number and every other long run of digits starred out, so that no context gives away a neighbour;
    same length."""
    pieces, at = [], 0
    for spot in sorted(found, key=lambda s: s.start):
        pieces += [body[at : spot.start], "*" * (spot.end - spot.start)]
        at = spot.end
    return _LONG.sub(lambda run: "*" * len(run[0]), "".join([*pieces, body[at:]]))


def _placed(read: Normal, grids: tuple[_Grid, ...], start: int, end: int, masked: str) -> Spot:
    text = read.text
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    line = text[left : right if right >= 0 else len(text)]
    ends = [m.end() for m in _SENTENCE_END.finditer(text, left, start)]
    before = text[ends[-1] if ends else left : start]
    origin = read.span(start, end)
    for ordinal, grid in enumerate(grids):
        if grid.start <= start < grid.end:
            row = bisect_right(grid.rows, start) - 1
            column = len(_CELL.findall(text[left:start]))
            above = grid.heading[column] if column < len(grid.heading) and row > 0 else ""
            return Spot(
                *origin, masked, before, text[end : end + 12], line, above, ordinal, row, "\t".join(grid.heading)
            )
    return Spot(*origin, masked, before, text[end : end + 12], line)


@lru_cache(maxsize=4)
def _grids(body: str) -> tuple[_Grid, ...]:
    """Runs of two or more lines with cells (tabs, or upright strokes), with their first row as heading."""
    grids: list[_Grid] = []
    rows: list[int] = []
    heading: tuple[str, ...] = ()
    at = 0
    for line in [*normal(body).text.split("\n"), ""]:
        if _CELL.search(line):
            if not rows:
                heading = tuple(cell.strip() for cell in _CELL.split(line))
            rows.append(at)
        elif rows:
            if len(rows) > 1:
                grids.append(_Grid(rows[0], at, tuple(rows), heading))
            rows = []
        at += len(line) + 1
    return tuple(grids)
