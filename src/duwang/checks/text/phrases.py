"""Expressions that have one right form, and tables that find every one of them from a text with one edit in it (symmetric delete)."""

from __future__ import annotations

import gzip
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np
from daachorse import CharwiseDoubleArrayAhoCorasick
from numpy.typing import NDArray

from duwang.checks.text.fuse import Ids, mixed
from duwang.checks.text.hashing import LONGEST_TEXT, Hashes, Rolling, joined, points_of

LONGEST = 36
_STEP = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Phrase:
    """`kind`: curated, phrase, law, organisation, place, idiom; `count` in official texts (100 for curated)."""

    text: str
    kind: str
    count: int


@dataclass(frozen=True, slots=True)
class Shortened:
    """Phrases without one character whose neighbours then still look usual, so that no rare sequence betrays the gap: found by a list.
    `of`: phrase number and place of the gap for each."""

    automaton: CharwiseDoubleArrayAhoCorasick
    of: tuple[tuple[int, int], ...]

    def found(self, text: str) -> Iterator[tuple[int, int, int, int]]:
        """(start, end, phrase number, place of the gap in the text) of every one in the text."""
        for start, end, n in self.automaton.find_overlapping(text):
            number, gap = self.of[n]
            yield start, end, number, start + gap


@dataclass(frozen=True, slots=True)
class Table:
    """Sorted hashes; `maybe`: which beginnings of a hash occur, so that most strangers cost one look."""

    keys: Hashes
    maybe: NDArray[np.bool_]

    @classmethod
    def of(cls, keys: Hashes) -> Table:
        maybe = np.zeros(1 << _BITS, np.bool_)
        maybe[keys >> _REST] = True
        return cls(keys, maybe)

    def found(self, hashes: Hashes) -> tuple[Ids, Ids]:
        """(row, place in the table) of the hashes that are in it."""
        rows = np.flatnonzero(self.maybe[hashes >> _REST])
        at = np.minimum(np.searchsorted(self.keys, hashes[rows]), len(self.keys) - 1)
        real = self.keys[at] == hashes[rows]
        return rows[real], at[real]

    def holds(self, hashes: Hashes) -> NDArray[np.bool_]:
        made = np.zeros(len(hashes), np.bool_)
        made[self.found(hashes)[0]] = True
        return made


_BITS = 22
_REST = np.uint64(64 - _BITS)


@dataclass(frozen=True, slots=True)
class Phrases:
    """`usual`: phrases without one character that official texts have all the same. Hash tables over the phrases: `starts` of phrases; `whole` phrases; `gaps`: phrases without one character, with the
    place of the gap mixed in; `going`: the same, cut two characters behind the gap. `whole_of`, `gap_of` say which phrase."""

    listed: tuple[Phrase, ...]
    starts: Table
    whole: Table
    whole_of: NDArray[np.int32]
    gaps: Table
    gap_of: NDArray[np.int32]
    going: Table
    shortened: Shortened | None = None
    usual: frozenset[str] = frozenset()

    def begins(self, hashes: Hashes) -> NDArray[np.bool_]:
        return self.starts.holds(hashes)

    def goes_on(self, hashes: Hashes, gap: Ids) -> NDArray[np.bool_]:
        """Whether head and two characters behind the gap belong to a phrase."""
        return self.going.holds(gapped(hashes, gap))

    def matching(self, hashes: Hashes) -> tuple[Ids, Ids]:
        """(row, phrase) for every hash that is a whole phrase."""
        return _pairs(self.whole, self.whole_of, hashes)

    def lacking(self, hashes: Hashes, gap: Ids) -> tuple[Ids, Ids]:
        """(row, phrase) for every hash that is a phrase without its `gap`-th character."""
        return _pairs(self.gaps, self.gap_of, gapped(hashes, gap))


def gapped(hashes: Hashes, gap: Ids) -> Hashes:
    return mixed(hashes + _STEP * (gap.astype(np.uint64) + np.uint64(1)))


def _pairs(table: Table, of: NDArray[np.int32], hashes: Hashes) -> tuple[Ids, Ids]:
    rows, phrases = [], []
    for row, place in zip(*(found.tolist() for found in table.found(hashes)), strict=True):
        while place < len(table.keys) and table.keys[place] == hashes[row]:
            rows.append(row)
            phrases.append(int(of[place]))
            place += 1
    return np.array(rows, np.int64), np.array(phrases, np.int64)


