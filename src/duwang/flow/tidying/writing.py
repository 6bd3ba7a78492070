"""The tidied text as clean HTML and docx, and the same with what changed in red and green."""

from __future__ import annotations

from html import escape
from io import BytesIO
from pathlib import Path
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from duwang.flow.tidying.difference import Change, difference
from duwang.flow.tidying.layout import Piece, Tidied

_STYLE = (
    "body{margin:0;background:#f2f3f5;color:#1f2329}main{max-width:44em;margin:2em auto;padding:3em 3.2em;background:#fff;"
    "font:17px/1.9 FangSong,仿宋_GB2312,STFangsong,serif}h1{font:700 1.5em/1.5 方正小标宋简体,STZhongsong,SimSun,serif;text-align:center;margin:0 0 1em}"
    "h2,h3,h4,h5,p{font-size:1em;margin:0;text-indent:2em}h2{font-family:SimHei,黑体,sans-serif;font-weight:400}h3{font-family:KaiTi,楷体_GB2312,serif;font-weight:400}"
    "h4,h5{font-weight:400}p.addressee{text-indent:0}p.number{text-align:center;text-indent:0;margin-bottom:1em}p.signature,p.date{text-align:right;text-indent:0;padding-right:2em}"
    "p.signature:first-of-type{margin-top:2em}table{border-collapse:collapse;width:100%;margin:1em 0;font-size:.9em}th,td{border:1px solid #8f959e;padding:.3em .6em;text-align:center}"
    "th{background:#f5f6f7;font-weight:700}del{color:#c92a2a;background:#ffe3e3;text-decoration:line-through}ins{color:#1b7a34;background:#d8f5df;text-decoration:none}"
    "pre{white-space:pre-wrap;word-break:break-all;font:inherit;margin:0}.note{color:#646a73;font:14px/1.6 sans-serif;border-bottom:1px solid #dee0e3;padding-bottom:1em;margin-bottom:1.5em}"
)
_SIZES = {"title": 22.0}
_FACES = {"title": "方正小标宋简体", 2: "黑体", 3: "楷体_GB2312"}
_SHOWN = {"\n": "↵\n", " ": "·", "\u3000": "□", "\t": "→", "\u00a0": "·", "\u200b": "∅", "\ufeff": "∅"}
_RED, _GREEN = RGBColor(0xC9, 0x2A, 0x2A), RGBColor(0x1B, 0x7A, 0x34)


def clean_html(tidied: Tidied, *, title: str) -> str:
    """One self-contained page."""
    return _page(title, "\n".join(_element(piece) for piece in tidied.pieces))


def difference_html(tidied: Tidied, *, title: str) -> str:
    """The original with what was taken away in red and what was put in in green."""
    marks = {"gone": "del", "new": "ins"}
    body = "".join(
        f"<{marks[one.kind]}>{escape(_visible(one.text))}</{marks[one.kind]}>"
        if one.kind in marks
        else escape(one.text)
        for one in difference(tidied)
    )
    note = "<p class='note' style='text-indent:0'>排版对照：<del>红色</del>为删去的标点、空格和换行，<ins>绿色</ins>为添上的；文字没有改动。·表示空格，□表示全角空格，↵表示换行。</p>"
    return _page(f"{title}（排版对照）", f"{note}<pre>{body}</pre>")


def clean_docx(tidied: Tidied, *, title: str) -> bytes:
    """A4 in the fonts that offices use."""
    document = _document(title)
    for piece in tidied.pieces:
        if piece.rows:
            _table(document, piece)
        else:
            _paragraph(document, piece)
    return _saved(document)


def difference_docx(tidied: Tidied, *, title: str) -> bytes:
    """The original with red and green runs, one paragraph for each line of it."""
    document = _document(f"{title}（排版对照）")
    paragraph = document.add_paragraph()
    for one in difference(tidied):
        shown = _visible(one.text) if one.kind != "same" else one.text
        for n, line in enumerate(shown.split("\n")):
            if n:
                paragraph = document.add_paragraph()
            if line:
                _coloured(paragraph.add_run(line), one)
    return _saved(document)


