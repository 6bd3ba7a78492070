"""Office files made by code for the readers' tests; people are invented, ID numbers lie in an unassigned area."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import pytest
import xlsxwriter

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>'
)


def id_number(serial: int, area: str = "539921", birthday: str = "19900307") -> str:
    """A valid check digit in an unassigned county."""
    head = f"{area}{birthday}{serial:03d}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return head + "10X98765432"[sum(int(c) * w for c, w in zip(head, weights, strict=True)) % 11]


def zipped(parts: dict[str, str | bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def paragraph(text: str) -> str:
    return f'<w:p><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:p>'


def docx(body: str, **parts: str) -> bytes:
    """A docx whose document.xml holds `body`; further parts by their stem (header1=…)."""
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": _RELS,
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8"?><w:document {W}><w:body>{body}</w:body></w:document>',
    }
    for stem, content in parts.items():
        files[f"word/{stem}.xml"] = f'<?xml version="1.0"?><w:root {W}>{content}</w:root>'
    return zipped(files)


def xlsx(**sheets: list[list[Any]]) -> bytes:
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, {"in_memory": True}) as book:
        days = book.add_format({"num_format": "yyyy-mm-dd"})
        for name, rows in sheets.items():
            page = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for position, cell in enumerate(row):
                    if hasattr(cell, "isoformat"):
                        page.write_datetime(number, position, cell, days)
                    elif isinstance(cell, str):
                        page.write_string(number, position, cell)
                    else:
                        page.write(number, position, cell)
    return buffer.getvalue()


def pdf(*pages: list[str]) -> bytes:
    """A PDF with a text layer: one line per string, characters by a ToUnicode map; an empty page holds a rectangle only."""
    chars = sorted({c for page in pages for line in page for c in line})
    code = {c: n for n, c in enumerate(chars, start=1)}
    cmap = "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def 1 begincodespacerange <0000> <FFFF> endcodespacerange\n"
    for start in range(0, len(chars), 100):
        part = chars[start : start + 100]
        cmap += (
            f"{len(part)} beginbfchar\n"
            + "\n".join(f"<{code[c]:04X}> <{c.encode('utf-16-be').hex()}>" for c in part)
            + "\nendbfchar\n"
        )
    cmap += "endcmap CMapName currentdict /CMap defineresource pop end end"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Count {len(pages)} /Kids [{' '.join(f'{7 + 2 * n} 0 R' for n in range(len(pages)))}] >>",
        "<< /Type /Font /Subtype /Type0 /BaseFont /Song /Encoding /Identity-H /DescendantFonts [4 0 R] /ToUnicode 6 0 R >>",
        "<< /Type /Font /Subtype /CIDFontType2 /BaseFont /Song /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> /DW 1000 /FontDescriptor 5 0 R >>",
        "<< /Type /FontDescriptor /FontName /Song /Flags 4 /FontBBox [0 -200 1000 800] /ItalicAngle 0 /Ascent 800 /Descent -200 /CapHeight 700 /StemV 80 >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    for number, lines in enumerate(pages):
        drawn = "0 0 10 10 re f\n" + "".join(
            f"BT /F1 10 Tf 50 {780 - 16 * n} Td <{''.join(f'{code[c]:04X}' for c in line)}> Tj ET\n"
            for n, line in enumerate(lines)
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources << /Font << /F1 3 0 R >> >> /Contents {8 + 2 * number} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream")
    out = b"%PDF-1.4\n"
    places = []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += f"{number} 0 obj\n{content}\nendobj\n".encode()
    table = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n" + "".join(
        f"{place:010d} 00000 n \n" for place in places
    )
    return out + f"{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n".encode()


def by_soffice(source: Path, target: str, reading: str) -> bytes:
    """The file converted by LibreOffice (read by the filter `reading`); skips where it is not installed."""
    program = shutil.which("soffice")
    if not program:
        pytest.skip("没有安装LibreOffice，跳过由它生成文件的测试")
    profile = f"-env:UserInstallation=file://{source.parent}/profile"
    subprocess.run(
        [program, profile, "--headless", f"--infilter={reading}", "--convert-to", target, "--outdir", str(source.parent / "out"), str(source)],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return (source.parent / "out" / f"{source.stem}.{target.partition(':')[0]}").read_bytes()
