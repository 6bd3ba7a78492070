"""Which characters a font file has: its cmap table, read straight from TTF, OTF and TTC."""

from __future__ import annotations

import mmap
import struct
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

_BEST = ((3, 10), (0, 6), (0, 4), (3, 1), (0, 3), (0, 1), (0, 0))


@lru_cache(maxsize=64)
def coverage(path: str, index: int = 0) -> tuple[range, ...]:
    """Ranges of code points that have a glyph; nothing when the file cannot be read."""
    try:
        with Path(path).open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as data:
            return tuple(_ranges(data, _face(data, index)))
    except (OSError, ValueError, struct.error, IndexError):
        return ()


def has(char: str, ranges: tuple[range, ...]) -> bool:
    """Ranges are in order: bisected."""
    code, low, high = ord(char), 0, len(ranges)
    while low < high:
        middle = (low + high) // 2
        if ranges[middle].stop <= code:
            low = middle + 1
        else:
            high = middle
    return low < len(ranges) and code in ranges[low]


def _face(data: mmap.mmap, index: int) -> int:
    """Where the font's table directory is."""
    if data[:4] == b"ttcf":
        return int(struct.unpack_from(">I", data, 12 + 4 * index)[0])
    return 0


def _ranges(data: mmap.mmap, face: int) -> Iterator[range]:
    (tables,) = struct.unpack_from(">H", data, face + 4)
    for number in range(tables):
        tag, _, start, _ = struct.unpack_from(">4sIII", data, face + 12 + 16 * number)
        if tag == b"cmap":
            yield from _subtable(data, start)
            return


def _subtable(data: mmap.mmap, start: int) -> Iterator[range]:
    (count,) = struct.unpack_from(">H", data, start + 2)
    offers = {}
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * number)
        offers[platform, encoding] = start + offset
    for kind in _BEST:
        if kind in offers:
            at = offers[kind]
            (form,) = struct.unpack_from(">H", data, at)
            yield from _segments(data, at) if form == 4 else _groups(data, at) if form in (12, 13) else ()
            return


def _groups(data: mmap.mmap, at: int) -> Iterator[range]:
    """Format 12: neighbouring groups are joined."""
    (count,) = struct.unpack_from(">I", data, at + 12)
    begin = end = -1
    for number in range(count):
        first, last, _ = struct.unpack_from(">III", data, at + 16 + 12 * number)
        if first == end:
            end = last + 1
            continue
        if begin >= 0:
            yield range(begin, end)
        begin, end = first, last + 1
    if begin >= 0:
        yield range(begin, end)


def _segments(data: mmap.mmap, at: int) -> Iterator[range]:
    """Format 4: a code of a segment without a glyph is rare in the fonts this is for; whole segments are taken."""
    (double,) = struct.unpack_from(">H", data, at + 6)
    for number in range(double // 2):
        (last,) = struct.unpack_from(">H", data, at + 14 + 2 * number)
        (first,) = struct.unpack_from(">H", data, at + 16 + double + 2 * number)
        if first != 0xFFFF:
            yield range(first, last + 1)
