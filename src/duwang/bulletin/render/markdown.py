"""The notice as Markdown: for reading on a screen, comparing and keeping beside code."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.bulletin.render.layout import Line, Role, annex_label, lines_of
from duwang.bulletin.tree import Annex, Bulletin

_SPECIAL = re.compile(r"([\\`*_<>\[\]|~])")
_LIST_START = re.compile(r"^([#+-]|\d+[.)](?= ))")


def render_markdown(bulletin: Bulletin) -> str:
    """The text, ending with a line break; merged cells repeat their text in every row."""
    blocks = [*_blocks(bulletin)]
    for annex in bulletin.printed_annexes():
        blocks += _annex(bulletin, annex)
    blocks += [_escaped("　".join(row)) for row in bulletin.colophon.lines()]
    return "\n\n".join(block for block in blocks if block) + "\n"


def _blocks(bulletin: Bulletin) -> Iterator[str]:
    lines = lines_of(bulletin)
    yield from (_escaped(line.text) for line in lines if line.role is Role.DRAFT)
    for role in (Role.MARK, Role.NUMBER):
        if bulletin.head.mark:
            yield from (_escaped(line.text) for line in lines if line.role is role)
    yield f"# {_escaped(''.join(line.text for line in lines if line.role is Role.TITLE))}"
    for line in lines:
        if line.role in (Role.RULE, Role.TITLE, Role.DRAFT) or (
            bulletin.head.mark and line.role in (Role.MARK, Role.NUMBER)
        ):
            continue
        yield _line(line)


def _line(line: Line) -> str:
    text = _escaped(line.text)
    if line.role is Role.HEADING and len(line.runs) == 1 and line.level <= 2:
        return f"{'#' * (line.level + 1)} {text}"
    return text


def _annex(bulletin: Bulletin, annex: Annex) -> Iterator[str]:
    yield f"## {annex_label(bulletin, annex)}　{_escaped(annex.title)}"
    if annex.rows:
        heads = [column.title for column in annex.columns]
        rows = [heads, *(list(row) for row in annex.rows)]
        printed = [f"| {' | '.join(_cell(cell) for cell in row)} |" for row in rows]
        printed.insert(1, f"|{'|'.join(':-:' if column.centred else '---' for column in annex.columns)}|")
        yield "\n".join(printed)
    yield "\n\n".join(_escaped(text) for text in annex.note.splitlines())


def _cell(text: str) -> str:
    return "<br>".join(_escaped(line) for line in text.splitlines())


def _escaped(text: str) -> str:
    return _LIST_START.sub(r"\\\1", _SPECIAL.sub(r"\\\1", text))
