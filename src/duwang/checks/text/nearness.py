"""One-edit variants of canonical expressions: a wrong, missing, extra or turned character.

Only places are looked at where characters follow one another as they hardly ever do in official texts; there every expression that
stands one edit away is found in tables with gaps, so the number of expressions does not matter.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Ids
from duwang.checks.text.hashing import joined
from duwang.checks.text.language import Language
from duwang.checks.text.phrases import LONGEST, Phrase, Phrases
from duwang.checks.text.proposals import EXTRA, MISSING, SINGLE, TURNED, Proposals, proposed, together, with_gain
from duwang.checks.text.prose import PAD, Prose
from duwang.checks.text.vocabulary import Confusable, Words

_RARE = 3
_NOT = frozenset("不未非无没否")
_JOINS, _FIXED = frozenset("和与及或、"), 8
_COMMON, _KNOWN, _WHOLE, _LONG = 12, 8, 6, 6
_USUAL, _SELDOM, _ABOVE = 20, 4, 6


@dataclass(frozen=True, slots=True)
class Near:
    """[start, end) of the piece stands where `phrase` belongs; the edit itself is a proposal."""

    start: int
    end: int
    phrase: Phrase


def near(
    prose: Prose, phrases: Phrases, language: Language, alike: Confusable, words: Words
) -> tuple[list[Near], Proposals]:
    """Every expression one edit away, each with its edit as a proposal (row by row)."""
    odd = np.zeros(len(prose.ids), np.bool_)
    odd[1:-1] = prose.triples[:-2] < _RARE
    odd[2:] |= prose.triples[:-2] == 0
    odd |= prose.triples == 0
    odd[1:] |= prose.ids[1:] == prose.ids[:-1]
    places = np.flatnonzero(prose.han & odd) - PAD
    nears: list[Near] = []
    parts: list[Proposals] = []
    for kind, rows in _candidates(prose, phrases, places):
        if kind == MISSING and phrases.shortened:
            rows = list(dict.fromkeys([*rows, *phrases.shortened.found(prose.text)]))
        real = [
            row
            for row in rows
            if _real(prose, phrases, words, kind, *row)
            and not (kind == SINGLE and _leans_out(prose.text, phrases.listed[row[2]].text, alike, words, *row))
        ]
        if real:
            nears += [Near(start, end, phrases.listed[number]) for start, end, number, _ in real]
            parts.append(with_gain(prose, language, _edits(prose, phrases, language, alike, kind, real)))
    return nears, together(parts)


def _candidates(prose: Prose, phrases: Phrases, places: Ids) -> Iterator[tuple[int, list[tuple[int, int, int, int]]]]:
    """For each kind of edit: (start, end, phrase number, place of the edit) in the piece."""
    top = len(prose.points)
    places = places[places < top]
    if not len(places):
        yield MISSING, []
        return
    all_at, all_start = _heads(prose, phrases, np.union1d(places, places[places + 1 < top] + 1))
    ours = np.isin(all_at, places)
    at, start = all_at[ours], all_start[ours]
    yield SINGLE, _lacking(prose, phrases, at, start, skip=1)
    yield MISSING, _lacking(prose, phrases, all_at, all_start, skip=0)
    yield EXTRA, _whole(prose, phrases, at, start, turned=False)
    yield TURNED, _whole(prose, phrases, at, start, turned=True)


def _heads(prose: Prose, phrases: Phrases, spots: Ids) -> tuple[Ids, Ids]:
    """(place, start) where the text from start to place begins a phrase; the empty head is one."""
    at, start = spots, spots
    found_at, found_start = [spots], [spots]
    for back in range(1, LONGEST):
        at = spots[spots >= back]
        start = at - back
        good = phrases.begins(prose.rolling.spans(start, at))
        found_at.append(at[good])
        found_start.append(start[good])
    return np.concatenate(found_at), np.concatenate(found_start)


def _lacking(prose: Prose, phrases: Phrases, at: Ids, start: Ids, *, skip: int) -> list[tuple[int, int, int, int]]:
    """Phrases whose head ends at a place and whose rest, one character left out, goes on `skip` characters later."""
    rolling, top = prose.rolling, len(prose.points)
    head, gap = rolling.spans(start, at), at - start
    two = np.minimum(at + skip + 2, top)
    more = phrases.goes_on(joined(head, rolling.spans(np.minimum(at + skip, top), two), gap), gap) & (
        two == at + skip + 2
    )
    row, end = _ends(at + skip, more, top, start)
    a, s = at[row], start[row]
    rows, numbers = phrases.lacking(joined(head[row], rolling.spans(a + skip, end), a - s), a - s)
    return [(int(s[r]), int(end[r]), int(n), int(a[r])) for r, n in zip(rows, numbers, strict=True)]


def _whole(prose: Prose, phrases: Phrases, at: Ids, start: Ids, *, turned: bool) -> list[tuple[int, int, int, int]]:
    """Phrases that stand there once the character at the place is left out, or changes places with the next."""
    rolling, top = prose.rolling, len(prose.points)
    inside = at + 2 <= top
    at, start = at[inside], start[inside]
    skip = 2 if turned else 1
    head, length = rolling.spans(start, at), at - start
    if turned:
        head = joined(head, rolling.spans(at + 1, at + 2), length)
        head, length = joined(head, rolling.spans(at, at + 1), length + 1), length + 2
        more = phrases.begins(head)
    else:
        more = phrases.begins(joined(head, rolling.spans(at + 1, at + 2), length))
    at, start, head, length = at[more], start[more], head[more], length[more]
    row, end = _ends(at + skip, np.ones(len(at), np.bool_), top, start)
    rows, numbers = phrases.matching(joined(head[row], rolling.spans(at[row] + skip, end), length[row]))
    return [(int(start[row[r]]), int(end[r]), int(n), int(at[row[r]])) for r, n in zip(rows, numbers, strict=True)]


def _ends(after: Ids, more: NDArray[np.bool_], top: int, start: Ids) -> tuple[Ids, Ids]:
    """(row, end) to try: rests of no and of one character for every row, longer ones where the phrase goes on."""
    rows = [np.arange(len(after)), np.arange(len(after))]
    ends = [after, after + 1]
    going = np.flatnonzero(more)
    tail = np.arange(2, LONGEST + 1)
    rows.append(np.repeat(going, len(tail)))
    ends.append(after[rows[2]] + np.tile(tail, len(going)))
    row, end = np.concatenate(rows), np.concatenate(ends)
    good = (end <= top) & (end - start[row] >= 3)
    return row[good], end[good]


def _real(prose: Prose, phrases: Phrases, words: Words, kind: int, start: int, end: int, number: int, at: int) -> bool:
    """Whether the text there is not right as it stands."""
    phrase, variant = phrases.listed[number].text, prose.text[start:end]
    if variant == phrase or phrase in prose.text[max(0, start - 1) : end + 1] or "\n" in variant:
        return False
    if kind == SINGLE and not ("\u4e00" <= phrase[at - start] <= "\u9fff" and "\u4e00" <= prose.text[at] <= "\u9fff"):
        return False
    if kind == MISSING and (at in (start, end) or not "\u4e00" <= phrase[at - start] <= "\u9fff"):
        return False
    if kind == EXTRA and (at == start or at == end - 1) and prose.text[at] not in _beside(prose.text, at):
        return False
    idiom = phrases.listed[number].kind == "idiom"
    if kind == EXTRA and idiom and prose.text[at] in _beside(prose.text, at) and _twice(prose.text, at, words):
        return False
    if (kind == EXTRA and prose.text[at] in _NOT and prose.text[at] not in _beside(prose.text, at)) or (
        kind == MISSING and len(phrase) < _WHOLE and phrase[at - start] in _NOT
    ):
        return False  # that would turn the sentence round: 栏目更新 is no misspelling of 栏目不更新
    short = len(phrase) < _LONG and phrases.listed[number].kind == "phrase"
    if (
        kind == SINGLE
        and {phrase[at - start], prose.text[at]} <= _JOINS
        and not _joined(phrases.listed[number], prose.text[at])
    ):
        return False
    if kind == SINGLE and short and _other_word(phrase, variant, at - start, words):
        return False
    if len(variant) <= 8 and words.code(variant) and not _odd_spelling(phrases.listed[number], variant, words):
        return False
    same = phrases.matching(prose.rolling.spans(np.array([start]), np.array([end])))[1]
    return all(_odd_spelling(phrases.listed[number], phrases.listed[one].text, words) for one in same)


def _joined(phrase: Phrase, written: str) -> bool:
    """Whether the little word that joins two others is fixed there; “或” never stands for the others."""
    return written not in "或、" and (phrase.kind in ("organisation", "law") or len(phrase.text) > _FIXED)


def _leans_out(
    text: str, phrase: str, alike: Confusable, words: Words, start: int, end: int, number: int, at: int
) -> bool:
    """Whether a character at the edge makes a common word with the one outside: 全民健身[中]心 is no 全民健身日. In a longer expression
    one that is alike is wrong all the same."""
    if at not in (start, end - 1) or (len(phrase) >= _LONG and alike.why(text[at], phrase[at - start])):
        return False
    return words.code(text[at - 1 : at + 1] if at == start else text[at : at + 2]) >= _COMMON


def _twice(text: str, at: int, words: Words) -> bool:
    """Whether a doubled character ends one common word and begins the next (统战部|部长)."""
    first = at if text[at + 1 : at + 2] == text[at] else at - 1
    before = max(words.code(text[max(0, first - n) : first + 1]) for n in (1, 2))
    return min(before, words.code(text[first + 1 : first + 3])) >= _KNOWN


def _beside(text: str, at: int) -> tuple[str, str]:
    return text[max(0, at - 1) : at], text[at + 1 : at + 2]


def _odd_spelling(phrase: Phrase, variant: str, words: Words) -> bool:
    """Whether dictionaries have the variant (自始自终) only beside a much commoner idiom."""
    if phrase.kind != "idiom" or len(variant) < 4 or phrase.count < _USUAL:
        return False
    code = words.code(variant)
    return code <= _SELDOM and words.code(phrase.text) >= code + _ABOVE


def _other_word(phrase: str, variant: str, at: int, words: Words) -> bool:
    """Whether the changed character makes one common word of another: 实地察看 is as good as 实地查看."""
    pairs = ((max(0, at - 1), at + 1), (at, at + 2))
    return any(
        b - a == 2 and b <= len(phrase) and min(words.code(variant[a:b]), words.code(phrase[a:b])) >= _COMMON
        for a, b in pairs
    )


def _edits(
    prose: Prose,
    phrases: Phrases,
    language: Language,
    alike: Confusable,
    kind: int,
    rows: list[tuple[int, int, int, int]],
) -> Proposals:
    """The edit of every row as a proposal."""
    at, new, why = [], [], []
    for start, _, number, place in rows:
        phrase = phrases.listed[number].text
        right = phrase[place - start] if kind in (SINGLE, MISSING) else ""
        at.append(place + PAD)
        why.append((alike.why(prose.text[place], right) if kind == SINGLE else 0, 0))
        if kind == TURNED:
            new.append((int(prose.ids[place + PAD + 1]), int(prose.ids[place + PAD])))
        else:
            new.append((int(language.of_code[min(ord(right), 0xFFFF)]) if right else 0, 0))
    old = {SINGLE: 1, MISSING: 0, EXTRA: 1, TURNED: 2}[kind]
    return proposed(kind, at, np.full(len(at), old), new, why)
