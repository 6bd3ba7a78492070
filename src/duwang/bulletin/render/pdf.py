"""The notice as PDF through typst: the fixed form, 22 lines of 28 characters."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time
from pathlib import Path

import typst

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.render.faces import Faces
from duwang.bulletin.render.layout import CLOSING, Line, Role, annex_label, lines_of, signing_indents
from duwang.bulletin.render.titles import title_lines
from duwang.bulletin.render.widths import widths
from duwang.bulletin.tree import Annex, Bulletin, Run

_PRELUDE = Path(__file__).parent / "通报.typ"
_TEXT_MM, _WIDE_MM = 156.0, 225.0
_CHAR_MM, _MARGINS_MM = 4.24, 3.3
_MARK_POINTS = 48.0
_WHOLE_ROW = 300  # a row whose cells have no more characters is never torn over two pages
_NO_DAY = date(1980, 1, 1)
_NAMES = {"仿宋": "fang", "楷体": "kai", "黑体": "hei", "小标宋": "biao", "宋体": "song"}


def render_pdf(bulletin: Bulletin, *, faces: Faces) -> bytes:
    """The PDF file, the same bytes for the same notice and fonts."""
    start = "\n".join((*_fonts(faces), _PRELUDE.read_text("utf-8")))
    moment = datetime.combine(bulletin.head.day or _NO_DAY, time(), tzinfo=UTC)
    try:
        source = "\n".join((start, *_pieces(bulletin, _foot(bulletin, start, faces))))
        made = typst.compile(
            source.encode(), font_paths=faces.store, format="pdf", timestamp=int(moment.timestamp()), package_path="/nowhere"
        )  # fmt: skip
    except typst.TypstError as fault:
        raise BulletinFault(f"PDF没有写出：排版出错（{fault}）") from None
    assert isinstance(made, bytes)
    return made


def _fonts(faces: Faces) -> Iterator[str]:
    for role, name in _NAMES.items():
        yield f"#let {name} = ({''.join(f'{_text(family)}, ' for family in faces.order(role))})"
    yield f"#let bold = {'true' if faces.bold else 'false'}"


def _foot(bulletin: Bulletin, start: str, faces: Faces) -> str:
    """The 版记, which stands on an even page: it has one of its own when the notice ends on an odd one."""
    rows = bulletin.colophon.lines()
    if not rows:
        return ""
    source = "\n".join((start, *_pieces(bulletin, "#ending()")))
    ends = typst.query(
        source.encode(), "<ending>", field="value", one=True, font_paths=faces.store, package_path="/nowhere"
    )
    return f"#colophon({'true' if int(ends) % 2 else 'false'}, {', '.join(_list(row) for row in rows)})"


def _pieces(bulletin: Bulletin, foot: str) -> Iterator[str]:
    """Everything; `foot` stands behind the last line of the last page."""
    yield f"#set document(title: {_text(' '.join(bulletin.head.title.split()))}, author: {_text(bulletin.head.issuer)}, date: none)"
    lines = lines_of(bulletin)
    closing = next((at for at, line in enumerate(lines) if line.role in CLOSING), len(lines))
    titles = [line.text for line in lines if line.role is Role.TITLE]
    for at, line in enumerate(lines):
        sticky = (at >= closing - 1 and at < len(lines) - 1) or (line.role is Role.HEADING and len(line.runs) == 1)
        yield from _line(line, bulletin, titles, sticky=sticky)
    printed = bulletin.printed_annexes()
    for annex in printed:
        yield from _annex(bulletin, annex, foot=foot if annex is printed[-1] and not annex.landscape else "")
    if foot and (not printed or printed[-1].landscape):
        yield foot


def _line(line: Line, bulletin: Bulletin, titles: Sequence[str], *, sticky: bool) -> Iterator[str]:
    head = bulletin.head
    stick = "true" if sticky else "false"
    match line.role:
        case Role.DRAFT:
            yield f"#flush({_runs(line.runs)})\n#gap(1)"
        case Role.MARK:
            yield f"#mark({_text(line.text)}, {min(_MARK_POINTS, 432 / max(len(line.text), 1)):.2f}pt)"
        case Role.NUMBER:
            yield f"#gap({1 if head.mark else 0})\n#centred({_text(line.text)})" + ("" if head.mark else "\n#gap(1)")
        case Role.RULE:
            yield "#rule()"
        case Role.TITLE:
            if line.first:
                after = 0 if head.number and not head.mark else 1
                yield f"#title({_list(titles)}, before: {2 if head.mark else 0}, after: {after})"
        case Role.ADDRESSEES:
            yield f"#flush({_runs(line.runs)})"
        case Role.CONTACT | Role.NOTE:
            yield (
                "#gap(1)\n" if line.role is Role.CONTACT and line.first else ""
            ) + f"#para({_runs(line.runs)}, sticky: {stick})"
        case Role.ATTACHED:
            wide = 3.0 * line.first + (0.8 if line.lead.endswith(".") else 0)
            yield ("#gap(1)\n" if line.first else "") + (
                f"#attached({_text(line.lead)}, {_text(line.runs[0].text)}, {wide}em, {'true' if line.first else 'false'})"
            )
        case Role.SIGNATURE | Role.DAY:
            name, day = signing_indents(head.signature, head.day)
            apart = line.role is Role.SIGNATURE or not head.signature
            far = name if line.role is Role.SIGNATURE else day
            yield ("#gap(2)\n" if apart else "") + f"#signed({_text(line.text)}, {far})"
        case _:
            yield f"#para({_runs(line.runs)}, sticky: {stick})"


def _annex(bulletin: Bulletin, annex: Annex, *, foot: str) -> Iterator[str]:
    across = _WIDE_MM if annex.landscape else _TEXT_MM
    margin = (
        "top: 28mm, bottom: 26mm, left: 37mm, right: 35mm"
        if annex.landscape
        else "top: 37mm, bottom: 35mm, left: 28mm, right: 26mm"
    )
    flipped = "true" if annex.landscape else "false"
    yield f"#page(flipped: {flipped}, margin: ({margin}))["
    yield f"#label({_text(annex_label(bulletin, annex))})"
    yield f"#title({_list(title_lines(annex.title, width=30 if annex.landscape else 20))}, before: 1)"
    if annex.rows:
        yield f"#cells({_table(annex, across)})"
    yield from (f"#note({_text(text)})" for text in annex.note.splitlines())
    yield f"{foot}\n]"


def _table(annex: Annex, across: float) -> str:
    sizes = widths(annex, across, char=_CHAR_MM, margins=_MARGINS_MM)
    centred = [str(at) for at, column in enumerate(annex.columns) if column.centred]
    spans = annex.spans()
    covered = {(row + k, column) for (row, column), count in spans.items() for k in range(1, count)}
    body = []
    for number, row in enumerate(annex.rows):
        cell = "whole" if max(map(len, row), default=0) <= _WHOLE_ROW else "text"
        for at, text in enumerate(row):
            if (number, at) in spans:
                body.append(f"down({spans[number, at]}, {_text(text)})")
            elif (number, at) not in covered:
                body.append(f"{cell}({_text(text)})")
    heads = _list([column.title for column in annex.columns])
    return f"({', '.join(f'{size:.3f}' for size in sizes)},), {heads}, ({''.join(f'{at}, ' for at in centred)}), {', '.join(body)}"


def _runs(runs: Sequence[Run]) -> str:
    return ", ".join(f"({_text(run.text)}, {_text(run.face)})" for run in runs)


def _list(texts: Sequence[str]) -> str:
    return f"({''.join(f'{_text(text)}, ' for text in texts)})"


def _text(text: str) -> str:
    """A typst string: nothing in it is markup or code."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "").replace("\t", " ")
    return f'"{"".join(char for char in escaped if ord(char) >= 32)}"'
