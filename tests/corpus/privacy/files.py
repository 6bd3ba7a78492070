"""Pieces of text and tables → files of every kind. What LibreOffice has to write (doc, wps, and a second PDF) is written in batches."""

from __future__ import annotations

import html
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from xml.sax.saxutils import escape

from corpus.privacy.layouts import Piece
from unit.reading.office_files import docx as docx_of
from unit.reading.office_files import paragraph, pdf, xlsx, zipped

_NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'
OWN = ("html", "txt", "docx", "xlsx", "pdf", "ofd")
BY_OFFICE = ("doc", "wps", "pdf-office", "xls", "rtf")


def write(kind: str, pieces: Sequence[Piece]) -> bytes:
    """One file of a kind that needs no other program."""
    return {"html": _html, "txt": _txt, "docx": _docx, "xlsx": _xlsx, "pdf": _pdf, "ofd": _ofd}[kind](pieces)


def office_batch(sources: Mapping[str, Sequence[Piece]], kind: str, folder: Path) -> dict[str, bytes]:
    """Files that LibreOffice converts from our html or xlsx, by name; empty where it is not installed."""
    program = shutil.which("soffice")
    if program is None:
        return {}
    folder.mkdir(parents=True, exist_ok=True)
    target = {"doc": "doc", "wps": "doc", "pdf-office": "pdf", "xls": "xls", "rtf": "rtf"}[kind]
    source_kind = "xlsx" if kind == "xls" else "html"
    reading = [] if kind == "xls" else ["--infilter=HTML (StarWriter)"]
    for name, pieces in sources.items():
        (folder / f"{name}.{source_kind}").write_bytes(write(source_kind, pieces))
    profile = f"-env:UserInstallation=file://{folder}/profile"
    subprocess.run(
        [program, profile, "--headless", *reading, "--convert-to", target, "--outdir", str(folder / "out"), *map(str, sorted(folder.glob(f"*.{source_kind}")))],
        check=True, capture_output=True, timeout=600,
    )  # fmt: skip
    return {name: (folder / "out" / f"{name}.{target}").read_bytes() for name in sources}


def name_of(name: str, kind: str) -> str:
    return f"{name}.{'pdf' if kind == 'pdf-office' else kind}"


def _html(pieces: Sequence[Piece]) -> bytes:
    """An article page: paragraphs, tables with a merged first row, breaks inside cells, numbers cut up by tags."""
    parts = []
    for n, piece in enumerate(pieces):
        if isinstance(piece, str):
            text = html.escape(piece).replace("\n", "<br>").replace("\u00a0", "&nbsp;")
            parts.append(f"<p style='text-indent:2em'>{text if n % 3 else f'<span>{text}</span>'}</p>")
        else:
            rows = []
            for row in piece:
                if len(row) > 1 and not any(row[1:]):
                    rows.append(f"<tr><td colspan='{len(row)}'>{html.escape(row[0])}</td></tr>")
                else:
                    rows.append("<tr>" + "".join(f"<td><p>{html.escape(cell)}</p></td>" for cell in row) + "</tr>")
            parts.append(f"<table border='1'>{''.join(rows)}</table>")
    return (
        "<!DOCTYPE html><html><head><meta charset='utf-8'><meta name='ArticleTitle' content='仿真县公示'><title>仿真县公示</title></head><body>"
        f"<div class='header'>仿真县人民政府</div><h1>仿真县公示</h1><div class='info'>发布时间：2024-05-06 来源：仿真县人民政府办公室</div><div class='article-content'>{''.join(parts)}</div>"
        "<div class='footer'>主办单位：仿真县人民政府办公室 网站标识码：5399210001</div></body></html>"
    ).encode()


def _txt(pieces: Sequence[Piece]) -> bytes:
    lines = [piece if isinstance(piece, str) else "\n".join("  ".join(row) for row in piece) for piece in pieces]
    return "\n".join(lines).encode("gb18030", "replace")