def write_tidied(tidied: Tidied, stem: Path, *, title: str) -> list[Path]:
    """stem.html, stem.docx, stem.对照.html and stem.对照.docx."""
    stem.parent.mkdir(parents=True, exist_ok=True)
    files: dict[str, bytes] = {
        ".html": clean_html(tidied, title=title).encode(),
        ".docx": clean_docx(tidied, title=title),
        ".对照.html": difference_html(tidied, title=title).encode(),
        ".对照.docx": difference_docx(tidied, title=title),
    }
    written = []
    for suffix, content in files.items():
        path = stem.with_name(stem.name + suffix)
        path.write_bytes(content)
        written.append(path)
    return written


def _page(title: str, body: str) -> str:
    return (
        f"<!DOCTYPE html>\n<html lang='zh-CN'>\n<head>\n<meta charset='utf-8'>\n<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n"
        f"<body>\n<main>\n{body}\n</main>\n</body>\n</html>\n"
    )


def _element(piece: Piece) -> str:
    if piece.rows:
        rows = [
            "<tr>" + "".join(f"<{cell}>{escape(text)}</{cell}>" for text in row) + "</tr>"
            for n, row in enumerate(piece.rows)
            for cell in ("th" if n == 0 and piece.is_headed else "td",)
        ]
        return "<table>\n" + "\n".join(rows) + "\n</table>"
    text = escape(piece.text)
    if piece.kind == "title":
        return f"<h1>{text}</h1>"
    if piece.kind == "heading":
        return f"<h{piece.level}>{text}</h{piece.level}>"
    return f"<p>{text}</p>" if piece.kind == "paragraph" else f"<p class='{piece.kind}'>{text}</p>"


def _visible(text: str) -> str:
    return "".join(_SHOWN.get(c, c) for c in text)


def _document(title: str) -> Any:
    document = new_document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = (
        Mm(37),
        Mm(35),
        Mm(28),
        Mm(26),
    )
    normal = document.styles["Normal"]
    normal.font.name, normal.font.size = "Times New Roman", Pt(16)
    normal.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "仿宋_GB2312")
    normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.line_spacing = Pt(28.95)
    document.core_properties.title, document.core_properties.author, document.core_properties.comments = (
        title,
        "读网",
        "",
    )
    return document


def _paragraph(document: Any, piece: Piece) -> None:
    paragraph = document.add_paragraph()
    run = paragraph.add_run(piece.text)
    if piece.kind in ("title", "number"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    elif piece.kind in ("signature", "date"):
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        paragraph.paragraph_format.right_indent = Pt(32)
    elif piece.kind != "addressee":
        _indent(paragraph)
    if piece.kind == "signature":
        paragraph.paragraph_format.space_before = Pt(28)
    if piece.kind == "title":
        run.font.size = Pt(_SIZES["title"])
        paragraph.paragraph_format.space_after = Pt(28)
        paragraph.paragraph_format.line_spacing = Pt(36)
    if face := _FACES.get(piece.level or piece.kind):
        run.font.name = face
        run._r.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), face)


def _indent(paragraph: Any) -> None:
    """Two characters, whatever the size."""
    indent = OxmlElement("w:ind")
    indent.set(qn("w:firstLineChars"), "200")
    indent.set(qn("w:firstLine"), "640")
    paragraph._p.get_or_add_pPr().append(indent)


def _table(document: Any, piece: Piece) -> None:
    table = document.add_table(rows=0, cols=len(piece.rows[0]), style="Table Grid")
    for number, row in enumerate(piece.rows):
        for cell, text in zip(table.add_row().cells, row, strict=True):
            paragraph = cell.paragraphs[0]
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
            paragraph.paragraph_format.line_spacing = Pt(20)
            run = paragraph.add_run(text)
            run.font.size, run.font.bold = Pt(12), number == 0 and piece.is_headed


def _coloured(run: Any, one: Change) -> None:
    if one.kind == "gone":
        run.font.color.rgb, run.font.strike = _RED, True
    elif one.kind == "new":
        run.font.color.rgb, run.font.underline = _GREEN, True


def _saved(document: Any) -> bytes:
    written = BytesIO()
    document.save(written)
    return written.getvalue()
