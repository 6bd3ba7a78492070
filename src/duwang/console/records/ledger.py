"""The ledger in the database ↔ the sheets people write: preview of an import, applying it, and the folder an inspection reads."""

from __future__ import annotations

import csv
import tempfile
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import transaction

from duwang.console.people.models import Person
from duwang.console.records.models import LedgerChange, LedgerRow
from duwang.flow.registry import Report, RowProblem, check, load
from duwang.flow.registry.exporting import as_text
from duwang.flow.registry.sheets import SHEETS, Sheet
from duwang.model.registry import Registry

_ATTRIBUTES = {
    "单位": "orgs", "网站": "sites", "栏目": "columns", "新媒体": "accounts", "报备": "declarations", "信件": "letters", "任务": "tasks",
}  # fmt: skip
_NAMES = {
    "单位": "名称",
    "网站": "名称",
    "栏目": "栏目名称",
    "新媒体": "名称",
    "报备": "对象",
    "信件": "标题",
    "任务": "名称或栏目",
}
_ORGS = {"单位": "名称", "网站": "主办单位", "栏目": "责任单位", "新媒体": "主办单位", "信件": "答复单位"}
_PARENTS = {"单位": "上级单位", "网站": "主管单位", "栏目": "网站标识码", "新媒体": "主管单位"}
_KINDS = {
    "单位": "类型",
    "网站": "类型",
    "栏目": "类别",
    "新媒体": "平台",
    "报备": "类型",
    "信件": "来源",
    "任务": "类型",
}


@dataclass(frozen=True, slots=True)
class Line:
    """One line as written: `cells` maps headings to texts."""

    sheet: str
    key: str
    cells: Mapping[str, str]

    @property
    def name(self) -> str:
        return self.cells.get(_NAMES[self.sheet], "") or self.key


@dataclass(frozen=True, slots=True)
class Preview:
    """What an import would do. `report` holds the row-by-row messages; with problems nothing can be applied."""

    report: Report
    new: tuple[Line, ...] = ()
    changed: tuple[tuple[LedgerRow, Line], ...] = ()
    removed: tuple[LedgerRow, ...] = ()
    same: int = 0
    lines: tuple[Line, ...] = field(default=(), repr=False)

    @property
    def ready(self) -> bool:
        return not self.report.problems


def preview(path: Path) -> Preview:
    """Read a workbook or folder and hold it against the ledger; sheets that are not in the file are left as they are."""
    report = check(path)
    if report.problems:
        return Preview(report)
    lines = tuple(lines_of(load(path)))
    kept = {(row.sheet, row.key): row for row in LedgerRow.objects.filter(removed=False)}
    sheets = {line.sheet for line in lines}
    new, changed, same = [], [], 0
    for line in lines:
        row = kept.pop((line.sheet, line.key), None)
        if row is None:
            new.append(line)
        elif row.cells != line.cells:
            changed.append((row, line))
        else:
            same += 1
    removed = tuple(row for row in kept.values() if row.sheet in sheets)
    return Preview(report, tuple(new), tuple(changed), removed, same, lines)


@transaction.atomic
def apply(asked: Preview, *, by: Person | None, source: str) -> int:
    """Write what the preview showed; returns how many lines changed. Lines that are gone are marked, never deleted."""
    if not asked.ready:
        raise ValueError("名录有错误，不能导入")
    before = {(row.sheet, row.key): row for row in LedgerRow.objects.all()}
    changes: list[LedgerChange] = []
    for order, line in enumerate(asked.lines):
        row = before.get((line.sheet, line.key))
        old = None if row is None or row.removed else row.cells
        if row is not None and old == line.cells:
            continue
        row = row or LedgerRow(sheet=line.sheet, key=line.key)
        _fill(row, line, order)
        row.save()
        changes.append(LedgerChange(row=row, by=by, before=old, after=dict(line.cells), source=source))
    for row in asked.removed:
        row.removed = True
        row.save(update_fields=["removed", "changed_at"])
        changes.append(LedgerChange(row=row, by=by, before=row.cells, after=None, source=source))
    LedgerChange.objects.bulk_create(changes)
    return len(changes)


@dataclass(frozen=True, slots=True)
class Trial:
    """One line as it would be: `problems` say why the ledger would not do, `warnings` what deserves a look, `line` is what it
    would become."""

    problems: tuple[RowProblem, ...]
    warnings: tuple[RowProblem, ...] = ()
    line: Line | None = None


