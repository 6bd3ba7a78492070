"""Letters by source with their clocks, and what the checks said of each."""

from __future__ import annotations

from collections import Counter

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from duwang.console.letters.clocks import letter_from, standing
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import sees, visible
from duwang.console.records.models import FindingRow, LedgerRow
from duwang.console.rounds.choosing import current_round
from duwang.flow.registry.sheets import LETTER_SOURCES


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    today = timezone.localdate()
    rows = visible(person_of(request), LedgerRow.objects.filter(sheet="信件", removed=False))
    source, state = request.GET.get("source", ""), request.GET.get("state", "")
    told = [(row, letter_from(row.cells, row.cells.get("编号", row.key))) for row in rows.order_by("order", "id")]
    stood = [(row, letter, standing(letter, at=today)) for row, letter in told]
    table = []
    for name in LETTER_SOURCES:
        of_source = [one for _, letter, one in stood if letter.source == name]
        tally = Counter(one.state for one in of_source)
        if of_source:
            answered = tally["按期答复"] + tally["超期答复"]
            table.append(
                {
                    "source": name,
                    "all": len(of_source),
                    "tally": dict(tally),
                    "answered": answered,
                    "rate": tally["按期答复"] / len(of_source),
                }
            )
    chosen = [one for one in stood if (not source or one[1].source == source) and (not state or one[2].state == state)]
    order = {"逾期未答复": 0, "待答复": 1, "等待补正": 2}
    chosen.sort(key=lambda one: (order.get(one[2].state, 9), one[1].received or today))
    page = Paginator(chosen, 60).get_page(request.GET.get("page"))
    states = Counter(one.state for _, letter, one in stood if not source or letter.source == source)
    return render(
        request, "console/letters/list.html",
        {"page": page, "table": table, "source": source, "state": state, "states": dict(states), "sources": LETTER_SOURCES, "total": len(stood)},
    )  # fmt: skip


@require_GET
@needs(Right.SEE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(LedgerRow, pk=pk, sheet="信件", removed=False)
    if not sees(person_of(request), row.org):
        raise Http404
    letter = letter_from(row.cells, row.cells.get("编号", row.key))
    round_ = current_round(request)
    found = (
        FindingRow.objects.filter(round=round_, body__facts__letter=letter.ref) if round_ else FindingRow.objects.none()
    )
    return render(
        request, "console/letters/detail.html",
        {"row": row, "letter": letter, "stands": standing(letter, at=timezone.localdate()), "found": found[:50], "round": round_},
    )  # fmt: skip
