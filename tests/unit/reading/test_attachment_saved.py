"""What offices save under the names of office files: web pages, single-file pages, XML of 2003, slides, OpenDocument."""

from __future__ import annotations

import base64

import pytest

from duwang.reading.attachment import read_attachment
from unit.reading.office_files import id_number, zipped

PAGE = f"<html><head><meta charset='gb2312'></head><body><p>名单如下</p><table border=1><tr><td>姓名</td><td>身份证号</td></tr><tr><td>甲某</td><td>{id_number(1)}</td></tr></table></body></html>"
ROWS = (("姓名", "身份证号"), ("甲某", id_number(1)))


def test_pages_named_as_sheets_are_read_and_real_pages_are_not_attachments() -> None:
    got = read_attachment(PAGE.encode("gb18030"), name="名单.xls")
    assert (got.status, got.kind, got.tables[0].rows) == ("text", "office-html", ROWS)
    assert got.text[got.tables[0].start :].startswith("姓名\t身份证号\n")
    page = read_attachment(PAGE.encode("gb18030"), name="download?id=7")
    assert (page.status, page.detail) == ("unsupported", "内容是网页，不是附件文件")


def test_single_file_pages() -> None:
    encoded = base64.encodebytes(PAGE.encode("gb18030")).decode()
    message = f'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="=x"\n\n--=x\nContent-Type: text/html; charset=gb2312\nContent-Transfer-Encoding: base64\n\n{encoded}\n--=x--\n'
    got = read_attachment(message.encode(), name="名单.doc")
    assert (got.status, got.kind, got.tables[0].rows) == ("text", "mht", ROWS)


def test_sheets_and_documents_of_2003() -> None:
    sheet = (
        '<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名单"><Table><Row><Cell><Data ss:Type="String">甲</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="String">丙</Data></Cell></Row></Table></Worksheet></Workbook>'
    )
    assert read_attachment(sheet.encode(), name="a.xls").tables[0].rows == (("甲", "", "丙"),)
    word = '<?xml version="1.0"?><w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body><w:p><w:r><w:t>正文</w:t></w:r></w:p></w:body></w:wordDocument>'
    assert read_attachment(word.encode(), name="a.doc").text == "正文"


def test_slides_in_order_with_tables_and_notes() -> None:
    def slide(text: str) -> str:
        return f'<?xml version="1.0"?><p:sld xmlns:p="p" xmlns:a="a"><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>'

    parts = {
        "[Content_Types].xml": "<x/>",
        "ppt/slides/slide10.xml": slide("第十"),
        "ppt/slides/slide2.xml": slide("第二"),
        "ppt/notesSlides/notesSlide2.xml": slide("备注"),
    }
    assert read_attachment(zipped(parts), name="a.pptx").text == "第二\n备注\n第十"


@pytest.mark.parametrize("repeated", ["2", "999999999"])
def test_open_document_text(repeated: str) -> None:
    content = (
        '<?xml version="1.0"?><o:c xmlns:o="o" xmlns:t="t"><t:p>甲<t:s t:c="2"/>乙<t:tab/>丙</t:p><t:tracked-changes><t:p>删去</t:p></t:tracked-changes>'
        f'<t:table><t:table-row><t:table-cell><t:p>一</t:p></t:table-cell><t:table-cell t:number-columns-repeated="{repeated}"/><t:table-cell><t:p>二</t:p></t:table-cell></t:table-row></t:table></o:c>'
    )
    got = read_attachment(
        zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": content}), name="a.odt"
    )
    assert got.kind == "odt" and got.text.startswith("甲  乙\t丙\n一\t") and "删去" not in got.text
    assert len(got.tables[0].rows[0]) == min(int(repeated), 200) + 2
    locked = zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "content.xml": "x",
            "META-INF/manifest.xml": "<m><encryption-data/></m>",
        }
    )
    assert read_attachment(locked, name="a.odt").status == "encrypted"
