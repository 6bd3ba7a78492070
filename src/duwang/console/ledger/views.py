"""Browsing the ledger, importing it with a preview, exporting it."""

from __future__ import annotations

import io
import re
import secrets
import tempfile
from collections import defaultdict
from pathlib import Path

import xlsxwriter
from django.conf import settings
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from duwang.console.audit.chain import record
from duwang.console.ledger.editing import row_for
from duwang.console.people.models import Person
from duwang.console.people.rights import needs, person_of
from duwang.console.people.roles import Right
from duwang.console.people.seeing import units_of
from duwang.console.records import ledger
from duwang.console.records.models import LedgerRow
from duwang.console.records.searching import told
from duwang.flow.registry import load
from duwang.flow.registry.exporting import export as export_ledger
from duwang.flow.registry.sheets import SHEETS
from duwang.flow.registry.template import write_template

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST = 20 * 1024 * 1024
_KEY = re.compile(r"[0-9a-f]{24}")
PAGE = 100


@require_GET
@needs(Right.SEE)
def browse(request: HttpRequest) -> HttpResponse:
    sheet = request.GET.get("sheet", "单位")
    if sheet not in {one.name for one in SHEETS}:
        raise Http404
    rows = LedgerRow.objects.filter(sheet=sheet, removed=False)
    units = units_of(person_of(request))
    if units is not None:
        rows = rows.filter(Q(org__in=units) | Q(sheet="单位", name__in=units))
    if search := request.GET.get("q", "").strip():
        rows = rows.filter(told(search, "name", "key", "org"))
    found = next(one for one in SHEETS if one.name == sheet)
    heads = [heading.name for heading in found.headings][:10]
    page = Paginator(rows.order_by("order", "id"), PAGE).get_page(request.GET.get("page"))
    known = {
        "sheet": sheet, "sheets": [(one.name, _count(one.name, units)) for one in SHEETS], "heads": heads, "page": page, "search": search, "total": _count(sheet, units),
        "lines": [(row, [row.cells.get(head, "") for head in heads]) for row in page],
        "tree": _tree(rows) if sheet == "单位" and not search else "",
    }  # fmt: skip
    return render(request, "console/ledger/browse.html", known)


