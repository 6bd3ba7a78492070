"""The workbook a clerk confirms once: the 网站 and 栏目 sheets of a ledger, the latter with 最近更新 and 把握."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import xlsxwriter

from duwang.flow.discovering import Discovered
from duwang.flow.registry.exporting import as_text, rows_of
from duwang.flow.registry.sheets import Heading, sheet_named

_ADDED = ("最近更新", "把握")
_WIDTHS = {"栏目名称": 24, "栏目网址": 56, "名称": 30, "首页网址": 40, "主办单位": 30, "责任单位": 24}
_FILLS = {"高": "#FFFFFF", "中": "#FFF8E1", "低": "#FDE9E7"}
_HINT = "把握：高＝名称和更新都看得出是栏目；中＝只看出一样；低＝没有读到列表，请逐条核对。核对后删去不要的行，改正类别、一级，即可作为名录使用。"
_LAST_ROW = 5000


def write_discovered(found: Discovered, path: Path) -> Path:
    """Write the workbook (.xlsx) and give its path back."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        text = {
            name: book.add_format({"num_format": "@", "bg_color": fill, "border": 1, "border_color": "#D9D9D9"})
            for name, fill in _FILLS.items()
        }
        head = book.add_format({"bold": True, "bg_color": "#DCE6F1", "border": 1, "align": "center"})
        _site(book.add_worksheet("网站"), found, head, text["高"])
        page = book.add_worksheet("栏目")
        sheet = sheet_named("栏目")
        names = [*_headings(sheet.headings), *_ADDED]
        page.freeze_panes(1, 2)
        page.write_row(0, 0, names, head)
        page.write_comment(0, len(names) - 1, _HINT, {"x_scale": 3})
        for number, row in enumerate(_rows(found), start=1):
            page.write_row(number, 0, row, text[row[-1]])
        for position, name in enumerate(names):
            page.set_column(position, position, _WIDTHS.get(name.rstrip("*"), 12))
        for position, heading in enumerate(sheet.headings):
            if heading.allowed:
                page.data_validation(
                    1, position, _LAST_ROW, position, {"validate": "list", "source": list(heading.allowed)}
                )
        page.set_landscape()
        page.fit_to_pages(1, 0)
        page.activate()
        page.autofilter(0, 0, max(1, len(found.columns)), len(names) - 1)
    return path


def _headings(headings: tuple[Heading, ...]) -> Iterator[str]:
    for heading in headings:
        yield heading.name + ("*" if heading.required else "")


def _rows(found: Discovered) -> Iterator[list[str]]:
    columns = [column for column, _ in found.columns]
    written = list(rows_of(sheet_named("栏目"), columns))[1:]
    for row, (_, proposed) in zip(written, found.columns, strict=True):
        yield [*row, as_text(proposed.last), proposed.sureness]


def _site(page: xlsxwriter.worksheet.Worksheet, found: Discovered, head: object, text: object) -> None:
    sheet = sheet_named("网站")
    page.write_row(0, 0, list(_headings(sheet.headings)), head)
    page.write_row(1, 0, list(rows_of(sheet, [found.site]))[1], text)
    for position, heading in enumerate(sheet.headings):
        page.set_column(position, position, _WIDTHS.get(heading.name, 14))
