"""Registry → the sheets a clerk edits: a folder of CSVs or one workbook, all cells text, the clerk's own columns at the end."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter

from duwang.flow.registry.sheets import SHEETS, Sheet
from duwang.model.registry import Registry


def export(registry: Registry, path: Path | str) -> Path:
    """Write the ledger: one workbook when `path` ends in .xlsx, else a folder of CSVs (UTF-8 with BOM). Sheets without records are left out."""
    target = Path(path)
    filled = [(sheet, _table(registry, sheet)) for sheet in SHEETS if _records(registry, sheet)]
    if target.suffix.lower() == ".xlsx":
        _workbook(target, filled)
    else:
        _folder(target, filled)
    return target


def rows_of(sheet: Sheet, records: Iterable[Any]) -> Iterator[list[str]]:
    """The heading row, then one row of texts for each record."""
    yield [heading.name for heading in sheet.headings]
    for record in records:
        yield [as_text(getattr(record, heading.field)) for heading in sheet.headings]


def as_text(value: Any) -> str:
    """A field as a sheet shows it; unknown is empty."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return value.isoformat() if isinstance(value, date) else str(value)


def _table(registry: Registry, sheet: Sheet) -> list[list[str]]:
    """Headings and rows with the columns that only this ledger has; a part of a ledger no longer knows whose cells they were."""
    head, *rows = rows_of(sheet, _records(registry, sheet))
    own = registry.extra_cells.get(sheet.name, ())
    if len(own) != len(rows):
        return [head, *rows]
    return [[*head, *registry.extra[sheet.name]], *([*row, *more] for row, more in zip(rows, own, strict=True))]


def _records(registry: Registry, sheet: Sheet) -> tuple[Any, ...]:
    return {
        "单位": registry.orgs,
        "网站": registry.sites,
        "栏目": registry.columns,
        "新媒体": registry.accounts,
        "报备": registry.declarations,
        "信件": registry.letters,
        "任务": registry.tasks,
    }[sheet.name]


def _folder(target: Path, tables: Iterable[tuple[Sheet, list[list[str]]]]) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for sheet, rows in tables:
        with (target / f"{sheet.name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(rows)


def _workbook(target: Path, tables: Iterable[tuple[Sheet, list[list[str]]]]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(target), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        text = book.add_format({"num_format": "@"})
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1})
        for sheet, rows in tables:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            page.set_column(0, len(rows[0]) - 1, 18, text)
            for number, row in enumerate(rows):
                for position, cell in enumerate(row):
                    page.write_string(number, position, cell, text if number else head)
