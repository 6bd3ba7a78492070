"""What is listed: the round, the tab, the filters of the address, the person's units. Counts come from the tally."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.db.models import Case, Count, F, Q, QuerySet, Sum, Value, When
from django.http import QueryDict

from duwang.console.people.models import Person
from duwang.console.people.seeing import units_of
from duwang.console.records.indexing import AFFECTING, PRESENT
from duwang.console.records.models import FindingRow, Round, Tally
from duwang.console.records.models.finding import Standing
from duwang.console.records.ways import at_once, found_first
from duwang.console.triage.wording import Way, of_round, way, worded

GONE = ("rectified", "cannot_tell")
PAGE = 50
_FEW = 20_000
_AFFECTS = Case(When(rank__lt=AFFECTING, then=1), default=0)


@dataclass(frozen=True, slots=True)
class Tab:
    """`where` for rows; `holds` the same for a tally's (standing, fate, affects)."""

    key: str
    name: str
    where: Q
    holds: Callable[[str, str, bool], bool]


def _standing(key: str, name: str, standing: Standing) -> Tab:
    where = Q(standing=standing, fate__in=PRESENT)
    return Tab(key, name, where, lambda stands, fate, _: stands == standing and fate in PRESENT)


TABS = (
    _standing("pending", "待复核", Standing.PENDING),
    Tab(
        "affects", "影响判定", Q(standing=Standing.PENDING, rank__lt=AFFECTING, fate__in=PRESENT),
        lambda stands, fate, affects: affects and stands == Standing.PENDING and fate in PRESENT,
    ),
    _standing("confirmed", "已确认", Standing.CONFIRMED),
    _standing("false", "误报", Standing.FALSE_ALARM),
    _standing("noeffect", "不影响判定", Standing.NO_EFFECT),
    Tab("relapsed", "改了又犯", Q(fate="relapsed"), lambda _, fate, __: fate == "relapsed"),
    Tab("carried", "上轮未整改", Q(fate="carried"), lambda _, fate, __: fate == "carried"),
    Tab("gone", "本次未检出", Q(fate__in=GONE), lambda _, fate, __: fate in GONE),
    Tab("all", "全部", Q(), lambda _, __, ___: True),
)  # fmt: skip
_BY_KEY: Mapping[str, Tab] = {tab.key: tab for tab in TABS}
_FIELDS = {"check": "check_id", "org": "org", "severity": "severity", "kind": "kind"}
_SHAPE = ("check", "severity", "kind")


@lru_cache(maxsize=256)
def _tabs_of(standing: str, fate: str, affects: bool) -> tuple[str, ...]:
    return tuple(tab.key for tab in TABS if tab.holds(standing, fate, affects))


@dataclass(frozen=True, slots=True)
class Board:
    """`counts`: cards of every tab; `cards` and `findings` of the chosen one, `total` its cards without the filters; `choices`: values of each filter with findings."""

    counts: Mapping[str, int]
    cards: int
    findings: int
    total: int
    choices: Mapping[str, list[tuple[str, int]]]


