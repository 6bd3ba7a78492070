"""One line of the ledger changed, added or taken out in place; the whole ledger must still do, or nothing is saved."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from duwang.console.audit.chain import record
from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import units_of
from duwang.console.records import ledger
from duwang.console.records.models import LedgerRow
from duwang.flow.registry.sheets import SHEETS, Sheet

_LONG = ("正文", "答复内容")


@require_http_methods(["GET", "POST"])
@needs(Right.LEDGER_EDIT)
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    row = row_for(person_of(request), pk)
    return _form(request, row, _sheet(row.sheet), title=row.name)


@require_http_methods(["GET", "POST"])
@needs(Right.LEDGER_EDIT)
def add(request: HttpRequest) -> HttpResponse:
    sheet = _sheet(request.GET.get("sheet", "单位"))
    return _form(request, LedgerRow(sheet=sheet.name), sheet, title=f"新增：{sheet.name}")


@require_POST
@needs(Right.LEDGER_EDIT)
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a line out; it keeps its history and comes back when it is added again."""
    row = row_for(person_of(request), pk)
    row.removed = True
    trial = ledger.try_row(row, row.cells)
    if trial.problems:
        for problem in trial.problems[:8]:
            messages.error(request, f"不能移出：{problem}")
        return redirect("ledger-row", pk=pk)
    ledger.save_row(row, None, by=person_of(request), source="页面移出")
    record("移出名录", request=request, target=row.key, sheet=row.sheet)
    messages.success(request, f"已移出“{row.name}”")
    return redirect(f"{reverse('ledger')}?sheet={row.sheet}")


def row_for(person: Person, pk: int) -> LedgerRow:
    """The line, or 404 outside the person's units."""
    found = get_object_or_404(LedgerRow, pk=pk)
    units = units_of(person)
    if units is not None and found.org not in units and not (found.sheet == "单位" and found.name in units):
        raise Http404
    return found


def _form(request: HttpRequest, row: LedgerRow, sheet: Sheet, *, title: str) -> HttpResponse:
    cells = {
        heading.name: request.POST.get(heading.name, row.cells.get(heading.name, "")).strip()
        for heading in sheet.headings
    }
    known = {
        "row": row, "sheet": sheet, "title": title, "long": _LONG, "units": LedgerRow.objects.filter(sheet="单位", removed=False),
        "fields": [(heading, cells[heading.name]) for heading in sheet.headings],
    }  # fmt: skip
    if request.method == "GET":
        return render(request, "console/ledger/edit.html", known)
    trial = ledger.try_row(row, cells)
    if trial.line is None:
        return render(request, "console/ledger/edit.html", {**known, "problems": trial.problems}, status=422)
    if not _owns(person_of(request), trial.line):
        messages.error(request, "责任单位不在您的管理范围内")
        return render(request, "console/ledger/edit.html", known, status=422)
    saved = ledger.save_row(row, trial.line, by=person_of(request), source="页面修改" if row.pk else "页面新增")
    record("修改名录", request=request, target=saved.key, sheet=saved.sheet)
    for warning in trial.warnings:
        messages.warning(request, str(warning))
    messages.success(request, "已保存")
    return redirect("ledger-row", pk=saved.pk)


def _owns(person: Person, line: ledger.Line) -> bool:
    """Nobody writes lines for units they do not answer for."""
    units, org = units_of(person), ledger.org_of(line)
    return units is None or not org or org in units


def _sheet(name: str) -> Sheet:
    found = next((one for one in SHEETS if one.name == name), None)
    if found is None:
        raise Http404
    return found
