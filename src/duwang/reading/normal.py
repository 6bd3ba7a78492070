"""One normal form of a text for matching, with the way back to the original offsets."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache

_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u2060\ufeff\u00ad"
_SPACES = "\u00a0\u2002\u2003\u2007\u2009\u202f"
_WRAPPED = re.compile(r"(?<=[\u4e00-\u9fff，、；])[ \t\u3000]*\r?\n[ \t\u3000]*(?=[\u4e00-\u9fff，。、；：）》”])")
_ODD = re.compile(f"[{_ZERO_WIDTH}]|[\u2e80-\u2fdf\uf900-\ufaff]")


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in normal form. `starts`/`shifts`: from normal offset `starts[i]` on, the original offset is `shifts[i]` larger.
    Empty when nothing was removed."""

    text: str
    starts: tuple[int, ...] = ()
    shifts: tuple[int, ...] = ()

    def origin(self, at: int) -> int:
        """Original offset (code points) of a normal offset."""
        if not self.starts:
            return at
        found = bisect_right(self.starts, at) - 1
        return at + (self.shifts[found] if found >= 0 else 0)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Original [start, end) of a non-empty normal span."""
        return self.origin(start), self.origin(end - 1) + 1


@lru_cache(maxsize=8)
def normal(text: str, *, join_lines: bool = False) -> Normal:
    """Letters and digits to half width, odd spaces to a space, compatibility forms folded, zero-width characters dropped; with
    `join_lines` also the line ends inside wrapped sentences (text of a PDF). Chinese punctuation stays as it is."""
    folded = text.translate(_FOLD)
    removed = [(m.start(), m.end()) for m in _ODD.finditer(folded) if m[0] in _ZERO_WIDTH]
    if _ODD.search(folded):
        folded = "".join(_compatible(c) for c in folded)
    if join_lines:
        removed = sorted({*removed, *((m.start(), m.end()) for m in _WRAPPED.finditer(folded))})
    if not removed:
        return Normal(folded)
    return _cut(folded, removed)


def _cut(text: str, removed: list[tuple[int, int]]) -> Normal:
    pieces, starts, shifts = [], [], []
    at = length = 0
    for start, end in removed:
        if start < at:
            continue
        pieces.append(text[at:start])
        length += start - at
        at = end
        starts.append(length)
        shifts.append(end - length)
    pieces.append(text[at:])
    return Normal("".join(pieces), tuple(starts), tuple(shifts))


def _compatible(character: str) -> str:
    """The plain form of a radical or compatibility ideograph, when it is one character."""
    if "\u2e80" <= character <= "\u2fdf" or "\uf900" <= character <= "\ufaff":
        plain = unicodedata.normalize("NFKC", character)
        return plain if len(plain) == 1 else character
    return character


_FOLD = {
    **{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **{ord(space): " " for space in _SPACES},
}
