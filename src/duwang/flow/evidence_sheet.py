"""取证单: one sheet that says what was found where, when and with which content; as HTML and as docx."""

from __future__ import annotations

import html
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm, Pt

TITLE = "政府网站检查取证单"
_STYLE = (
    'body{font:16px/1.7 "FangSong","Noto Serif CJK SC",serif;max-width:820px;margin:32px auto;color:#111}h1{text-align:center;font-size:26px}'
    "table{border-collapse:collapse;width:100%}th,td{border:1px solid #444;padding:8px 10px;vertical-align:top;word-break:break-all}"
    "th{width:9em;text-align:left;background:#f5f5f5;font-weight:600}p.sign{margin-top:48px;display:flex;justify-content:space-between}"
)
_SIGN = ("取证人：", "复核人：", "日期：　　　　年　　月　　日")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the sheet."""

    name: str
    value: str


def sheet_html(rows: Sequence[Row]) -> str:
    lines = "".join(f"<tr><th>{html.escape(row.name)}</th><td>{html.escape(row.value)}</td></tr>" for row in rows)
    sign = "".join(f"<span>{part}</span>" for part in _SIGN)
    return (
        f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{TITLE}</title><style>{_STYLE}</style></head><body><h1>{TITLE}</h1>'
        f'<table>{lines}</table><p class="sign">{sign}</p></body></html>'
    )


def sheet_docx(rows: Sequence[Row], picture: Path | None) -> bytes:
    """The sheet with its picture on a page of its own."""
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.6)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "仿宋_GB2312", Pt(12)
    style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    head = document.add_paragraph()
    head.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = head.add_run(TITLE)
    run.font.size, run.font.name = Pt(22), "方正小标宋简体"
    run._element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "方正小标宋简体")
    table = document.add_table(rows=0, cols=2)
    table.style = "Table Grid"
    table.autofit = False
    for row in rows:
        cells = table.add_row().cells
        for cell, text, width in zip(cells, (row.name, _printable(row.value)), (Cm(3.6), Cm(12.2)), strict=True):
            cell.width, cell.text = width, text
    document.add_paragraph()
    document.add_paragraph("　　　　　　".join(_SIGN))
    if picture is not None:
        document.add_paragraph().paragraph_format.page_break_before = True
        document.add_picture(str(picture), width=Cm(15.8))
        shape = document.inline_shapes[-1]
        if shape.height > Cm(23):
            shape.width, shape.height = int(shape.width * Cm(23) / shape.height), Cm(23)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _printable(text: str) -> str:
    return "".join(c for c in text if c >= " " or c in "\n\t")
