"""Canonical political expressions around a mended place: a misspelling inside one is a fault of the expression, not of a word."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
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


def lines_with_expressions(text: str, odd: Sequence[int]) -> Iterator[tuple[int, str]]:
    """(start, line) of the lines that hold a piece of a canonical expression, but not the expression, with a triple of characters at
    its edge that official texts never have (`odd`: where those begin, in order): there a misspelling of one may stand."""
    start = 0
    for line in text.split("\n"):
        if len(line) >= _PIECE and _torn(line, start, odd):
            yield start, line
        start += len(line) + 1


def _torn(line: str, start: int, odd: Sequence[int]) -> bool:
    pieces = [
        (first, last)
        for first, last, _ in _pieces().find_overlapping(line)
        if bisect_right(odd, start + last) > bisect_left(odd, start + first - 3)
    ]
    if not pieces:
        return False
    whole = [(first, last) for first, last, _ in _curated()[0].find_overlapping(line)]
    return any(not any(a <= first and last <= b for a, b in whole) for first, last in pieces)
