"""docx: the layout of GB/T 9704, merged cells, sections, fonts of rare characters, speed."""

from __future__ import annotations

import time
from io import BytesIO
from zipfile import ZipFile

import pytest
from docx import Document
from docx.oxml.ns import qn

from duwang.bulletin.render.docx import render_docx
from duwang.bulletin.render.wordml import font_for
from unit.bulletin.notices import notice, plain


def opened(made: bytes):  # type: ignore[no-untyped-def]
    return Document(BytesIO(made))


def test_page_and_grid_are_those_of_the_standard() -> None:
    section = opened(render_docx(notice())).sections[0]
    measured = (section.page_width, section.page_height, section.top_margin, section.left_margin)
    assert [round(length.mm) for length in measured] == [210, 297, 37, 28]
    assert (round(section.bottom_margin.mm), round(section.right_margin.mm)) == (35, 26)
    grid = section._sectPr.find(qn("w:docGrid"))
    assert (grid.get(qn("w:type")), grid.get(qn("w:linePitch"))) == ("lines", "579")


def test_page_numbers_stand_right_on_odd_and_left_on_even_pages() -> None:
    document = opened(render_docx(notice()))
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    assert "PAGE" in section.footer._element.xml and 'w:jc w:val="right"' in section.footer._element.xml
    assert (
        "PAGE" in section.even_page_footer._element.xml and 'w:jc w:val="left"' in section.even_page_footer._element.xml
    )


def test_heading_levels_have_their_fonts() -> None:
    document = opened(render_docx(notice()))
    fonts = {p.text: [run._r.rPr.rFonts.get(qn("w:eastAsia")) for run in p.runs] for p in document.paragraphs}
    assert fonts["一、总体情况"] == ["黑体"]
    site = next(text for text in fonts if text.startswith("（一）政府网站。"))
    assert fonts[site][:2] == ["楷体_GB2312", "仿宋_GB2312"]
    assert fonts["检查情况的通报"] == ["方正小标宋简体"]


def test_red_head_only_where_asked() -> None:
    assert "FF0000" not in opened(render_docx(notice())).element.xml
    marked = opened(render_docx(notice(mark="仿真县人民政府办公室文件")))
    assert marked.paragraphs[0].text == "仿真县人民政府办公室文件"
    assert marked.paragraphs[1].text == "仿政办函〔2024〕37号"
    assert "FF0000" in marked.element.xml


def test_equal_neighbours_are_one_cell_and_the_heading_row_repeats() -> None:
    table = opened(render_docx(notice(rows=12))).tables[0]
    units = [cell.text for cell in table.columns[1].cells]
    assert units[1:8] == ["云岭镇"] * 7
    merges = table._tbl.xml.count('<w:vMerge w:val="restart"/>')
    assert merges == 2 and table._tbl.xml.count("<w:tblHeader/>") == 1
    widths = [int(column.get(qn("w:w"))) for column in table._tbl.tblGrid.gridCol_lst]
    assert sum(widths) == 8844


def test_landscape_annexes_have_their_own_section() -> None:
    document = opened(render_docx(notice(landscape=True)))
    assert [section.orientation for section in document.sections] == [0, 1]
    assert round(document.sections[1].page_width.mm) == 297


def test_what_ends_the_notice_is_tied_to_the_last_paragraph_of_the_body() -> None:
    paragraphs = opened(render_docx(plain(30, attached=2))).paragraphs
    tied = {p.text: p.paragraph_format.keep_with_next for p in paragraphs}
    for text in ("结尾。", "附件：1.第0份材料", "2.第1份材料", "仿真县人民政府办公室", "2024年4月5日"):
        assert tied[text], text
    assert not tied["（此件公开发布）"]


@pytest.mark.parametrize(
    ("char", "font"), [("乡", "仿宋_GB2312"), ("耈", "仿宋"), ("㮾", "SimSun-ExtB"), ("A", "仿宋_GB2312")]
)
def test_characters_take_a_font_that_has_them(char: str, font: str) -> None:
    assert font_for(char, "") == font


def test_the_same_notice_gives_the_same_bytes_and_control_characters_do_no_harm() -> None:
    assert render_docx(notice()) == render_docx(notice())
    made = render_docx(plain(1, last="坏字符\x0b\x00<w:p>&结尾"))
    assert "坏字符<w:p>&结尾" in [p.text for p in opened(made).paragraphs]
    assert {info.date_time for info in ZipFile(BytesIO(made)).infolist()} == {(1980, 1, 1, 0, 0, 0)}


def test_two_hundred_rows_take_less_than_a_second() -> None:
    made = notice(rows=200)
    start = time.perf_counter()
    render_docx(made)
    assert time.perf_counter() - start < 1
