"""One round against the one before it: whose verdict changed, what is new, gone or back, by unit and by check."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

from django.db.models import Sum
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import visible
from duwang.console.records.models import Round, Tally, VerdictRow
from duwang.console.rounds.choosing import FINISHED

FATES = ("new", "carried", "relapsed", "rectified", "cannot_tell")
PRESENT = FATES[:3]
_ORDER = {"不合格": 0, "待核": 1, "合格": 2, "没有检查": 3}


@require_GET
@needs(Right.SEE)
def compare(request: HttpRequest, pk: int) -> HttpResponse:
    round_ = get_object_or_404(Round.objects.select_related("previous"), pk=pk, state__in=FINISHED)
    if round_.previous is None:
        raise Http404
    person = person_of(request)
    changes = verdict_changes(person, round_, round_.previous)
    units, totals = fates_by_unit(person, round_)
    known = {
        "round": round_, "previous": round_.previous, "changes": changes, "units": units, "totals": totals,
        "checks": by_check(person, round_, round_.previous), "worse": sum(one["worse"] for one in changes),
    }  # fmt: skip
    return render(request, "console/rounds/compare.html", known)


def verdict_changes(person: Person, now: Round, before: Round) -> list[dict[str, Any]]:
    """Objects whose verdict is not what it was, the worst first; an object that only one round judged is 没有检查 in the other."""
    new, old = (
        {one.target: one for one in visible(person, VerdictRow.objects.filter(round=which)).defer("body")}
        for which in (now, before)
    )
    made = []
    for target in new.keys() | old.keys():
        here, there = new.get(target), old.get(target)
        one = here or there
        is_, was = here.verdict if here else "没有检查", there.verdict if there else "没有检查"
        if one is not None and is_ != was:
            worse = is_ == "不合格" or (is_ == "待核" and was == "合格")
            made.append({"row": here, "name": one.name, "org": one.org, "was": was, "is": is_, "worse": worse})
    return sorted(made, key=lambda one: (_ORDER[one["is"]], one["org"], one["name"]))


def fates_by_unit(person: Person, round_: Round) -> tuple[list[tuple[str, list[int]]], list[int]]:
    """Findings of every unit by what became of them, and the sums; columns as in FATES."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0] * len(FATES))
    rows = visible(person, Tally.objects.filter(round=round_)).order_by()
    for org, fate, number in rows.values_list("org", "fate").annotate(n=Sum("findings")):
        if fate in FATES:
            counts[org][FATES.index(fate)] += number
    units = sorted(counts.items(), key=lambda pair: (-sum(pair[1][:3]), pair[0]))
    return units, [sum(one[at] for _, one in units) for at in range(len(FATES))]


def by_check(person: Person, now: Round, before: Round) -> list[tuple[str, int, int, int]]:
    """Check, findings then, findings now, difference; the largest change first."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for at, which in enumerate((before, now)):
        rows = visible(person, Tally.objects.filter(round=which, fate__in=PRESENT)).order_by()
        for check, number in rows.values_list("check_id").annotate(n=Sum("findings")):
            counts[check][at] += number
    told = [(check, was, is_, is_ - was) for check, (was, is_) in counts.items()]
    return sorted(told, key=lambda one: (-abs(one[3]), one[0]))
