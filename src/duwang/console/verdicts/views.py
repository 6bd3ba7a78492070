"""Every verdict opens to its clauses, what was counted, what was left out and why, what is open, and the evidence."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_POST

from duwang.console.audit.chain import record
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right, may
from duwang.console.people.seeing import sees, visible
from duwang.console.records.models import Answer, Round, VerdictRow
from duwang.console.records.seen import seen_by_round
from duwang.console.rounds.choosing import current_round
from duwang.model.rulings import says_yes

PAGE = 60
_SHOWN = 30


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    round_ = current_round(request)
    if round_ is None:
        return render(request, "console/findings/none.html")
    rows = visible(person_of(request), VerdictRow.objects.filter(round=round_))
    chosen = {"kind": request.GET.get("kind", ""), "verdict": request.GET.get("verdict", "")}
    tallies = {name: dict(rows.values_list(name).annotate(n=Count("id"))) for name in chosen}
    total = sum(tallies["kind"].values())
    for name, value in chosen.items():
        rows = rows.filter(**{name: value}) if value else rows
    if search := request.GET.get("q", "").strip():
        rows = rows.filter(name__icontains=search) | rows.filter(org__icontains=search)
    order = {"不合格": 0, "待核": 1, "合格": 2}
    page = Paginator(sorted(rows.defer("body"), key=lambda one: (order[one.verdict], one.kind, one.target)), PAGE)
    return render(
        request, "console/verdicts/list.html",
        {"round": round_, "page": page.get_page(request.GET.get("page")), "chosen": chosen, "tallies": tallies, "search": search, "total": total},
    )  # fmt: skip


@require_GET
@needs(Right.SEE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    body = row.body
    parts = [one for part in ("hits", "open") for one in body[part]]
    prints = {key for one in parts for key in one["fingerprints"]}
    there = set(row.round.findings.filter(fingerprint__in=list(prints)[:5000]).values_list("fingerprint", flat=True))
    first = {key for one in parts for key in [key for key in one["fingerprints"] if key in there][:_SHOWN]}
    found = {one.fingerprint: one for one in row.round.findings.filter(fingerprint__in=first)}
    coverage = seen_by_round(row.round).get(row.target, {})
    answers = {
        one.indicator: one
        for one in Answer.objects.filter(round=row.round, target=row.target).select_related("by").order_by("id")
    }
    return render(
        request, "console/verdicts/detail.html",
        {
            "row": row, "body": body, "round": row.round, "coverage": coverage, "answers": answers,
            "hits": [(one, _findings(one, there, found)) for one in body["hits"]],
            "open": [(one, _findings(one, there, found)) for one in body["open"]],
            "may_answer": may(person_of(request).role, Right.ANSWER) and row.round.state == Round.State.DONE,
        },
    )  # fmt: skip


@require_POST
@needs(Right.ANSWER)
def answer(request: HttpRequest, pk: int) -> HttpResponse:
    """A person's answer on an indicator of this object; the reason is kept with it."""
    row = _row(request, pk)
    if row.round.state != Round.State.DONE:
        raise Http404
    said, indicator = request.POST.get("answer", ""), request.POST.get("indicator", "")
    known = {one["indicator"] for part in ("manual", "open", "not_examined") for one in row.body[part]}
    amount = request.POST.get("count", "")
    if says_yes(said) is None or indicator not in known:
        messages.error(request, "请选择“是”或“否”")
    elif not request.POST.get("reason", "").strip():
        messages.error(request, "请写明依据")
    else:
        Answer.objects.create(
            round=row.round, target=row.target, indicator=indicator, answer=said, count=int(amount) if amount.isdigit() else None,
            reason=request.POST["reason"].strip()[:500], by=person_of(request),
        )  # fmt: skip
        Round.objects.filter(pk=row.round_id).update(stale=True)
        record("回答人工项", request=request, target=row.target, indicator=indicator, answer=said)
        messages.success(request, "已记下，重新判定后生效")
    return redirect("verdicts-detail", pk=pk)


def _row(request: HttpRequest, pk: int) -> VerdictRow:
    row = get_object_or_404(
        VerdictRow.objects.select_related("round").defer("round__summary", "round__coverage"), pk=pk
    )
    if not sees(person_of(request), row.org):
        raise Http404
    return row


def _findings(one: dict[str, Any], there: set[str], found: dict[str, Any]) -> dict[str, Any]:
    """The first of the findings that are there, and how many more."""
    keys = [key for key in one["fingerprints"] if key in there]
    return {"rows": [found[key] for key in keys[:_SHOWN]], "more": max(0, len(keys) - _SHOWN)}
