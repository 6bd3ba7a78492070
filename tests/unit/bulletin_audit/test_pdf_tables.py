"""Annex tables of a PDF are read in rows: merged cells, page ends, headings that repeat, figures checked in them."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duwang.bulletin.data import load_data
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.render.docx import render_docx
from duwang.bulletin.render.faces import Faces, faces_of
from duwang.bulletin.render.pdf import render_pdf
from duwang.bulletin.style import load_style
from duwang.bulletin.tree import Bulletin
from duwang.bulletin.writing import write
from duwang.flow.auditing import audit_file, notice_in
from duwang.reading.office.pdf_grid import Char, Line, grids
from unit.bulletin.notices import notice


@pytest.fixture(scope="module")
def fonts() -> Faces:
    try:
        return faces_of()
    except BulletinFault as fault:
        pytest.skip(f"本机没有中文字库：{str(fault)[:30]}")


def plain(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize(("rows", "landscape"), [(1, False), (12, False), (120, False), (60, True)])
def test_rows_come_back_as_they_were_written(fonts: Faces, rows: int, landscape: bool) -> None:
    made = notice(rows=rows, landscape=landscape)
    read = notice_in(render_pdf(made, faces=fonts), name="通报.pdf")
    for annex, table in zip(made.printed_annexes(), read.tables, strict=True):
        spans = annex.spans()
        covered = {(row + k, column) for (row, column), count in spans.items() for k in range(1, count)}
        told = [
            tuple("" if (n, at) in covered else plain(cell) for at, cell in enumerate(row))
            for n, row in enumerate(annex.rows)
        ]
        assert [tuple(map(plain, row)) for row in table.rows[1:]] == told
        assert plain("".join(table.rows[0])) == plain("".join(column.title for column in annex.columns))
        text = "\n".join("\t".join(row) for row in table.rows)
        assert read.body[table.start : table.start + len(text)] == text


def towns(rate: str = "90.00%", total: str = "30") -> Bulletin:
    return write(
        load_data(
            f"""
head: {{issuer: 仿真县人民政府办公室, date: 2024-10-08, title: 关于检查情况的通报}}
sections: [{{heading: 总体情况, text: "各乡镇检查情况见附件。"}}]
annexes:
- title: 各乡镇检查情况表
  columns: [{{title: 序号}}, {{title: 乡镇}}, {{title: 检查数}}, {{title: 不合格数}}, {{title: 合格率}}]
  rows: [["1", 石桥乡, "10", "1", "{rate}"], ["2", 柳河镇, "20", "0", "100%"], ["", 合计, "{total}", "1", "96.67%"]]
""",
            name="a.yaml",
        ),
        load_style("通用"),
    )


@pytest.mark.parametrize(
    ("made", "wrong"),
    [
        (towns(), ""),
        (towns(rate="90.01%"), "附件“石桥乡”合格率写90.01%，应为90.00%"),
        (towns(total="31"), "附件“检查数”一列合计写31，各行相加是30"),
    ],
)
def test_a_pdf_is_checked_like_the_docx(tmp_path: Path, fonts: Faces, made: Bulletin, wrong: str) -> None:
    (tmp_path / "a.pdf").write_bytes(render_pdf(made, faces=fonts))
    (tmp_path / "a.docx").write_bytes(render_docx(made))
    by_pdf, by_docx = (audit_file(tmp_path / name, as_of=date(2024, 10, 8)) for name in ("a.pdf", "a.docx"))
    told = [one["message"] for one in by_pdf["findings"]]
    assert told == [one["message"] for one in by_docx["findings"]]
    assert wrong in "".join(told) and bool(told) == bool(wrong)
    assert by_pdf["confirmed"] == by_docx["confirmed"]


def box(rows: int, columns: int) -> tuple[list[Line], list[Line]]:
    return (
        [Line(100 - 20 * n, 0, 50 * columns) for n in range(rows + 1)],
        [Line(50 * n, 100 - 20 * rows, 100) for n in range(columns + 1)],
    )


def test_a_frame_or_a_single_row_is_no_table() -> None:
    chars = [Char(0, "甲", 10, 90), Char(1, "乙", 60, 90)]
    assert grids(*box(1, 2), chars) == [] == grids(*box(2, 1), chars)
    (grid,) = grids(*box(2, 2), chars)
    assert grid.cells == (("甲", "乙"), ("", ""))


def test_where_no_line_stands_cells_are_one() -> None:
    across, down = box(2, 2)
    across[1] = Line(80, 50, 100)  # nothing between the rows of the first column
    chars = [Char(0, "甲", 10, 90), Char(1, "乙", 10, 70), Char(2, "丙", 60, 70), Char(3, "外", 300, 70)]
    (grid,) = grids(across, down, chars)
    assert grid.cells == (("甲乙", ""), ("", "丙")) and grid.taken == {0, 1, 2}
