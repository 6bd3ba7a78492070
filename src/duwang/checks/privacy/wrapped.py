"""Numbers wrapped inside a table's cell, where the other cells of the row stand between their pieces."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from duwang.checks.privacy.chains import Written

_SOME = re.compile(r"[0-9](?:[ \u3000\-]{0,2}[0-9]){3,16}[ \u3000\-]{0,2}(?:$|[\t\n\u4e00-\u9fff ])", re.MULTILINE)
_RUN = re.compile(r"(?<![0-9A-Za-z])(?:[0-9](?:[ \u3000\-]{0,2}[0-9])*(?:[ \u3000\-]{0,2}[Xx])?|[Xx])(?![A-Za-z])")
_REST = re.compile(r"[\t \u3000\-0-9Xx\u4e00-\u9fff、，（）()]{1,60}")
_LONG_WORDS = re.compile(r"[\u4e00-\u9fff]{11}")
_LEAST, _MOST = 3, 17
_LINES = 3


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    text: str

    @property
    def is_rest(self) -> bool:
        """Hardly anything but what is left of cells."""
        return bool(_REST.fullmatch(self.text)) and not _LONG_WORDS.search(self.text) and bool(_RUN.search(self.text))


def wrapped(text: str, accept: Callable[[str], bool]) -> Iterator[Written]:
    """18-character numbers whose beginning is a group on one line and whose rest are groups on the next one, two or three lines, which
    hold hardly anything else."""
    if not _SOME.search(text):
        return
    lines, at = [], 0
    for line in text.split("\n"):
        lines.append(_Line(at, line))
        at += len(line) + 1
    for n, first in enumerate(lines[:-1]):
        if not lines[n + 1].is_rest:
            continue
        for head in _RUN.finditer(first.text):
            digits = _bare(head[0])
            if _LEAST <= len(digits) <= _MOST and digits.isdigit() and digits[0] in "12345678":
                yield from _completed(lines[n : n + 1 + _LINES], head, digits, accept)


def _completed(
    lines: list[_Line], head: re.Match[str], digits: str, accept: Callable[[str], bool]
) -> Iterator[Written]:
    so_far = [digits]
    for line in lines[1:]:
        if not line.is_rest:
            return
        longer = []
        for begun in so_far:
            for piece in _RUN.finditer(line.text):
                whole = begun + _bare(piece[0])
                if len(whole) == 18 and accept(whole):
                    yield Written(lines[0].start + head.start(), line.start + piece.end(), whole, ("\n",))
                    return
                if len(whole) < 18 and whole.isdigit():
                    longer.append(whole)
        so_far = longer


def _bare(piece: str) -> str:
    return re.sub("[^0-9X]", "", piece.upper())
