"""取证单: one sheet that says what was found where, when and with which content; as HTML and as docx."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import docx
from docx.enum.table import WD_ALIGN_VERTICAL
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

TITLE = "政府网站检查取证单"
CAPTION = "截图（个人信息已遮掩，红框处为问题所在）"
_WIDTHS = (Cm(3.2), Cm(12.6))
_STYLE = (
    'body{font:16px/1.7 "FangSong","Noto Serif CJK SC",serif;max-width:820px;margin:32px auto;color:#111}h1{text-align:center;font-size:26px}'
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #444;padding:8px 10px;vertical-align:top;word-break:break-all}"
    "th{width:9em;text-align:left;background:#f5f5f5;font-weight:600}p.sign{margin-top:48px;display:flex;justify-content:space-between}"
    "h2{font-size:17px;margin:40px 0 8px}img{max-width:100%;border:1px solid #999}@media print{h2{break-before:page}}"
)
_SIGN = ("取证人：", "复核人：", "日期：　　　　年　　月　　日")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet."""

    name: str
    value: str


def sheet_html(rows: Sequence[Row], picture: Path | None) -> str:
    """The sheet; the picture lies beside it."""
    lines = "".join(f"<tr><th>{_lines(row.name)}</th><td>{_lines(row.value)}</td></tr>" for row in rows)
    sign = "".join(f"<span>{part}</span>" for part in _SIGN)
    shot = f'<h2>{CAPTION}</h2><img src="{picture.name}" alt="{CAPTION}">' if picture is not None else ""
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{TITLE}</title><style>{_STYLE}</style></head><body><h1>{TITLE}</h1>'
        f'<table>{lines}</table><p class="sign">{sign}</p>{shot}</body></html>'
    )


def _lines(text: str) -> str:
    return html.escape(text).replace("\n", "<br>")


def sheet_docx(rows: Sequence[Row], picture: Path | None) -> bytes:
    """The sheet with its picture on a page of its own."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    section.top_margin = section.bottom_margin = Cm(2.4)
    _font(document.styles["Normal"], "仿宋_GB2312", 12)
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _font(head.add_run(TITLE), "方正小标宋简体", 22)
    table = document.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    for row in rows:
        name, value = table.add_row().cells
        name.text, value.text = row.name, _printable(row.value)
        _font(name.paragraphs[0].runs[0], "黑体", 11)
        name._element.get_or_add_tcPr().append(_shading())
        for cell in (name, value):
            space = cell.paragraphs[0].paragraph_format
            space.space_before = space.space_after = Pt(3)
    for column, width in zip(table.columns, _WIDTHS, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width, cell.vertical_alignment = width, WD_ALIGN_VERTICAL.CENTER
    document.add_paragraph()
    document.add_paragraph("　　　　　　".join(_SIGN))
    if picture is not None:
        caption = document.add_paragraph(CAPTION)
        caption.paragraph_format.page_break_before, caption.paragraph_format.keep_with_next = True, True
        document.add_picture(str(picture), width=Cm(15.8))
        shape = document.inline_shapes[-1]
        if shape.height > Cm(22):
            shape.width, shape.height = int(shape.width * Cm(22) / shape.height), Cm(22)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _font(of: Any, name: str, points: float) -> None:
    """Chinese letters in this face, the others in Times New Roman."""
    of.font.size, of.font.name = Pt(points), "Times New Roman"
    properties = of.element.get_or_add_rPr() if hasattr(of, "element") else of._element.get_or_add_rPr()
    properties.get_or_add_rFonts().set(qn("w:eastAsia"), name)


def _shading() -> Any:
    shading = OxmlElement("w:shd")
    shading.set(qn("w:val"), "clear")
    shading.set(qn("w:fill"), "F2F2F2")
    return shading


def _printable(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\n\t")
