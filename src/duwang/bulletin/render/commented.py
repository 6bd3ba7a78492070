"""A checked text as docx with real comments, each anchored at the characters it speaks of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from docx import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt
from docx.text.paragraph import Paragraph

from duwang.bulletin.render.packing import with_fixed_times

AUTHOR, INITIALS = "读网", "读"
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile(r"\r\n|\r|\n|\u2028|\u2029")
_NO_DAY = date(1980, 1, 1)

Comment = tuple[int, int, str, str | None]


def write_commented(body: str, comments: Sequence[Comment], path: Path, *, title: str, on: date | None = None) -> None:
    """Write `body` with comments `(start, end, message, suggestion)`; offsets are code points of `body`. Comments may overlap
    and cross paragraphs; an empty one is anchored at the character before it. `on` dates the comments."""
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(path.name + ".new")
    fresh.write_bytes(commented_docx(body, comments, title=title, on=on))
    fresh.replace(path)


def commented_docx(body: str, comments: Sequence[Comment], *, title: str, on: date | None = None) -> bytes:
    """The docx file."""
    document = Document()
    _set_up(document)
    document.core_properties.title = title
    document.core_properties.author = AUTHOR
    document.core_properties.comments = ""
    moment = datetime.combine(on or _NO_DAY, time(), tzinfo=UTC)
    document.core_properties.created = document.core_properties.modified = moment
    placed = sorted(
        (*_anchor(start, end, len(body)), message, suggestion) for start, end, message, suggestion in comments
    )
    runs = _write(document, body, placed)
    starts = [start for start, _, _ in runs]
    for start, end, message, suggestion in placed:
        first, last = _found(runs, starts, start), _found(runs, starts, end - 1)
        if first is not None and last is not None:
            comment = document.add_comment(
                [first, last], text=_told(message, suggestion), author=AUTHOR, initials=INITIALS
            )
            _dated(comment._comment_elm, on)
    written = BytesIO()
    document.save(written)
    return with_fixed_times(written.getvalue())


def _anchor(start: int, end: int, length: int) -> tuple[int, int]:
    """At least one character inside the text."""
    start = max(0, min(start, length))
    end = max(start, min(end, length))
    if start == end:
        return (start - 1, start) if start else (0, min(1, length))
    return start, end


def _dated(element: Any, on: date | None) -> None:
    """The library writes the clock's time; without a day none is printed."""
    element.attrib.pop(qn("w:date"), None)
    if on is not None:
        element.set(qn("w:date"), f"{on.isoformat()}T00:00:00Z")


def _told(message: str, suggestion: str | None) -> str:
    if suggestion is None:
        return _ILLEGAL.sub("", message)
    advice = f"建议改为“{suggestion}”" if suggestion else "建议删去"
    return _ILLEGAL.sub("", message if advice in message else f"{message.rstrip('。')}。{advice}")


def _write(document: Any, body: str, placed: Sequence[tuple[int, int, str, str | None]]) -> list[tuple[int, int, Any]]:
    """One paragraph a line, cut into runs where comments begin and end; the runs with their offsets."""
    cuts = sorted({place for start, end, _, _ in placed for place in (start, end)})
    runs = []
    end_of_text = document.element.body.sectPr
    for begin, finish in _paragraphs(body):
        element = OxmlElement("w:p")
        end_of_text.addprevious(element)
        written = Paragraph(element, document._body)
        inner = cuts[bisect_right(cuts, begin) : bisect_right(cuts, finish - 1)]
        edges = [begin, *inner, finish]
        for start, end in pairwise(edges):
            if end > start:
                runs.append((start, end, written.add_run(_ILLEGAL.sub("�", body[start:end]))))
    return runs


def _paragraphs(body: str) -> Iterator[tuple[int, int]]:
    at = 0
    for found in _BREAK.finditer(body):
        yield at, found.start()
        at = found.end()
    yield at, len(body)


def _found(runs: Sequence[tuple[int, int, Any]], starts: Sequence[int], place: int) -> Any | None:
    """The run that holds a place; a line break belongs to the run before it."""
    at = bisect_right(starts, place) - 1
    return runs[at][2] if at >= 0 else runs[0][2] if runs else None


def _set_up(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), "仿宋_GB2312")
    normal.paragraph_format.space_after = Pt(0)
