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
_NAMES = (
    "display visibility opacity position left top right bottom text-indent margin margin-left margin-top clip font-size font width height "
    "max-height overflow color background background-color background-image transform"
)
_TELLING = frozenset(_NAMES.split())
_PLAIN = re.compile(r"[a-z][a-z-]*")
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
    told: dict[str, str] = {}
    for declaration in declarations.split(";"):
        name, colon, value = declaration.partition(":")
        name = name.strip().lower()
        if colon and name in _TELLING:
            told[name] = _bare(value)
        elif colon and not (
            _PLAIN.fullmatch(name) and ":" not in value
        ):  # written for old browsers, or torn: `*display`, `zoom:1:`
            told.update((found.lower(), _bare(value)) for found, value in _TOLD.findall(declaration))
    return told


def _bare(value: str) -> str:
    value = value.lower()
    return "".join((value.replace("!important", "") if "!" in value else value).split())


def told_of(attributes: Attributes, named: Named, sheets: Sheets) -> dict[str, str]:
    """What holds for an element in the end: rules by rank, then its own `style`."""
    told: dict[str, str] = {}
    holding = list(sheets.of(named))
    if len(holding) > 1:
        holding.sort(key=_by_rank)
    for rule in holding:
        told.update(rule.told)
    if style := attributes.get("style"):
        told.update(told_by(style))
    return told


def _compounds(selector: str) -> tuple[frozenset[str], ...]:
    """Empty for a selector with states, attributes or siblings: it is left out."""
    compounds = tuple(map(_compound, selector.replace(">", " ").split()))
    return compounds if all(compounds) else ()


@lru_cache(maxsize=8192)
def _compound(part: str) -> frozenset[str]:
    """Empty for what is not only a tag, classes and ids."""
    if not _COMPOUND.fullmatch(part):
        return frozenset()
    return frozenset(one if one[0] in ".#" else one.lower() for one in _PART.findall(part)) or frozenset("*")


@lru_cache(maxsize=8192)
def _rarest(compound: frozenset[str]) -> str:
    return min(compound, key=lambda part: (part[:1] != "#", part[:1] != ".", part))


def _rank(compounds: tuple[frozenset[str], ...], after: int, number: int) -> tuple[int, int, int, int]:
    ids, classes, tags = map(sum, zip(*map(_kinds, compounds), strict=True))
    return ids, classes, tags, after * 100_000 + number


@lru_cache(maxsize=8192)
def _kinds(compound: frozenset[str]) -> tuple[int, int, int]:
    """How many ids, classes and tags it names."""
    ids, classes = sum(part[0] == "#" for part in compound), sum(part[0] == "." for part in compound)
    return ids, classes, len(compound) - ids - classes


def _by_rank(rule: Rule) -> tuple[int, int, int, int]:
    return rule.rank


def _above(named: Named, compounds: tuple[frozenset[str], ...]) -> bool:
    """Whether the elements around it answer to all compounds but the last, the last of those nearest."""
    left = len(compounds) - 1
    around = named.around
    while left and around is not None:
        if compounds[left - 1] <= around.names:
            left -= 1
        around = around.around
    return not left
