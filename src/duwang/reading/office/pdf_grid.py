"""Ruled tables of one page from its lines and characters: rows of cell texts, merged cells told once."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

_SAME = 2.0  # points: lines nearer than that are one
_TOUCH = 3.0
_SHORT = 4.0


@dataclass(frozen=True, slots=True)
class Line:
    """A straight line: `at` is its y (or x), `low`–`high` where it begins and ends."""

    at: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Char:
    """A character with the middle of its box, in points from the lower left; `n` counts the page's characters."""

    n: int
    text: str
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Grid:
    """A ruled table: `xs` rising, `ys` falling; `cells` by row and column; `taken` are the characters in it."""

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[tuple[str, ...], ...]
    taken: frozenset[int]


def grids(across: Iterable[Line], down: Iterable[Line], chars: Sequence[Char]) -> list[Grid]:
    """The tables of a page, top first: lines that touch one another and make at least two rows of two columns."""
    found = []
    for flat, tall in _tables(_merged(across), _merged(down)):
        xs, ys = sorted(_places(tall)), sorted(_places(flat), reverse=True)
        if len(xs) >= 3 and len(ys) >= 3 and (grid := _filled(xs, ys, flat, tall, chars)).taken:
            found.append(grid)
    return sorted(found, key=lambda grid: -grid.ys[0])


def _merged(lines: Iterable[Line]) -> list[Line]:
    """Pieces of one line in one piece; lines drawn twice once."""
    kept: list[Line] = []
    for line in sorted(lines, key=lambda one: (round(one.at / _SAME), one.low)):
        if line.high - line.low < _SHORT:
            continue
        last = kept[-1] if kept else None
        if last is not None and abs(last.at - line.at) < _SAME and line.low <= last.high + _TOUCH:
            kept[-1] = Line(last.at, last.low, max(last.high, line.high))
        else:
            kept.append(line)
    return kept


def _tables(across: Sequence[Line], down: Sequence[Line]) -> Iterator[tuple[list[Line], list[Line]]]:
    """Lines that touch, group by group."""
    left_flat, left_tall = list(across), list(down)
    while left_flat:
        flat, tall = [left_flat.pop()], list[Line]()
        grown = True
        while grown:
            more_tall = [v for v in left_tall if any(_crosses(h, v) for h in flat)]
            left_tall = [v for v in left_tall if v not in more_tall]
            tall += more_tall
            more_flat = [h for h in left_flat if any(_crosses(h, v) for v in more_tall or tall)]
            left_flat = [h for h in left_flat if h not in more_flat]
            flat += more_flat
            grown = bool(more_tall or more_flat)
        yield flat, tall


def _crosses(flat: Line, tall: Line) -> bool:
    return flat.low - _TOUCH <= tall.at <= flat.high + _TOUCH and tall.low - _TOUCH <= flat.at <= tall.high + _TOUCH


def _places(lines: Iterable[Line]) -> list[float]:
    kept: list[float] = []
    for at in sorted(line.at for line in lines):
        if not kept or at - kept[-1] >= _SAME:
            kept.append(at)
    return kept


def _filled(
    xs: Sequence[float], ys: Sequence[float], flat: Sequence[Line], tall: Sequence[Line], chars: Sequence[Char]
) -> Grid:
    rows, columns = len(ys) - 1, len(xs) - 1
    home = {(r, c): _home(r, c, xs, ys, flat, tall) for r in range(rows) for c in range(columns)}
    texts: dict[tuple[int, int], list[str]] = {}
    taken = set()
    falling = [-y for y in ys]
    for char in chars:
        column, row = bisect_right(xs, char.x) - 1, bisect_right(falling, -char.y) - 1
        if 0 <= column < columns and 0 <= row < rows:
            taken.add(char.n)
            texts.setdefault(_first(home, (row, column)), []).append(char.text)
    cells = tuple(tuple("".join(texts.get((r, c), ())).strip() for c in range(columns)) for r in range(rows))
    return Grid(tuple(xs), tuple(ys), cells, frozenset(taken))


def _home(
    row: int, column: int, xs: Sequence[float], ys: Sequence[float], flat: Sequence[Line], tall: Sequence[Line]
) -> tuple[int, int]:
    """The neighbour that a cell is one with: to the left or above, where no line stands between; else itself."""
    x, y = (xs[column] + xs[column + 1]) / 2, (ys[row] + ys[row + 1]) / 2
    if column and not _stands(tall, xs[column], y):
        return row, column - 1
    if row and not _stands(flat, ys[row], x):
        return row - 1, column
    return row, column


def _stands(lines: Sequence[Line], at: float, over: float) -> bool:
    return any(abs(line.at - at) < _SAME and line.low <= over <= line.high for line in lines)


def _first(home: dict[tuple[int, int], tuple[int, int]], cell: tuple[int, int]) -> tuple[int, int]:
    while home[cell] != cell:
        cell = home[cell]
    return cell
