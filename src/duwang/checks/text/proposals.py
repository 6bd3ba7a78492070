"""Where a text looks misspelt, and what might have been meant: one or two wrong characters, a missing, an extra, or two in the
wrong order. Everything here is done for a whole text in arrays.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Ids
from duwang.checks.text.language import Floats, Language, logs
from duwang.checks.text.prose import PAD, Prose
from duwang.checks.text.vocabulary import Confusable

SINGLE, PAIR, MISSING, EXTRA, TURNED = range(5)
_KEEP = 4
_ALIKE = np.float32(1.5)
_USUAL = 33  # a pair that stands sixteen times in official texts


@dataclass(frozen=True, slots=True)
class Proposals:
    """Row by row: what is proposed. `at`: padded place; `old`: characters replaced; `new`: ids written there (second 0 if one);
    `why`: likeness of the first and second character; `gain`: log chance gained."""

    kind: NDArray[np.int8]
    at: Ids
    old: Ids
    new: NDArray[np.int64]
    why: NDArray[np.uint8]
    cheap: Floats
    gain: Floats

    def __len__(self) -> int:
        return len(self.at)

    def take(self, rows: NDArray[np.int64]) -> Proposals:
        return Proposals(*(getattr(self, name)[rows] for name in self.__slots__))


def proposals(prose: Prose, language: Language, alike: Confusable) -> Proposals:
    """The best few of each kind at every suspicious place, with their gain; only those that gain."""
    suspects = suspicious(prose)
    made = [
        _single(prose, language, alike, suspects),
        _pairs(prose, language, alike, suspects),
        _missing(prose, language),
        _extra(prose, language, suspects),
        _turned(prose, language, suspects),
    ]
    return together([weighed(prose, language, one) for one in made if len(one)])


def suspicious(prose: Prose) -> Ids:
    """Padded places of Chinese characters that hardly ever stand among their neighbours: of the three triples around, two are
    unseen or all are rare."""
    triples = prose.triples
    weight = np.where(triples == 0, 2, np.where(triples <= 2, 1, 0)).astype(np.int8)
    around = weight.copy()
    around[1:] += weight[:-1]
    around[2:] += weight[:-2]
    return np.flatnonzero(prose.han & (around >= 4))


def _single(prose: Prose, language: Language, alike: Confusable, suspects: Ids) -> Proposals:
    ids = prose.ids
    rows, new, why = _confused(prose, language, alike, suspects)
    any_at, any_new = _expected(prose, language, suspects)
    at = np.concatenate((suspects[rows], any_at))
    new, why = np.concatenate((new, any_new)), np.concatenate((why, np.zeros(len(any_at), np.uint8)))
    first = np.sort(np.unique(at * 4096 + new, return_index=True)[1])
    at, new, why = at[first], new[first], why[first]
    near = (language.pairs[ids[at - 1], new] > 0) | (language.pairs[new, ids[at + 1]] > 0)
    near &= new != ids[at]
    at, new, why = at[near], new[near], why[near]
    cheap = _seen(language, ids, at, new)
    pairs = np.maximum(language.pairs[ids[at - 1], new], language.pairs[new, ids[at + 1]])
    good = (cheap > 0) | ((why > 0) & (pairs >= _USUAL))
    at, new, why, cheap = at[good], new[good], why[good], cheap[good]
    kept = _best(at, cheap + 1.5 * (why > 0), 7)
    made = proposed(SINGLE, at[kept], np.ones(len(kept)), new[kept], why[kept])
    return _with(made, cheap[kept])


def _expected(prose: Prose, language: Language, suspects: Ids) -> tuple[Ids, Ids]:
    """Characters of any look and sound that often stand between the neighbours of a suspect."""
    ids, pairs = prose.ids, language.pairs
    found_at, found_new = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for block in range(0, len(suspects), 64):
        some = suspects[block : block + 64]
        row, new = np.nonzero(pairs[ids[some - 1]] >= 13)
        at = some[row]
        good = (pairs[new, ids[at + 1]] >= 13) & language.han[new]
        at, new = at[good], new[good].astype(np.int64)
        middle = language.codes(ids[at - 1], new, ids[at + 1])
        good = middle >= 4
        at, new, middle = at[good], new[good], middle[good]
        kept = _best(at, middle.astype(np.float32), 3)
        found_at.append(at[kept])
        found_new.append(new[kept])
    return np.concatenate(found_at), np.concatenate(found_new)


def _confused(prose: Prose, language: Language, alike: Confusable, suspects: Ids) -> tuple[Ids, Ids, NDArray[np.uint8]]:
    """(row of the suspect, id, why) for every character its own may stand for."""
    points = np.minimum(prose.points[suspects - PAD], 0xFFFF)
    rows = alike.row[points].astype(np.int64)
    known = np.flatnonzero(rows)
    firsts, lasts = alike.starts[rows[known] - 1], alike.starts[rows[known]]
    counts = lasts - firsts
    of = np.repeat(known, counts)
    place = np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts) + np.repeat(firsts, counts)
    new = language.of_code[alike.others[place]].astype(np.int64)
    real = new > 0
    return of[real], new[real], alike.kinds[place[real]]


def _seen(language: Language, ids: Ids, at: Ids, new: Ids) -> Floats:
    """How often the three triples around a place are seen with a new character there (sum of logs)."""
    left = language.codes(ids[at - 2], ids[at - 1], new)
    middle = language.codes(ids[at - 1], new, ids[at + 1])
    right = language.codes(new, ids[at + 1], ids[at + 2])
    return (left.astype(np.float32) + middle + right) * 0.35


def _best(group: Ids, score: Floats, most: int) -> Ids:
    """Rows of the `most` highest scores in every group."""
    order = np.lexsort((-score, group))
    sorted_group = group[order]
    first = np.r_[True, sorted_group[1:] != sorted_group[:-1]] if len(order) else np.zeros(0, bool)
    starts = np.flatnonzero(first)
    rank = np.arange(len(order)) - np.repeat(starts, np.diff(np.r_[starts, len(order)]))
    return order[rank < most]


def _pairs(prose: Prose, language: Language, alike: Confusable, suspects: Ids) -> Proposals:
    """Both characters of a pair replaced by what they may stand for, the best few of every place; many places in one pass."""
    together = np.union1d(suspects, suspects - 1)
    together = together[prose.han[together] & prose.han[together + 1]]
    outer = (prose.triples[together - 1] <= 1) & (prose.triples[together] <= 1)
    together = together[outer]
    blocks = [_pair_block(prose, language, alike, together[n : n + _PLACES]) for n in range(0, len(together), _PLACES)]
    found = [one for one in blocks if len(one[0])]
    if not found:
        return proposed(PAIR, [], [], [], [])
    at, new, why, score = (np.concatenate([one[n] for one in found]) for n in range(4))
    return _with(proposed(PAIR, at, np.full(len(at), 2), new, why), score)


_PLACES = 48


def _pair_block(
    prose: Prose, language: Language, alike: Confusable, places: Ids
) -> tuple[Ids, Ids, NDArray[np.uint8], Floats]:
    """(place, the two new characters, why, score) for some places: every first character with every second of its place."""
    ids, pairs = prose.ids, language.pairs
    of_a, a, why_a = _confused(prose, language, alike, places)
    of_b, b, why_b = _confused(prose, language, alike, places + 1)
    firsts = np.searchsorted(of_a, np.arange(len(places) + 1)).tolist()
    seconds = np.searchsorted(of_b, np.arange(len(places) + 1)).tolist()
    rows, columns = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
    for n in range(len(places)):
        some, others = a[firsts[n] : firsts[n + 1]], b[seconds[n] : seconds[n + 1]]
        often = np.flatnonzero(pairs.take(some, axis=0).take(others, axis=1) >= 9)
        row, column = np.divmod(often, max(1, len(others)))
        rows.append(row + firsts[n])
        columns.append(column + seconds[n])
    i, j = np.concatenate(rows), np.concatenate(columns)
    shares = pairs[a[i], b[j]]
    at, c, d = places[of_a[i]], a[i], b[j]
    left = language.codes(ids[at - 1], c, d)
    right = language.codes(c, d, ids[at + 2])
    score = ((left.astype(np.float32) + right) * 0.35 + shares / 60.0).astype(np.float32)
    good = np.flatnonzero((left > 0) | (right > 0))
    best = good[_best(at[good], score[good], _KEEP)]
    new, why = np.stack((c[best], d[best]), axis=1), np.stack((why_a[i[best]], why_b[j[best]]), axis=1)
    return at[best], new, why, score[best].astype(np.float32)


def _missing(prose: Prose, language: Language) -> Proposals:
    """Before a place whose two crossing triples were never seen: a character that often stands between its neighbours."""
    ids, triples, pairs = prose.ids, prose.triples, language.pairs
    gaps = np.flatnonzero(prose.han[1:] & prose.han[:-1]) + 1
    gaps = gaps[(triples[gaps - 2] == 0) & (triples[gaps - 1] == 0)]
    found_at, found_new, found_score = [], [], []
    for block in range(0, len(gaps), 64):
        some = gaps[block : block + 64]
        row, new = np.nonzero(pairs[ids[some - 1]] >= 9)
        at = some[row]
        middle = (pairs[new, ids[at]] >= 9) & language.han[new]
        at, new = at[middle], new[middle].astype(np.int64)
        code = language.codes(ids[at - 1], new, ids[at])
        good = code >= 2
        at, new, code = at[good], new[good], code[good]
        left = language.codes(ids[at - 2], ids[at - 1], new)
        right = language.codes(new, ids[at], ids[at + 1])
        score = (code.astype(np.float32) + left + right) * 0.35
        kept = _best(at, score, 2)
        found_at.append(at[kept])
        found_new.append(new[kept])
        found_score.append(score[kept])
    if not found_at:
        return proposed(MISSING, [], [], [], [])
    at, new = np.concatenate(found_at), np.concatenate(found_new)
    return _with(proposed(MISSING, at, np.zeros(len(at)), new, np.zeros(len(at))), np.concatenate(found_score))


def _extra(prose: Prose, language: Language, suspects: Ids) -> Proposals:
    ids = prose.ids
    left = language.codes(ids[suspects - 2], ids[suspects - 1], ids[suspects + 1])
    right = language.codes(ids[suspects - 1], ids[suspects + 1], ids[suspects + 2])
    good = (left > 0) & (right > 0)
    at = suspects[good]
    made = proposed(EXTRA, at, np.ones(len(at)), np.zeros(len(at)), np.zeros(len(at)))
    return _with(made, (left[good].astype(np.float32) + right[good]) * 0.35)


def _turned(prose: Prose, language: Language, suspects: Ids) -> Proposals:
    ids = prose.ids
    at = suspects[prose.han[suspects + 1] & (ids[suspects] != ids[suspects + 1])]
    left = language.codes(ids[at - 1], ids[at + 1], ids[at])
    right = language.codes(ids[at + 1], ids[at], ids[at + 2])
    good = (left > 0) & (right > 0)
    at = at[good]
    made = proposed(TURNED, at, np.full(len(at), 2), np.stack((ids[at + 1], ids[at]), axis=1), np.zeros(len(at)))
    return _with(made, (left[good].astype(np.float32) + right[good]) * 0.35)


def proposed(kind: int, at: object, old: object, new: object, why: object) -> Proposals:
    places = np.asarray(at, np.int64)
    written = np.asarray(new, np.int64).reshape(len(places), -1) if len(places) else np.zeros((0, 2), np.int64)
    reasons = np.asarray(why, np.uint8).reshape(len(places), -1) if len(places) else np.zeros((0, 2), np.uint8)
    if written.shape[1] == 1:
        written = np.concatenate((written, np.zeros_like(written)), axis=1)
    if reasons.shape[1] == 1:
        reasons = np.concatenate((reasons, np.zeros_like(reasons)), axis=1)
    zeros = np.zeros(len(places), np.float32)
    return Proposals(
        np.full(len(places), kind, np.int8), places, np.asarray(old, np.int64), written, reasons, zeros, zeros
    )


def _with(made: Proposals, cheap: Floats) -> Proposals:
    return Proposals(made.kind, made.at, made.old, made.new, made.why, cheap.astype(np.float32), made.gain)


def with_gain(prose: Prose, language: Language, made: Proposals) -> Proposals:
    """Proposals of one kind with their gain in log chance over the place and the four characters after it."""
    old, kind = int(made.old[0]), int(made.kind[0])
    count = 0 if kind == EXTRA else 1 if kind in (SINGLE, MISSING) else 2
    ids, at = prose.ids, made.at
    window = [ids[at - 4 + n] for n in range(4)] + [made.new[:, n] for n in range(count)]
    window += [ids[at + old + n] for n in range(4)]
    five = [np.concatenate([window[n + k] for n in range(len(window) - 4)]) for k in range(5)]
    after = np.zeros(len(at), np.float32)
    for share in logs(language, *five).reshape(-1, len(at)):  # one look-up for all places of the window
        after += share
    total = np.concatenate(([0.0], np.cumsum(prose.logs, dtype=np.float64)))
    before = (total[at + old + 4] - total[at]).astype(np.float32)
    return Proposals(made.kind, made.at, made.old, made.new, made.why, made.cheap, after - before)


def weighed(prose: Prose, language: Language, made: Proposals) -> Proposals:
    """Those that gain, the best few of each place."""
    one = with_gain(prose, language, made)
    one = one.take(np.flatnonzero(one.gain > 0.5))
    return (
        one.take(_best(one.at, one.gain + _ALIKE * (one.why[:, 0] > 0).astype(np.float32), _KEEP)) if len(one) else one
    )


def together(parts: list[Proposals]) -> Proposals:
    """Proposals of several kinds as one."""
    kept = [one for one in parts if len(one)]
    if not kept:
        return proposed(SINGLE, [], [], [], [])
    return Proposals(*(np.concatenate([getattr(one, name) for one in kept]) for name in Proposals.__slots__))
