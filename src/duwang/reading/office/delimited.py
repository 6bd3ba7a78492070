"""CSV and tab-separated text: one table."""

from __future__ import annotations

import csv
import io

from duwang.reading.office.extract import Extract, Pieces, Unreadable
from duwang.reading.office.plain import decode


def read(body: bytes) -> Extract:
    """Rows of cells; the separator is the one that the first lines use most."""
    text = decode(body)
    head = "\n".join(text.split("\n", 5)[:5])
    delimiter = max(",\t;|", key=head.count)
    csv.field_size_limit(16 * 1024 * 1024)
    pieces = Pieces()
    try:
        pieces.table(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise Unreadable("damaged", "CSV格式读不通") from error
    return pieces.extract()
