"""doc, wps and rtf: every character, tables with their rows, nothing that is deleted or hidden."""

from __future__ import annotations

import pytest

from duwang.reading.attachment import read_attachment
from unit.reading.office_files import id_number
from unit.reading.word_files import compound, doc

TABLE = (
    ("姓名\x07", "cell"), ("身份证号\x07", "cell"), ("\x07", "row"),
    ("甲某\x07", "cell"), (id_number(5) + "\x07", "cell"), ("\x07", "row"),
    ("\x07", "cell"), ("两行\r", "cell"), ("内容\x07", "cell"), ("\x07", "row"),
)  # fmt: skip


def test_doc_paragraphs_and_tables_with_empty_and_two_line_cells() -> None:
    got = read_attachment(doc(("公示名单\r", ""), *TABLE, ("末段𠮷\r", "")), name="名单.wps")
    assert (got.status, got.kind) == ("text", "doc")
    [table] = got.tables
    assert table.rows == (("姓名", "身份证号"), ("甲某", id_number(5)), ("", "两行 内容"))
    assert got.text.split("\n")[0] == "公示名单" and got.text.endswith("末段𠮷")
    assert got.text[table.start :].startswith("姓名\t身份证号\n")


def test_doc_without_property_index_still_finds_rows() -> None:
    got = read_attachment(doc(("公示\r", ""), *TABLE[:6], ("末段\r", ""), marks=False), name="a.doc")
    assert got.tables[0].rows == (("姓名", "身份证号"), ("甲某", id_number(5)))


def test_doc_fields_notes_and_special_characters() -> None:
    text = '见\x13 HYPERLINK "http://x" \x14附件一\x15说明\x02\x01，第一行\x0b第二行\x1e完\r'
    assert read_attachment(doc((text, "")), name="a.doc").text == "见附件一说明，第一行\n第二行-完"


def test_doc_leaves_out_tracked_deletions() -> None:
    assert read_attachment(doc(("保留删去这里再保留\r", ""), deleted=("删去这里",)), name="a.doc").text == "保留再保留"


def test_encrypted_office_files_are_told_apart() -> None:
    for body, kind in (
        (doc(("甲\r", ""), flags=0x100), "doc"),
        (compound({"EncryptedPackage": b"x", "EncryptionInfo": b"y"}), "encrypted-office"),
    ):
        got = read_attachment(body, name="a.docx")
        assert (got.status, got.kind, got.text) == ("encrypted", kind, "") and "密码" in got.detail
    assert read_attachment(compound({"别的": b"x"}), name="a.doc").status == "unsupported"
    assert read_attachment(compound({"PowerPoint Document": b"x"}), name="a.ppt").status == "unsupported"


@pytest.mark.parametrize("cut", [600, 1500, 3000, 5000])
def test_cut_off_documents_are_damaged_never_empty(cut: int) -> None:
    got = read_attachment(doc(("公示名单\r", ""), *TABLE)[:cut], name="a.doc")
    assert got.status == "damaged" and got.detail


HEAD = r"{\rtf1\ansi\ansicpg936\deff0{\fonttbl{\f0\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset0 Arial;}}{\info{\title 标题}}"


def rtf(body: str) -> bytes:
    return (HEAD + body + "}").encode("gb18030")


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (r"\pard\f0 \'b9\'ab\'ca\'be\par", "公示"),
        (r"\pard\u20844?\u31034?\par\uc0\u20844\u31034 x\par", "公示\n公示x"),
        (r"\uc2\u20844\'b9\'ab\u31034\'ca\'be\par", "公示"),
        (r"\u-10174?\u-8265?\par", "𠮷"),
        (r"{\b 粗}{\*\unknown 不读}正文{\field{\*\fldinst HYPERLINK x}{\fldrslt 链接}}\par", "粗正文链接"),
        (r"保留{\deleted 删去}再\{留\}\~\line 换行\emdash\par", "保留再{留} \n换行—"),
        (r"{\header 页眉\par}{\pict\pngblip 89504e47}文\bin4 }}}}后\par", "页眉\n文后"),
    ],
)
def test_rtf_text(body: str, text: str) -> None:
    got = read_attachment(rtf(body), name="a.rtf")
    assert (got.status, got.kind, got.text) == ("text", "rtf", text)


def test_rtf_tables() -> None:
    row = r"\trowd\cellx100\cellx200\pard\intbl {}\cell {}\cell\row "
    body = (
        r"\pard 前段\par " + row.format("姓名", "身份证号") + row.format(r"甲\par 某", id_number(8)) + r"\pard 后段\par"
    )
    got = read_attachment(rtf(body.replace("{}", "")), name="a.rtf")
    [table] = got.tables
    assert table.rows == (("姓名", "身份证号"), ("甲 某", id_number(8)))
    assert got.text.split("\n")[0] == "前段" and got.text.endswith("后段")


def test_rtf_without_text_and_nested_without_end() -> None:
    assert read_attachment(rtf(""), name="a.rtf").status == "no-text-layer"
    assert read_attachment(b"{\\rtf1" + b"{" * 100_000, name="a.rtf").status == "damaged"
