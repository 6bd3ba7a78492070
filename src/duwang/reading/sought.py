"""Patterns that look before they search: what every match must hold is read off the pattern, and a text without it is not gone through.

Looking for a word in a text takes a hundredth of what trying a pattern at each of its characters does, and most patterns match nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _constants as code  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

_MOST, _GROUPS, _TOO_OFTEN = 24, 3, 400
_COMMON = "的了，。、一是在不有和人\n"
_FAIRLY = "：；（）“”年月日大中国上下为个第对分时政府工作二三四五六七八九十0123456789 ."
_ASSERTED = (code.ASSERT,)
_REPEATED = (code.MAX_REPEAT, code.MIN_REPEAT, code.POSSESSIVE_REPEAT)


class Sought:
    """A compiled pattern with `needed`, as the function of that name tells it. `glimpse` is a plainer pattern, quick to try, that is
    found wherever this one is."""

    __slots__ = ("glimpse", "needed", "pattern")

    def __init__(self, pattern: str | re.Pattern[str], *, glimpse: str = "") -> None:
        self.pattern = re.compile(pattern)
        self.needed = needed(self.pattern)
        self.glimpse = re.compile(glimpse) if glimpse else None

    def may_match(self, text: str) -> bool:
        """False only where the pattern certainly matches nothing."""
        for words in self.needed:
            for word in words:
                if word in text:
                    break
            else:
                return False
        return self.glimpse is None or self.glimpse.search(text) is not None

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return self.pattern.finditer(text) if self.may_match(text) else iter(())

    def search(self, text: str) -> re.Match[str] | None:
        return self.pattern.search(text) if self.may_match(text) else None


def needed(pattern: re.Pattern[str]) -> tuple[tuple[str, ...], ...]:
    """Groups of words: of each group every match (with what its conditions look at) holds one. The rarest first, three at most."""
    if pattern.flags & re.IGNORECASE:
        return ()
    choices = _choices(parser.parse(pattern.pattern, pattern.flags))
    rarest = sorted(set(choices), key=lambda words: (_often(words), sorted(words)))[:_GROUPS]
    return tuple(
        tuple(sorted(words, key=lambda word: (-_weight(word), word))) for words in rarest if _often(words) < _TOO_OFTEN
    )


def _choices(row: Iterable[tuple[Any, Any]]) -> list[frozenset[str]]:
    """What stands in a row must all be there; literals side by side are one word."""
    choices: list[frozenset[str]] = []
    word = ""
    for kind, value in row:
        if kind is code.LITERAL:
            word += chr(value)
            continue
        if word:
            choices.append(frozenset((word,)))
            word = ""
        if (found := _of_one(kind, value)) and len(found) <= _MOST:
            choices.append(found)
    return [*choices, frozenset((word,))] if word else choices


def _of_row(row: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The rarest of what must be there."""
    return min(_choices(row), key=_often, default=None)


def _of_one(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is code.IN:
        return _of_class(value)
    if kind is code.BRANCH:
        branches = [_of_row(branch) for branch in value[1]]
        return None if any(one is None for one in branches) else frozenset().union(*(one for one in branches if one))
    if kind is code.SUBPATTERN:
        return None if value[1] else _of_row(value[3])
    if kind is code.ATOMIC_GROUP:
        return _of_row(value)
    if kind in _REPEATED:
        return _of_row(value[2]) if value[0] else None
    return _of_row(value[1]) if kind in _ASSERTED else None


def _of_class(members: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    """The characters of a class; None for one that names kinds of characters or what may not stand."""
    found: set[str] = set()
    for kind, value in members:
        if kind is code.LITERAL:
            found.add(chr(value))
        elif kind is code.RANGE and value[1] - value[0] < _MOST:
            found |= {chr(one) for one in range(value[0], value[1] + 1)}
        else:
            return None
    return frozenset(found)


def _often(words: Iterable[str]) -> int:
    return sum(map(_weight, words))


def _weight(word: str) -> int:
    """How often a word is met, roughly: a word is rarer than a character, digits are everywhere."""
    if word.isascii() and word.isdigit():
        return 60
    if len(word) > 1:
        return 2
    return 400 if word in _COMMON else 60 if word in _FAIRLY else 10
