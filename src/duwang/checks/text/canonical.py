"""Canonical political expressions around a mended place: a misspelling inside one is a fault of the expression, not of a word."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from daachorse import CharwiseDoubleArrayAhoCorasick

from duwang.checks.text.phrases import Phrase, canon

_AROUND = 40
_PIECE = 4


@lru_cache(maxsize=1)
def _curated() -> tuple[CharwiseDoubleArrayAhoCorasick, tuple[Phrase, ...]]:
    listed = tuple(one for one in canon().listed if one.kind == "curated" and len(one.text) > _PIECE)
    return CharwiseDoubleArrayAhoCorasick([one.text for one in listed]), listed


@lru_cache(maxsize=1)
def _pieces() -> CharwiseDoubleArrayAhoCorasick:
    pieces = {one.text[n : n + _PIECE] for one in _curated()[1] for n in range(len(one.text) - _PIECE + 1)}
    return CharwiseDoubleArrayAhoCorasick(sorted(pieces))


def expression_of(text: str, start: int, end: int, right: str) -> tuple[int, int, Phrase] | None:
    """The longest canonical expression that [start, end) belongs to once it reads `right`: where its variant stands in the text,
    and the expression; None when there is none."""
    low = max(0, start - _AROUND)
    before, after = text[low:start], text[end : end + _AROUND]
    automaton, listed = _curated()
    best: tuple[int, int, Phrase] | None = None
    for first, last, n in automaton.find_overlapping(before + right + after):
        if first <= len(before) and last >= len(before) + len(right) and last - first > len(right):
            phrase = listed[n]
            if best is None or len(phrase.text) > len(best[2].text):
                best = (low + first, low + last - len(right) + end - start, phrase)
    return best


def lines_with_expressions(text: str) -> Iterator[tuple[int, str]]:
    """(start, line) of the lines that hold a piece of a canonical expression: there a misspelling of one may stand."""
    start = 0
    for line in text.split("\n"):
        if len(line) >= _PIECE and _pieces().find(line):
            yield start, line
        start += len(line) + 1
