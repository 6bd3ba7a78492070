"""Attachments and pictures written by hand, byte for byte the same in every run: docx, xlsx, pdf, png."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from random import Random
from xml.sax.saxutils import escape

_LONG_AGO = (2026, 1, 1, 0, 0, 0)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_MAIN = "application/vnd.openxmlformats-officedocument"


def docx(lines: Iterable[str]) -> bytes:
    """A Word document with one paragraph a line."""
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    body = "".join(f'<w:p><w:r><w:t xml:space="preserve">{escape(line)}</w:t></w:r></w:p>' for line in lines)
    document = f'{_HEAD}<w:document xmlns:w="{word}"><w:body>{body}<w:sectPr/></w:body></w:document>'
    kind = f"{_MAIN}.wordprocessingml.document.main+xml"
    return _package("word/document.xml", document, kind)


def xlsx(rows: Sequence[Sequence[str]], *, sheet: str = "Sheet1") -> bytes:
    """A workbook with one sheet; every cell is text."""
    cells = "".join(
        f'<row r="{n}">'
        + "".join(
            f'<c r="{_letter(m)}{n}" t="inlineStr"><is><t>{escape(cell)}</t></is></c>' for m, cell in enumerate(row)
        )
        + "</row>"
        for n, row in enumerate(rows, 1)
    )
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    page = f'{_HEAD}<worksheet xmlns="{space}"><sheetData>{cells}</sheetData></worksheet>'
    book = f'{_HEAD}<workbook xmlns="{space}" xmlns:r="{_OFFICE}"><sheets><sheet name="{escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    links = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>'
    sheet_kind = f"{_MAIN}.spreadsheetml.worksheet+xml"
    more = {"xl/worksheets/sheet1.xml": (page, sheet_kind), "xl/_rels/workbook.xml.rels": (links, "")}
    return _package("xl/workbook.xml", book, f"{_MAIN}.spreadsheetml.sheet.main+xml", more)


def pdf(lines: Sequence[str]) -> bytes:
    """A one-page PDF; the text can be taken out of it again."""
    shown = "".join(f"<{line.encode('utf-16-be').hex().upper()}> Tj 0 -24 Td " for line in lines)
    stream = f"BT /F1 14 Tf 60 760 Td {shown}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>",
        f"<< /Length {len(stream)} >>\nstream\n{stream}\nendstream",
        "<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H /DescendantFonts [6 0 R] >>",
        "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
        "/FontDescriptor 7 0 R /DW 1000 >>",
        "<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [-25 -254 1000 880] /ItalicAngle 0 /Ascent 880 /Descent -120 "
        "/CapHeight 880 /StemV 93 >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    starts = []
    for number, content in enumerate(objects, 1):
        starts.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{start:010d} 00000 n \n".encode() for start in starts)
    out += f"trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode()
    return bytes(out)


def png(seed: str, *, width: int = 240, height: int = 150) -> bytes:
    """A quiet picture of two tones."""
    random = Random(seed)
    sky, land = (bytes(random.randint(120, 220) for _ in range(3)) for _ in range(2))
    rows = b"".join(b"\0" + (sky if y < height * 0.6 else land) * width for y in range(height))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def scan(seed: str) -> bytes:
    """A scanned document: a red heading with a red line below it, grey lines of text, a round red seal."""
    width, height, random = 620, 880, Random(seed)
    white, red, grey = b"\xff\xff\xff", b"\xd8\x1e\x1e", b"\x50\x50\x50"
    rows = []
    for y in range(height):
        row = bytearray(white * width)
        if 110 <= y < 160:
            for x in range(110, 510):
                if x % 50 < 40 and (y // 6 + x // 7) % 2:
                    row[3 * x : 3 * x + 3] = red
        elif 200 <= y < 204:
            row[3 * 60 : 3 * 560] = red * 500
        elif 260 <= y < 700 and y % 28 < 14:
            for x in range(70, 550):
                if (x * 7 + y * 13 + random.randint(0, 1)) % 3 == 0:
                    row[3 * x : 3 * x + 3] = grey
        for x in range(340, 480):
            if 3600 <= (x - 410) ** 2 + (y - 700) ** 2 <= 4600:
                row[3 * x : 3 * x + 3] = red
        rows.append(b"\0" + bytes(row))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b"".join(rows), 6))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _package(part: str, content: str, kind: str, more: dict[str, tuple[str, str]] | None = None) -> bytes:
    parts = {part: (content, kind), **(more or {})}
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="{what}"/>' for name, (_, what) in parts.items() if what
    )
    types = (
        f'{_HEAD}<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    links = f'{_HEAD}<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="{part}"/></Relationships>'
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        for name, text in {
            "[Content_Types].xml": types,
            "_rels/.rels": links,
            **{n: c for n, (c, _) in parts.items()},
        }.items():
            package.writestr(zipfile.ZipInfo(name, _LONG_AGO), text.encode(), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def _letter(place: int) -> str:
    return chr(ord("A") + place)
