"""Dictionary words with one character mistaken for an alike one: where neither character belongs to any word as it stands, and where two
characters that official texts never put side by side are no word and belong to none of their neighbours."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Ids
from duwang.checks.text.hashing import hashes_of
from duwang.checks.text.language import Floats, Language
from duwang.checks.text.proposals import SINGLE, proposed, with_gain
from duwang.checks.text.prose import PAD, Prose
from duwang.checks.text.vocabulary import BOTH, NEARLY, SAME, SHAPE, Confusable, Words

_COMMON, _KNOWN, _LONE = 9, 7, 19
_NEVER = 9
_MEANT, _ABOVE = 10, 5  # a right word's code, and how far it is above the wrong one's
_GAIN, _MARGIN = 2.5, 2.0  # log chance that a word of the same sound must gain, and by how much it must beat the next
# Characters that stand alone in prose, before and after any word.
_ALONE = "一二三四五六七八九十两几多不未有的地得是在和与及或为以自者所于其各每本该此后前上下内外中大小省市县区乡镇村州等级好到完成出起来去过着了掉住被把将从向对给让使再又也都就才只还很更最仅"
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


def strangers(prose: Prose, language: Language, alike: Confusable, words: Words) -> list[Slip]:
    """(start, end, right word, why) of two characters that official texts hardly ever put side by side (批露): no word as they stand, no part
    of a word with their neighbours, one alike character away from a common one."""
    size = len(prose.points)
    if size < 3:
        return []
    ids = prose.ids[PAD : PAD + size]
    start = np.arange(size - 1)
    han = prose.han[PAD : PAD + size]
    rare = han[:-1] & han[1:] & (language.pairs[ids[:-1], ids[1:]] <= _NEVER)
    rare &= words.codes(prose.rolling.spans(start, start + 2)) <= _KNOWN
    rare &= ~_held(prose, words)
    return [one for at in map(int, np.flatnonzero(rare)) if (one := _stranger(prose, language, alike, words, at))]


def _held(prose: Prose, words: Words) -> NDArray[np.bool_]:
    """Which pairs of neighbours share a character with a dictionary word other than themselves."""
    size = len(prose.points)
    held = np.zeros(size - 1, np.bool_)
    for length in (2, 3, 4):
        if size < length:
            break
        start: Ids = np.arange(size - length + 1)
        known = words.codes(prose.rolling.spans(start, start + length)) >= _KNOWN
        for shift in range(-1, length):
            if length == 2 and shift == 0:
                continue
            first, last = max(0, shift), min(size - 1, len(known) + shift)
            held[first:last] |= known[first - shift : last - shift]
    return held


def _stranger(prose: Prose, language: Language, alike: Confusable, words: Words, at: int) -> Slip | None:
    """What the pair at a place is meant for: the likeliest of the words of the same sound (both sound and look count more)."""
    pair = prose.text[at : at + 2]
    if any(c in _ALONE or c in prose.text[max(0, at - 3) : at] for c in pair):
        return None
    variants = [(offset, other, kind) for offset in (0, 1) for other, kind in _others(alike, pair[offset])]
    if not variants:
        return None
    forms = [other + pair[1] if not offset else pair[0] + other for offset, other, _ in variants]
    codes = words.codes(hashes_of(forms)).astype(np.int64)
    least = max(_MEANT, words.code(pair) + _ABOVE)
    kept = [n for n, code in enumerate(codes) if code >= least + (variants[n][2] == NEARLY) * 2]
    if not kept:
        return None
    gains = _gains(prose, language, [(at + variants[n][0], variants[n][1]) for n in kept])
    ranks = [codes[n] + 3 * (variants[n][2] == BOTH) + 0.7 * gain for n, gain in zip(kept, gains, strict=True)]
    order = sorted(range(len(kept)), key=lambda one: -ranks[one])
    best, kind = order[0], variants[kept[order[0]]][2]
    clear = len(order) == 1 or ranks[best] - ranks[order[1]] >= _MARGIN
    never = not language.pairs[language.ids(pair[0])[0], language.ids(pair[1])[0]]
    if (kind == BOTH and gains[best] > 0) or (kind == SAME and never and clear and gains[best] >= _GAIN):
        return at, at + 2, forms[kept[best]], kind
    return None


def _others(alike: Confusable, character: str) -> list[tuple[str, int]]:
    """The characters of the same or nearly the same sound; those that only look alike are too many."""
    row = int(alike.row[min(ord(character), 0xFFFF)])
    if not row:
        return []
    span = range(int(alike.starts[row - 1]), int(alike.starts[row]))
    return [(chr(int(alike.others[n])), int(alike.kinds[n])) for n in span if alike.kinds[n] != SHAPE]


def _gains(prose: Prose, language: Language, edits: list[tuple[int, str]]) -> Floats:
    new = language.ids("".join(character for _, character in edits))
    at = np.array([place for place, _ in edits]) + PAD
    return with_gain(prose, language, proposed(SINGLE, at, np.ones(len(at)), new, np.zeros(len(at)))).gain
