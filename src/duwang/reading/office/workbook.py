"""xlsx, xlsb, xls, et, ods: cells of every sheet, hidden ones too, numbers as people see them."""

from __future__ import annotations

import io
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any

import python_calamine

from duwang.reading.office.extract import Extract, Pieces, Unreadable

_WIDEST = 40


def read(body: bytes) -> Extract:
    """One table per sheet, behind the sheet's name."""
    pieces = Pieces()
    try:
        with python_calamine.load_workbook(io.BytesIO(body)) as book:
            several = len(book.sheet_names) > 1
            for name in book.sheet_names:
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=True)
                write_sheet(pieces, name, rows, titled=several)
    except python_calamine.PasswordError as error:
        raise Unreadable("encrypted", "工作簿加了密码") from error
    except (python_calamine.CalamineError, OSError, ValueError) as error:
        raise Unreadable("damaged", "工作簿损坏") from error
    return pieces.extract()


def write_sheet(pieces: Pieces, name: str, rows: Iterable[Iterable[Any]], *, titled: bool) -> None:
    """The sheet's name as a line (when there are several) and its rows: those with cells side by side as wide as the sheet, so that
    each cell stays under its heading; others without trailing empty cells."""
    texts = [_trimmed([as_text(cell) for cell in row]) for row in rows]
    width = min(max(map(len, texts), default=0), _WIDEST)
    texts = [cells + [""] * (width - len(cells)) if sum(map(bool, cells)) > 1 else cells for cells in texts]
    if not any(texts):
        return
    if titled:
        pieces.paragraph(name)
    pieces.table(texts, name=name)


def as_text(cell: Any) -> str:
    """A cell as printed: whole numbers without `.0`, identifiers in full, dates as YYYY-MM-DD."""
    if cell is None:
        return ""
    if isinstance(cell, str):
        return cell
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        if cell.is_integer() and abs(cell) < 1e21:
            return str(int(cell))
        return format(cell, ".15g")
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell) if isinstance(cell, int | time | timedelta) else ""


def _trimmed(cells: list[str]) -> list[str]:
    while cells and not cells[-1].strip():
        cells.pop()
    return cells
