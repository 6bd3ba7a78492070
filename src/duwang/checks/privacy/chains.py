"""Digits as they are really written: in one piece, spaced, hyphenated, broken at a line's end or over the cells of a form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

_GAP = " \u3000\t\r\n|\\-\u2010-\u2015－·•_."
_X = "Xx×ХхΧ"  # also the Cyrillic and Greek letters that look like it
_OLD = 15
_ANY = re.compile(rf"[0-9](?:[{_GAP}]{{0,4}}[0-9]){{10}}")
_GROUP = re.compile(r"[0-9]+(?:[Xx×ХхΧ](?![A-Za-z]))?")
_SPACED_X = re.compile(rf"[{_GAP}]{{1,3}}[{_X}](?![A-Za-z0-9])")
_ONLY_GAP = re.compile(f"[{_GAP}]{{1,4}}")
_HYPHEN = re.compile("[\\-\u2010-\u2015－_]")


@dataclass(frozen=True, slots=True)
class Written:
    """A number put together from one or more groups of digits. `start`/`end` are offsets in the normal text; `gaps` what stands
    between the groups; `before`/`after` the gaps to further digits (empty where there are none)."""

    start: int
    end: int
    digits: str
    gaps: tuple[str, ...] = ()
    before: str = ""
    after: str = ""
    singles: bool = False

    @property
    def over_lines(self) -> int:
        return sum("\n" in gap for gap in self.gaps)

    @property
    def over_cells(self) -> bool:
        return any("\t" in gap or "|" in gap for gap in self.gaps)

    @property
    def is_tail(self) -> bool:
        """Whether hyphens tie it to further digits: then it is a piece of another number."""
        return bool(_HYPHEN.search(self.before) or _HYPHEN.search(self.after))


@dataclass(frozen=True, slots=True)
class Chain:
    """Groups of digits with nothing but gaps between them."""

    groups: tuple[tuple[int, int], ...]
    gaps: tuple[str, ...]


@lru_cache(maxsize=8)
def chains(text: str) -> tuple[Chain, ...]:
    """Every chain of a normal text that holds eleven digits or more."""
    if _ANY.search(text) is None:
        return ()
    found: list[Chain] = []
    groups: list[tuple[int, int]] = []
    gaps: list[str] = []
    for group in _GROUP.finditer(text):
        start, end = group.span()
        gap = text[groups[-1][1] : start] if groups else ""
        if groups and (not _ONLY_GAP.fullmatch(gap) or not text[groups[-1][1] - 1].isdigit()):
            _keep(found, groups, gaps)
            groups, gaps = [], []
        elif groups:
            gaps.append(gap)
        groups.append((start, end))
    _keep(found, groups, gaps)
    return tuple(found)


def _keep(found: list[Chain], groups: list[tuple[int, int]], gaps: list[str]) -> None:
    if groups and sum(end - start for start, end in groups) >= 11:
        found.append(Chain(tuple(groups), tuple(gaps)))


def written(
    text: str, lengths: Sequence[int], accept: Callable[[str], bool], *, fits: Callable[[Written], bool]
) -> Iterator[Written]:
    """Numbers of the given lengths that `accept` (digits, X in upper case) and `fits` take, longest pieces first: whole groups
    before sums of groups. Sorted by place, none overlapping."""
    found: list[Written] = []
    for chain in chains(text):
        taken: set[int] = set()
        found += _wholes(text, chain, [n for n in lengths if n != _OLD], taken, accept, fits)
        n = 0
        while n < len(chain.groups):
            one_of = _sum(text, chain, n, taken, lengths, accept, fits)
            if one_of is None:
                n += 1
            else:
                found.append(one_of[0])
                taken.update(range(n, one_of[1]))
                n = one_of[1]
        if _OLD in lengths:  # fifteen digits may be the beginning of eighteen: they come last
            found += _wholes(text, chain, [_OLD], taken, accept, fits)
    yield from sorted(found, key=lambda one: one.start)


def _wholes(
    text: str, chain: Chain, lengths: Sequence[int], taken: set[int], accept: Callable[[str], bool], fits: Callable[[Written], bool]
) -> Iterator[Written]:  # fmt: skip
    """Numbers that are one group each."""
    for n in range(len(chain.groups)):
        if n not in taken and (one := _whole(text, chain, n, lengths)) is not None and accept(one.digits) and fits(one):
            taken.add(n)
            yield one


def _whole(text: str, chain: Chain, n: int, lengths: Sequence[int]) -> Written | None:
    start, end = chain.groups[n]
    if end - start not in lengths:
        return None
    return _made(text, chain, n, n)


def _sum(
    text: str, chain: Chain, first: int, taken: set[int], lengths: Sequence[int],
    accept: Callable[[str], bool], fits: Callable[[Written], bool],
) -> tuple[Written, int] | None:  # fmt: skip
    """The number that begins with group `first`, and the group after it."""
    total = 0
    for last in range(first, len(chain.groups)):
        if last in taken:
            return None
        start, end = chain.groups[last]
        total += end - start
        if total > max(lengths):
            return None
        closing = _SPACED_X.match(text, end) if total == 17 and 18 in lengths else None
        if closing is not None:
            one = _made(text, chain, first, last, end=closing.end())
        elif total in lengths and last > first:
            one = _made(text, chain, first, last)
        else:
            continue
        if accept(one.digits) and fits(one):
            return one, last + 1
    return None


def _made(text: str, chain: Chain, first: int, last: int, *, end: int = 0) -> Written:
    start, stop = chain.groups[first][0], end or chain.groups[last][1]
    gaps = chain.gaps[first:last]
    digits = re.sub("[^0-9X]", "", re.sub(f"[{_X}]", "X", text[start:stop]))
    if end:
        gaps = (*gaps, " ")
    return Written(
        start, stop, digits, gaps,
        before=chain.gaps[first - 1] if first else "",
        after=chain.gaps[last] if last < len(chain.gaps) and not end else "",
        singles=all(b - a == 1 or (text[b - 1] in _X and b - a == 2) for a, b in chain.groups[first : last + 1]) and last > first,
    )  # fmt: skip
