"""One-edit variants of canonical expressions: a wrong, missing, extra or transposed character.

Only places where three characters follow one another as they never do in official texts are looked at; there every expression
that stands one edit away is tried by look-up tables with gaps (symmetric delete), so the number of expressions does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache

from duwang.checks.text.dictionary import LONGEST, Canon, canon, confusions, words
from duwang.checks.text.ngrams import Ngrams, official
from duwang.checks.text.segmenting import explained
from duwang.model.findings import Severity

_RUN = re.compile(r"[\u4e00-\u9fff]+(?:[、，][\u4e00-\u9fff]+)*")


@dataclass(frozen=True, slots=True)
class Near:
    """[start, end) of the text stands where `phrase` belongs. `edit`: 错字 漏字 多字 颠倒. `alike`: the characters sound or look
    alike. `gain`: unseen triples that the right form removes. `at` is the place of the edit."""

    start: int
    end: int
    phrase: str
    kind: str
    count: int
    edit: str
    alike: bool
    gain: int
    at: int
    severity: Severity = Severity.HINT


@lru_cache(maxsize=4)
def judged(text: str) -> tuple[Near, ...]:
    """The near misses of a text that are worth telling, with their tier."""
    graded = ((one, grade(one, text)) for one in near(text))
    return tuple(replace(one, severity=severity) for one, severity in graded if severity is not None)


def grade(one: Near, text: str) -> Severity | None:
    """Tier by length, kind of edit, likeness and gain. Every line was set where a mined development text (0.84 million
    characters) gave at most a handful of alarms; see docs/参考/词库.md."""
    length, gap = len(one.phrase), one.at - one.start
    inner = 0 < gap < length - 1
    free = not _explained(one, text)
    if one.kind == "idiom":
        sure = free and ((one.edit == "错字" and one.alike) or one.edit == "颠倒")
        return Severity.ORDINARY if sure else None
    if one.edit == "颠倒":
        sure = one.gain >= 2 and (length > 4 or free or one.gain >= 3)
        return Severity.ORDINARY if sure else Severity.HINT if one.gain >= 1 else None
    if one.edit == "错字":
        table = _SUBSTITUTED_ALIKE if one.alike else _SUBSTITUTED
        if not inner:
            return _edge(one, length, free)
        return _by(table, one, length, free)
    if one.edit == "漏字":
        return _by(_MISSING, one, length, free) if inner else None
    if text[one.at] in _FUNCTION:
        return None
    doubled = text[one.at : one.at + 1] in (text[one.at - 1 : one.at], text[one.at + 1 : one.at + 2])
    if inner:
        return _by(_EXTRA, one, length, free)
    return Severity.ORDINARY if doubled and one.gain >= 2 and length >= 5 else None


_FUNCTION = frozenset("不的地得了着过非无未与和及或等、，本各跨搞该其")

# Smallest gain that is reported and smallest that is hinted at, by shortest length; first for free characters, then for those that
# form a word with a neighbour. 9 = never.
_SUBSTITUTED_ALIKE = ((5, (1, 1), (1, 1)), (4, (2, 1), (3, 2)))
_SUBSTITUTED = ((9, (2, 1), (3, 2)), (7, (2, 2), (3, 2)), (6, (3, 2), (9, 2)), (5, (3, 2), (3, 2)), (4, (9, 2), (9, 3)))
_MISSING = ((9, (9, 1), (2, 1)), (7, (2, 1), (2, 1)), (6, (9, 1), (2, 1)), (5, (9, 2), (9, 2)), (4, (9, 2), (9, 9)))
_EXTRA = ((9, (3, 1), (2, 1)), (7, (2, 1), (2, 1)), (6, (3, 2), (3, 2)), (5, (2, 2), (2, 2)), (4, (3, 2), (3, 2)))


def _by(
    table: tuple[tuple[int, tuple[int, int], tuple[int, int]], ...], one: Near, length: int, free: bool
) -> Severity | None:
    for shortest, of_free, of_bound in table:
        if length >= shortest:
            reported, hinted = of_free if free else of_bound
            return Severity.ORDINARY if one.gain >= reported else Severity.HINT if one.gain >= hinted else None
    return None


def _edge(one: Near, length: int, free: bool) -> Severity | None:
    """A wrong first or last character: only a likeness tells it from another word."""
    if one.alike and free and one.gain >= 1:
        return Severity.ORDINARY if one.gain >= 2 or length != 5 else Severity.HINT
    return Severity.HINT if free and one.gain >= 2 and length >= 6 else None


def _explained(one: Near, text: str) -> bool:
    if one.edit == "漏字":
        known = words()
        return any(
            known.get(text[a:b], 0) >= 3
            for a in range(max(0, one.at - 3), one.at)
            for b in range(one.at + 1, min(len(text), one.at + 3) + 1)
            if 2 <= b - a <= 4
        )
    return explained(text, one.at)


def near(text: str) -> Iterator[Near]:
    """The best candidate at each suspicious place, in reading order."""
    table, grams = canon(), official()
    for run in _RUN.finditer(text):
        sentence = run[0]
        if len(sentence) < 3:
            continue
        ids = grams.ids(f"^{sentence}$")
        found: list[Near] = []
        for at in _suspicious(grams, ids):
            found += _candidates(table, grams, sentence, ids, at, run.start())
        yield from _best(found)


def _suspicious(grams: Ngrams, ids: list[int]) -> Iterator[int]:
    """Places in the sentence whose character never stands between its neighbours."""
    triple = grams.triple
    for at in range(1, len(ids) - 1):
        if not triple(ids[at - 1], ids[at], ids[at + 1]):
            yield at - 1


def _candidates(table: Canon, grams: Ngrams, sentence: str, ids: list[int], at: int, base: int) -> Iterator[Near]:
    starts, gaps, whole = table.starts, table.gaps, table.whole
    for left in range(max(0, at - LONGEST), at + 1):
        head = sentence[left:at]
        if head not in starts:
            continue
        rest = sentence[at + 1 : at + 1 + LONGEST + 12]
        for length in range(0 if len(head) > 2 else 3 - len(head), len(rest) + 1):
            key = head + rest[:length]
            for phrase, gap in gaps.get(key, ()):
                if gap == len(head) and sentence[at] not in "、，":
                    yield from _judged(table, grams, sentence, ids, left, at + 1 + length, phrase, "错字", at, base)
            if key in whole and length and (head or rest[0] == sentence[at]) and sentence[at] not in "、，":
                yield from _judged(table, grams, sentence, ids, left, at + 1 + length, key, "多字", at, base)
        if head:
            here = sentence[at : at + LONGEST + 12]
            for length in range(1, len(here) + 1):
                for phrase, gap in gaps.get(head + here[:length], ()):
                    if gap == len(head) and phrase[gap] not in "、，":
                        yield from _judged(table, grams, sentence, ids, left, at + length, phrase, "漏字", at, base)
        if at + 1 < len(sentence):
            turned = head + sentence[at + 1] + sentence[at]
            if turned in starts or turned in whole:
                for end in range(at + 2, min(len(sentence), at + LONGEST + 12) + 1):
                    phrase = turned + sentence[at + 2 : end]
                    if phrase in whole:
                        yield from _judged(table, grams, sentence, ids, left, end, phrase, "颠倒", at, base)


def _judged(
    table: Canon,
    grams: Ngrams,
    sentence: str,
    ids: list[int],
    start: int,
    end: int,
    phrase: str,
    edit: str,
    at: int,
    base: int,
) -> Iterator[Near]:
    variant = sentence[start:end]
    if variant == phrase or variant in table.whole or variant in words():
        return
    if phrase in sentence[max(0, start - 1) : end + 1]:
        return
    mended = ids[max(0, start - 1) : start + 1] + grams.ids(phrase) + ids[end + 1 : end + 3]
    spoilt = ids[max(0, start - 1) : end + 3]
    gain = _unseen(grams, spoilt) - _unseen(grams, mended)
    kind, count = table.whole[phrase]
    gap = at - start
    alike = edit == "错字" and confusions().alike(sentence[at], phrase[gap])
    yield Near(base + start, base + end, phrase, kind, count, edit, alike, gain, base + at)


def _unseen(grams: Ngrams, ids: list[int]) -> int:
    triple = grams.triple
    return sum(not triple(a, b, c) for a, b, c in zip(ids, ids[1:], ids[2:], strict=False))


def _best(found: list[Near]) -> Iterator[Near]:
    """Of overlapping candidates the one that mends most, then the longest, then alike ones."""
    taken: list[Near] = []
    for one in sorted(found, key=lambda n: (-n.gain, -n.alike, -len(n.phrase), n.start)):
        if all(one.end <= other.start or other.end <= one.start for other in taken):
            taken.append(one)
    yield from sorted(taken, key=lambda n: n.start)
