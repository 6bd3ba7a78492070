"""The notice as docx in the layout of GB/T 9704: the file clerks go on editing."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from io import BytesIO
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from duwang.bulletin.render.layout import CLOSING, Line, Role, annex_label, lines_of, signing_indents
from duwang.bulletin.render.packing import with_fixed_times
from duwang.bulletin.render.titles import title_lines
from duwang.bulletin.render.wordml import FONTS, GRID, LATIN, RED, Shape, colophon, paragraph, table
from duwang.bulletin.tree import Annex, Bulletin, Run

PITCH = GRID
CHAR = 316
_TEXT_WIDTH = 8844
_WIDE_TEXT_WIDTH = 12756
_TIGHT = -5
_BODY = Shape(first=2 * CHAR, spacing=_TIGHT)
_HEAD_MM = 35
_DECLARED = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_NO_DAY = date(1980, 1, 1)


def render_docx(bulletin: Bulletin) -> bytes:
    """The docx file. Annexes begin on a new page, wide ones on landscape pages; the signature takes text along."""
    frame = _frame()
    printed = bulletin.printed_annexes()
    last = frame.wide if printed and printed[-1].landscape else frame.upright
    body = "".join(_pieces(bulletin, frame.upright, frame.wide))
    content = f"{frame.root}<w:body>{body}{last}</w:body></w:document>"
    instead = {"word/document.xml": _DECLARED + content, "docProps/core.xml": _DECLARED + _core(bulletin)}
    return with_fixed_times(frame.package, instead={name: text.encode() for name, text in instead.items()})


@dataclass(frozen=True, slots=True)
class _Frame:
    """An empty document with page, fonts and page numbers set: `upright` and `wide` are the XML of its two sections."""

    package: bytes
    root: str
    upright: str
    wide: str


@lru_cache(maxsize=1)
def _frame() -> _Frame:
    document = Document()
    _set_up(document)
    upright = document.element.body.sectPr
    root = str(document.element.xml)
    written = BytesIO()
    document.save(written)
    return _Frame(written.getvalue(), root[: root.index("<w:body")], str(upright.xml), str(_turned(upright).xml))


def _pieces(bulletin: Bulletin, upright: str, wide: str) -> Iterator[str]:
    """Lines, then annexes; a change of orientation ends the section before it."""
    lines = lines_of(bulletin)
    closing = next((at for at, line in enumerate(lines) if line.role in CLOSING), len(lines))
    for at, line in enumerate(lines):
        together = (at >= closing - 1 and at < len(lines) - 1) or (line.role is Role.HEADING and _own_line(lines, at))
        yield paragraph(_runs(line), _shape(line, bulletin, keep_next=together))
    is_wide = False
    for annex in bulletin.printed_annexes():
        turned = annex.landscape != is_wide
        if turned:
            yield paragraph((), _HAIR, ending=wide if is_wide else upright)
            is_wide = annex.landscape
        yield from _annex(bulletin, annex, new_page=not turned)
    if rows := bulletin.colophon.lines():
        yield colophon(rows, _WIDE_TEXT_WIDTH if is_wide else _TEXT_WIDTH)


def _own_line(lines: tuple[Line, ...], at: int) -> bool:
    """True for a heading that stands alone on its line: it must not end a page."""
    return len(lines[at].runs) == 1 and at + 1 < len(lines)


_HAIR = Shape(points=1, pitch=20, grid=False)


def _annex(bulletin: Bulletin, annex: Annex, *, new_page: bool) -> Iterator[str]:
    label = Shape(face="黑体", align="left", keep_next=True, new_page=new_page, outline=1)
    title = Shape(points=22, face="小标宋", align="center", pitch=700, grid=False, keep_next=True)
    yield paragraph((Run(annex_label(bulletin, annex)),), label)
    lines = title_lines(annex.title, width=30 if annex.landscape else 20)
    for at, text in enumerate(lines):
        first, last = at == 0, at == len(lines) - 1
        yield paragraph((Run(text),), replace(title, before=300 if first else 0, after=300 if last else 0))
    if annex.rows:
        yield table(annex, _WIDE_TEXT_WIDTH if annex.landscape else _TEXT_WIDTH)
    note = Shape(points=12, align="left", pitch=400, grid=False)
    for at, text in enumerate(annex.note.splitlines()):
        yield paragraph((Run(text),), replace(note, before=160 if at == 0 else 0))
    if not annex.note:
        yield paragraph((), _HAIR)


def _runs(line: Line) -> tuple[Run, ...]:
    return (Run(line.lead), *line.runs) if line.lead else line.runs


def _shape(line: Line, bulletin: Bulletin, *, keep_next: bool) -> Shape:
    return replace(
        _plain_shape(line, bulletin), keep_next=keep_next or line.role in (Role.TITLE, Role.MARK, Role.NUMBER)
    )


def _plain_shape(line: Line, bulletin: Bulletin) -> Shape:
    head = bulletin.head
    match line.role:
        case Role.DRAFT:
            return Shape(align="left", after=PITCH, spacing=_TIGHT)
        case Role.MARK:
            points = min(48.0, 432 / max(len(line.text), 1))
            before = int(_HEAD_MM / 25.4 * 1440)
            return Shape(
                points=points, face="小标宋", align="center", before=before, after=PITCH, grid=False, colour=RED
            )
        case Role.NUMBER if head.mark:
            return Shape(align="center", before=PITCH, spacing=_TIGHT)
        case Role.NUMBER:
            return Shape(align="center", after=0, spacing=_TIGHT)
        case Role.RULE:
            return Shape(points=2, align="center", pitch=120, grid=False, rule=12, after=PITCH)
        case Role.TITLE:
            before = PITCH if line.first and head.mark else 0
            after = PITCH if line.last and (head.addressees or not head.number or head.mark) else 0
            return Shape(
                points=22, face="小标宋", align="center", pitch=700, grid=False, before=before, after=after, outline=0
            )
        case Role.ADDRESSEES:
            return Shape(spacing=_TIGHT, before=PITCH if head.number and not head.mark else 0)
        case Role.HEADING:
            return replace(_BODY, outline=min(line.level, 3))
        case Role.CONTACT:
            return replace(_BODY, align="left", before=PITCH if line.first else 0)
        case Role.ATTACHED:
            number = 240 if line.lead.rstrip("附件：") or line.lead.endswith(".") else 0
            return replace(
                _BODY, align="left", before=PITCH if line.first else 0, first=0, left=5 * CHAR + number,
                hanging=(3 * CHAR if line.first else 0) + number,
            )  # fmt: skip
        case Role.SIGNATURE | Role.DAY:
            name, day = signing_indents(head.signature, head.day)
            far = name if line.role is Role.SIGNATURE else day
            alone = line.role is Role.DAY and not head.signature
            before = 2 * PITCH if line.role is Role.SIGNATURE or alone else 0
            return Shape(align="right", right=int(far * CHAR), before=before, spacing=_TIGHT)
        case Role.NOTE:
            return _BODY
    return _BODY


def _set_up(document: Any) -> None:
    """Page, grid, fonts, page numbers of both page kinds."""
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(37), Mm(35)
    section.left_margin, section.right_margin = Mm(28), Mm(26)
    section.header_distance, section.footer_distance = Mm(15), Mm(23)
    grid = section._sectPr.find(qn("w:docGrid"))
    if grid is None:
        grid = OxmlElement("w:docGrid")
        section._sectPr.append(grid)
    grid.set(qn("w:type"), "lines")
    grid.set(qn("w:linePitch"), str(PITCH))
    document.settings.odd_and_even_pages_header_footer = True
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = LATIN, Pt(16)
    normal.element.rPr.rFonts.set(qn("w:eastAsia"), FONTS[""])
    normal.paragraph_format.space_after = normal.paragraph_format.space_before = Pt(0)
    for footer, align in ((section.footer, "right"), (section.even_page_footer, "left")):
        _number_pages(footer, align)


def _number_pages(footer: Any, align: str) -> None:
    """— 1 — in 14 point 宋体, one character in from the outer edge."""
    footer.is_linked_to_previous = False
    shape = Shape(
        points=14, face="宋体", align=align, grid=False, left=280 if align == "left" else 0,
        right=280 if align == "right" else 0,
    )  # fmt: skip
    fonts = '<w:rPr><w:rFonts w:ascii="宋体" w:hAnsi="宋体" w:eastAsia="宋体"/><w:sz w:val="28"/></w:rPr>'
    field = (
        f'<w:r>{fonts}<w:t xml:space="preserve">— </w:t></w:r><w:r>{fonts}<w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r>{fonts}<w:instrText xml:space="preserve">PAGE</w:instrText></w:r><w:r>{fonts}<w:fldChar w:fldCharType="separate"/></w:r>'
        f'<w:r>{fonts}<w:t>1</w:t></w:r><w:r>{fonts}<w:fldChar w:fldCharType="end"/></w:r>'
        f'<w:r>{fonts}<w:t xml:space="preserve"> —</w:t></w:r>'
    )
    made = parse_xml(paragraph((), shape).replace("<w:p>", f"<w:p {nsdecls('w')}>").replace("</w:p>", f"{field}</w:p>"))
    old = footer.paragraphs[0]._p
    old.getparent().replace(old, made)


def _turned(upright: Any) -> Any:
    """The section of landscape pages: the same paper turned, its top margin on the left."""
    wide = deepcopy(upright)
    size, margins = wide.find(qn("w:pgSz")), wide.find(qn("w:pgMar"))
    width, height = size.get(qn("w:w")), size.get(qn("w:h"))
    size.set(qn("w:w"), height)
    size.set(qn("w:h"), width)
    size.set(qn("w:orient"), "landscape")
    for side, millimetres in (("top", 28), ("bottom", 26), ("left", 37), ("right", 35), ("footer", 14)):
        margins.set(qn(f"w:{side}"), str(round(millimetres / 25.4 * 1440)))
    return wide


def _core(bulletin: Bulletin) -> str:
    """Title, issuer and day of the notice; nothing of the machine it was written on."""
    day = f"{(bulletin.head.day or _NO_DAY).isoformat()}T00:00:00Z"
    title, issuer = escape(" ".join(bulletin.head.title.split())), escape(bulletin.head.issuer)
    return (
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{title}</dc:title><dc:creator>{issuer}</dc:creator><cp:lastModifiedBy>{issuer}</cp:lastModifiedBy>"
        f'<dcterms:created xsi:type="dcterms:W3CDTF">{day}</dcterms:created>'
        f'<dcterms:modified xsi:type="dcterms:W3CDTF">{day}</dcterms:modified><dc:language>zh-CN</dc:language>'
        "</cp:coreProperties>"
    )
