"""A fixed expression with one character in it that has nothing to do with the right one (“丝绸之民经济带”): a slip of the input method or of
a scan. Only where nothing else explains that character: no dictionary word holds it, and official texts never have it between these
neighbours."""

from __future__ import annotations

import numpy as np

from duwang.checks.text.hashing import hash_of
from duwang.checks.text.phrases import Phrase
from duwang.checks.text.prose import PAD, Prose
from duwang.checks.text.vocabulary import Words

_LEAST = {"curated": 5, "organisation": 5, "law": 7, "phrase": 8}
_LITTLE = frozenset(
    "不有无非的地得了及和或与在是为其即已一以之上下中内外前后等各省市县区州盟旗乡镇村东西南北大小新老二三四五六七八九十百千万亿"
)
_LONG = 10  # an expression so long that it is meant, whatever the character is
_SHORT, _ALL = 6, 3  # in a short one none of the sequences around the place may be known
_OPEN = 6  # the least for a character at the edge, which may belong to its neighbour outside
_SURE = {"curated": 7, "organisation": 8}
_LONGEST = 4
HINT, SURE = 0.0, 1.6


def strangeness(prose: Prose, phrase: Phrase, start: int, at: int, words: Words) -> float | None:
    """The score of the character at `at` of the text in the variant of `phrase` that begins at `start`: SURE, HINT, or None where it may
    be right."""
    size = len(phrase.text)
    if size < _LEAST.get(phrase.kind, size + 1):
        return None
    little, edge = prose.text[at] in _LITTLE or phrase.text[at - start] in _LITTLE, at in (start, start + size - 1)
    inside = prose.triples[max(start, at - 2) + PAD : min(start + size - 3, at) + PAD + 1]
    unseen, around = int((inside == 0).sum()), int((prose.triples[at - 2 + PAD : at + 1 + PAD] == 0).sum())
    if not unseen or (edge and (little or size < _OPEN)):
        return None
    explained = _explained(prose.text, at, words)
    if size >= _LONG and phrase.kind != "phrase" and not edge:
        return SURE if unseen > 1 and not (little or explained) else HINT
    if (little and (around < _ALL or size < _OPEN)) or around < 2 or (size < _SHORT and around < _ALL):
        return None
    if explained:
        return (
            HINT
            if phrase.kind == "curated" and size >= _SURE["curated"] and unseen > 1 and not (little or edge)
            else None
        )
    return SURE if size >= _SURE.get(phrase.kind, size + 1) and unseen > 1 and not (little or edge) else HINT


def _explained(text: str, at: int, words: Words) -> bool:
    """Whether a dictionary word holds the character; one that cuts a commoner word beside it (发[展会]制) does not count."""
    low, high = max(0, at - 2 * _LONGEST + 2), min(len(text), at + 2 * _LONGEST - 1)
    spans = [(a, b) for a in range(low, high) for b in range(a + 2, min(high, a + _LONGEST) + 1)]
    codes = words.codes(np.array([hash_of(text[a:b]) for a, b in spans], np.uint64)).tolist()
    known = [(a, b, code) for (a, b), code in zip(spans, codes, strict=True) if code]
    beside = [one for one in known if not one[0] <= at < one[1]]
    return any(not any(_cuts(one, other) for other in beside) for one in known if one[0] <= at < one[1])


def _cuts(one: tuple[int, int, int], other: tuple[int, int, int]) -> bool:
    return other[2] >= one[2] and (other[0] < one[0] < other[1] or other[0] < one[1] < other[1])
