"""Attachments give their text with tables, or say why there is none."""

from __future__ import annotations

import zipfile
from datetime import date, datetime

import pytest

from duwang.reading.attachment import AttachmentText, read_attachment
from unit.reading.office_files import docx, id_number, paragraph, pdf, xlsx, zipped


def read(body: bytes, name: str = "附件") -> AttachmentText:
    return read_attachment(body, name=name)


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc>{properties}{paragraph(text)}</w:tc>"


def test_docx_paragraphs_tables_notes_headers_and_boxes() -> None:
    table = (
        "<w:tbl><w:tr>"
        + cell("姓名")
        + cell("身份证号")
        + "</w:tr><w:tr>"
        + cell("甲某")
        + cell(id_number(12))
        + "</w:tr></w:tbl>"
    )
    box = (
        "<w:p><w:r><mc:AlternateContent xmlns:mc='m'><mc:Choice><w:txbxContent>" + paragraph("框内文字")
        + "</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>" + paragraph("框内文字") + "</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
        "<w:r><w:t>框外文字</w:t></w:r></w:p>"
    )  # fmt: skip
    body = docx(
        paragraph("关于公示的通知") + table + box + paragraph("末段"),
        footnotes=paragraph("脚注内容"), header1=paragraph("页眉内容"), header2=paragraph("页眉内容"), footer1=paragraph("页脚内容"),
    )  # fmt: skip
    got = read(body)
    assert (got.status, got.kind) == ("text", "docx")
    expected = [
        "关于公示的通知",
        "姓名\t身份证号",
        f"甲某\t{id_number(12)}",
        "框内文字",
        "框外文字",
        "末段",
        "脚注内容",
        "页脚内容",
        "页眉内容",
    ]
    assert sorted(got.text.split("\n")) == sorted(expected)
    [found] = got.tables
    assert found.rows == (("姓名", "身份证号"), ("甲某", id_number(12)))
    assert got.text[found.start :].startswith("姓名\t身份证号\n甲某\t")


def test_docx_leaves_out_what_is_deleted_and_joins_split_runs() -> None:
    runs = "<w:p><w:r><w:t>保留</w:t></w:r><w:del><w:r><w:delText>删去</w:delText></w:r></w:del><w:ins><w:r><w:t>插入</w:t></w:r></w:ins>"
    runs += "<w:r><w:tab/><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r><w:r><w:instrText> PAGE </w:instrText></w:r><w:pPr><w:tabs><w:tab w:val='left' w:pos='1'/></w:tabs></w:pPr></w:p>"
    assert read(docx(runs)).text == "保留插入\t甲\n乙"


def test_docx_nested_and_merged_cells_keep_columns() -> None:
    inner = "<w:tbl><w:tr>" + cell("内一") + cell("内二") + "</w:tr></w:tbl>"
    wide = cell("合并", "<w:tcPr><w:gridSpan w:val='2'/></w:tcPr>")
    table = (
        "<w:tbl><w:tr>"
        + wide
        + cell("三")
        + f"</w:tr><w:tr>{cell('一')}{cell('二')}<w:tc>{paragraph('外')}{inner}</w:tc></w:tr></w:tbl>"
    )
    [found] = read(docx(table)).tables
    assert found.rows == (("合并", "", "三"), ("一", "二", "外 内一 内二"))


def test_cells_stay_under_their_headings_when_the_last_ones_are_empty() -> None:
    rows = [["公示名单"], ["姓名", "手机号", "账号"], ["张三", "甲", "乙"], ["李四", "丙"], ["合计"]]
    (table,) = read(xlsx(名单=rows)).tables
    assert table.rows == (
        ("公示名单",),
        ("姓名", "手机号", "账号"),
        ("张三", "甲", "乙"),
        ("李四", "丙", ""),
        ("合计",),
    )


def test_xlsx_prints_numbers_as_people_see_them_on_every_sheet() -> None:
    rows = [
        ["编号", "数"],
        ["0012", 70743],
        ["x", 3.5],
        ["日", date(2024, 9, 1)],
        ["时", datetime(2024, 9, 1, 8, 30)],
        ["长", 123456789012345678],
    ]
    got = read(xlsx(名单=rows, 第二=[["只有一格"]], 空=[]))
    assert got.kind == "xlsx" and got.status == "text"
    first, second = got.tables
    assert first.rows[1:4] == (("0012", "70743"), ("x", "3.5"), ("日", "2024-09-01"))
    assert first.rows[4][1] == "2024-09-01 08:30:00" and "e" not in first.rows[5][1] and len(first.rows[5][1]) == 18
    assert (first.name, second.name, second.rows) == ("名单", "第二", (("只有一格",),))
    for table in got.tables:
        assert got.text[table.start :].startswith("\t".join(table.rows[0]))


def test_pdf_numbers_that_a_narrow_cell_breaks_are_whole_again() -> None:
    number = id_number(5)
    assert read(pdf([number[:17], number[17:]])).text == number
    assert read(pdf([number[:10], number[10:]])).text == number
    phones = ["13000000001", "13000000002"]
    assert read(pdf(phones)).text.split("\n") == phones
    assert read(pdf(["2024年共1234567", "8"])).text.split("\n") == ["2024年共1234567", "8"]


