"""OFD: text of pages and templates in lines as printed; scans, encrypted and broken files told apart."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from duwang.reading.attachment import AttachmentText, read_attachment
from kit.shared import shared
from unit.reading.office_files import id_number, zipped

NS = 'xmlns:ofd="http://www.ofdspec.org/2016"'


def text_object(x: float, y: float, text: str, *, code: str = "", matrix: str = "") -> str:
    ctm = f' CTM="{matrix}"' if matrix else ""
    return f'<ofd:TextObject ID="1" Boundary="{x} {y} 100 5" Font="1" Size="4"{ctm}><ofd:TextCode X="0" Y="4"{code}>{text}</ofd:TextCode></ofd:TextObject>'


def page(*objects: str, template: str = "") -> str:
    used = f'<ofd:Template TemplateID="{template}"/>' if template else ""
    return f'<?xml version="1.0"?><ofd:Page {NS}>{used}<ofd:Content><ofd:Layer ID="2">{"".join(objects)}</ofd:Layer></ofd:Content></ofd:Page>'


def ofd(*pages: str, root: str = "Doc_0/Document.xml", template: str = "", **more: str) -> bytes:
    listed = "".join(f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages)))
    common = (
        '<ofd:CommonData><ofd:TemplatePage ID="9" BaseLoc="Tpls/Tpl_0/Content.xml"/></ofd:CommonData>'
        if template
        else ""
    )
    notes = (
        "<ofd:Annotations>Annots/Annotations.xml</ofd:Annotations>" if "Doc_0/Annots/Annotations.xml" in more else ""
    )
    parts: dict[str, str | bytes] = {
        "OFD.xml": f'<?xml version="1.0" encoding="UTF-8"?><ofd:OFD {NS}><ofd:DocBody><ofd:DocRoot>{root}</ofd:DocRoot></ofd:DocBody></ofd:OFD>',
        "Doc_0/Document.xml": f'<?xml version="1.0"?><ofd:Document {NS}>{common}<ofd:Pages>{listed}</ofd:Pages>{notes}</ofd:Document>',
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
        **more,
    }
    if template:
        parts["Doc_0/Tpls/Tpl_0/Content.xml"] = template
    return zipped(parts)


def read(body: bytes) -> AttachmentText:
    return read_attachment(body, name="a.ofd")


def test_lines_are_rebuilt_from_places_and_gaps_become_tabs() -> None:
    glyphs = "".join(text_object(30 + 4 * n, 40, c) for n, c in enumerate(id_number(3)))
    got = read(ofd(page(text_object(60, 20, "右"), text_object(30, 20, "左左"), glyphs, text_object(30, 60, "末行"))))
    assert (got.status, got.kind) == ("text", "ofd")
    assert got.text.split("\n") == ["左左\t右", id_number(3), "末行"]


def test_templates_annotations_and_root_written_absolutely() -> None:
    more = {
        "Doc_0/Annots/Annotations.xml": f'<ofd:Annotations {NS}><ofd:Page PageID="1"><ofd:FileLoc>A.xml</ofd:FileLoc></ofd:Page></ofd:Annotations>',
        "Doc_0/Annots/A.xml": f"<ofd:PageAnnot {NS}>{text_object(10, 90, '批注')}</ofd:PageAnnot>",
    }
    body = ofd(
        page(text_object(10, 20, "第一页"), template="9"),
        page(text_object(10, 20, "第二页")),
        root="/Doc_0/Document.xml",
        template=page(text_object(10, 5, "页眉")),
        **more,
    )
    assert read(body).text.split("\n") == ["页眉", "第一页", "第二页", "批注"]


def test_gbk_declared_parts_and_scaled_objects() -> None:
    body = page(
        text_object(10, 20, "缩放", matrix="2 0 0 2 0 0", code=' DeltaX="g 1 4"'), text_object(26, 24, "紧接")
    ).replace('<?xml version="1.0"?>', '<?xml version="1.0" encoding="GBK"?>')
    parts = ofd("placeholder")
    assert read(ofd(page(text_object(1, 1, "甲")))).text == "甲"
    got = read(zipped({**_parts(parts), "Doc_0/Pages/Page_0/Content.xml": body.encode("gbk")}))
    assert got.text == "缩放紧接"


def _parts(body: bytes) -> dict[str, str | bytes]:
    import io
    import zipfile

    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def test_without_text_the_reason_is_said() -> None:
    scan = page('<ofd:ImageObject ID="3" Boundary="0 0 210 297" ResourceID="1"/>')
    got = read(ofd(scan, scan))
    assert (got.status, got.detail) == ("no-text-layer", "共2页，没有文字层（多半是扫描件）")
    assert read(ofd(scan, page(text_object(1, 1, "有字")))).detail == "共2页，其中1页没有文字层"
    assert read(ofd(scan, **{"Encryptions.xml": "<x/>"})).status == "encrypted"
    assert read(ofd(scan, root="Doc_7/Document.xml")).status == "damaged"
    assert read(ofd("<broken")).status == "damaged"


def test_every_character_and_every_number_of_generated_pages() -> None:
    pick = random.Random(20240901)
    prose = ["".join(chr(pick.randint(0x4E00, 0x9FA5)) for _ in range(40)) for _ in range(30)]
    rows = [("甲某", id_number(n), f"云岭县第{n}村") for n in range(120)]
    pages = [page(*(text_object(10, 10 + 6 * n, line) for n, line in enumerate(prose)))]
    for start in range(0, 120, 40):
        cells = [
            text_object(x, 10 + 6 * n, cell)
            for n, row in enumerate(rows[start : start + 40])
            for x, cell in zip((10, 40, 130), row, strict=True)
        ]
        pages.append(page(*cells))
    got = read(ofd(*pages))
    assert got.text.split("\n") == [*prose, *("\t".join(row) for row in rows)]


@pytest.mark.needs_shared
def test_stored_documents() -> None:
    folder: Path = shared("corpora/ofd")
    for file in sorted(folder.glob("*.ofd")):
        got = read(file.read_bytes())
        assert got.status in ("text", "no-text-layer"), (file.name, got.detail)
        if file.name == "n.ofd":
            assert "路卫发〔2011〕76号\n关于同意" in got.text and "— 2 —" in got.text
