"""Tables as they lie in a text: lines with cells, the rows that head them, the words above and beside a cell."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_CELL = re.compile(r"\t| *\| *")
_HAS_CELL = re.compile(r"[\t|]")
_DATA = re.compile(r"[0-9](?:[ \u3000\-]?[0-9]){5}")
_HEAD = re.compile(
    r"序号|编号|姓名|名称|证号|号码|身份证|单位|金额|备注|电话|地址|日期|时间|户主|项目|数量|代码|账号|乡镇|性别|事项"
)
_FLAT = re.compile(
    r"^[\u4e00-\u9fff（）()/、A-Za-z]{1,14}(?:[ \u3000]+[\u4e00-\u9fff（）()/、A-Za-z]{1,14})+[ \u3000]*$", re.MULTILINE
)
_REST = re.compile(r"[^。：:，；\t|]{1,24}")  # the rest of a cell that wraps, as a line of its own
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
    lines = [*text.split("\n"), "", "", ""]
    for n, line in enumerate(lines[:-2]):
        if _HAS_CELL.search(line) and _CELL.search(line):
            rows.append((at, line))
        elif rows and not (_REST.fullmatch(line) and any(_HAS_CELL.search(after) for after in lines[n + 1 : n + 3])):
            found += _parted(rows, at)
            rows = []
        at += len(line) + 1
    return tuple(found)


@dataclass(frozen=True, slots=True)
class FlatHead:
    """The head of a table whose cells were lost (text of a PDF): where its line ends, and its words."""

    end: int
    words: tuple[str, ...]


def flat_head(text: str, left: int) -> FlatHead | None:
    """The nearest such head above the line that begins at `left`, when no sentence stands between."""
    heads = _flat_heads(text)
    place = bisect_right(heads, left, key=lambda head: head.end) - 1
    if place < 0 or text.find("。", heads[place].end, left) >= 0:
        return None
    return heads[place]


@lru_cache(maxsize=8)
def _flat_heads(text: str) -> tuple[FlatHead, ...]:
    found = []
    for line in _FLAT.finditer(text):
        words = tuple(line[0].split())
        if sum(bool(_HEAD.search(word)) for word in words) > 1 and all(len(word) <= 14 for word in words):
            found.append(FlatHead(line.end(), words))
    return tuple(found)


def _parted(rows: list[tuple[int, str]], end: int) -> list[Grid]:
    """Tables that follow one another without a line between them: a new head begins a new one."""
    starts, in_data = [0], False
    for n, (_, line) in enumerate(rows):
        if n and _inner_head(line, rows[n + 1][1] if n + 1 < len(rows) else ""):
            starts.append(n)
            in_data = True
        elif _DATA.search(line):
            in_data = True
        elif in_data and _is_head(line):
            starts.append(n)
            in_data = False
    parts = [rows[a:b] for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]
    ends = [*(part[0][0] for part in parts[1:]), end]
    return [_grid(part, stop) for part, stop in zip(parts, ends, strict=True) if len(part) > 1]


def _is_head(line: str) -> bool:
    cells = [cell for cell in cells_of(line) if cell]
    return len(cells) > 1 and all(len(cell) <= 20 for cell in cells) and sum(bool(_HEAD.search(c)) for c in cells) > 1


def _inner_head(line: str, after: str) -> tuple[str, ...]:
    """A head glued to a row of data, as old Word files do where one table follows another: as many cells as the next row has, nearly
    all of them names of columns."""
    if not _DATA.search(line):
        return ()
    run: list[str] = []
    for cell in [*cells_of(line), ""]:
        if cell and len(cell) <= 20 and not re.search("[0-9]", cell):
            run.append(cell)
        elif (
            len(run) >= 3
            and len(run) == len(cells_of(after))
            and sum(bool(_HEAD.search(c)) for c in run) >= 0.75 * len(run)
        ):
            return tuple(run)
        else:
            run = []
    return ()


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
    if glued := _inner_head(rows[0][1], rows[1][1]):
        return Grid(rows[0][0], end, tuple(start for start, _ in rows), (glued,))
    heads: list[tuple[str, ...]] = []
    for _, line in rows[:_MOST_HEADS]:
        if _DATA.search(line):
            break
        heads.append(tuple(cells_of(line)))
    if len(heads) == len(rows) or len(heads) == _MOST_HEADS:
        heads = heads[:1]
    return Grid(rows[0][0], end, tuple(start for start, _ in rows), tuple(heads))
