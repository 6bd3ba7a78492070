"""Tables as they lie in a text: lines with cells, the rows that head them, the words above and beside a cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_CELL = re.compile(r"\t| *\| *")
_HAS_CELL = re.compile(r"[\t|]")
_DATA = re.compile(r"[0-9](?:[ \u3000\-]?[0-9]){5}")
_MOST_HEADS = 5


@dataclass(frozen=True, slots=True)
class Grid:
    """Two or more lines with cells in a row. `rows` are the offsets of its lines in the normal text, `heads` the cells of the
    rows before the first that holds data."""

    start: int
    end: int
    rows: tuple[int, ...]
    heads: tuple[tuple[str, ...], ...]

    def row_of(self, at: int) -> int:
        return bisect_right(self.rows, at) - 1

    @property
    def heading(self) -> tuple[str, ...]:
        """The head row that names most columns."""
        return max(self.heads, key=lambda cells: sum(map(bool, cells)), default=())

    def above(self, column: int, cells: int) -> str:
        """The words over a column. A row shorter than the head (cells merged downwards at its left) is counted from its end."""
        words = []
        for head in self.heads:
            place = column + (len(head) - cells if 0 < len(head) - cells <= 3 else 0)
            if place < len(head) and head[place] and head[place] not in words:
                words.append(head[place])
        return " ".join(words)


@lru_cache(maxsize=8)
def grids(text: str) -> tuple[Grid, ...]:
    """The tables of a normal text, in order."""
    if not _HAS_CELL.search(text):
        return ()
    found: list[Grid] = []
    rows: list[tuple[int, str]] = []
    at = 0
    for line in [*text.split("\n"), ""]:
        if _HAS_CELL.search(line) and _CELL.search(line):
            rows.append((at, line))
        elif rows:
            if len(rows) > 1:
                found.append(_grid(rows, at))
            rows = []
        at += len(line) + 1
    return tuple(found)


def cells_of(line: str) -> list[str]:
    """The cells of one line, trimmed; a stroke at both ends (Markdown) opens no empty cell."""
    line = line.strip(" ")
    if line.startswith("|") and line.endswith("|") and len(line) > 1:
        line = line[1:-1]
    return [cell.strip(" \u3000") for cell in _CELL.split(line)]


def column_at(line: str, offset: int) -> int:
    """Which cell of the line holds the character at `offset`."""
    left = line[:offset]
    return len(_CELL.findall(left)) - (1 if line.lstrip(" ").startswith("|") else 0)


def _grid(rows: list[tuple[int, str]], end: int) -> Grid:
    heads: list[tuple[str, ...]] = []
    for _, line in rows[:_MOST_HEADS]:
        if _DATA.search(line):
            break
        heads.append(tuple(cells_of(line)))
    if len(heads) == len(rows) or len(heads) == _MOST_HEADS:
        heads = heads[:1]
    return Grid(rows[0][0], end, tuple(start for start, _ in rows), tuple(heads))
