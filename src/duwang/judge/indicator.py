"""One indicator (指标) of an edition: what it looks at, how it counts, what it does."""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from duwang.model.findings import Finding
from duwang.model.registry import Column

RULES = ("any", "count", "ratio", "every", "all-columns", "per-item", "manual")
EFFECTS = ("veto", "points", "bonus", "report")
AUTOS = ("A", "S", "M")
GRADES = ("A", "B", "C")

_COMPARISON = re.compile(r"^\s*(>=|<=|==|!=|>|<)\s*(-?\d+(?:\.\d+)?)\s*$")
_OPERATORS: Mapping[str, Callable[[float, float], bool]] = {
    ">=": operator.ge,
    "<=": operator.le,
    "==": operator.eq,
    "!=": operator.ne,
    ">": operator.gt,
    "<": operator.lt,
}


@dataclass(frozen=True, slots=True)
class FactCondition:
    """`facts.<name> <sign> <number>`; a list counts by its length, text is compared as it stands."""

    name: str
    sign: str = "=="
    number: float = 0
    words: tuple[str, ...] = ()

    @classmethod
    def parse(cls, name: str, written: Any) -> FactCondition:
        """`">=4"`, a number, a word or a list of words; ValueError with a Chinese phrase otherwise."""
        if isinstance(written, bool):
            return cls(name, "==", float(written))
        if isinstance(written, int | float):
            return cls(name, "==", float(written))
        if isinstance(written, list) and written and all(isinstance(word, str) for word in written):
            return cls(name, words=tuple(written))
        if isinstance(written, str) and (found := _COMPARISON.match(written)):
            return cls(name, found[1], float(found[2]))
        if isinstance(written, str) and written and not written.startswith("["):
            return cls(name, words=(written,))
        raise ValueError(f"条件“{written}”写法不对，应写成“>=4”这样的比较、一个词或一列词")

    def holds(self, facts: Mapping[str, Any]) -> bool:
        value = facts.get(self.name)
        if value is None:
            return False
        if self.words:
            return value in self.words if isinstance(value, str) else any(word in value for word in self.words)
        size = measure(value)
        return size is not None and _OPERATORS[self.sign](size, self.number)


@dataclass(frozen=True, slots=True)
class Where:
    """Which findings (and unread columns) an indicator counts. `classes`/`not_classes` are 类别; `first_level` keeps second-level
    columns of the named classes out; `not_first_level` keeps the first-level ones out. `place`: home keeps only what stands on the homepage, other the rest."""

    classes: tuple[str, ...] = ()
    not_classes: tuple[str, ...] = ()
    first_level: tuple[str, ...] = ()
    not_first_level: tuple[str, ...] = ()
    facts: tuple[FactCondition, ...] = ()
    kinds: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    serves_public: bool | None = None
    place: str = ""

    @property
    def about_columns(self) -> bool:
        return bool(self.classes or self.not_classes or self.first_level or self.not_first_level)

    def takes_column(self, column: Column | None) -> bool:
        """Whether a column belongs here; an unknown column belongs only where no class is asked for."""
        if not self.about_columns:
            return True
        if column is None:
            return not self.classes
        name = column.category
        if self.classes and name not in self.classes:
            return False
        if name in self.not_classes:
            return False
        if name in self.first_level and not column.first_level:
            return False
        return not (name in self.not_first_level and column.first_level)

    def takes_facts(self, finding: Finding) -> bool:
        return all(condition.holds(finding.facts) for condition in self.facts)


@dataclass(frozen=True, slots=True)
class Indicator:
    """`auto`: A decided by the machine, S proposed by it and confirmed by a person, M judged by people only.

    `checks` may end in `/*`; `yields_to` names a check whose finding on the same target takes it over; `unit` is what is
    counted: targets, findings, places, or the size of the fact `fact`; `unknown` says what an UNKNOWN outcome does: open or
    not-examined. `points` is the value of one item, `cap` the ceiling of the whole indicator; `block` its part of the table;
    `items` are the clauses that give or cost points, each an indicator of its own with a code like D-13.2. `absent` names the
    column class whose absence a clause is about; `once`: what another indicator deducted is not deducted again; `sample` of
    how many `of` what. `grade` is the evidence: A primary text or two sources, B one source, C unconfirmed.
    """

    code: str
    title: str
    applies: str
    checks: tuple[str, ...]
    where: Where
    rule: str
    at_least: float | int | None
    effect: str
    auto: str
    severity: tuple[str, ...] = ()
    unit: str = "findings"
    yields_to: str = ""
    honours: tuple[str, ...] = ()
    unknown: str = "open"
    fact: str = ""
    below_total: int | None = None
    block: str = ""
    points: float | int | None = None
    cap: float | int | None = None
    ask: str = ""
    sample: int | None = None
    of: str = ""
    absent: str = ""
    once: bool = False
    items: tuple[Indicator, ...] = ()
    grade: str = "B"
    source: str = ""
    note: str = ""

    @property
    def needs_person(self) -> bool:
        return self.auto != "A"

    @property
    def named_checks(self) -> tuple[str, ...]:
        return tuple(check for check in self.checks if not check.endswith("/*"))

    @property
    def threshold(self) -> int | float:
        return 1 if self.at_least is None else self.at_least

    def watches(self, check: str) -> bool:
        """Whether a check's findings belong to this indicator."""
        return check in self.checks or f"{check.partition('/')[0]}/*" in self.checks


def measure(value: Any) -> float | None:
    """A number as it is, a list by its length, None for anything else."""
    if isinstance(value, bool | int | float):
        return float(value)
    if isinstance(value, list | tuple):
        return float(len(value))
    return None
