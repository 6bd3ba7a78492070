"""Markdown, HTML and the workbook say the same as the notice."""

from __future__ import annotations

import re
from dataclasses import replace
from io import BytesIO

from openpyxl import load_workbook
from python_calamine import CalamineWorkbook

from duwang.bulletin.render.html import render_html
from duwang.bulletin.render.markdown import render_markdown
from duwang.bulletin.render.xlsx import render_xlsx
from duwang.bulletin.tree import Annex, Column
from unit.bulletin.notices import notice, plain


def test_markdown_has_headings_body_and_tables() -> None:
    text = render_markdown(notice(rows=3))
    assert text.startswith("# 仿真县人民政府办公室关于2024年第三季度政府网站与政务新媒体检查情况的通报\n")
    assert "\n## 一、总体情况\n" in text
    assert "（一）政府网站。检查政府网站48个，合格47个，不合格1个，合格率为97.92%。" in text
    assert "| 1 | 云岭镇 | 云岭之声0（微信） | 信息更新不及时 | 栏目“通知公告”超过6个月未更新 | 1 |" in text
    assert text.endswith("|\n")


def test_markdown_escapes_what_would_be_markup() -> None:
    assert "\\*甲\\|乙\\* \\<b\\>" in render_markdown(plain(1, last="*甲|乙* <b>"))


def test_html_is_self_contained_and_escaped() -> None:
    page = render_html(plain(1, last="<script>alert(1)</script>"))
    assert "&lt;script&gt;" in page and "<script" not in page
    assert not re.search(r"(src|href)=\"(?!#)|url\(|@import", page)


def test_html_tells_where_a_figure_comes_from() -> None:
    page = render_html(notice(rows=12))
    assert 'title="（网站检查数－网站不合格数）÷网站检查数">97.92%<' in page
    assert 'title="附件第1、8行逐行数出">2<' not in page
    assert re.search(r'title="核算表“[^”]+”第1、8行逐行数出">2<|title="附件第[\d、]+行逐行数出">2<', page)


def test_html_merges_cells() -> None:
    page = render_html(notice(rows=12))
    assert '<td rowspan="7" class="centred">云岭镇</td>' in page
    assert page.count(">云岭镇<") == 1


def test_workbook_has_a_sheet_for_every_annex_and_never_a_formula() -> None:
    columns = (Column("备案单号"), Column("问题"), Column("处数"))
    rows = (("00123", '=HYPERLINK("http://x")', "3"), ("30254160307745560001", "+1", "12"))
    made = replace(plain(1), annexes=(Annex("甲", "问题[清单]", columns, rows),))
    book = load_workbook(BytesIO(render_xlsx(made)))
    sheet = book["附件 问题清单"]
    assert [cell.value for cell in sheet[3]] == ["00123", '=HYPERLINK("http://x")', 3]
    assert [cell.data_type for cell in sheet[3]] == ["s", "s", "n"]
    assert sheet["A4"].value == "30254160307745560001" and sheet["A4"].data_type == "s"


def test_workbook_merges_and_keeps_uncounted_tables_behind() -> None:
    made = notice(rows=12)
    book = load_workbook(BytesIO(render_xlsx(made)))
    first = book.worksheets[0]
    assert first.title == "附件 存在问题清单" and "B3:B9" in {str(area) for area in first.merged_cells.ranges}
    assert len(book.worksheets) == len(made.annexes)


def test_workbook_is_readable_and_repeatable() -> None:
    made = render_xlsx(notice(rows=3))
    rows = CalamineWorkbook.from_filelike(BytesIO(made)).get_sheet_by_index(0).to_python()
    assert rows[0][0] == "存在问题清单" and rows[1][0] == "序号"
    assert made == render_xlsx(notice(rows=3))


def test_a_notice_without_annexes_gives_a_workbook_that_says_so() -> None:
    rows = CalamineWorkbook.from_filelike(BytesIO(render_xlsx(plain(1)))).get_sheet_by_index(0).to_python()
    assert rows == [["这份通报没有附件"]]


def test_rows_of_the_workbook_are_tall_enough_for_their_text() -> None:
    columns = (Column("序号"), Column("问题"))
    made = replace(plain(1), annexes=(Annex("甲", "表", columns, (("1", "短"), ("2", "很长的问题" * 40))),))
    sheet = load_workbook(BytesIO(render_xlsx(made))).worksheets[0]
    short, long = sheet.row_dimensions[3].height, sheet.row_dimensions[4].height
    assert short < 25 and long > 4 * 16
