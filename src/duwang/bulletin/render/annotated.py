"""Comments put into the docx that was handed in: its own formatting, tables and pictures stay as they are."""

from __future__ import annotations

import copy
import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from itertools import pairwise
from typing import Any

from docx import Document
from docx.oxml.ns import qn
from docx.text.run import Run

from duwang.bulletin.render.commented import AUTHOR, INITIALS, Comment
from duwang.bulletin.render.packing import with_fixed_times

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_LEFT_OUT = (qn("w:del"), qn("w:moveFrom"), "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
_FAR = 4000
_ENOUGH = 0.6


@dataclass(frozen=True, slots=True)
class _Place:
    """A paragraph found in the body text: its offset there, its text, and its runs of text with their offsets inside it."""

    start: int
    text: str
    runs: tuple[tuple[int, int, Any], ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)


def annotated_docx(original: bytes, body: str, comments: Sequence[Comment]) -> bytes | None:
    """The docx with a comment at every place; None when too little of `body` is found in it to anchor them rightly."""
    try:
        document = Document(BytesIO(original))
    except (KeyError, ValueError, OSError):
        return None
    except Exception as error:  # what the library raises for a package it does not know
        if type(error).__module__.startswith(("docx", "lxml", "zipfile")):
            return None
        raise
    places = list(_places(document, body))
    if sum(len(place.text) for place in places) < _ENOUGH * len(re.sub(r"\s", "", body)):
        return None
    starts = [place.start for place in places]
    for start, end, message, suggestion in sorted(comments, reverse=True):
        runs = _anchored(places, starts, start, max(end, start + 1))
        if runs is not None:
            comment = document.add_comment(runs, text=_told(message, suggestion), author=AUTHOR, initials=INITIALS)
            comment._comment_elm.attrib.pop(qn("w:date"), None)
    written = BytesIO()
    document.save(written)
    return with_fixed_times(written.getvalue())


def _places(document: Any, body: str) -> Iterator[_Place]:
    """The paragraphs in order, each sought behind the one before."""
    at = 0
    for element in document.element.body.iter(qn("w:p")):
        if any(above.tag in _LEFT_OUT for above in element.iterancestors()):
            continue
        runs = tuple(_runs(element))
        whole = "".join(text for _, text in runs)
        bare = whole.strip(" \u3000\r\n\t")
        if not bare:
            continue
        found = body.find(bare, at, at + len(bare) + _FAR)
        if found < 0:
            found = body.find(bare, max(0, at - _FAR), at + len(bare))
        if found < 0:
            continue
        skipped = whole.index(bare)
        placed, offset = [], -skipped
        for run, text in runs:
            placed.append((offset, offset + len(text), run))
            offset += len(text)
        yield _Place(found, bare, tuple(placed))
        at = max(at, found + len(bare))


def _runs(paragraph: Any) -> Iterator[tuple[Any, str]]:
    """The paragraph's own runs with their texts; those of text boxes inside it belong to their own paragraphs."""
    for run in paragraph.iter(qn("w:r")):
        owner = next(above for above in run.iterancestors() if above.tag == qn("w:p"))
        if owner is paragraph and not any(above.tag in _LEFT_OUT for above in run.iterancestors()):
            text = "".join(_BREAKS.get(child.tag, child.text or "" if child.tag == qn("w:t") else "") for child in run)
            if text:
                yield run, text


def _anchored(places: list[_Place], starts: list[int], start: int, end: int) -> tuple[Run, Run] | None:
    """The first and last run of the range, cut to it where a run holds nothing but text."""
    at = bisect_right(starts, start) - 1
    if at < 0:
        return None
    first = places[at]
    if start >= first.end:
        return None
    last = places[max(at, bisect_right(starts, end - 1) - 1)]
    opening = _cut(places, at, start - first.start, min(end, first.end) - first.start)
    if opening is None:
        return None
    if last is first or end - 1 >= last.end:
        return Run(opening[0], None), Run(opening[1], None)  # type: ignore[arg-type]
    closing = _cut(places, places.index(last), 0, end - last.start)
    return (Run(opening[0], None), Run((closing or opening)[1], None))  # type: ignore[arg-type]


def _cut(places: list[_Place], at: int, start: int, end: int) -> tuple[Any, Any] | None:
    """The runs that hold [start, end) of a paragraph, parted at its edges."""
    place = places[at]
    runs: list[tuple[int, int, Any]] = []
    for begin, finish, run in place.runs:
        inner = [edge for edge in (start, end) if begin < edge < finish]
        runs += _parted(begin, finish, run, inner) if inner and _only_text(run) else [(begin, finish, run)]
    places[at] = _Place(place.start, place.text, tuple(runs))
    held = [run for begin, finish, run in runs if begin < end and finish > start]
    return (held[0], held[-1]) if held else None


def _only_text(run: Any) -> bool:
    return sum(child.tag == qn("w:t") for child in run) == 1 and all(
        child.tag in (qn("w:t"), qn("w:rPr")) for child in run
    )


def _parted(begin: int, finish: int, run: Any, inner: list[int]) -> list[tuple[int, int, Any]]:
    text = run.find(qn("w:t")).text or ""
    edges = [begin, *inner, finish]
    made: list[tuple[int, int, Any]] = []
    for left, right in pairwise(edges):
        piece = run if left == begin else copy.deepcopy(run)
        if left > begin:
            made[-1][2].addnext(piece)
        made.append((left, right, piece))
    for left, right, piece in made:
        words = piece.find(qn("w:t"))
        words.text = text[left - begin : right - begin]
        words.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    return made


def _told(message: str, suggestion: str | None) -> str:
    if suggestion is None:
        return _ILLEGAL.sub("", message)
    advice = f"建议改为“{suggestion}”" if suggestion else "建议删去"
    return _ILLEGAL.sub("", message if advice in message else f"{message.rstrip('。')}。{advice}")
