"""Accounts of the ledger beside what the current round saw of them."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import sees, visible
from duwang.console.records.models import LedgerChange, LedgerRow, VerdictRow
from duwang.console.records.seen import seen_by_round
from duwang.console.rounds.choosing import current_round, heavy


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    person, round_ = person_of(request), current_round(request)
    rows = list(visible(person, LedgerRow.objects.filter(sheet="新媒体", removed=False)).order_by("order", "id"))
    verdicts = (
        {
            one.target: one
            for one in visible(person, VerdictRow.objects.filter(round=round_, kind="account").defer("body"))
        }
        if round_
        else {}
    )
    coverage = seen_by_round(round_) if round_ else {}
    chosen = {name: request.GET.get(name, "") for name in ("platform", "route", "seen")}
    told = [(row, verdicts.get(row.key), coverage.get(row.key) or {}) for row in rows]
    kept = [one for one in told if _fits(one, chosen)]
    tallies = {
        "platform": Counter(row.kind for row in rows),
        "route": Counter(row.cells.get("采集方式") or "未填写" for row in rows),
    }
    page = Paginator(kept, 80).get_page(request.GET.get("page"))
    unseen = sum(1 for row, _, seen in told if row.state != "已注销" and not seen.get("seen"))
    return render(
        request, "console/accounts/list.html",
        {"page": page, "tallies": {key: dict(value) for key, value in tallies.items()}, "chosen": chosen, "round": round_, "unseen": unseen, "all": len(rows)},
    )  # fmt: skip


@require_GET
@needs(Right.SEE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(LedgerRow, pk=pk, sheet="新媒体", removed=False)
    if not sees(person_of(request), row.org):
        raise Http404
    round_ = current_round(request)
    verdicts = VerdictRow.objects.filter(target=row.key).select_related("round").defer("body", *heavy("round__"))
    verdicts = verdicts.order_by("-round__as_of")[:8]
    found = round_.findings.filter(owner=row.key).order_by("rank", "id").defer("body")[:60] if round_ else []
    seen = seen_by_round(round_).get(row.key, {}) if round_ else {}
    changes = LedgerChange.objects.filter(row=row).select_related("by")[:10]
    known = {"row": row, "verdicts": verdicts, "found": found, "seen": seen, "round": round_, "changes": changes}
    return render(request, "console/accounts/detail.html", known)


def _fits(one: tuple[LedgerRow, Any, Any], chosen: dict[str, str]) -> bool:
    row, _, seen = one
    if chosen["platform"] and row.kind != chosen["platform"]:
        return False
    if chosen["route"] and (row.cells.get("采集方式") or "未填写") != chosen["route"]:
        return False
    return not (chosen["seen"] == "no" and (seen.get("seen") or row.state == "已注销"))
