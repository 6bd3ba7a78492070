"""Office files of 2003 saved as one XML file: spreadsheets, and Word documents (also the flat package)."""

from __future__ import annotations

from collections.abc import Iterable

from duwang.reading.office.docx import blocks, write_blocks
from duwang.reading.office.extract import Extract, Pieces
from duwang.reading.office.markup import Event, events, local
from duwang.reading.office.workbook import write_sheet

_MAX_COLUMNS = 2000


def read(body: bytes) -> Extract:
    """Sheets with their names, or paragraphs and tables."""
    pieces = Pieces()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in body[:4096]:
        sheets = _sheets(events([body]))
        for name, rows in sheets:
            write_sheet(pieces, name, rows, titled=len(sheets) > 1)
    else:
        write_blocks(blocks(events([body])), pieces)
    return pieces.extract()


def _sheets(stream: Iterable[Event]) -> list[tuple[str, list[list[str]]]]:
    sheets: list[tuple[str, list[list[str]]]] = []
    inside = False
    for event in stream:
        rows = sheets[-1][1] if sheets else []
        if event.kind == "text":
            if inside and rows and rows[-1]:
                rows[-1][-1] += event.text
        elif event.name == "Data":
            inside = event.kind == "start"
        elif event.kind == "end":
            continue
        elif event.name == "Worksheet":
            sheets.append((local(event.attributes, "Name"), []))
        elif event.name == "Row" and sheets:
            rows.append([])
        elif event.name == "Cell" and rows:
            index = local(event.attributes, "Index")
            wanted = min(int(index), _MAX_COLUMNS) if index.isdigit() else 0
            rows[-1].extend([""] * max(1, wanted - len(rows[-1])))
    return sheets
