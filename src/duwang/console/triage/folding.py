"""Findings that say the same, on whatever page, as one line: a person looks at the wording once and decides on all its places."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from functools import reduce
from operator import or_
from typing import Any

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
    start = (page - 1) * PAGE
    found = asked.all_findings().order_by()
    if "check" in asked.chosen and not asked.by_org:  # an index has them in the order of the groups
        groups: Any = found.annotate(of=Value(asked.chosen["check"])).values_list("of", "wording")
    else:
        groups = found.annotate(of=Coalesce(F("check_id"), F("check_id")), said=Coalesce(F("wording"), F("wording")))
        groups = groups.values_list("of", "said")  # else SQLite would walk the whole round in that order
    groups = groups.annotate(urgent=Min("rank"), n=Count("id"), first=Min("id"))
    listed: list[Any] = list(groups.order_by("urgent", "-n", "first")[start : start + PAGE + 1])
    heads: dict[int, Any] = FindingRow.objects.defer("body", "message").in_bulk([first for *_, first in listed])
    units = _units(asked, heads.values())
    rows = []
    for check, wording, urgent, places, first in listed:
        row = heads[first]
        row.places, row.units, row.affects = places, units[check, wording], urgent < AFFECTING
        rows.append(row)
    return rows[:PAGE], len(rows) > PAGE


def _units(asked: Asked, heads: Iterable[FindingRow]) -> dict[tuple[str, str], int]:
    """How many units have each of the wordings listed: counted for these alone, told apart for all it takes most of the time."""
    told = spread(asked, heads).order_by().values_list("check_id", "wording").annotate(n=Count("org", distinct=True))
    return {(check, wording): n for check, wording, n in told}


def spread(asked: Asked, heads: Iterable[FindingRow]) -> QuerySet[FindingRow]:
    """All that the filters cover and that says the same as one of these."""
    said: dict[str, list[str]] = defaultdict(list)
    for head in heads:
        said[head.check_id].append(head.wording)
    same = [Q(check_id=check, wording__in=wordings) for check, wordings in said.items()]
    return asked.all_findings().filter(reduce(or_, same)) if same else asked.all_findings().none()
