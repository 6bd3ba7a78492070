"""How often characters follow one another in official texts; a compact reader over one data file."""

from __future__ import annotations

import gzip
import json
from array import array
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


@dataclass(frozen=True, slots=True)
class Ngrams:
    """Counts on a scale of 0 (never) to 15 (2¹⁵ and more) of pairs (all), and of triples (from 2 occurrences on). `^` and `$`
    stand for the edge of a run of Chinese characters."""

    index: dict[str, int]
    width: int
    nibbles: bytes
    slots: array[int]

    def ids(self, text: str) -> list[int]:
        """Numbers of the characters; 0 for one that official texts hardly use."""
        get = self.index.get
        return [get(c, 0) for c in text]

    def pair(self, a: int, b: int) -> int:
        at = a * self.width + b
        return self.nibbles[at >> 1] >> (4 * (at & 1)) & 15 if a and b else 0

    def triple(self, a: int, b: int, c: int) -> int:
        """0 when seen less than twice, else 1 + log2 of the count."""
        if not (a and b and c):
            return 0
        key = (a * 0x9E3779B1 ^ b * 0x85EBCA6B ^ c * 0xC2B2AE35) & 0xFFFFFFFFFF
        key = (key ^ key >> 17) * 0x27D4EB2F >> 3
        slots = self.slots
        last = len(slots) - 1
        at, mark = key & last, (key >> 22 & 0xFFF) or 1
        while slot := slots[at]:
            if slot >> 4 == mark:
                return 1 + (slot & 15)
            at = at + 1 & last
        return 0


@lru_cache(maxsize=1)
def official() -> Ngrams:
    """The n-grams of the package (bench/text_models.py made them)."""
    blob = gzip.decompress((resources.files("duwang.checks.text") / "models" / "ngrams.bin.gz").read_bytes())
    head_line, characters, rest = blob.split(b"\n", 2)
    head = json.loads(head_line)
    index = {c: i for i, c in enumerate(characters.decode(), 1)}
    size = (head["width"] ** 2 + 1) // 2
    slots = array("H")
    slots.frombytes(rest[size:])
    return Ngrams(index, head["width"], rest[:size], slots)
