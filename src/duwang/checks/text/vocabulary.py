"""Dictionary words and confusable characters, as compact tables."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Codes, Fuse
from duwang.checks.text.hashing import Hashes, hash_of

FREQUENT = 3
SAME, NEARLY, SHAPE, BOTH = 1, 2, 3, 4


@dataclass(frozen=True, slots=True)
class Words:
    """Dictionary words of one to eight characters. A code is 1 + 1.6·log2 of jieba's frequency; 0 = no word."""

    table: Fuse

    def codes(self, hashes: Hashes) -> Codes:
        return self.table.codes(hashes)

    def code(self, word: str) -> int:
        return int(self.table.codes(np.array([hash_of(word)], np.uint64))[0])


@dataclass(frozen=True, slots=True)
class Confusable:
    """Characters often mistaken for one another. `row`: code point → row + 1 (0 = none); `starts`, `others`, `kinds`: the characters
    of each row and why (1 same sound, 2 nearly, 3 look, 4 sound and look)."""

    row: NDArray[np.uint16]
    starts: NDArray[np.int64]
    others: NDArray[np.uint16]
    kinds: NDArray[np.uint8]

    def why(self, wrong: str, right: str) -> int:
        """Why one is taken for the other; 0 when they are not alike."""
        for a, b in ((right, wrong), (wrong, right)):
            row = int(self.row[min(ord(a), 0xFFFF)])
            if row:
                found = np.flatnonzero(self.others[self.starts[row - 1] : self.starts[row]] == ord(b))
                if len(found):
                    return int(self.kinds[self.starts[row - 1] + found[0]])
        return 0


@lru_cache(maxsize=1)
def words() -> Words:
    """The dictionary words of the package (bench/text_models.py made them)."""
    with np.load(str(resources.files("duwang.checks.text") / "models" / "vocabulary.npz")) as file:
        segment, segments = (int(n) for n in file["shape"])
        return Words(Fuse(file["slots"], segment, segments))


@lru_cache(maxsize=1)
def confusable() -> Confusable:
    """The confusable characters of the package."""
    with np.load(str(resources.files("duwang.checks.text") / "models" / "confusions.npz")) as file:
        row = np.zeros(0x10000, np.uint16)
        row[file["characters"]] = np.arange(1, len(file["characters"]) + 1)
        return Confusable(row, file["starts"].astype(np.int64), file["others"], file["kinds"])
