"""A small fingerprint of a text by which copies with a few changed words are found without keeping the text."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

SIZE = 48
_MOST = 4000
_LEAST = 60
_PIECE = 4


def sketch(text: str) -> tuple[int, ...]:
    """The 48 smallest CRC-32 of four-character pieces, sorted; empty for a text too short to compare. Spaces and marks do not count."""
    written = np.frombuffer(text[: 2 * _MOST].encode("utf-16-le", "surrogatepass"), np.uint16)
    bare = written[_counting()[written]][:_MOST]
    if len(bare) < _LEAST:
        return ()
    pieces = len(bare) - _PIECE + 1
    shares, hashes = _shares(), np.full(pieces, crc32(bytes(2 * _PIECE)), np.uint32)
    for place in range(_PIECE):
        hashes ^= shares[place][bare[place : place + pieces]]
    hashes.sort()
    smallest = tuple(dict.fromkeys(hashes[: 3 * SIZE].tolist()))  # nearly all differ
    return smallest[:SIZE] if len(smallest) >= SIZE else tuple(np.unique(hashes)[:SIZE].tolist())


@cache
def _counting() -> NDArray[np.bool_]:
    """Which UTF-16 units count: digits, Latin letters, Han characters."""
    counting = np.zeros(1 << 16, np.bool_)
    for first, last in (("0", "9"), ("A", "Z"), ("a", "z"), ("\u4e00", "\u9fff")):
        counting[ord(first) : ord(last) + 1] = True
    return counting


@cache
def _shares() -> NDArray[np.uint32]:
    """What a character at each place of a piece adds to its CRC-32, which is linear: place × character."""
    of_bits = np.zeros((_PIECE, 16), np.uint32)
    nothing = crc32(bytes(2 * _PIECE))
    for place in range(_PIECE):
        for bit in range(16):
            piece = (1 << bit).to_bytes(2, "little")
            of_bits[place, bit] = crc32(bytes(2 * place) + piece + bytes(2 * (_PIECE - 1 - place))) ^ nothing
    shares = np.zeros((_PIECE, 1 << 16), np.uint32)
    for bit in range(16):
        shares[:, 1 << bit : 2 << bit] = shares[:, : 1 << bit] ^ of_bits[:, bit : bit + 1]
    return shares


def overlap(one: Sequence[int], other: Sequence[int]) -> float:
    """Estimated share of pieces that two texts have in common (Jaccard), 0 to 1."""
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[: min(len(one), len(other))]
    both = set(one) & set(other)
    return sum(value in both for value in smallest) / len(smallest)
