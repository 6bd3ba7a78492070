"""What each tab of the list holds, and the way to a page of it: many cases are walked in the order of the list, few are found by
their state and sorted."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.core.paginator import Page
from django.db.models import Q, QuerySet

from duwang.cases.states import State
from duwang.console.records.cases import OPEN_STATES
from duwang.console.records.casetally import CaseCount
from duwang.console.records.models import CaseRow
from duwang.console.records.paging import Paged
from duwang.console.records.searching import CASES, MOST, holding, told, too_many
from duwang.console.records.ways import found_first, unindexed

PAGE = 80
CLOSED_STATES = tuple(state.value for state in State if state.closed)
_FEW = 20_000


@dataclass(frozen=True, slots=True)
class Tab:
    """`states` (empty = any) and `more` of its rows; `holds` says the same of a count."""

    name: str
    holds: Callable[[CaseCount], bool]
    states: tuple[str, ...] = ()
    more: Q = field(default_factory=Q)


def _of_state(name: str, state: State) -> Tab:
    return Tab(name, lambda one: one.state == state.value, (state.value,))


def tabs(today: date) -> Mapping[str, Tab]:
    return {
        "open": Tab("未办结", lambda one: one.is_open, OPEN_STATES),
        "overdue": Tab("逾期", lambda one: one.late(today), OPEN_STATES, Q(due__lt=today)),
        "answered": _of_state("已反馈待复查", State.ANSWERED),
        "contested": _of_state("申辩中", State.CONTESTED),
        "relapsed": Tab("改了又犯", lambda one: one.relapsed, (), Q(relapsed=True)),
        "unknown": _of_state("不能判断", State.CANNOT_TELL),
        "closed": Tab("已办结", lambda one: not one.is_open, CLOSED_STATES),
    }


@dataclass(frozen=True, slots=True)
class Listed:
    """`common`: the searched words stand in so many cases that only a part of them was looked at."""

    page: Page[Any]
    common: bool


def listed(seen: QuerySet[CaseRow], tab: Tab, *, number: int, search: str, page: str | None) -> Listed:
    """One page of the tab's cases among those `seen`, of which there are `number`, by deadline."""
    if search:
        common = too_many(CASES, search)
        looking = common and number <= MOST
        rows = _sorted(_of_states(seen, tab)) if looking else holding(_sorted(_walked(seen, tab)), CASES, search)
        rows = rows.filter(told(search, *CASES.columns))
        return Listed(Paged(rows, PAGE, rows.count()).get_page(page), common and not looking)
    rows = _sorted(_of_states(seen, tab)) if number <= _FEW else _walked(seen, tab)
    return Listed(Paged(rows, PAGE, number).get_page(page), common=False)


def walked(rows: QuerySet[CaseRow], states: tuple[str, ...]) -> QuerySet[CaseRow]:
    """Rows in one of the states by deadline, unit and number: the state is asked in a way that no index of states answers."""
    return unindexed(rows, state__in=states).order_by("due", "org", "number")


def _walked(seen: QuerySet[CaseRow], tab: Tab) -> QuerySet[CaseRow]:
    rows = seen.filter(tab.more)
    return walked(rows, tab.states) if tab.states else rows.order_by("due", "org", "number")


def _of_states(seen: QuerySet[CaseRow], tab: Tab) -> QuerySet[CaseRow]:
    return seen.filter(tab.more, Q(state__in=tab.states) if tab.states else Q())


def _sorted(rows: QuerySet[CaseRow]) -> QuerySet[CaseRow]:
    """In an order that no index has: the rows are found first."""
    return found_first(rows, "due", "org", "number")