@dataclass(frozen=True)
class Asked:
    """One reading of the address. `units` None = all."""

    round: Round
    tab: Tab
    chosen: Mapping[str, str]
    search: str
    owner: str
    units: frozenset[str] | None
    wording: str = ""
    fold: bool = False

    @classmethod
    def of(cls, query: QueryDict, *, round_: Round, person: Person) -> Asked:
        chosen = {name: str(query[name]) for name in _FIELDS if query.get(name)}
        tab = _BY_KEY.get(query.get("tab", ""), TABS[0])
        return cls(
            round_,
            tab,
            chosen,
            query.get("q", "").strip()[:80],
            query.get("owner", ""),
            units_of(person),
            query.get("wording", "")[:16],
            query.get("fold") == "wording",
        )

    @property
    def by_org(self) -> bool:
        """Equal findings fold within a unit when only some units are looked at, else over the whole round."""
        return self.units is not None or "org" in self.chosen

    def narrowed(self) -> Q:
        """The filters that the tally knows, too."""
        where = Q(**{_FIELDS[name]: value for name, value in self.chosen.items()})
        return where if self.units is None else where & Q(org__in=sorted(self.units))

    @cached_property
    def way(self) -> Way:
        """How the searched words are found; what covers the whole round is looked through for an object or a wording only."""
        if not self.search:
            return Way.LOOKING
        covered = self._tallied(self.narrowed()).aggregate(n=Sum("findings"))["n"] or 0
        return way(self.search, round_id=self.round.pk, covered=0 if self.owner or self.wording else covered)

    @property
    def partly(self) -> bool:
        """Whether only a part of what holds the words is listed and counted."""
        return self.way is Way.PARTLY

    def rows(self) -> QuerySet[FindingRow]:
        """The cards to list, most urgent first."""
        rows = self._narrowed_rows(self.tab.where)
        if not self.owner:
            rows = rows.filter(**({"lead_in_org": 1} if self.by_org else {"lead": 1}))
        return rows.order_by("rank", "id")

    def all_findings(self) -> QuerySet[FindingRow]:
        """Everything the filters cover, equal ones included: what a bulk decision settles."""
        return self._narrowed_rows(self.tab.where)

    def _narrowed_rows(self, where: Q) -> QuerySet[FindingRow]:
        by_pairs = self.way is not Way.LOOKING
        rows = of_round(self.round.pk, by_pairs=by_pairs).filter(where, self.narrowed())
        rows = rows.filter(owner=self.owner) if self.owner else rows
        rows = rows.filter(wording=self.wording) if self.wording else rows
        return worded(rows, self.search, round_id=self.round.pk, by_pairs=by_pairs) if self.search else rows

    def _tallied(self, where: Q) -> QuerySet[Tally]:
        return Tally.objects.filter(where, round=self.round)

    def board(self) -> Board:
        """All counts of the page: the tally is grouped in the database, once without the units and once by unit."""
        counts: dict[str, int] = dict.fromkeys(_BY_KEY, 0)
        choices: dict[str, Counter[str]] = {name: Counter() for name in _FIELDS}
        cards = findings = total = 0
        for *values, standing, fate, affects, found, heads in self._grouped(*_SHAPE, tallied=True):
            missed = [name for name, value in zip(_SHAPE, values, strict=True) if self.chosen.get(name, value) != value]
            held = _tabs_of(standing, fate, bool(affects))
            total += heads if self.tab.key in held else 0
            if not missed:
                for key in held:
                    counts[key] += heads
                if self.tab.key in held:
                    cards, findings = cards + heads, findings + found
            if self.tab.key in held:
                for name, value in zip(_SHAPE, values, strict=True):
                    if not missed or missed == [name]:
                        choices[name][value] += found
        for org, standing, fate, affects, found, _ in self._grouped("org", tallied=False):
            if self.tab.key in _tabs_of(standing, fate, bool(affects)):
                choices["org"][org] += found
        if self.search or self.owner or self.wording:
            counts, cards, findings = self._counted_by_looking()
        return Board(
            counts,
            cards,
            findings,
            total,
            {name: [one for one in tally.most_common() if one[1]] for name, tally in choices.items()},
        )

    def by_check(self) -> Counter[str]:
        """The findings of the tab, as the tally has them; a search or an object narrows them no further."""
        told: Counter[str] = Counter()
        rows = self._tallied(self.narrowed()).values_list("check_id", "standing", "fate", "affects")
        for check, standing, fate, affects, n in at_once(rows.annotate(n=Sum("findings")).order_by()):
            told[check] += n if self.tab.key in _tabs_of(standing, fate, bool(affects)) else 0
        return told

    def _grouped(self, *names: str, tallied: bool) -> Iterator[tuple[Any, ...]]:
        """(names…, standing, fate, affects, findings, heads). `tallied`: only the unit filter applies, the others are held against
        the groups by the caller; else all filters but the unit's apply."""
        kept = ("org",) if tallied else tuple(name for name in self.chosen if name != "org")
        where = Q(**{_FIELDS[name]: self.chosen[name] for name in kept if name in self.chosen})
        if self.units is not None:
            where &= Q(org__in=sorted(self.units))
        fields = [_FIELDS[name] for name in names]
        heads = "leads_in_org" if self.by_org else "leads"
        rows = self._tallied(where).values_list(*fields, "standing", "fate", "affects")
        yield from at_once(rows.annotate(n=Sum("findings"), h=Sum(heads)).order_by())

    @property
    def by_pairs(self) -> bool:
        """Whether few rows are found, by the searched words."""
        return bool(self.search) and self.way is not Way.LOOKING

    @cached_property
    def _few(self) -> list[tuple[str, str, bool, bool, int, int]]:
        """(standing, fate, could flip a verdict, is a card, rank, key) of the few rows found: read once, for the counts and the page."""
        rows = self._narrowed_rows(Q()).annotate(head=self._head(), open=_AFFECTS).order_by()
        return at_once(rows.values_list("standing", "fate", "open", "head", "rank", "pk"))

    def _head(self) -> Any:
        return Value(1) if self.owner else F("lead_in_org" if self.by_org else "lead")

    def _counted_by_looking(self) -> tuple[dict[str, int], int, int]:
        """Counts that the tally cannot give, of all tabs in one walk over the rows."""
        if self.by_pairs:
            told = [(*shape, n) for shape, n in Counter(row[:4] for row in self._few).items()]
        else:
            rows = self._narrowed_rows(Q()).annotate(head=self._head()).order_by()
            told = list(rows.values_list("standing", "fate", _AFFECTS, "head").annotate(n=Count("id")))
        counts, cards, findings = dict.fromkeys(_BY_KEY, 0), 0, 0
        for standing, fate, rank, is_head, n in told:
            held = _tabs_of(standing, fate, bool(rank))
            for key in held if is_head else ():
                counts[key] += n
            if self.tab.key in held:
                cards, findings = cards + (n if is_head else 0), findings + n
        return counts, cards, findings

    def keys(self, start: int, stop: int, *, cards: int) -> list[int]:
        """Of the cards from one place to another, of which there are so many in all. Few are found by the filters and sorted: walking
        the round in its order until a page is full would pass over all the others."""
        if self.by_pairs:
            held = (row for row in self._few if row[3] and self.tab.key in _tabs_of(row[0], row[1], bool(row[2])))
            return [key for *_, key in sorted(held, key=lambda row: row[4:])[start:stop]]
        listed = found_first(self.rows(), "rank", "id") if cards <= _FEW else self.rows()
        return list(listed.values_list("pk", flat=True)[start:stop])


def page_of(asked: Asked, *, page: int, cards: int) -> tuple[list[FindingRow], bool]:
    """One page of so many cards and whether there are more. Keys first: an index holds all that the way to a page needs."""
    start = (page - 1) * PAGE
    if not cards:
        return [], False
    keys = asked.keys(start, start + PAGE + 1, cards=cards)
    rows = FindingRow.objects.filter(pk__in=keys).defer("body", "message").in_bulk()
    return [rows[key] for key in keys[:PAGE] if key in rows], len(keys) > PAGE