def try_row(row: LedgerRow, cells: Mapping[str, str]) -> Trial:
    """Hold one changed, new or removed line against the whole ledger; nothing is saved."""
    tried = LedgerRow(pk=row.pk, sheet=row.sheet, cells=dict(cells), removed=row.removed)
    with tempfile.TemporaryDirectory() as place:
        folder = write_folder(Path(place) / "名录", tried=tried)
        report = check(folder)
        if report.problems or row.removed:
            return Trial(report.problems)
        lines = [line for line in lines_of(load(folder)) if line.sheet == row.sheet]
    before = LedgerRow.objects.filter(sheet=row.sheet, removed=False)
    at = list(before.order_by("order", "id").values_list("pk", flat=True)).index(row.pk) if row.pk else len(lines) - 1
    own = tuple(one for one in report.warnings if one.file.startswith(row.sheet) and one.row == at + 2)
    return Trial((), own, lines[at])


@transaction.atomic
def save_row(row: LedgerRow, line: Line | None, *, by: Person, source: str) -> LedgerRow:
    """Write one tried line (None = removed) with its history."""
    before = dict(row.cells) if row.pk else None
    if line is None:
        row.removed = True
        row.save(update_fields=["removed", "changed_at"])
    else:
        last = LedgerRow.objects.filter(sheet=row.sheet).order_by("-order").values_list("order", flat=True).first()
        gone = LedgerRow.objects.filter(sheet=row.sheet, key=line.key, removed=True).first() if row.pk is None else None
        row = gone or row
        _fill(row, line, row.order if before is not None else (last or 0) + 1)
        row.key = line.key
        row.save()
    LedgerChange.objects.create(
        row=row, by=by, before=before, after=None if line is None else dict(line.cells), source=source
    )
    return row


def lines_of(registry: Registry) -> Iterator[Line]:
    """Every record of a ledger as a line, in sheet order."""
    for sheet in SHEETS:
        for record in getattr(registry, _ATTRIBUTES[sheet.name]):
            cells = {heading.name: as_text(getattr(record, heading.field)) for heading in sheet.headings}
            yield Line(sheet.name, _key(sheet, record, cells), cells)


def write_folder(folder: Path, *, tried: LedgerRow | None = None) -> Path:
    """The ledger as CSVs for an inspection: the same files that `duwang inspect` reads. `tried`: a line that is not saved yet
    stands in place of its kept one, a new one at the end of its sheet, a removed one nowhere."""
    folder.mkdir(parents=True, exist_ok=True)
    rows: dict[str, list[LedgerRow]] = defaultdict(list)
    for row in LedgerRow.objects.filter(removed=False).order_by("order", "id"):
        kept = tried if tried is not None and tried.pk == row.pk else row
        if not kept.removed:
            rows[row.sheet].append(kept)
    if tried is not None and tried.pk is None:
        rows[tried.sheet].append(tried)
    for sheet in SHEETS:
        path = folder / f"{sheet.name}.csv"
        path.unlink(missing_ok=True)
        if rows[sheet.name]:
            headings = [heading.name for heading in sheet.headings]
            with path.open("w", encoding="utf-8-sig", newline="") as stream:
                writer = csv.writer(stream)
                writer.writerow(headings)
                writer.writerows([row.cells.get(name, "") for name in headings] for row in rows[sheet.name])
    return folder


def registry(folder: Path) -> Registry:
    """The ledger as the verbs take it, by way of its CSV folder."""
    return load(write_folder(folder))


def subtree(root: str) -> set[str]:
    """The unit and all units below it; an unknown unit is only itself."""
    children: dict[str, list[str]] = defaultdict(list)
    full: dict[str, str] = {}
    rows = list(LedgerRow.objects.filter(sheet="单位", removed=False).values_list("name", "parent", "cells"))
    for name, _, cells in rows:
        full[name] = name
        if cells.get("简称"):
            full.setdefault(cells["简称"], name)
    for name, parent, _ in rows:
        if parent:
            children[full.get(parent, parent)].append(name)
    found, waiting = set(), [full.get(root, root)]
    while waiting:
        unit = waiting.pop()
        if unit not in found:
            found.add(unit)
            waiting += children[unit]
    return found


def org_of(line: Line) -> str:
    """The unit that answers for a line, as written; empty where the sheet names none."""
    return line.cells.get(_ORGS.get(line.sheet, ""), "")


def _key(sheet: Sheet, record: Any, cells: Mapping[str, str]) -> str:
    if sheet.name in ("报备", "任务"):
        return "|".join(cells.get(name, "") for name in ("类型", "对象", "起", "名称或栏目", "期限"))[:300]
    return str(record.ref)[:300]


def _fill(row: LedgerRow, line: Line, order: int) -> None:
    cells = line.cells
    row.name = line.name[:300]
    row.org = cells.get(_ORGS.get(line.sheet, ""), "")[:200]
    row.parent = cells.get(_PARENTS.get(line.sheet, ""), "")[:300]
    row.kind = cells.get(_KINDS[line.sheet], "")[:40]
    row.state = cells.get("状态", "")[:20]
    row.cells, row.order, row.removed = dict(cells), order, False
