"""统计.xlsx: one sheet for every table, numbers as numbers, percentages as printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO

import xlsxwriter

from duwang.bulletin.render.reviews import harmless

_WIDEST = 60


@dataclass(frozen=True, slots=True)
class Table:
    """A table of statistics as people read it; `note` says how it was counted."""

    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""

    def values(self, title: str) -> list[str]:
        at = self.columns.index(title)
        return [row[at] for row in self.rows]


def statistics_xlsx(tables: Sequence[Table]) -> bytes:
    """The workbook, the same bytes for the same tables; empty tables have no sheet."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    )
    book.set_properties({"title": "统计", "created": datetime(2000, 1, 1)})
    base = {"font_name": "宋体", "font_size": 10.5, "border": 1, "border_color": "#C9D1DB", "valign": "vcenter"}
    title = book.add_format({"font_name": "黑体", "font_size": 14, "valign": "vcenter"})
    head = book.add_format(
        {**base, "bold": True, "bg_color": "#17407E", "font_color": "#FFFFFF", "text_wrap": True, "align": "center"}
    )
    cell = book.add_format({**base, "text_wrap": True})
    number = book.add_format({**base, "num_format": "0"})
    note = book.add_format({"font_name": "宋体", "font_size": 9.5, "font_color": "#5D6878"})
    filled = [table for table in tables if table.rows]
    for table in filled or [Table("统计", ("说明",), (("没有可统计的数据",),))]:
        sheet = book.add_worksheet(_sheet_name(table.title))
        sheet.write_string(0, 0, table.title, title)
        sheet.write_row(1, 0, table.columns, head)
        for at, row in enumerate(table.rows, 2):
            for column, text in enumerate(row):
                if text.isascii() and text.isdigit() and (len(text) < 10 and not (len(text) > 1 and text[0] == "0")):
                    sheet.write_number(at, column, int(text), number)
                else:
                    sheet.write_string(at, column, harmless(text), cell)
        if table.note:
            sheet.write_string(len(table.rows) + 2, 0, table.note, note)
        for column, name in enumerate(table.columns):
            widest = max((_width(row[column]) for row in table.rows), default=0)
            sheet.set_column(column, column, min(_WIDEST, max(_width(name), widest) + 2))
        sheet.freeze_panes(2, 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0, 1)
    book.close()
    return out.getvalue()


def _sheet_name(title: str) -> str:
    return "".join("、" if c in "[]:*?/\\" else c for c in title)[:31]


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)
