"""Hashes of every substring of a text at once: a polynomial over code points, so that a head and a tail can be put together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import mixed

Hashes = NDArray[np.uint64]
Places = NDArray[np.int64]

_BASE = 0x9E3779B97F4A7C15 | 1
_INVERSE = pow(_BASE, -1, 1 << 64)
LONGEST_TEXT = 1 << 16


@lru_cache(maxsize=2)
def powers(base: int = _BASE) -> Hashes:
    """Powers of the base, 0 to 65,536; of its inverse where that is given."""
    made = np.empty(LONGEST_TEXT + 1, np.uint64)
    made[0] = 1
    made[1:] = np.uint64(base)
    np.multiply.accumulate(made, out=made)
    return made


@dataclass(frozen=True, slots=True)
class Rolling:
    """A text (at most 65,536 code points) ready for hashing its substrings."""

    sums: Hashes

    @classmethod
    def of(cls, points: NDArray[np.uint32]) -> Rolling:
        """`points`: code points of the text."""
        sums = np.zeros(len(points) + 1, np.uint64)
        np.cumsum(mixed(points.astype(np.uint64) + np.uint64(1)) * powers()[: len(points)], out=sums[1:])
        return cls(sums)

    def spans(self, starts: Places, ends: Places) -> Hashes:
        """Hash of the text from each start to each end."""
        return (self.sums[ends] - self.sums[starts]) * powers(_INVERSE)[starts]


def joined(head: Hashes, tail: Hashes, head_length: Places) -> Hashes:
    """Hash of head and tail put together."""
    return head + tail * powers()[head_length]


def points_of(text: str) -> NDArray[np.uint32]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)


def hash_of(text: str) -> np.uint64:
    """Hash of one short string."""
    return np.uint64(Rolling.of(points_of(text)).sums[-1])


def hashes_of(texts: Sequence[str]) -> Hashes:
    """Hashes of short strings of one length, as `hash_of` gives them one by one."""
    length = len(texts[0])
    points = points_of("".join(texts)).reshape(len(texts), length).astype(np.uint64)
    made: Hashes = (mixed(points + np.uint64(1)) * powers()[:length]).sum(axis=1, dtype=np.uint64)
    return made
