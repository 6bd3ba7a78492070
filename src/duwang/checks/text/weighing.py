"""What the ranker sees of a proposal: one row of numbers each."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Ids, mixed
from duwang.checks.text.hashing import powers
from duwang.checks.text.language import Floats, Language
from duwang.checks.text.nearness import Near
from duwang.checks.text.proposals import EXTRA, PAIR, TURNED, Proposals, suspicious
from duwang.checks.text.prose import PAD, Prose
from duwang.checks.text.vocabulary import Words

NAMES = (
    "kind", "gain", "cheap", "why", "why2", "old_left", "old_middle", "old_right", "new_left", "new_middle", "new_right", "old_pair_left",
    "old_pair_right", "new_pair_left", "new_pair_right", "old_four", "new_four", "new_five", "old_log", "old_log_next", "old_single",
    "new_single", "word_before", "word_after", "word_after_longest", "noise_before", "noise_after", "mean_log", "repeats", "repeats_pair",
    "margin", "rival", "left_han", "right_han", "quoted", "titled", "surname", "place", "suspects", "doubled",
    "phrase_length", "phrase_count", "phrase_kind", "phrase_left", "phrase_right", "phrase_log",
)  # fmt: skip
_SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
_PLACES = "省市县区州盟旗镇乡村街路巷弄庄屯寨坪河江湖山岭沟湾桥站社组屿岛港"


def weighed(
    prose: Prose, language: Language, words: Words, made: Proposals, behind: Sequence[Near | None]
) -> NDArray[np.float32]:
    """Feature rows of the proposals of one text; `behind`: the expression behind each, if there is one."""
    ids, at, old, new = prose.ids, made.at, made.old, made.new
    count = _length(made)
    end = at + old
    before2, before1, after1, after2 = ids[at - 2], ids[at - 1], ids[end], ids[end + 1]
    first = np.where(count > 0, new[:, 0], after1)
    second = np.where(count > 1, new[:, 1], np.where(count == 1, after1, after2))
    third = np.where(count > 1, after1, np.where(count == 1, after2, ids[end + 2]))
    triples = prose.triples
    counted = _counts(prose, at)
    noise = (triples == 0).astype(np.float32)
    sums = np.concatenate(([0.0], np.cumsum(noise, dtype=np.float64)))
    log_sums = np.concatenate(([0.0], np.cumsum(prose.logs, dtype=np.float64)))
    top = len(ids)
    low, high = np.maximum(at - 12, 0), np.minimum(end + 12, top)
    covered_before = _covered(prose, words, at, np.maximum(old, 1))
    covered_after, longest = _covered_after(prose, language, words, made, count)
    quoted, titled = _inside(prose)
    surname, place = _tables(language)
    columns = (
        made.kind, made.gain, made.cheap, made.why[:, 0], made.why[:, 1],
        triples[at - 2], triples[at - 1], triples[at],
        language.codes(before2, before1, first), language.codes(before1, first, second), language.codes(first, second, third),
        language.pairs[before1, ids[at]], language.pairs[ids[end - 1], after1], language.pairs[before1, first],
        language.pairs[np.where(count > 1, new[:, 1], np.where(count == 1, new[:, 0], before1)), after1],
        _longest(language, 4, ids, at, end, ids[at], ids[at + 1]),
        _longest(language, 4, ids, at, end, new[:, 0], new[:, 1], count),
        _longest(language, 5, ids, at, end, new[:, 0], new[:, 1], count),
        prose.logs[at], prose.logs[np.minimum(end, top - 1)], language.singles[ids[at]], language.singles[first],
        covered_before, covered_after, longest,
        sums[np.maximum(at - 2, 0)] - sums[low], sums[high] - sums[np.minimum(end + 1, top)],
        (log_sums[high] - log_sums[np.minimum(end + 4, top)] + log_sums[at] - log_sums[low]) / np.maximum(high - low - old - 4, 1),
        *counted, *_rivals(made),
        prose.han[at - 1], prose.han[np.minimum(end, top - 1)], quoted[at], titled[at],
        surname[ids[at]] + surname[before1] * 2 + surname[before2] * 4,
        place[after1] + place[after2] * 2 + place[ids[np.minimum(end + 2, top - 1)]] * 4, _near_suspects(prose, at),
        (ids[at] == before1) | (ids[at] == after1), *_phrases(prose, made, behind),
    )  # fmt: skip
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


_KINDS = ("idiom", "place", "phrase", "organisation", "law", "curated")


def _phrases(prose: Prose, made: Proposals, behind: Sequence[Near | None]) -> list[Floats]:
    """Length, count, kind of the expression; characters of it before and after the edit; how likely its other characters are."""
    rows = np.zeros((len(made), 6), np.float32)
    sums = np.concatenate(([0.0], np.cumsum(prose.logs, dtype=np.float64)))
    for n, one in enumerate(behind):
        if one is not None:
            place = int(made.at[n]) - PAD
            left, right = place - one.start, one.end - place - int(made.old[n])
            spread = sums[one.end + PAD] - sums[one.start + PAD]
            rows[n] = (
                len(one.phrase.text), np.log1p(one.phrase.count), 1 + _KINDS.index(one.phrase.kind), left, right,
                spread / max(1, one.end - one.start),
            )  # fmt: skip
    return list(rows.T)


def _length(made: Proposals) -> Ids:
    lengths = np.ones(len(made), np.int64)
    lengths[made.kind == EXTRA] = 0
    lengths[(made.kind == PAIR) | (made.kind == TURNED)] = 2
    return lengths


def _longest(
    language: Language, order: int, ids: Ids, at: Ids, end: Ids, a: Ids, b: Ids, count: Ids | None = None
) -> NDArray[np.uint8]:
    """The highest code of the sequences of that order that hold the first character at the place."""
    best = np.zeros(len(at), np.uint8)
    left = [ids[at - n] for n in range(order - 1, 0, -1)]
    if count is None:
        right = [ids[np.minimum(at + n, len(ids) - 1)] for n in range(order)]
    else:
        rest = [ids[np.minimum(end + n, len(ids) - 1)] for n in range(order)]
        right = []
        for n in range(order):
            column = np.where(
                count == 0,
                rest[n],
                np.where(count == 1, rest[n - 1] if n else a, rest[n - 2] if n > 1 else b if n else a),
            )
            right.append(column)
    for n in range(order):
        columns = (left[n:] + right)[:order]
        np.maximum(best, language.codes(*columns), out=best)
    return best


def _counts(prose: Prose, at: Ids) -> tuple[Floats, Floats]:
    """How often the triple around the place and the pair before it stand in this text (names and terms are repeated)."""
    ids = prose.ids
    triples = (ids[:-2] << 24) | (ids[1:-1] << 12) | ids[2:]
    pairs = (ids[:-1] << 12) | ids[1:]
    made = []
    for keys, places in ((triples, at - 1), (pairs, at - 1)):
        sorted_keys = np.sort(keys)
        wanted = keys[places]
        found = np.searchsorted(sorted_keys, wanted, "right") - np.searchsorted(sorted_keys, wanted, "left")
        made.append(np.minimum(found, 9).astype(np.float32))
    return made[0], made[1]


def _covered(prose: Prose, words: Words, at: Ids, old: Ids) -> Floats:
    """The best dictionary word of two to four characters over the place: code, and two for every character."""
    best = np.zeros(len(at), np.float32)
    start, top = at - PAD, len(prose.points)
    for length in (2, 3, 4):
        for back in range(length):
            left = start - back
            inside = (left >= 0) & (left + length <= top) & (left + length >= start + np.minimum(old, length))
            codes = words.codes(prose.rolling.spans(np.where(inside, left, 0), np.where(inside, left + length, 0)))
            np.maximum(best, np.where(inside & (codes > 0), codes + 2.0 * length, 0), out=best)
    return best


def _covered_after(
    prose: Prose, language: Language, words: Words, made: Proposals, count: Ids
) -> tuple[Floats, Floats]:
    """The same once the proposal is carried out, and the length of the longest word."""
    points = np.concatenate((np.zeros(PAD, np.uint32), prose.points, np.zeros(PAD, np.uint32)))
    of_id = _points_of(language.characters)
    at, end = made.at, made.at + made.old
    rest = [points[np.minimum(end + n, len(points) - 1)] for n in range(4)]
    a, b = of_id[made.new[:, 0]], of_id[made.new[:, 1]]
    right = [
        np.where(
            count == 0, rest[n], np.where(count == 1, rest[n - 1] if n else a, rest[n - 2] if n > 1 else b if n else a)
        )
        for n in range(4)
    ]
    row = [points[at - n] for n in (3, 2, 1)] + right
    values = [mixed(column.astype(np.uint64) + np.uint64(1)) for column in row]
    base = powers()
    best = np.zeros(len(at), np.float32)
    longest = np.zeros(len(at), np.float32)
    for length in (2, 3, 4):
        for start in range(4 - length, 4):
            hashed = np.zeros(len(at), np.uint64)
            for n in range(length):
                hashed += values[start + n] * base[n]
            covers = start + length > 3 + np.where(count > 1, 1, 0) if length > 1 else start == 3
            codes = words.codes(hashed)
            good = (codes > 0) & covers
            np.maximum(best, np.where(good, codes + 2.0 * length, 0), out=best)
            np.maximum(longest, np.where(good, length, 0), out=longest)
    return best, longest


@lru_cache(maxsize=2)
def _points_of(characters: str) -> NDArray[np.uint32]:
    return np.array([ord(c) for c in characters], np.uint32)


@lru_cache(maxsize=2)
def _table(characters: str, wanted: str) -> Floats:
    return np.array([c in wanted for c in characters], np.float32)


def _tables(language: Language) -> tuple[Floats, Floats]:
    return _table(language.characters, _SURNAMES), _table(language.characters, _PLACES)


def _rivals(made: Proposals) -> tuple[Floats, Floats]:
    """Gain less the best other gain at the same place, and less the best within two characters."""
    order = np.argsort(made.at, kind="stable")
    at, gain = made.at[order], made.gain[order]
    margin, rival = np.full(len(at), 30.0, np.float32), np.full(len(at), 30.0, np.float32)
    for step in range(1, 9):
        for here, there in ((slice(step, None), slice(None, -step)), (slice(None, -step), slice(step, None))):
            if len(at) <= step:
                continue
            apart = np.abs(at[here] - at[there])
            difference = gain[here] - gain[there]
            margin[here] = np.where(apart == 0, np.minimum(margin[here], difference), margin[here])
            rival[here] = np.where(apart <= 2, np.minimum(rival[here], difference), rival[here])
    back = np.empty(len(order), np.int64)
    back[order] = np.arange(len(order))
    return margin[back], rival[back]


def _near_suspects(prose: Prose, at: Ids) -> Floats:
    marked = np.zeros(len(prose.ids) + 1, np.int64)
    marked[suspicious(prose) + 1] = 1
    sums = np.cumsum(marked)
    return (sums[np.minimum(at + 7, len(prose.ids))] - sums[np.maximum(at - 6, 0)]).astype(np.float32)


def _inside(prose: Prose) -> tuple[Floats, Floats]:
    """Whether each padded place stands in quotation marks, or in a title mark, of its line."""
    points = prose.points
    made = []
    for opening, closing in (("“", "”"), ("《", "》")):
        step = (points == ord(opening)).astype(np.int64) - (points == ord(closing))
        depth = np.zeros(len(prose.ids), np.float32)
        depth[PAD : PAD + len(points)] = np.cumsum(step) > 0
        made.append(depth)
    return made[0], made[1]
