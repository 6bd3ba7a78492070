"""What is listed: the round, the tab, the filters of the address, the person's units. Counts come from the tally."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.http import QueryDict

from duwang.console.people.models import Person
from duwang.console.people.seeing import units_of
from duwang.console.records.indexing import PRESENT
from duwang.console.records.models import FindingRow, Round, Tally
from duwang.console.records.models.finding import Standing

GONE = ("rectified", "cannot_tell")
PAGE = 50


@dataclass(frozen=True, slots=True)
class Tab:
    key: str
    name: str
    where: Q


TABS = (
    Tab("pending", "待复核", Q(standing=Standing.PENDING, fate__in=PRESENT)),
    Tab("affects", "影响判定", Q(standing=Standing.PENDING, affects=True, fate__in=PRESENT)),
    Tab("confirmed", "已确认", Q(standing=Standing.CONFIRMED, fate__in=PRESENT)),
    Tab("false", "误报", Q(standing=Standing.FALSE_ALARM, fate__in=PRESENT)),
    Tab("noeffect", "不影响判定", Q(standing=Standing.NO_EFFECT, fate__in=PRESENT)),
    Tab("relapsed", "改了又犯", Q(fate="relapsed")),
    Tab("carried", "上轮未整改", Q(fate="carried")),
    Tab("gone", "本次未检出", Q(fate__in=GONE)),
    Tab("all", "全部", Q()),
)
_BY_KEY: Mapping[str, Tab] = {tab.key: tab for tab in TABS}
_FIELDS = {"check": "check_id", "org": "org", "severity": "severity", "kind": "kind"}


@dataclass(frozen=True, slots=True)
class Asked:
    """One reading of the address. `units` None = all."""

    round: Round
    tab: Tab
    chosen: Mapping[str, str]
    search: str
    owner: str
    units: frozenset[str] | None

    @classmethod
    def of(cls, query: QueryDict, *, round_: Round, person: Person) -> Asked:
        chosen = {name: str(query[name]) for name in _FIELDS if query.get(name)}
        tab = _BY_KEY.get(query.get("tab", ""), TABS[0])
        return cls(round_, tab, chosen, query.get("q", "").strip()[:80], query.get("owner", ""), units_of(person))

    @property
    def by_org(self) -> bool:
        """Equal findings fold within a unit when only some units are looked at, else over the whole round."""
        return self.units is not None or "org" in self.chosen

    def narrowed(self) -> Q:
        """The filters that the tally knows, too."""
        where = Q(**{_FIELDS[name]: value for name, value in self.chosen.items()})
        return where if self.units is None else where & Q(org__in=sorted(self.units))

    def rows(self) -> QuerySet[FindingRow]:
        """The cards to list, most urgent first."""
        rows = FindingRow.objects.filter(self.tab.where, self.narrowed(), round=self.round)
        if self.owner:
            return self._searched(rows.filter(owner=self.owner)).order_by("rank", "id")
        lead = {"lead_in_org": True} if self.by_org else {"lead": True}
        return self._searched(rows.filter(**lead)).order_by("rank", "id")

    def all_findings(self) -> QuerySet[FindingRow]:
        """Everything the filters cover, equal ones included: what a bulk decision settles."""
        rows = FindingRow.objects.filter(self.tab.where, self.narrowed(), round=self.round)
        return self._searched(rows.filter(owner=self.owner) if self.owner else rows)

    def _searched(self, rows: QuerySet[FindingRow]) -> QuerySet[FindingRow]:
        if not self.search:
            return rows
        found = Q(title__icontains=self.search) | Q(quote__icontains=self.search) | Q(message__icontains=self.search)
        return rows.filter(found)

    @property
    def tallied(self) -> bool:
        return not self.search and not self.owner

    def counts(self) -> dict[str, int]:
        """Cards of every tab under the present filters."""
        if not self.tallied:
            return {tab.key: self._with(tab).rows().count() for tab in TABS}
        name = "leads_in_org" if self.by_org else "leads"
        tallies = Tally.objects.filter(self.narrowed(), round=self.round)
        sums = {tab.key: Sum(name, filter=tab.where or Q(pk__gt=0), default=0) for tab in TABS}
        return dict(tallies.aggregate(**sums))

    def totals(self) -> tuple[int, int]:
        """(cards, findings) of this tab."""
        if not self.tallied:
            return self.rows().count(), self.all_findings().count()
        name = "leads_in_org" if self.by_org else "leads"
        tallies = Tally.objects.filter(self.tab.where, self.narrowed(), round=self.round)
        known = tallies.aggregate(cards=Sum(name, default=0), findings=Sum("findings", default=0))
        return int(known["cards"]), int(known["findings"])

    def choices(self) -> dict[str, list[tuple[str, int]]]:
        """For each filter its values with their number of findings in this tab, the other filters applied."""
        made = {}
        for name, field in _FIELDS.items():
            others = {key: value for key, value in self.chosen.items() if key != name}
            narrowed = Asked(self.round, self.tab, others, "", "", self.units).narrowed()
            found = (
                Tally.objects.filter(self.tab.where, narrowed, round=self.round)
                .values_list(field)
                .annotate(n=Sum("findings"))
                .filter(n__gt=0)
                .order_by("-n")
            )
            made[name] = [(str(value), int(n)) for value, n in found]
        return made

    def _with(self, tab: Tab) -> Asked:
        return Asked(self.round, tab, self.chosen, self.search, self.owner, self.units)


def page_of(asked: Asked, *, page: int) -> tuple[list[FindingRow], bool]:
    """One page of cards and whether there are more."""
    start = (page - 1) * PAGE
    rows: list[Any] = list(asked.rows().defer("body", "message")[start : start + PAGE + 1])
    return rows[:PAGE], len(rows) > PAGE
