"""Dictionary words with one character mistaken for an alike one, where neither character belongs to any word as it stands."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Ids
from duwang.checks.text.hashing import hashes_of
from duwang.checks.text.language import Language
from duwang.checks.text.prose import PAD, Prose
from duwang.checks.text.vocabulary import BOTH, SHAPE, Confusable, Words

_COMMON, _KNOWN, _LONE = 9, 7, 19
_NEVER = 9
Slip = tuple[int, int, str, int]


def slips(prose: Prose, language: Language, alike: Confusable, words: Words) -> list[Slip]:
    """(start, end, right word, why) in the piece; of overlapping ones the first."""
    free = uncovered(prose, words)
    start = np.arange(len(free))
    orphan = free & (words.codes(prose.rolling.spans(start, start + 1)) < _LONE)
    ids = prose.ids[PAD : PAD + len(free)]
    touching = free[:-1] & free[1:] & (orphan[:-1] | orphan[1:]) & (language.pairs[ids[:-1], ids[1:]] < _NEVER)
    found: list[Slip] = []
    last = -1
    for at in map(int, np.flatnonzero(touching)):
        if at < last:
            continue
        wide = at + 3 <= len(free) and bool(free[at + 2])
        best = (_meant(prose.text, at, at + 3, orphan, alike, words) if wide else None) or _meant(
            prose.text, at, at + 2, orphan, alike, words
        )
        if best and prose.text.count(prose.text[best[0] : best[1]]) < 2:
            found.append(best)
            last = best[1]
    return found


def uncovered(prose: Prose, words: Words) -> NDArray[np.bool_]:
    """Chinese characters in no dictionary word of two to four characters that is used more than now and then."""
    size = len(prose.points)
    covered = np.zeros(size, np.bool_)
    for length in (2, 3, 4):
        if size < length:
            break
        start: Ids = np.arange(size - length + 1)
        known = words.codes(prose.rolling.spans(start, start + length)) >= _KNOWN
        for offset in range(length):
            covered[offset : size - length + 1 + offset] |= known
    han: NDArray[np.bool_] = prose.han[PAD : PAD + size]
    return han & ~covered


def _meant(text: str, start: int, end: int, orphan: NDArray[np.bool_], alike: Confusable, words: Words) -> Slip | None:
    """The commonest dictionary word that the stretch becomes when one character is changed for an alike one."""
    variants: list[tuple[str, int]] = []
    for at in range(start, end):
        row = int(alike.row[min(ord(text[at]), 0xFFFF)])
        if row and orphan[at]:
            for place in range(int(alike.starts[row - 1]), int(alike.starts[row])):
                other = chr(int(alike.others[place]))
                variants.append((text[start:at] + other + text[at + 1 : end], int(alike.kinds[place])))
    if not variants:
        return None
    codes = words.codes(hashes_of([word for word, _ in variants])).astype(np.int64)
    kinds = np.array([kind for _, kind in variants])
    least = np.where(kinds == SHAPE, _COMMON + 3, _COMMON)
    rank = np.where(codes >= least, codes + 6 * (kinds == BOTH) - 3 * (kinds == SHAPE), 0)
    best = int(np.argmax(rank))
    return (start, end, variants[best][0], variants[best][1]) if rank[best] else None
