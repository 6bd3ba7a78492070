"""What style sheets and `style` attributes say of one element: enough of the cascade to tell whether a reader can see it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from duwang.reading.stylesheet import rules

_COMPOUND = re.compile(r"(?:[a-z][\w-]*|\*)?(?:[.#][\w-]+)*", re.IGNORECASE)
_PART = re.compile(r"[.#]?[\w-]+")
_TOLD = re.compile(
    r"(?<![-\w])(display|visibility|opacity|position|left|top|right|bottom|text-indent|margin(?:-left|-top)?|clip|font-size|font|width|height|"
    r"max-height|overflow|color|background(?:-color|-image)?|transform)\s*:([^;]*)",
    re.IGNORECASE,
)
Told = Mapping[str, str]
Attributes = Mapping[str, str | None]


@dataclass(frozen=True, slots=True)
class Rule:
    """`compounds` from left to right, each the set of its tag, classes (`.x`) and ids (`#x`); `rank` orders the cascade."""

    compounds: tuple[frozenset[str], ...]
    told: Told
    rank: tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class Sheets:
    """Rules by one part of their last compound. `whole`: every sheet that the page links was read."""

    by_part: Mapping[str, tuple[Rule, ...]] = field(default_factory=dict)
    whole: bool = True

    def with_own(self, css: str) -> Sheets:
        """Together with the sheet that stands on the page itself, after the linked ones."""
        return joined((self, sheet(css, after=1))) if css.strip() else self

    def of(self, named: Named) -> Iterator[Rule]:
        """The rules that hold for an element."""
        for part in named.names:
            for rule in self.by_part.get(part, ()):
                if rule.compounds[-1] <= named.names and (len(rule.compounds) == 1 or _above(named, rule.compounds)):
                    yield rule


@dataclass(frozen=True, slots=True)
class Named:
    """An element as selectors see it: its tag, `.classes` and `#id`, and the element around it."""

    names: frozenset[str]
    around: Named | None = None

    @staticmethod
    def of(tag: str, attributes: Attributes, around: Named | None) -> Named:
        names = {tag, "*"}
        if held := attributes.get("class"):
            names |= {f".{one}" for one in held.split()}
        if name := attributes.get("id"):
            names.add(f"#{name}")
        return Named(frozenset(names), around)


@lru_cache(maxsize=64)
def sheet(css: str, *, after: int = 0, whole: bool = True) -> Sheets:
    """The rules of one sheet that speak of what can be seen; `after` puts it behind others."""
    found: dict[str, list[Rule]] = defaultdict(list)
    for number, (selectors, body) in enumerate(rules(css, media=False)):
        if told := told_by(body):
            for selector in selectors.split(","):
                if compounds := _compounds(selector):
                    found[_rarest(compounds[-1])].append(Rule(compounds, told, _rank(compounds, after, number)))
    return Sheets({part: tuple(held) for part, held in found.items()}, whole)


def joined(sheets: Iterable[Sheets]) -> Sheets:
    """Several sheets as one."""
    found: dict[str, list[Rule]] = defaultdict(list)
    whole = True
    for one in sheets:
        whole = whole and one.whole
        for part, held in one.by_part.items():
            found[part] += held
    return Sheets({part: tuple(held) for part, held in found.items()}, whole)


@lru_cache(maxsize=4096)
def told_by(declarations: str) -> dict[str, str]:
    """Property → value, both in lower case and without spaces; only properties that decide what can be seen."""
    return {
        name.lower(): "".join(value.lower().replace("!important", "").split())
        for name, value in _TOLD.findall(declarations)
    }


def told_of(attributes: Attributes, named: Named, sheets: Sheets) -> dict[str, str]:
    """What holds for an element in the end: rules by rank, then its own `style`."""
    told: dict[str, str] = {}
    for rule in sorted(sheets.of(named), key=lambda rule: rule.rank):
        told.update(rule.told)
    if style := attributes.get("style"):
        told.update(told_by(style))
    return told


def _compounds(selector: str) -> tuple[frozenset[str], ...]:
    """Empty for a selector with states, attributes or siblings: it is left out."""
    parts = selector.replace(">", " ").split()
    if not parts or not all(_COMPOUND.fullmatch(part) for part in parts):
        return ()
    return tuple(
        frozenset(one if one[0] in ".#" else one.lower() for one in _PART.findall(part)) or frozenset("*")
        for part in parts
    )


def _rarest(compound: frozenset[str]) -> str:
    return min(compound, key=lambda part: (part[:1] != "#", part[:1] != ".", part))


def _rank(compounds: tuple[frozenset[str], ...], after: int, number: int) -> tuple[int, int, int, int]:
    parts = [part for compound in compounds for part in compound]
    ids, classes = sum(part[0] == "#" for part in parts), sum(part[0] == "." for part in parts)
    return ids, classes, len(parts) - ids - classes, after * 100_000 + number


def _above(named: Named, compounds: tuple[frozenset[str], ...]) -> bool:
    """Whether the elements around it answer to all compounds but the last, the last of those nearest."""
    left = len(compounds) - 1
    around = named.around
    while left and around is not None:
        if compounds[left - 1] <= around.names:
            left -= 1
        around = around.around
    return not left
