"""One page: how many qualify, what is open, what is due, what was not seen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET

from duwang.console.overview.strips import SHOWN, strips
from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import visible
from duwang.console.records.cases import OPEN_STATES
from duwang.console.records.casetally import counted, total
from duwang.console.records.models import CaseRow, Round, VerdictRow
from duwang.console.rectification.listing import walked
from duwang.console.rounds.choosing import current_round, finished
from duwang.console.triage.filters import Asked
from duwang.judge.summary import rate, rate_range

SOON = timedelta(days=5)
_TREND = 8  # so many rounds, oldest first


@require_GET
@needs(Right.SEE)
def overview(request: HttpRequest) -> HttpResponse:
    round_, person = current_round(request), person_of(request)
    known: dict[str, Any] = {"round": round_, "rounds": list(finished()[:12])}
    if round_ is not None:
        whole = visible(person, round_.verdicts.all())
        verdicts = whole.defer("body")
        last = known["rounds"][:_TREND]
        tallies = _tallies(person, [round_, *last])
        known |= {
            "kinds": [_kind(tallies[round_.pk][kind], kind, name) for kind, name in (("site", "政府网站"), ("account", "政务新媒体"))],
            "open": whole.filter(verdict="待核").order_by("kind", "target")[:12],
            "failed": whole.filter(verdict="不合格").order_by("kind", "target")[:12],
            "unseen": verdicts.filter(Q(seen__lt=0.9) | Q(seen=None)).order_by("seen")[:10],
            "review": _review(round_, person),
            "trend": [{"round": one, "kinds": [_kind(tallies[one.pk][kind], kind, name) for kind, name in (("site", "网站"), ("account", "新媒体"))]} for one in reversed(last)],
        }  # fmt: skip
        told = strips(round_, dict(verdicts.filter(kind="site").values_list("target", "name")))
        known |= {"strips": told[:SHOWN], "unshown": max(0, len(told) - SHOWN)}
    known |= _due(person)
    return render(request, "console/overview.html", known)


def _tallies(person: Person, rounds: Sequence[Round]) -> Mapping[int, Mapping[str, Counter[str]]]:
    """Round → kind → how many objects got which verdict."""
    told: dict[int, dict[str, Counter[str]]] = {one.pk: {"site": Counter(), "account": Counter()} for one in rounds}
    rows = visible(person, VerdictRow.objects.filter(round__in=list(told), kind__in=("site", "account"))).order_by()
    for key, kind, verdict, n in rows.values_list("round", "kind", "verdict").annotate(n=Count("id")):
        told[key][kind][verdict] = n
    return told


def _kind(tally: Counter[str], kind: str, name: str) -> dict[str, Any]:
    checked = sum(tally.values())
    return {
        "kind": kind, "name": name, "checked": checked, "qualified": tally["合格"], "failed": tally["不合格"], "open": tally["待核"],
        "rate": None if tally["待核"] else rate(checked, tally["不合格"]),
        "range": rate_range(checked, tally["不合格"], tally["待核"]),
    }  # fmt: skip


def _review(round_: Round, person: Person) -> dict[str, int]:
    from django.http import QueryDict

    return dict(Asked.of(QueryDict(""), round_=round_, person=person).board().counts)


def _due(person: Person) -> dict[str, Any]:
    today: date = timezone.localdate()
    told = [one for one in counted(person) if one.is_open]
    soon = walked(visible(person, CaseRow.objects.filter(due__lte=today + SOON)), OPEN_STATES)
    return {
        "overdue": total(one for one in told if one.late(today)),
        "due_soon": total(one for one in told if one.due and today <= one.due <= today + SOON),
        "open_cases": total(told),
        "contested": total(one for one in told if one.state == "申辩中"),
        "urgent": soon.defer("body")[:10],
    }
