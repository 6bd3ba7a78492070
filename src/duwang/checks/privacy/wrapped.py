"""Numbers wrapped inside a table's cell, where the other cells of the row stand between their pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from duwang.checks.privacy.chains import Written

_GROUP = re.compile(r"[0-9]+[Xx]?")
_PIECES = re.compile(r"[\t ]*(?:[0-9]{1,14}[Xx]?[\t ]*|[\u4e00-\u9fff、，（）()]{1,10}[\t ]+){1,4}[Xx]?[\t ]*")
_LEAST, _MOST = 4, 17


def wrapped(text: str, accept: Callable[[str], bool]) -> Iterator[Written]:
    """18-character numbers whose beginning is a group on one line and whose rest are groups on the next one, two or three lines, which
    hold hardly anything else."""
    if not re.search(r"[0-9]{4,17}", text):
        return
    lines, starts, at = text.split("\n"), [], 0
    for line in lines:
        starts.append(at)
        at += len(line) + 1
    for n, line in enumerate(lines[:-1]):
        if not _PIECES.fullmatch(lines[n + 1]) or not re.search("[0-9]|^[Xx]$", lines[n + 1]):
            continue
        for head in _GROUP.finditer(line):
            if _LEAST <= len(head[0]) <= _MOST and head[0].isdigit() and head[0][0] in "12345678":
                yield from _completed(lines, starts, n, head, accept)


def _completed(
    lines: list[str], starts: list[int], n: int, head: re.Match[str], accept: Callable[[str], bool]
) -> Iterator[Written]:
    so_far = [(head[0], starts[n] + head.end())]
    for number in range(n + 1, min(n + 4, len(lines))):
        if not _PIECES.fullmatch(lines[number]):
            return
        longer = []
        for digits, _ in so_far:
            for piece in re.finditer(r"[0-9]+[Xx]?|(?<![0-9A-Za-z])[Xx](?![A-Za-z])", lines[number]):
                whole = digits + piece[0].upper()
                end = starts[number] + piece.end()
                if len(whole) == 18 and accept(whole):
                    yield Written(starts[n] + head.start(), end, whole, ("\n",))
                    return
                if len(whole) < 18 and whole.isdigit():
                    longer.append((whole, end))
        so_far = longer
