"""One normal form of a text for matching, with the way back to the original offsets.

It is the part of NFKC that changes no meaning: width of letters and digits, spaces, radicals and compatibility ideographs,
ligatures, mathematical letters. ① ² ㎡ and Chinese punctuation stay as they are: folding them would make other numbers and
other marks of them.
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

_ZERO_WIDTH = "\u200b\u200c\u200d\u200e\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad\u180e\ufe00-\ufe0f"
_SPACES = "\u00a0\u1680\u2000-\u200a\u202f\u205f"
_WIDE = re.compile(f"[\uff10-\uff19\uff21-\uff3a\uff41-\uff5a{_SPACES}]")
_ODD = re.compile(f"[{_ZERO_WIDTH}\u2e80-\u2fdf\uf900-\ufaff\ufb00-\ufb06\U0001d400-\U0001d7ff\U0002f800-\U0002fa1f]")
_HIDDEN = re.compile(f"[{_ZERO_WIDTH}]")
_WRAP = re.compile(r"[ \t\u3000]*\r?\n[ \t]*")
_RUNS_ON = re.compile(r"[\u4e00-\u9fffA-Za-z0-9，、“《（(]$")
_GOES_ON = re.compile(r"[\u4e00-\u9fff，。、；：）》”)]")
_ITEM = re.compile(r"[（(]?[一二三四五六七八九十0-9]{1,3}[、.．）)]|附件|第[一二三四五六七八九十百0-9]+[章节条]")
_LEAST_LINES = 5
_NARROWEST = 36
_FULL = 0.82


@dataclass(frozen=True, slots=True)
class Normal:
    """A text in normal form. `starts`/`shifts`: from normal offset `starts[i]` on, the original offset is `shifts[i]` larger.
    Empty when nothing was removed or spread."""

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


@lru_cache(maxsize=16)
def normal(text: str, *, join_lines: bool = True) -> Normal:
    """Letters and digits to half width, odd spaces to a space, compatibility forms folded, zero-width characters dropped; with
    `join_lines` also the line ends inside sentences, where the whole text is broken at a fixed width (text of a PDF)."""
    folded = text.translate(_FOLD) if not text.isascii() and _WIDE.search(text) else text
    changes = [(m.start(), m.end(), _plain(m[0])) for m in _ODD.finditer(folded)] if not text.isascii() else []
    if join_lines and folded.count("\n") >= _LEAST_LINES:
        changes = sorted([*changes, *((start, end, "") for start, end in joints(folded))])
    return _edited(folded, changes) if changes else Normal(folded)


def is_wrapped(text: str) -> bool:
    """Whether a text is broken at a fixed width inside its sentences, as the text layer of a PDF is."""
    return bool(_width(text.split("\n")))


@lru_cache(maxsize=8)
def joints(text: str) -> tuple[tuple[int, int], ...]:
    """Line ends that a sentence runs over: the line is full, it does not end a sentence, and the next one begins no item."""
    lines = text.split("\n")
    full = _width(lines)
    if not full:
        return ()
    found, at = list[tuple[int, int]](), 0
    for line, after in pairwise(lines):
        if _cut_short(line, after, full) and (wrap := _WRAP.search(text, at + len(line.rstrip(" \t\u3000\r")))):
            found.append((wrap.start(), wrap.end()))
        at += len(line) + 1
    return tuple(found)


def _plain(odd: str) -> str:
    return "" if _HIDDEN.match(odd) else unicodedata.normalize("NFKC", odd)


def _edited(text: str, changes: list[tuple[int, int, str]]) -> Normal:
    """The text with the changes made (in order; what overlaps an earlier one is left out)."""
    pieces: list[str] = []
    starts: list[int] = []
    shifts: list[int] = []
    at = length = 0
    for start, end, plain in changes:
        if start < at:
            continue
        pieces += [text[at:start], plain]
        length += start - at
        at = end
        if len(plain) == end - start:
            length += len(plain)
            continue
        for n in range(len(plain)):  # every character of a spread ligature leads back to the ligature
            starts.append(length + n)
            shifts.append(start - length - n)
        length += len(plain)
        starts.append(length)
        shifts.append(end - length)
    return Normal("".join([*pieces, text[at:]]), tuple(starts), tuple(shifts))


def _width(lines: list[str]) -> float:
    """The least width of a full line; 0 when the text is not broken at a fixed width."""
    widths = sorted(width for line in lines if (width := _columns(line)) >= _NARROWEST and "\t" not in line)
    if len(widths) < _LEAST_LINES:
        return 0.0
    full = widths[int(len(widths) * 0.9)] * _FULL
    if widths[-1] > 2 * full:
        return 0.0
    long = [n for n, line in enumerate(lines[:-1]) if _columns(line) >= full and "\t" not in line]
    broken = sum(1 for n in long if _cut_short(lines[n], lines[n + 1], full))
    return full if broken >= _LEAST_LINES - 2 and broken * 2 >= len(long) else 0.0


def _cut_short(line: str, after: str, full: float) -> bool:
    line = line.rstrip(" \t\u3000\r")
    return (
        bool(_RUNS_ON.search(line))
        and _columns(line) >= full
        and bool(_GOES_ON.match(after))
        and not _ITEM.match(after)
        and "\t" not in line + after
    )


def _columns(line: str) -> int:
    """Width in half-width columns."""
    return (len(line.encode("utf-8", "surrogatepass")) + len(line)) // 2


_FOLD = {
    **{code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))},
    **dict.fromkeys((0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F), " "),
}
