"""Rectification: what each unit owes by when, its answers and appeals, rulings, extensions, re-checks."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.db.models import Q
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from duwang.cases.states import Event, NotAllowed
from duwang.console.audit.chain import record
from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right, may
from duwang.console.people.seeing import sees, visible
from duwang.console.records import cases
from duwang.console.records.casetally import CaseCount, counted, total
from duwang.console.records.models import CaseRow, FindingRow, Proof
from duwang.console.rectification import listing, slips
from duwang.console.rectification.listing import tabs
from duwang.console.rectification.proofs import ProofFault, keep
from duwang.console.rounds.choosing import heavy
from duwang.console.work import queue
from duwang.model.calendar import working_days_after, working_days_between

_OPEN = Q(state__in=cases.OPEN_STATES)
_ACTS = {
    Event.ANSWER: Right.CASE_ANSWER,
    Event.CONTEST: Right.CASE_ANSWER,
    Event.UPHELD: Right.CASE_MANAGE,
    Event.GRANTED: Right.CASE_MANAGE,
    Event.EXTENDED: Right.CASE_MANAGE,
    Event.CLEAN: Right.CASE_MANAGE,
    Event.FOUND: Right.CASE_MANAGE,
}


@require_GET
@needs(Right.SEE)
def listed(request: HttpRequest) -> HttpResponse:
    person, today = person_of(request), timezone.localdate()
    known, chosen = tabs(today), request.GET.get("tab", "open")
    if chosen not in known:
        raise Http404
    told, org, search = counted(person), request.GET.get("org", ""), request.GET.get("q", "").strip()
    counts = {key: total(one for one in told if tab.holds(one)) for key, tab in known.items()}
    seen = visible(person, CaseRow.objects.filter(org=org) if org else CaseRow.objects.all())
    number = total(one for one in told if known[chosen].holds(one) and org in ("", one.org))
    found = listing.listed(seen, known[chosen], number=number, search=search, page=request.GET.get("page"))
    units = _units(told, today)
    return render(
        request, "console/cases/list.html",
        {
            "page": found.page, "tabs": [(key, tab.name, counts[key]) for key, tab in known.items()], "chosen": chosen, "total": counts[chosen],
            "units": _options(units[:200]), "own": units[0]["org"] if len(units) == 1 else "", "org": org, "search": search, "today": today,
            "common": found.common, "may_manage": may(person.role, Right.CASE_MANAGE),
        },
    )  # fmt: skip


def _options(units: Iterable[dict[str, Any]]) -> list[tuple[str, str]]:
    """(unit, what its option reads)."""
    told = []
    for unit in units:
        late = f"，逾期{unit['late']}" if unit["late"] else ""
        told.append((unit["org"], f"{unit['org'] or '（未定）'}（未办结{unit['n']}{late}）"))
    return told


def _units(told: Iterable[CaseCount], today: date) -> list[dict[str, Any]]:
    """Units with open cases, most late ones first."""
    found: dict[str, dict[str, Any]] = {}
    for one in told:
        if one.is_open:
            unit = found.setdefault(one.org, {"org": one.org, "n": 0, "late": 0})
            unit["n"] += one.number
            unit["late"] += one.number if one.late(today) else 0
    return sorted(found.values(), key=lambda unit: (-unit["late"], -unit["n"], unit["org"]))


@require_GET
@needs(Right.SEE)
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    row = _row(request, pk)
    finding = FindingRow.objects.filter(round=row.round, fingerprint=row.fingerprint).first()
    person, today = person_of(request), timezone.localdate()
    left = working_days_between(today, row.due) if row.due and row.due >= today else None
    late = working_days_between(row.due, today) if row.due and row.due < today else None
    allowed = [event.value for event, right in _ACTS.items() if may(person.role, right)]
    return render(
        request, "console/cases/detail.html",
        {"row": row, "finding": finding, "left": left, "late": late, "allowed": allowed, "proofs": row.proofs.select_related("by"), "today": today},
    )  # fmt: skip


@require_POST
@needs(Right.SEE)
def act(request: HttpRequest, pk: int) -> HttpResponse:
    """One act on a case, by those who may do it; answers and appeals may carry a file."""
    row, person = _row(request, pk), person_of(request)
    try:
        event = Event(request.POST.get("event", ""))
        right = _ACTS[event]
    except (ValueError, KeyError):
        raise Http404 from None
    if not may(person.role, right):
        from django.core.exceptions import PermissionDenied

        raise PermissionDenied(f"您的角色“{person.role}”不能“{event}”")
    why = request.POST.get("why", "").strip()[:1000]
    try:
        if not why:
            raise NotAllowed("请写明情况或理由")
        _do(request, row, event, person, why)
    except (NotAllowed, ProofFault) as fault:
        messages.error(request, str(fault))
    else:
        record(f"工单{event.value}", request=request, target=row.number)
        messages.success(request, f"已记下“{event.value}”")
    return redirect("cases-detail", pk=pk)


@require_POST
@needs(Right.CASE_MANAGE)
def recheck(request: HttpRequest) -> HttpResponse:
    """Queue a re-check of the ticked cases, or of all open ones of the unit."""
    person = person_of(request)
    keys = [int(key) for key in request.POST.getlist("pk") if key.isdigit()]
    rows = visible(person, CaseRow.objects.filter(_OPEN)).exclude(state="申辩中")
    rows = rows.filter(pk__in=keys) if keys else rows.filter(org=request.POST.get("org", ""))
    groups: dict[int, list[str]] = {}
    for round_id, number in rows.values_list("round_id", "number"):
        groups.setdefault(round_id, []).append(number)
    for round_id, numbers in groups.items():
        queue.ask("复查", by=person, round=round_id, cases=sorted(numbers), as_of=timezone.localdate().isoformat())
    total = sum(map(len, groups.values()))
    record("要求复查", request=request, cases=total)
    messages.success(request, f"已安排复查{total}件") if total else messages.warning(request, "没有选中可以复查的工单")
    return redirect("cases")


@require_GET
@needs(Right.SEE)
def slip(request: HttpRequest, org: str) -> HttpResponse:
    """One merged slip of a unit, to print: everything it still owes."""
    if not sees(person_of(request), org):
        raise Http404
    rows = list(CaseRow.objects.filter(_OPEN, org=org).order_by("due", "number"))
    if not rows:
        raise Http404
    return render(request, "console/cases/slip.html", {"org": org, "rows": rows, "today": timezone.localdate()})


@require_GET
@needs(Right.SEE)
def slip_document(request: HttpRequest, org: str) -> HttpResponse:
    """The same slip as the document that is sealed and sent, with the form to answer on."""
    if not sees(person_of(request), org):
        raise Http404
    rows = CaseRow.objects.filter(_OPEN, org=org).select_related("round").order_by("-round_id")
    newest = rows.first()
    content = slips.document_of(newest.round, org) if newest is not None else None
    if content is None:
        raise Http404
    record("下载整改通知", request=request, target=org)
    answer = HttpResponse(content, content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(f'整改通知（{org}）.docx')}"
    return answer


@require_GET
@needs(Right.SEE)
def proof(request: HttpRequest, pk: int) -> HttpResponse:
    """A proof as a download, never shown in the console's origin."""
    kept = get_object_or_404(Proof.objects.select_related("case"), pk=pk)
    if not sees(person_of(request), kept.case.org):
        raise Http404
    answer: Any = FileResponse(kept.file.open("rb"), content_type="application/octet-stream")
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(kept.name)}"
    return answer  # type: ignore[no-any-return]


def _row(request: HttpRequest, pk: int) -> CaseRow:
    row = get_object_or_404(CaseRow.objects.select_related("round").defer(*heavy("round__")), pk=pk)
    if not sees(person_of(request), row.org):
        raise Http404
    return row


def _do(request: HttpRequest, row: CaseRow, event: Event, person: Person, why: str) -> None:
    today = timezone.localdate()
    if event is Event.EXTENDED:
        days = request.POST.get("days", "")
        if not days.isdigit() or not 1 <= int(days) <= 60:
            raise NotAllowed("请写延长几个工作日（1至60）")
        due = working_days_after(max(row.due or today, today), int(days)).date
        cases.act(row, event, by=person, at=today, why=why, due=due.isoformat())
        return
    file = request.FILES.get("proof")
    if file is not None and event in (Event.ANSWER, Event.CONTEST):
        kept = keep(file, case=row, by=person)
        cases.act(row, event, by=person, at=today, why=why, proof=kept.name, sha256=kept.sha256)
        return
    cases.act(row, event, by=person, at=today, why=why)
