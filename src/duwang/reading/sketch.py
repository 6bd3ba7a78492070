"""A small fingerprint of a text by which copies with a few changed words are found without keeping the text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from heapq import nsmallest
from zlib import crc32

SIZE = 48
_BARE = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]+")
_MOST = 4000
_LEAST = 60


def sketch(text: str) -> tuple[int, ...]:
    """The 48 smallest hashes of four-character pieces, sorted; empty for a text too short to compare. Spaces and marks do not count."""
    bare = _BARE.sub("", text[: 2 * _MOST])[:_MOST]
    if len(bare) < _LEAST:
        return ()
    raw = bare.encode("utf-16-le", "surrogatepass")
    return tuple(nsmallest(SIZE, {crc32(raw[at : at + 8]) for at in range(0, len(raw) - 7, 2)}))


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimated share of pieces that two texts have in common (Jaccard), 0 to 1."""
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[: min(len(one), len(other))]
    both = set(one) & set(other)
    return sum(value in both for value in smallest) / len(smallest)
