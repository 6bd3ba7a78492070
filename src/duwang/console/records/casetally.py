"""How many cases stand how, counted in one walk over an index: the tabs, the units and the overview read the same numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from duwang.console.people.models import Person
from duwang.console.people.seeing import units_of, visible
from duwang.console.records.cases import OPEN_STATES, counts_stamp
from duwang.console.records.models import CaseRow
from duwang.console.records.remembered import remembered


@dataclass(frozen=True, slots=True)
class CaseCount:
    """So many cases of one unit that stand alike."""

    org: str
    state: str
    due: date | None
    relapsed: bool
    number: int

    @property
    def is_open(self) -> bool:
        return self.state in OPEN_STATES

    def late(self, today: date) -> bool:
        return self.is_open and self.due is not None and self.due < today


def counted(person: Person) -> Sequence[CaseCount]:
    """Of all the cases a person sees."""
    stamp, units = counts_stamp(), units_of(person)
    return remembered(("cases", stamp, units), lambda: _counted(person)) if stamp else _counted(person)


def _counted(person: Person) -> Sequence[CaseCount]:
    rows = visible(person, CaseRow.objects.all()).order_by()
    told = rows.values_list("org", "state", "due", "relapsed").annotate(n=Count("id"))
    return tuple(CaseCount(*one) for one in told)


def total(counts: Iterable[CaseCount]) -> int:
    return sum(one.number for one in counts)
