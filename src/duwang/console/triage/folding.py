"""Findings that say the same, on whatever page, as one line: a person looks at the wording once and decides on all its places."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

from django.db import connection
from django.db.models import Count, F, Min, Q, QuerySet, Value
from django.db.models.functions import Coalesce

from duwang.console.records.indexing import AFFECTING
from duwang.console.records.models import FindingRow
from duwang.console.triage.filters import PAGE, Asked

MOST = 20_000


def within_reach(asked: Asked) -> Asked:
    """The same, of one check alone where the filters leave too many findings to be put together at once: the check with most of them."""
    if not asked.fold or "check" in asked.chosen or asked.wording or asked.search or asked.owner:
        return asked
    checks = asked.by_check()
    if checks.total() <= MOST:
        return asked
    return replace(asked, chosen={**asked.chosen, "check": checks.most_common(1)[0][0]})


def page_of(asked: Asked, *, page: int) -> tuple[list[FindingRow], bool]:
    """One page of wordings, what may flip a verdict first, then by the number of places, and whether there are more. Each is its
    first finding with `places` and `units`."""
    here = slice((page - 1) * PAGE, page * PAGE + 1)
    listed, counts = _listed(asked, here)
    if any(group not in counts for group in listed):  # decided since the order was kept
        forget()
        listed, counts = _listed(asked, here)
    listed = [group for group in listed if group in counts]
    heads: dict[int, Any] = FindingRow.objects.defer("body", "message").in_bulk([one[0] for one in counts.values()])
    rows = []
    for group in listed:
        first, urgent, places, units = counts[group]
        row = heads[first]
        row.places, row.units, row.affects = places, units, urgent < AFFECTING
        rows.append(row)
    return rows[:PAGE], len(rows) > PAGE


def _listed(
    asked: Asked, here: slice
) -> tuple[list[tuple[str, str]], dict[tuple[str, str], tuple[int, int, int, int]]]:
    """The wordings of a page in their order, and the figures of those that are still there."""
    groups = _groups(asked)
    listed = _ORDERS.of(groups)[here] if here.start < _LISTED else [group[:2] for group in groups[here]]
    said: dict[str, list[str]] = defaultdict(list)
    for check, wording in listed:
        said[check].append(wording)
    return listed, _counts(asked, said)


def _groups(asked: Asked) -> Any:
    """The wordings in their order."""
    found = asked.all_findings().order_by()
    if "check" in asked.chosen and not asked.by_org:  # an index has them in the order of the groups
        groups: Any = found.annotate(of=Value(asked.chosen["check"])).values_list("of", "wording")
    else:
        groups = found.annotate(of=Coalesce(F("check_id"), F("check_id")), said=Coalesce(F("wording"), F("wording")))
        groups = groups.values_list("of", "said")  # else SQLite would walk the whole round in that order
    return groups.annotate(urgent=Min("rank"), n=Count("id"), first=Min("id")).order_by("urgent", "-n", "first")


class _Orders:
    """The order of the wordings of large rounds, kept for half a minute: putting a hundred thousand in order takes longer than a page
    may. What a page tells of each is counted anew."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], tuple[float, list[tuple[str, str]]]] = {}

    def of(self, groups: Any) -> list[tuple[str, str]]:
        key = (connection.settings_dict["NAME"], *groups.query.sql_with_params())
        at, order = self._kept.get(key, (0.0, []))
        if time.monotonic() - at > _FRESH:
            began = time.monotonic()
            order = [(check, wording) for check, wording, *_ in groups[: _LISTED + 1]]
            if time.monotonic() - began > _SLOW:
                self._kept = dict([*self._kept.items()][-_ORDERS_KEPT + 1 :]) | {key: (time.monotonic(), order)}
        return order

    def clear(self) -> None:
        self._kept = {}


_FRESH, _SLOW, _ORDERS_KEPT = 30.0, 0.1, 8
_LISTED = 20 * PAGE
_ORDERS = _Orders()


def forget() -> None:
    """Put the wordings in order anew: something came back."""
    _ORDERS.clear()


def _counts(asked: Asked, said: Mapping[str, list[str]]) -> dict[tuple[str, str], tuple[int, int, int, int]]:
    """First finding, urgency, places and units of each of these wordings, as they are now."""
    told = _same(asked, said).order_by().values_list("check_id", "wording")
    told = told.annotate(first=Min("id"), urgent=Min("rank"), n=Count("id"), units=Count("org", distinct=True))
    return {(check, wording): tuple(figures) for check, wording, *figures in told}  # type: ignore[var-annotated]


def _same(asked: Asked, said: Mapping[str, list[str]]) -> QuerySet[FindingRow]:
    same = [Q(check_id=check, wording__in=wordings) for check, wordings in said.items()]
    return asked.all_findings().filter(reduce(or_, same)) if same else asked.all_findings().none()


def spread(asked: Asked, heads: Iterable[FindingRow]) -> QuerySet[FindingRow]:
    """All that the filters cover and that says the same as one of these."""
    said: dict[str, list[str]] = defaultdict(list)
    for head in heads:
        said[head.check_id].append(head.wording)
    return _same(asked, said)
