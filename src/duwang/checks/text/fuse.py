"""A static table from 64-bit keys to small codes (binary fuse filter with values): each key sits in the XOR of three slots, 11 bits
that tell it from strangers and 5 bits of code.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Ids = NDArray[np.int64]
Codes = NDArray[np.uint8]

_MIX1, _MIX2 = np.uint64(0xBF58476D1CE4E5B9), np.uint64(0x94D049BB133111EB)


@dataclass(frozen=True, slots=True)
class Fuse:
    """A static table from 64-bit keys to codes of 1–31 (0 = not there, wrongly there once in 2,048)."""

    slots: NDArray[np.uint16]
    segment: int
    segments: int

    def codes(self, keys: NDArray[np.uint64]) -> Codes:
        hashes = mixed(keys)
        first, second, third = places(hashes, self.segment, self.segments)
        value = self.slots[first] ^ self.slots[second] ^ self.slots[third]
        known = (value >> np.uint16(5)) == mark(hashes)
        return np.where(known, value & np.uint16(31), 0).astype(np.uint8)


def mixed(keys: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Well spread 64-bit hashes (splitmix64)."""
    x = keys.copy()
    x ^= x >> np.uint64(30)
    x *= _MIX1
    x ^= x >> np.uint64(27)
    x *= _MIX2
    x ^= x >> np.uint64(31)
    return x


def places(hashes: NDArray[np.uint64], segment: int, segments: int) -> tuple[Ids, Ids, Ids]:
    """The three slots of each hash, in neighbouring segments."""
    low = np.uint64(segment - 1)
    first = (hashes >> np.uint64(32)) * np.uint64(segment * segments) >> np.uint64(32)
    second = (first + np.uint64(segment)) ^ (hashes >> np.uint64(16) & low)
    third = (first + np.uint64(2 * segment)) ^ (hashes & low)
    return first.astype(np.int64), second.astype(np.int64), third.astype(np.int64)


def mark(hashes: NDArray[np.uint64]) -> NDArray[np.uint16]:
    """Eleven bits that tell a key from strangers."""
    return (hashes * np.uint64(0x9E3779B97F4A7C15) >> np.uint64(53)).astype(np.uint16)