def compiled(
    listed: Sequence[Phrase], lost: Mapping[str, Sequence[int]] | None = None, usual: Iterable[str] = ()
) -> Phrases:
    """The tables of a set of phrases; `lost`: places of characters whose loss only a list betrays."""
    starts, whole, gaps, gap_of, going = [], [], [], [], []
    for first, block in _blocks(listed):
        lengths = np.array([len(phrase.text) for phrase in block])
        ends = np.cumsum(lengths)
        rolling = Rolling.of(points_of("".join(phrase.text for phrase in block)))
        begin = ends - lengths
        whole.append(rolling.spans(begin, ends))
        of = np.repeat(np.arange(len(block)), lengths)
        place = np.arange(ends[-1])
        gap = place - begin[of]
        heads = rolling.spans(begin[of], place)
        starts.append(rolling.spans(begin[of], place + 1))
        keys = joined(heads, rolling.spans(np.minimum(place + 1, ends[of]), ends[of]), gap)
        gaps.append(gapped(keys, gap))
        gap_of.append(of + first)
        two = place + 3 <= ends[of]
        next_two = rolling.spans(np.minimum(place + 1, ends[of])[two], np.minimum(place + 3, ends[of])[two])
        going.append(gapped(joined(heads[two], next_two, gap[two]), gap[two]))
    all_whole, all_gaps, all_of = np.concatenate(whole), np.concatenate(gaps), np.concatenate(gap_of).astype(np.int32)
    whole_order, gap_order = np.argsort(all_whole), np.argsort(all_gaps)
    return Phrases(
        tuple(listed), Table.of(np.unique(np.concatenate(starts))), Table.of(all_whole[whole_order]), whole_order.astype(np.int32),
        Table.of(all_gaps[gap_order]), all_of[gap_order], Table.of(np.unique(np.concatenate(going))), _shortened(listed, lost or {}), frozenset(usual),
    )  # fmt: skip


def _shortened(listed: Sequence[Phrase], lost: Mapping[str, Sequence[int]]) -> Shortened | None:
    made: dict[str, tuple[int, int]] = {}
    for number, phrase in enumerate(listed):
        for gap in lost.get(phrase.text, ()):
            made.setdefault(phrase.text[:gap] + phrase.text[gap + 1 :], (number, gap))
    return Shortened(CharwiseDoubleArrayAhoCorasick(list(made)), tuple(made.values())) if made else None


def _blocks(listed: Sequence[Phrase]) -> Iterator[tuple[int, Sequence[Phrase]]]:
    first, length = 0, 0
    for n, phrase in enumerate(listed):
        if length + len(phrase.text) >= LONGEST_TEXT:
            yield first, listed[first:n]
            first, length = n, 0
        length += len(phrase.text)
    if length:
        yield first, listed[first:]


_COUNTED = 50  # of an idiom that only our own list has


def _lines(file: Traversable) -> Iterator[str]:
    return (line for line in file.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=1)
def canon() -> Phrases:
    """Expressions mined from official texts, law titles, organs, places, idioms, and curated ones."""
    folder = resources.files("duwang.checks.text")
    made: dict[str, Phrase] = {}
    for line in gzip.decompress((folder / "models" / "phrases.txt.gz").read_bytes()).decode().splitlines():
        text, kind, count = line.split("\t")
        if 3 <= len(text) <= LONGEST:
            made[text] = Phrase(text, kind, int(count))
    for line in _lines(folder / "lexicons" / "习用语.txt"):
        made.setdefault(line, Phrase(line, "idiom", _COUNTED))
    for line in _lines(folder / "lexicons" / "canonical.txt"):
        made[line] = Phrase(line, "curated", 100)
    lost, usual = {}, []
    for line in gzip.decompress((folder / "models" / "gaps.txt.gz").read_bytes()).decode().splitlines():
        text, _, places = line.partition("\t")
        if places:
            lost[text] = tuple(map(int, places.split(",")))
        else:
            usual.append(text)
    return compiled(sorted(made.values(), key=lambda phrase: phrase.text), lost, usual)
