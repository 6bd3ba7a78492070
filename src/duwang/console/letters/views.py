"""Letters by source with their clocks, and what the checks said of each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_GET

from duwang.console.letters.clocks import letter_from, standing
from duwang.console.letters.standings import Stood, letters_on
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import sees, units_of
from duwang.console.records.models import FindingRow, LedgerRow
from duwang.console.rounds.choosing import current_round
from duwang.flow.registry.sheets import LETTER_SOURCES


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    units = units_of(person_of(request))
    told = [one for one in letters_on(timezone.localdate()) if units is None or one.org in units]
    source, state = request.GET.get("source", ""), request.GET.get("state", "")
    of_source = [one for one in told if not source or one.letter.source == source]
    chosen = [one for one in of_source if not state or one.stands.state == state]
    states = Counter(one.stands.state for one in of_source)
    page = Paginator(chosen, 60).get_page(request.GET.get("page"))
    return render(
        request, "console/letters/list.html",
        {
            "page": page, "table": _table(told), "source": source, "state": state, "states": dict(states), "sources": LETTER_SOURCES,
            "total": len(told),
        },
    )  # fmt: skip


def _table(told: Iterable[Stood]) -> list[dict[str, Any]]:
    """Every source with letters: how many, how many of them in each state, the share answered in time."""
    tallies: dict[str, Counter[str]] = {name: Counter() for name in LETTER_SOURCES}
    for one in told:
        if one.letter.source in tallies:
            tallies[one.letter.source][one.stands.state] += 1
    return [
        {
            "source": name, "all": tally.total(), "tally": dict(tally), "answered": tally["按期答复"] + tally["超期答复"],
            "rate": tally["按期答复"] / tally.total(),
        }
        for name, tally in tallies.items()
        if tally
    ]  # fmt: skip


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
