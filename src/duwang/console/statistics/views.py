"""Charts and tables of the current round, and the same as a workbook."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_GET

from duwang.bulletin.render.statistics import statistics_xlsx
from duwang.console.audit.chain import record
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import units_of
from duwang.console.records.models import Job, Round
from duwang.console.rounds.choosing import current_round, finished
from duwang.console.statistics.counting import statistics_of
from duwang.console.work import queue
from duwang.console.work.watching import COUNTING, waiting

_ROWS = 300


@require_GET
@needs(Right.SEE)
def shown(request: HttpRequest) -> HttpResponse:
    round_ = current_round(request)
    if round_ is None:
        return render(request, "console/findings/none.html")
    found = statistics_of(round_, person_of(request))
    if found is None:
        return waiting(request, _job(request, round_), title=f"统计 {round_.name}")
    tables = [(one, one.rows[:_ROWS], max(0, len(one.rows) - _ROWS), _numbers(one.rows)) for one in found.tables]
    known = {
        "narrowed": units_of(person_of(request)) is not None, "round": round_, "rounds": finished()[:12], "tables": tables,
        "charts": [mark_safe(one) for one in found.charts],  # made by bulletin.render.charts, which escapes every label
    }  # fmt: skip
    return render(request, "console/statistics/shown.html", known)


@require_GET
@needs(Right.SEE)
def export(request: HttpRequest) -> HttpResponse:
    round_ = current_round(request)
    if round_ is None:
        raise Http404
    found = statistics_of(round_, person_of(request))
    if found is None:
        return redirect("statistics")
    content = statistics_xlsx(found.tables)
    record("导出统计", request=request, target=f"批次{round_.pk}")
    answer = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    answer["Content-Disposition"] = "attachment; filename*=UTF-8''%E7%BB%9F%E8%AE%A1.xlsx"
    return answer


def _job(request: HttpRequest, round_: Round) -> Job:
    person = person_of(request)
    whose = None if units_of(person) is None else person.pk
    judged = round_.judged_at.isoformat() if round_.judged_at else ""
    again = request.GET.get("again") == "1"
    return queue.joined(COUNTING, by=person, again=again, round=round_.pk, person=whose, judged=judged)


def _numbers(rows: tuple[tuple[str, ...], ...]) -> list[bool]:
    """Which columns hold numbers only: they stand to the right."""
    return [all(_number(row[at]) for row in rows) for at in range(len(rows[0]))] if rows else []


def _number(text: str) -> bool:
    return text in ("", "—") or text.rstrip("%").lstrip("+-").replace(".", "", 1).isdigit()
