"""Words, canonical expressions and confusable characters, as shipped."""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

LONGEST = 24


@dataclass(frozen=True, slots=True)
class Canon:
    """Expressions that have one right form. `whole`: expression → (kind, count in official texts); `starts`: every beginning of
    one; `gaps`: expression without one character → (expression, place of the gap) pairs."""

    whole: Mapping[str, tuple[str, int]]
    starts: frozenset[str]
    gaps: Mapping[str, tuple[tuple[str, int], ...]]


@dataclass(frozen=True, slots=True)
class Confusions:
    """Characters often mistaken for one another."""

    sounds: Mapping[str, str]
    shapes: Mapping[str, str]

    def alike(self, wrong: str, right: str) -> bool:
        """Same sound or look, in either direction."""
        return (
            wrong in self.sounds.get(right, "")
            or wrong in self.shapes.get(right, "")
            or right in self.shapes.get(wrong, "")
            or right in self.sounds.get(wrong, "")
        )


@lru_cache(maxsize=1)
def words() -> Mapping[str, int]:
    """Dictionary words of one to eight characters with a frequency (jieba's scale; 2 where only a word list has it)."""
    rows = (line.split("\t") for line in _lines("words"))
    return {row[0]: int(row[1]) for row in rows}


@lru_cache(maxsize=1)
def confusions() -> Confusions:
    rows = [line.split("\t") for line in _lines("confusions")]
    return Confusions({row[0]: row[1] for row in rows}, {row[0]: row[2] for row in rows})


@lru_cache(maxsize=1)
def canon() -> Canon:
    """Expressions mined from official texts, law titles, organisations, curated phrases, and idioms."""
    whole: dict[str, tuple[str, int]] = {}
    for line in _lines("words"):
        if line.endswith("\ti"):
            word, frequency, _ = line.split("\t")
            whole[word] = ("idiom", int(frequency))
    for line in _lines("phrases"):
        phrase, kind, count = line.split("\t")
        if len(phrase) <= LONGEST + 12:
            whole[phrase] = (kind, int(count))
    for line in _curated():
        whole[line] = ("curated", 100)
    return compiled(whole)


def compiled(whole: Mapping[str, tuple[str, int]]) -> Canon:
    """The look-up tables of a set of expressions."""
    starts: set[str] = set()
    gaps: dict[str, tuple[tuple[str, int], ...]] = {}
    for phrase in whole:
        for at in range(len(phrase)):
            starts.add(phrase[:at])
            key = phrase[:at] + phrase[at + 1 :]
            gaps[key] = (*gaps.get(key, ()), (phrase, at))
    return Canon(whole, frozenset(starts), gaps)


def _lines(name: str) -> Iterator[str]:
    file = resources.files("duwang.checks.text") / "models" / f"{name}.txt.gz"
    yield from gzip.decompress(file.read_bytes()).decode().splitlines()


def _curated() -> Iterator[str]:
    file = resources.files("duwang.checks.text") / "lexicons" / "canonical.txt"
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line
