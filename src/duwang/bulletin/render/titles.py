"""Where a long title is broken: at sense units, in lines of like length (GB/T 9704 7.3.1)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import combinations, pairwise

WIDTH = 20
_GOOD = re.compile(
    r"(?<=办公室)|(?<=办公厅)|(?<=小组)|(?<=关于)|(?<=[和与及、暨])|(?<=季度)|(?<=情况)|(?<=政府网站)|(?<=年度)|(?<=[次期月])(?=全|政|区|县|市)"
)
_BAD_START = "的了和与及、，》”）在"
_MOST_BREAKS = 16
_MOST_LINES = 4


def title_lines(title: str, *, width: int = WIDTH) -> tuple[str, ...]:
    """The lines of a title; breaks that were written are kept, longer lines are broken."""
    written = [line.strip() for line in title.splitlines() if line.strip()]
    return tuple(part for line in written for part in _broken(line, width))


def _broken(line: str, width: int) -> tuple[str, ...]:
    if _length(line) <= width:
        return (line,)
    count = -(-int(_length(line) + 0.5) // width)
    if count > _MOST_LINES:
        return tuple(line[at : at + width] for at in range(0, len(line), width))
    good = sorted({match.start() for match in _GOOD.finditer(line)} - {0, len(line)})[:_MOST_BREAKS]
    anywhere = [at for at in range(1, len(line)) if not line[at - 1 : at + 1].isascii()]
    for places, lines in ((good, count), (good, count + 1), (anywhere, count), (anywhere, count + 1)):
        if best := _best(line, places, lines, width):
            return best
    return (line,)


def _best(line: str, places: Sequence[int], count: int, width: int) -> tuple[str, ...] | None:
    """The most even way to cut into `count` lines at some of `places`; None when no way fits the width."""
    found: list[tuple[float, tuple[str, ...]]] = []
    for cuts in combinations(places, count - 1):
        ends = (0, *cuts, len(line))
        parts = tuple(line[a:b] for a, b in pairwise(ends))
        lengths = [_length(part) for part in parts]
        if max(lengths) <= width and not any(part[0] in _BAD_START for part in parts[1:]):
            found.append((max(lengths) - min(lengths), parts))
    return min(found)[1] if found else None


def _length(text: str) -> float:
    """Width in characters: digits and Latin letters are half as wide."""
    return sum(0.5 if char.isascii() else 1.0 for char in text)
