"""How official prose runs: counts of character sequences of two to five, read from one compact file, looked up in arrays.

Pairs lie in a dense square; sequences of three to five in a binary fuse table. Everything takes and gives numpy arrays, because a
text is looked up as a whole.
"""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Fuse

Ids = NDArray[np.int64]
Codes = NDArray[np.uint8]
Floats = NDArray[np.float32]

DIGIT, LATIN, EDGE, ODD = 1, 2, 3, 0
SPECIAL = 4


def key(columns: tuple[Ids, ...]) -> NDArray[np.uint64]:
    """One number per sequence of three to five character ids (12 bits each)."""
    made = np.full(columns[0].shape, len(columns), np.uint64)
    for column in columns:
        made = made << np.uint64(12) | column.astype(np.uint64)
    return made


@dataclass(frozen=True, slots=True)
class Language:
    """`of_code`: code point → character id (half-width marks have the id of the full-width one); `han`: which ids are Chinese characters; `characters`: id → character; `pairs[a, b]`: code of a pair; `singles`: natural log of
    a character's share."""

    of_code: NDArray[np.uint16]
    characters: str
    pairs: NDArray[np.uint8]
    singles: Floats
    fuse: Fuse
    han: NDArray[np.bool_]

    def ids(self, text: str) -> Ids:
        """Character ids of a text; digits, letters and line ends are one each, what official texts hardly use is 0."""
        points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
        return self.of_code[np.minimum(points, 0xFFFF)].astype(np.int64)

    def pair(self, a: Ids, b: Ids) -> Codes:
        return self.pairs[a, b]

    def codes(self, *columns: Ids) -> Codes:
        """Codes of sequences of three to five ids; sequences with an unknown character are 0."""
        found = self.fuse.codes(key(columns))
        for column in columns:
            found[column == ODD] = 0
        return found


PAIR_COUNTS = np.concatenate(([0.0], 2.0 ** (np.arange(255) / 8.0 + 1 / 16))).astype(np.float32)
COUNTS = np.concatenate(([0.0], 2.0 ** (np.arange(31) / 2.0 + 1 / 4))).astype(np.float32)
PAIR_COUNTS[1] = COUNTS[1] = 1.0
_TRUST = np.array([0, 0, 800.0, 280.0, 120.0, 40.0], np.float32)


def logs(language: Language, a: Ids, b: Ids, c: Ids, d: Ids, e: Ids) -> Floats:
    """Natural log of the chance of `e` after `a b c d`: sequences of five to one, each trusted by how often its history occurs."""
    three = COUNTS[language.codes(c, d, e)]
    two = PAIR_COUNTS[language.pair(d, e)]
    seen = three > 0
    four = np.zeros_like(three)
    five = np.zeros_like(three)
    if seen.any():
        four[seen] = COUNTS[language.codes(b[seen], c[seen], d[seen], e[seen])]
        more = four > 0
        five[more] = COUNTS[language.codes(a[more], b[more], c[more], d[more], e[more])]
    history3 = PAIR_COUNTS[language.pair(c, d)]
    history4 = COUNTS[language.codes(b, c, d)]
    history5 = np.zeros_like(history4)
    deep = history4 > 0
    history5[deep] = COUNTS[language.codes(a[deep], b[deep], c[deep], d[deep])]
    one = np.exp(language.singles[e])
    history2 = np.exp(language.singles[d]) * TOTAL
    chance = one
    for order, counted, history in ((2, two, history2), (3, three, history3), (4, four, history4), (5, five, history5)):
        trust = history / (history + _TRUST[order])
        chance = trust * np.minimum(counted / np.maximum(history, 1.0), 1.0) + (1 - trust) * chance
    return np.log(chance + np.float32(1e-9)).astype(np.float32)


TOTAL = 21_000_000.0


@lru_cache(maxsize=1)
def official() -> Language:
    """The language of the package (bench/text_language.py made it)."""
    return load((resources.files("duwang.checks.text") / "models" / "language.bin.gz").read_bytes())


def load(blob: bytes) -> Language:
    """A language from the bytes of its file."""
    data = gzip.decompress(blob)
    end = data.index(b"\n")
    head = json.loads(data[:end])
    at = end + 1
    parts = []
    for size in head["sizes"]:
        parts.append(memoryview(data)[at : at + size])
        at += size
    characters = bytes(parts[0]).decode()
    count = len(characters)
    singles = np.frombuffer(parts[1], np.float32)
    places_of = np.frombuffer(parts[2], np.uint32)
    square = np.zeros(count * count, np.uint8)
    square[places_of] = np.frombuffer(parts[3], np.uint8)
    slots = np.frombuffer(parts[4], np.uint16)
    of_code = np.zeros(0x10000, np.uint16)
    for at_id, character in enumerate(characters):
        if at_id >= SPECIAL:
            of_code[ord(character)] = at_id
    of_code[[ord(c) for c in "0123456789"]] = DIGIT
    of_code[[ord(c) for c in "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"]] = LATIN
    of_code[[ord(c) for c in "\n\r\t \u3000"]] = EDGE
    for narrow, wide in zip(",:;?!()", "，：；？！（）", strict=True):
        of_code[ord(narrow)] = of_code[ord(wide)]
    fuse = Fuse(slots, head["segment"], head["segments"])
    han = np.array(["\u4e00" <= c <= "\u9fff" for c in characters])
    return Language(of_code, characters, square.reshape(count, count), singles, fuse, han)
