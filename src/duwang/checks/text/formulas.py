"""Set phrases whose words were changed, left out or put in another order: more than one character apart from the right form.

Near misses of one character are found in `nearness`; here a whole word of a formula is another one, a member of a series is missing or
misplaced, or a count or session is wrong.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from importlib import resources

from daachorse import CharwiseDoubleArrayAhoCorasick

from duwang.checks.text.deputies import misspoken
from duwang.checks.text.sessions import Change, misnumbered

ONLY_NEAR = "# 以下只查一字之差"
_SHORTEST, _ANCHOR, _GAP, _SHARE = 7, 4, 4, 0.6
_STOP = re.compile("[。；：\\n（）]")
_CONGRESS = re.compile("[一二三四五六七八九十]{1,3}(?=大|届)")
_NOUNS = [
    "思想",
    "理论",
    "精神",
    "理念",
    "观念",
    "战略",
    "布局",
    "体系",
    "制度",
    "道路",
    "方针",
    "原则",
    "意识",
    "自信",
    "格局",
    "目标",
    "要求",
    "主义",
    "路线",
    "政策",
    "计划",
    "规划",
    "工程",
    "行动",
    "活动",
]


def changes(text: str) -> list[Change]:
    """Faults in reading order; of overlapping ones the first."""
    found = sorted(
        [*misnumbered(text), *misspoken(text), *_series(text), *_words(text)], key=lambda one: (one.start, -one.end)
    )
    kept: list[Change] = []
    for one in found:
        if not kept or one.start >= kept[-1].end:
            kept.append(one)
    return kept


@lru_cache(maxsize=1)
def formulas() -> tuple[str, ...]:
    """The canonical expressions whose every word is fixed."""
    folder = resources.files("duwang.checks.text") / "lexicons"
    listed = (folder / "canonical.txt").read_text(encoding="utf-8").split(ONLY_NEAR)[0].splitlines()
    return tuple(dict.fromkeys(line for line in listed if line and not line.startswith("#")))


@lru_cache(maxsize=1)
def _known() -> frozenset[str]:
    """All canonical expressions, without their quotation marks too."""
    folder = resources.files("duwang.checks.text") / "lexicons"
    lines = (folder / "canonical.txt").read_text(encoding="utf-8").splitlines()
    return frozenset(form for line in lines for form in (line, line.replace("“", "").replace("”", "")))


@lru_cache(maxsize=1)
def _heads() -> tuple[CharwiseDoubleArrayAhoCorasick, tuple[tuple[str, ...], ...]]:
    """Beginnings of the formulas, and the formulas of each."""
    of: dict[str, list[str]] = {}
    for line in formulas():
        if len(line) >= _SHORTEST:
            of.setdefault(line[:_ANCHOR], []).append(line)
    return CharwiseDoubleArrayAhoCorasick(list(of)), tuple(map(tuple, of.values()))


def _words(text: str) -> Iterator[Change]:
    """One word in the middle or at the end of a formula is another one, is missing, or stands there besides."""
    automaton, listed = _heads()
    for start, _, number in automaton.find_overlapping(text):
        if any(text.startswith(line, start) for line in listed[number]):
            continue
        found = [one for line in listed[number] for one in _against(text, start, line)]
        if found:
            yield min(found, key=lambda one: (len(one.right) - (one.end - one.start)) ** 2)


def _against(text: str, start: int, line: str) -> Iterator[Change]:
    head = _ANCHOR
    while head < len(line) and text[start + head : start + head + 1] == line[head]:
        head += 1
    for size in range(2 * _GAP + 1):
        for lost in range(max(0, size - _GAP), min(size, _GAP) + 1):
            tail = line[head + lost :]
            if len(tail) < 2 or head + len(tail) < _SHARE * len(line):
                continue
            at = start + head + size - lost
            if text.startswith(tail, at) and size > 1:
                said = text[start : at + len(tail)]
                if _fair(said, line) and _bare(said) != _bare(line) and said not in _known() and not _STOP.search(said):
                    yield Change(start, at + len(tail), line, f"与固定表述“{_plain(line)}”用词不同：“{_plain(said)}”")
                return
    noun = next((n for n in _NOUNS if line.endswith(n)), "")
    if noun and head >= len(line) - len(noun) and len(line) - len(noun) >= 6:
        cut = start + len(line) - len(noun)
        other = next((n for n in _NOUNS if n != noun and text.startswith(n, cut)), "")
        said = text[start : cut + len(other)]
        if other and said not in _known() and not _begins(said):
            yield Change(start, cut + len(other), line, f"与固定表述“{_plain(line)}”用词不同：“{_plain(said)}”")


def _fair(said: str, line: str) -> bool:
    """Whether the two may be compared: no half of a pair of marks, and not the same of another congress."""
    halves = any(said.count(a) != said.count(b) and a not in line for a, b in ("“”", "《》"))
    return not halves and _CONGRESS.sub("", said) != _CONGRESS.sub("", line)


def _bare(text: str) -> str:
    """Without the little words and marks that come and go in good prose."""
    return re.sub("[的地了在和与及、，,；“”·]", "", text)


def _begins(said: str) -> bool:
    return any(line.startswith(said) for line in _known())


def _plain(text: str) -> str:
    return text.replace("“", "‘").replace("”", "’")


_RUN = re.compile(r"[^、，。；：！？\n“”《》（）]{2,16}(?:、[^、，。；：！？\n“”《》（）]{2,16}){1,9}")


@lru_cache(maxsize=1)
def _sets() -> dict[str, tuple[tuple[str, ...], ...]]:
    """Series of the formulas by each of their members."""
    of: dict[str, set[tuple[str, ...]]] = {}
    for line in formulas():
        members = tuple(line.split("、"))
        if len(members) >= 3 and all(len(member) >= 2 and "，" not in member for member in members):
            for member in members:
                of.setdefault(member, set()).add(members)
    return {member: tuple(sorted(found)) for member, found in of.items()}


def _series(text: str) -> Iterator[Change]:
    """A series with its members in another order, one of them missing or replaced."""
    for run in _RUN.finditer(text):
        members = re.split("[、和与]", run[0])
        candidates = {one for member in members[1:-1] for one in _sets().get(member, ())}
        for series in sorted(candidates, key=lambda one: (-len(one), one)):
            found = _compared(run[0], run.start(), series)
            if found:
                yield found
                break


def _compared(run: str, base: int, series: tuple[str, ...]) -> Change | None:
    right = "、".join(series)
    if right in run or any(line in run for line in _known() if "、" in line and series[0] in line and len(line) > 8):
        return None
    places = sorted((run.find(member), n) for n, member in enumerate(series) if member in run)
    if len(places) < max(2, len(series) - 1):
        return None
    start, last = places[0][0], places[-1]
    end = last[0] + len(series[last[1]])
    said = run[start:end]
    between = re.split("[、和与]", said)
    order = [n for _, n in places]
    if len(places) == len(series) and len(between) == len(series):
        if order != sorted(order):
            return Change(
                base + start, base + end, right, f"固定表述的顺序不对：“{said}”应为“{right}”", sure=len(series) > 3
            )
        return None
    if len(places) == len(series) - 1 >= 3 and order == sorted(order) and sum(map(len, series)) >= 4 * len(series):
        gone = next(member for n, member in enumerate(series) if n not in order)
        inner = order[0] == 0 and order[-1] == len(series) - 1
        if inner and len(between) == len(series):
            return Change(base + start, base + end, right, f"固定表述用词不对：“{said}”应为“{right}”")
        if inner and len(between) == len(series) - 1:
            return Change(base + start, base + end, right, f"固定表述漏了“{gone}”：“{said}”应为“{right}”")
    return None