def test_pdf_text_and_scans() -> None:
    got = read(pdf(["云岭县公示名单", f"甲某 {id_number(34)}"], ["第二页"]))
    assert (got.status, got.kind, got.detail) == ("text", "pdf", "")
    assert got.text.split("\n") == ["云岭县公示名单", f"甲某 {id_number(34)}", "第二页"]
    assert read(pdf([], [])).status == "no-text-layer"
    assert read(pdf([], [])).detail == "共2页，没有文字层（多半是扫描件）"
    assert read(pdf(["有字"], [])).detail == "共2页，其中1页没有文字层"


@pytest.mark.parametrize(
    ("body", "status", "kind"),
    [
        (b"", "damaged", "empty"),
        (b"\x89PNG\r\n\x1a\n" + b"\0" * 30, "image", "png"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 30, "image", "jpg"),
        (b"%PDF-1.7 broken", "damaged", "pdf"),
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 30, "unsupported", "rar"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 30, "unsupported", "7z"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 100, "damaged", "ole-damaged"),
        (b"\0\1\2\3" * 50, "unsupported", "unknown"),
        (b"MZ" + b"\0" * 60, "unsupported", "exe"),
        (docx(paragraph("甲"))[:-40], "damaged", "zip"),
        (docx(""), "no-text-layer", "docx"),
        (xlsx(空=[]), "no-text-layer", "xlsx"),
        (b"   \n ", "no-text-layer", "txt"),
    ],
)
def test_without_text_the_reason_is_said(body: bytes, status: str, kind: str) -> None:
    got = read(body)
    assert (got.status, got.kind, got.text) == (status, kind, "") and got.detail


def test_content_decides_not_the_name() -> None:
    assert read(pdf(["正文"]), "名单.docx").kind == "pdf"
    assert read(docx(paragraph("正文")), "名单.doc").text == "正文"
    assert read("姓名,电话\n甲,1\n".encode("gb18030"), "名单.csv").tables[0].rows == (("姓名", "电话"), ("甲", "1"))
    assert read("\ufeff说明\r\n第二行".encode("utf-8"), "说明.txt").text == "说明\r\n第二行"


def test_xml_attacks_are_refused() -> None:
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    for doctype in (
        bomb,
        '<!DOCTYPE x SYSTEM "file:///etc/passwd">',
        '<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>',
    ):
        xml = f'<?xml version="1.0"?>{doctype}<w:document xmlns:w="w"><w:p><w:r><w:t>&e;&b;</w:t></w:r></w:p></w:document>'
        got = read(zipped({"[Content_Types].xml": "<x/>", "word/document.xml": xml}))
        assert (got.status, got.text) == ("damaged", "") and "文档类型声明" in got.detail
    deep = read(docx("<w:p>" * 5000 + "</w:p>" * 5000))
    assert deep.status == "damaged" and "嵌套过深" in deep.detail


def test_zip_bombs_inside_office_files_are_refused() -> None:
    got = read(docx(paragraph("一" * 40_000_000)))
    assert got.status == "damaged" and "压缩炸弹" in got.detail


def test_encrypted_parts_are_told_apart() -> None:
    body = bytearray(docx(paragraph("甲")))
    with zipfile.ZipFile(__import__("io").BytesIO(bytes(body))) as archive:
        offset = archive.getinfo("word/document.xml").header_offset
    body[offset + 6] |= 1
    central = body.rfind(b"word/document.xml") - 46
    body[central + 8] |= 1
    assert read(bytes(body)).status == "encrypted"


def test_zip_reads_what_is_inside_within_bounds() -> None:
    inner = zipped({"内/名单.docx": docx(paragraph("内层名单")), "图.png": b"\x89PNG\r\n\x1a\n0"})
    got = read(
        zipped(
            {
                "通知.txt": "通知正文",
                "附表.xlsx": xlsx(表=[["甲", id_number(7)]]),
                "../../etc/x.txt": "越界",
                "里.zip": inner,
            }
        )
    )
    assert (got.status, got.kind) == ("text", "zip")
    assert "通知正文" in got.text and "内层名单" in got.text and "越界" not in got.text
    assert got.text[got.tables[0].start :].startswith(f"甲\t{id_number(7)}")
    assert "文件名越出压缩包，未读取" in got.detail and "图片" in got.detail


def test_zip_nesting_count_and_empty_archives() -> None:
    body = zipped({"a.txt": "最里层"})
    for _ in range(4):
        body = zipped({"里.zip": body})
    got = read(body)
    assert got.status == "unsupported" and "套了3层以上" in got.detail
    many = read(zipped({f"{n}.txt": f"第{n}份" for n in range(320)}))
    assert many.status == "text" and "等20个文件：文件过多，未读取" in many.detail
    assert read(zipped({})).status == "unsupported"
    assert read(zipped({"a.png": b"\x89PNG\r\n\x1a\n0"})).status == "image"


def test_zip_names_written_on_chinese_systems() -> None:
    body = zipped({"ming.txt": "正文"}).replace(b"ming.txt", "名单".encode("gb18030") + b".txt")
    assert read(body).text == "名单.txt\n正文"