def _docx(pieces: Sequence[Piece]) -> bytes:
    """Every fifth paragraph is cut into runs, as Word does; the last one stands in the footer."""
    body = []
    for n, piece in enumerate(pieces):
        if not isinstance(piece, str):
            body.append(_word_table(piece))
        elif n % 5 == 4:
            middle = len(piece) // 2
            runs = "".join(
                f'<w:r><w:t xml:space="preserve">{escape(part)}</w:t></w:r>'
                for part in (piece[:middle], piece[middle:])
            )
            body.append(f"<w:p>{runs}</w:p>".replace("\n", '</w:t><w:br/><w:t xml:space="preserve">'))
        else:
            body.append(paragraph(piece).replace("\n", '</w:t><w:br/><w:t xml:space="preserve">'))
    return docx_of("".join(body))


def _word_table(rows: Sequence[Sequence[str]]) -> str:
    cells = ["".join(f"<w:tc><w:tcPr/>{paragraph(cell)}</w:tc>" for cell in row) for row in rows]
    return f"<w:tbl><w:tblPr/><w:tblGrid/>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl><w:p/>"


def _xlsx(pieces: Sequence[Piece]) -> bytes:
    """Paragraphs are rows of one cell on a sheet, each table a sheet of its own."""
    sheets: dict[str, list[list[str]]] = {"说明": []}
    for n, piece in enumerate(pieces):
        if isinstance(piece, str):
            sheets["说明"].append([piece])
        else:
            sheets[f"表{n}"] = [list(row) for row in piece]
    return xlsx(**{name: rows for name, rows in sheets.items() if rows})


def _pdf(pieces: Sequence[Piece]) -> bytes:
    """Lines of at most 34 characters; cells of a row one after the other."""
    lines: list[str] = []
    for piece in pieces:
        for line in (
            piece.split("\n") if isinstance(piece, str) else [" ".join(cell for cell in row if cell) for row in piece]
        ):
            lines += [line[at : at + 34] for at in range(0, len(line), 34)] or [""]
    return pdf(*[lines[at : at + 45] for at in range(0, len(lines), 45)])


def _ofd(pieces: Sequence[Piece]) -> bytes:
    """Lines placed on pages; cells narrower than their text wrap below one another."""
    pages: list[list[str]] = [[]]
    y = 20.0
    for piece in pieces:
        for row in [[line] for line in piece.split("\n")] if isinstance(piece, str) else piece:
            wide = 34 if len(row) == 1 else 12 if len(row) <= 8 else 2
            wrapped = [_folded(cell, wide) for cell in row]
            for depth in range(max(map(len, wrapped))):
                if y > 270:
                    pages.append([])
                    y = 20.0
                for column, cell in enumerate(wrapped):
                    if depth < len(cell) and cell[depth]:
                        pages[-1].append(_object(15 + column * 180 / len(row), y, cell[depth]))
                y += 6
    contents = [
        f'<?xml version="1.0"?><ofd:Page {_NS}><ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'
        for objects in pages
    ]
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    return zipped({
        "OFD.xml": f'<?xml version="1.0"?><ofd:OFD {_NS}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<?xml version="1.0"?><ofd:Document {_NS}><ofd:Pages>{listed}</ofd:Pages></ofd:Document>',
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(contents)},
    })  # fmt: skip


def _folded(cell: str, wide: int) -> list[str]:
    """A cell's lines: `wide` half-width characters in a table, as many Chinese characters in running text."""
    if wide < 34 and any(c > "\u2fff" for c in cell):
        wide = max(1, wide * 2 // 3)
    return [cell[at : at + wide] for at in range(0, len(cell), wide)] or [""]


def _object(x: float, y: float, text: str) -> str:
    steps = [1.75 if c < "\u0300" else 3.5 for c in text]
    deltas = f' DeltaX="{" ".join(map(str, steps[:-1]))}"' if len(text) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x:.1f} {y:.1f} {sum(steps):.1f} 5" Font="1" Size="3.5">'
        f'<ofd:TextCode X="0" Y="4"{deltas}>{escape(text)}</ofd:TextCode></ofd:TextObject>'
    )
