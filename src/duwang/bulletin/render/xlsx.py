"""The annexes as one workbook: a sheet for each, text stays text, nothing is taken for a formula."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from duwang.bulletin.render.layout import annex_label
from duwang.bulletin.render.widths import widths
from duwang.bulletin.tree import Annex, Bulletin

_NO_DAY = date(1980, 1, 1)
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_ACROSS, _ACROSS_WIDE = 92.0, 134.0
_CODES = ("码", "号", "电话", "指纹", "编号")
_COUNTS = ("数", "条", "件", "个", "处", "家", "合计", "序号")
_NUMBER = re.compile(r"(0|[1-9]\d{0,8})$")
_MOST_CELL = 32_767
_CHAR, _LINE, _TALLEST, _MANY = 2.2, 16.5, 400.0, 6


def render_xlsx(bulletin: Bulletin) -> bytes:
    """附件.xlsx: the printed annexes in order, behind them the tables that figures are counted from."""
    made = BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(made, options)
    day = bulletin.head.day or _NO_DAY
    book.set_properties(
        {"title": " ".join(bulletin.head.title.split()), "created": datetime(day.year, day.month, day.day)}
    )
    looks = _looks(book)
    annexes = sorted(bulletin.annexes, key=lambda annex: not annex.printed)
    for annex, name in zip(annexes, _names(bulletin, annexes), strict=True):
        _fill(book.add_worksheet(name), annex, bulletin, looks)
    if not annexes:
        book.add_worksheet("附件").write_string(0, 0, "这份通报没有附件")
    book.close()
    return made.getvalue()


def _names(bulletin: Bulletin, annexes: list[Annex]) -> Iterator[str]:
    """附件1 政府网站检查情况; names are cut to 31 characters and never twice the same."""
    taken: set[str] = set()
    for annex in annexes:
        lead = annex_label(bulletin, annex) if annex.printed else "核算"
        name = wanted = _FORBIDDEN.sub("", f"{lead} {annex.title}").strip()[:_LONGEST_NAME]
        number = 2
        while name.lower() in taken:
            name, number = f"{wanted[: _LONGEST_NAME - 3]}({number})", number + 1
        taken.add(name.lower())
        yield name


def _fill(sheet: Any, annex: Annex, bulletin: Bulletin, looks: dict[str, Any]) -> None:
    last = max(len(annex.columns) - 1, 0)
    _title(sheet, annex, bulletin, last, looks)
    across = _ACROSS_WIDE if _is_wide(annex) else _ACROSS
    columns = widths(annex, across, char=_CHAR, margins=1.5) if annex.columns else []
    for at, width in enumerate(columns):
        sheet.set_column(at, at, width)
    sheet.set_row(1, _height([column.title for column in annex.columns], columns))
    for at, column in enumerate(annex.columns):
        sheet.write_string(1, at, column.title, looks["head"])
    spans = annex.spans()
    covered = {(row + k, column) for (row, column), count in spans.items() for k in range(1, count)}
    numeric = {at for at in range(len(annex.columns)) if _is_count(annex, at)}
    for row, cells in enumerate(annex.rows):
        alone = [text for at, text in enumerate(cells) if (row, at) not in spans and (row, at) not in covered]
        room = [width for at, width in enumerate(columns) if (row, at) not in spans and (row, at) not in covered]
        sheet.set_row(row + 2, _height(alone, room))
        for at, text in enumerate(cells):
            look = looks["middle" if annex.columns[at].centred or at in numeric else "cell"]
            if (row, at) in covered:
                continue
            if (row, at) in spans:
                sheet.merge_range(row + 2, at, row + 1 + spans[row, at], at, "", looks["middle"])
                look = looks["middle"]
            if at in numeric and text:
                sheet.write_number(row + 2, at, int(text), look)
            else:
                sheet.write_string(row + 2, at, text[:_MOST_CELL], look)
    for number, text in enumerate(annex.note.splitlines()):
        sheet.write_string(len(annex.rows) + 3 + number, 0, text, looks["note"])
    sheet.freeze_panes(2, 0)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{_letters(last)}{len(annex.rows) + 2}"})
    _page(sheet, annex)


def _height(texts: list[str], columns: list[float]) -> float:
    """Points that the tallest cell needs: a row with merged cells does not grow by itself."""
    lines = [
        sum(max(1, -(-int(_length(line) * _CHAR * 10) // int((width - 1) * 10))) for line in text.splitlines() or [""])
        for text, width in zip(texts, columns, strict=True)
    ]
    return min(_LINE * max(lines, default=1) + 6, _TALLEST)


def _length(text: str) -> float:
    return sum(0.55 if char.isascii() else 1.0 for char in text)


def _is_wide(annex: Annex) -> bool:
    return annex.landscape or (not annex.printed and len(annex.columns) > _MANY)


def _title(sheet: Any, annex: Annex, bulletin: Bulletin, last: int, looks: dict[str, Any]) -> None:
    text = annex.title if annex.printed else f"{annex.title}（核算用，不随通报印发）"
    if last:
        sheet.merge_range(0, 0, 0, last, "", looks["title"])
    sheet.write_string(0, 0, text, looks["title"])
    sheet.set_row(0, 34)


def _page(sheet: Any, annex: Annex) -> None:
    sheet.set_paper(9)
    if _is_wide(annex):
        sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0, 1)
    sheet.set_footer("&C— &P —")


def _is_count(annex: Annex, at: int) -> bool:
    """True for a column of counts; identifiers stay text whatever they look like."""
    title = annex.columns[at].title
    if title != "序号" and (title.endswith(_CODES) or not title.endswith(_COUNTS)):
        return False
    return all(not row[at] or _NUMBER.match(row[at]) for row in annex.rows)


def _letters(column: int) -> str:
    high, low = divmod(column, 26)
    return (chr(64 + high) if high else "") + chr(65 + low)


def _looks(book: Any) -> dict[str, Any]:
    cell = {"font_name": "仿宋", "font_size": 12, "border": 1, "text_wrap": True, "valign": "vcenter"}
    return {
        "cell": book.add_format({**cell, "align": "left"}),
        "middle": book.add_format({**cell, "align": "center"}),
        "head": book.add_format({**cell, "font_name": "黑体", "align": "center", "bg_color": "#F2F2F2"}),
        "title": book.add_format(
            {"font_name": "方正小标宋简体", "font_size": 18, "align": "center", "valign": "vcenter"}
        ),
        "note": book.add_format({"font_name": "仿宋", "font_size": 12}),
    }
