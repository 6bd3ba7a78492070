"""How many cases stand how, counted in one walk over an index: the tabs, the units and the overview read the same numbers."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.core.cache import cache
from django.db.models import Count

from duwang.console.people.models import Person
from duwang.console.people.seeing import units_of, visible
from duwang.console.records.cases import OPEN_STATES, counts_stamp
from duwang.console.records.models import CaseRow


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


def counted(person: Person) -> list[CaseCount]:
    """Of all the cases a person sees."""
    stamp, units = counts_stamp(), units_of(person)
    key = (
        f"cases:{stamp}:{'all' if units is None else hashlib.sha256(chr(31).join(sorted(units)).encode()).hexdigest()}"
    )
    found: list[CaseCount] | None = cache.get(key) if stamp else None
    if found is None:
        rows = visible(person, CaseRow.objects.all()).order_by()
        told = rows.values_list("org", "state", "due", "relapsed").annotate(n=Count("id"))
        found = [CaseCount(*one) for one in told]
        cache.set(key, found, timeout=600)
    return found


def total(counts: Iterable[CaseCount]) -> int:
    return sum(one.number for one in counts)
