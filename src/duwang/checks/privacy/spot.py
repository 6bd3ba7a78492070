"""Where in a document a personal number stands: its sentence, its line, what names it, its table, row and column."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

from duwang.checks.privacy.grids import Grid, cells_of, column_at, flat_head, grids
from duwang.checks.privacy.people import name_before, name_in_row
from duwang.reading.normal import Normal

_SENTENCE_END = re.compile(r"[。；;！!？?]")
_SPREAD = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff][ \u3000：:]|[\u4e00-\u9fff]$)")
_RUNS_ON = re.compile(r"^(?=(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){18}).{26,}[\u4e00-\u9fff，、：（0-9]$")
_CLAUSE = 28


@dataclass(frozen=True, slots=True)
class Spot:
    """One number. `start`/`end` are offsets in the body, `masked` the form that may leave the vault, `line` its whole line, `before`
    the words of its sentence (in a table: of its cell) up to it, `after` a few behind it. `label` is what names it: the words
    in front of it, else the cell to its left, the words above its column, or the line before. `heading` is the table's head; `table`
    and `row` are -1 outside tables. `name` is the person beside it, `number` the ordinal of its line."""

    start: int
    end: int
    masked: str
    before: str = ""
    after: str = ""
    line: str = ""
    label: str = ""
    above: str = ""
    table: int = -1
    row: int = -1
    heading: str = ""
    name: str = ""
    number: int = 0
    whole: bool = True

    @property
    def around(self) -> str:
        """Everything that may say what the number is about."""
        return f"{self.heading} {self.label} {self.line}"


def placed(read: Normal, start: int, end: int, masked: str, *, whole: bool = True) -> Spot:
    """The spot at [start, end) of the normal text. `whole`: nothing else lies between its digits."""
    text = read.text
    left = text.rfind("\n", 0, start) + 1
    right = text.find("\n", end)
    line = text[left : right if right >= 0 else len(text)]
    origin = read.span(start, end)
    number = bisect_right(_line_starts(text), start)
    after = text[end : end + 12].partition("\n")[0]
    tables = grids(text)
    ordinal = bisect_right(tables, start, key=lambda grid: grid.start) - 1
    if ordinal >= 0 and start < tables[ordinal].end:
        return _in_table(
            tables[ordinal], ordinal, text, line.partition("\n")[0], left, start, after, origin, masked, number, whole
        )
    before = _before(text, left, start)
    label, above, heading = before, "", ""
    if not re.search("[：:号码话式]", before) and (head := flat_head(text, left)) is not None:
        above, heading = _aligned(head.words, line, start - left), " ".join(head.words)
        label = f"{above} {before}"
    elif not before.strip(" \u3000(（:："):
        label = _line_above(text, left)
    name = name_before(before[-60:])
    return Spot(
        *origin, masked, before, after, line, tight(label)[-_CLAUSE:], tight(above), heading=tight(heading), name=name, number=number, whole=whole
    )  # fmt: skip


def tight(words: str) -> str:
    """Labels without the spaces that spread them: 索 引 号."""
    return _SPREAD.sub("", words)


def _aligned(words: tuple[str, ...], line: str, offset: int) -> str:
    """The word over a column of a flattened table; all words when the row has another number of cells."""
    cells = line.partition("\n")[0].split()
    return words[len(line[:offset].split())] if len(cells) == len(words) else " ".join(words)


def _in_table(
    grid: Grid, ordinal: int, text: str, line: str, left: int, start: int, after: str, origin: tuple[int, int], masked: str, number: int, whole: bool
) -> Spot:  # fmt: skip
    row = grid.row_of(start)
    cells = cells_of(line)
    column = min(column_at(line, start - left), len(cells) - 1)
    cell_start = max(text.rfind("\t", left, start), text.rfind("|", left, start)) + 1 or left
    before = _before(text, max(left, cell_start), start)
    above = grid.above(column, len(cells)) if row >= len(grid.heads) else ""
    beside = cells[column - 1] if column else ""
    label = before if before.strip(" \u3000(（:：") else above
    if _names_numbers(beside) and not (above and _names_numbers(above)):
        label = f"{beside} {before}"
    elif above and label != above:
        label = f"{above} {before}"
    name = name_before(before[-60:]) or name_in_row(
        cells, list(grid.heading) if len(grid.heading) == len(cells) else []
    )
    heading = " ".join(cell for head in grid.heads for cell in head if cell)
    return Spot(
        *origin,
        masked,
        before,
        after,
        line,
        tight(label)[-_CLAUSE * 2 :],
        tight(above),
        ordinal,
        row,
        tight(heading),
        name,
        number,
        whole,
    )


@lru_cache(maxsize=4)
def _line_starts(text: str) -> tuple[int, ...]:
    return tuple(m.start() for m in re.finditer("^", text, re.MULTILINE))


def _names_numbers(cell: str) -> bool:
    """A cell that names what stands to its right, as in a form."""
    return (
        len(cell) <= 24
        and bool(re.search(r"号|电话|手机|方式|代码|编码|证件|账户|住址|地址|卡|ID", cell))
        and not re.search("[0-9]{4}", cell)
    )


def _before(text: str, left: int, start: int) -> str:
    ends = [m.end() for m in _SENTENCE_END.finditer(text, left, start)]
    if ends:
        return text[ends[-1] : start]
    above = text[text.rfind("\n", 0, max(0, left - 1)) + 1 : max(0, left - 1)]
    if (
        _RUNS_ON.search(above) and "\t" not in above and start - left < len(above)
    ):  # the line above is cut at the page's width
        return _SENTENCE_END.split(above)[-1] + text[left:start]
    return text[left:start]


def _line_above(text: str, left: int) -> str:
    """The line before, when it names what follows (one label, or a head of flattened columns)."""
    above = text[text.rfind("\n", 0, max(0, left - 1)) + 1 : max(0, left - 1)]
    return above if len(above) <= 24 and not re.search("[0-9]{5}", above) else ""