@require_GET
@needs(Right.SEE)
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One line with its history."""
    found = row_for(person_of(request), pk)
    changes = [(one, _differences(one)) for one in found.changes.select_related("by")[:50]]
    below = (
        LedgerRow.objects.filter(org=found.name, sheet__in=("网站", "新媒体", "栏目"), removed=False)
        if found.sheet == "单位"
        else ()
    )
    people = (
        Person.objects.filter(unit=found.name, is_active=True).order_by("role", "username")
        if found.sheet == "单位"
        else ()
    )
    known = {"row": found, "changes": changes, "people": people, "below": below}
    return render(request, "console/ledger/row.html", known)


@require_http_methods(["GET", "POST"])
@needs(Right.LEDGER_EDIT)
def upload(request: HttpRequest) -> HttpResponse:
    """Take a workbook, keep it aside, and show what it would change."""
    if request.method == "GET":
        return render(request, "console/ledger/import.html")
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or not str(file.name).lower().endswith(".xlsx"):
        messages.error(request, "请选择一个 .xlsx 名录文件")
        return redirect("ledger-import")
    if (file.size or 0) > _MOST:
        messages.error(request, "文件超过20MB")
        return redirect("ledger-import")
    key = secrets.token_hex(12)
    path = _kept(key)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as stream:
        for chunk in file.chunks():
            stream.write(chunk)
    record("上传名录", request=request, target=str(file.name))
    request.session["ledger_file"] = str(file.name)[:120]
    return redirect("ledger-confirm", key=key)


@require_http_methods(["GET", "POST"])
@needs(Right.LEDGER_EDIT)
def confirm(request: HttpRequest, key: str) -> HttpResponse:
    """The preview; a POST applies it."""
    asked = ledger.preview(_existing(key))
    if request.method == "POST":
        if not asked.ready:
            messages.error(request, "名录有错误，改好后重新上传")
            return redirect("ledger-confirm", key=key)
        number = ledger.apply(asked, by=person_of(request), source=request.session.get("ledger_file", ""))
        _existing(key).unlink(missing_ok=True)
        record("导入名录", request=request, changed=number)
        messages.success(request, f"名录已更新，改动{number}行")
        return redirect("ledger")
    shown = [(row, line, _changed(row.cells, line.cells)) for row, line in asked.changed[:200]]
    return render(request, "console/ledger/preview.html", {"asked": asked, "changed": shown, "key": key})


@require_GET
@needs(Right.LEDGER_EDIT)
def errors(request: HttpRequest, key: str) -> HttpResponse:
    """The faulty rows as a workbook to work through."""
    asked = ledger.preview(_existing(key))
    stream = io.BytesIO()
    with xlsxwriter.Workbook(
        stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    ) as book:
        sheet = book.add_worksheet("错误")
        for column, (head, width) in enumerate((("文件", 24), ("行", 6), ("列", 16), ("问题", 50), ("怎么改", 50))):
            sheet.write_string(0, column, head, book.add_format({"bold": True}))
            sheet.set_column(column, column, width)
        for number, problem in enumerate(asked.report.problems, 1):
            for column, cell in enumerate(
                (problem.file, problem.row or "", problem.column, problem.message, problem.mend)
            ):
                sheet.write_string(number, column, str(cell))
    return _workbook(stream.getvalue(), "名录错误.xlsx")


@require_GET
@needs(Right.SEE)
def template(request: HttpRequest) -> HttpResponse:
    with tempfile.TemporaryDirectory() as place:
        path = Path(place) / "template.xlsx"
        write_template(path)
        return _workbook(path.read_bytes(), "名录模板.xlsx")


@require_GET
@needs(Right.LEDGER_EDIT)
def export(request: HttpRequest) -> HttpResponse:
    with tempfile.TemporaryDirectory() as place:
        folder = ledger.write_folder(Path(place) / "ledger")
        path = Path(place) / "ledger.xlsx"
        export_ledger(load(folder), path)
        record("导出名录", request=request)
        return _workbook(path.read_bytes(), "名录.xlsx")


def _workbook(content: bytes, name: str) -> HttpResponse:
    from urllib.parse import quote

    answer = HttpResponse(content, content_type=_XLSX)
    answer["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return answer


def _kept(key: str) -> Path:
    return Path(settings.UPLOADS) / "ledgers" / key / "名录.xlsx"  # its name stands in every message


def _existing(key: str) -> Path:
    if not _KEY.fullmatch(key) or not _kept(key).is_file():
        raise Http404
    return _kept(key)


def _count(sheet: str, units: frozenset[str] | None) -> int:
    rows = LedgerRow.objects.filter(sheet=sheet, removed=False)
    return rows.count() if units is None else rows.filter(Q(org__in=units) | Q(sheet="单位", name__in=units)).count()


def _changed(before: dict[str, str], after: object) -> list[tuple[str, str, str]]:
    new = dict(after)  # type: ignore[call-overload]
    return [
        (name, before.get(name, ""), new.get(name, ""))
        for name in {**before, **new}
        if before.get(name, "") != new.get(name, "")
    ]


def _differences(change: object) -> list[tuple[str, str, str]]:
    return _changed(getattr(change, "before", None) or {}, getattr(change, "after", None) or {})


def _tree(rows: object) -> list[dict[str, object]]:
    """Units under their superiors, each with what it runs."""
    listed = list(rows.order_by("order", "id"))  # type: ignore[attr-defined]
    full = {row.name: row.name for row in listed} | {
        row.cells["简称"]: row.name for row in listed if row.cells.get("简称")
    }
    runs: dict[str, int] = defaultdict(int)
    for org in LedgerRow.objects.filter(sheet__in=("网站", "新媒体"), removed=False).values_list("org", flat=True):
        runs[full.get(org, org)] += 1
    below: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in listed:
        parent = full.get(row.parent, "") if row.parent else ""
        below[parent].append(row)
    seen: set[int] = set()

    def branch(parent: str) -> list[dict[str, object]]:
        made = []
        for row in below[parent]:
            if row.pk not in seen:
                seen.add(row.pk)
                made.append({"row": row, "runs": runs[row.name], "below": branch(row.name)})
        return made

    return branch("")
