"""Titles break at sense units, signature and date are centred on each other, columns hold their numbers."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duwang.bulletin.render.layout import Role, lines_of, signing_indents
from duwang.bulletin.render.rare import rare_characters, spelled
from duwang.bulletin.render.titles import title_lines
from duwang.bulletin.render.widths import widths
from duwang.bulletin.tree import Annex, Bulletin, Column, Head, Paragraph, Run, Section
from unit.bulletin.notices import notice


@pytest.mark.parametrize(
    ("title", "lines"),
    [
        ("检查情况的通报", ("检查情况的通报",)),
        ("仿真县人民政府办公室关于2024年一季度政府网站和政府系统政务新媒体检查情况的通报",
         ("仿真县人民政府办公室关于", "2024年一季度政府网站和", "政府系统政务新媒体检查情况的通报")),
        ("已经\n分好的两行", ("已经", "分好的两行")),
    ],
)  # fmt: skip
def test_titles_break_at_sense_units(title: str, lines: tuple[str, ...]) -> None:
    assert title_lines(title) == lines


@given(st.text(alphabet="政府网站和关于的2024年季度、情况通报", min_size=1, max_size=120))
def test_titles_lose_nothing(title: str) -> None:
    assert "".join(title_lines(title)) == title


@pytest.mark.parametrize(
    ("name", "day", "indents"),
    [
        ("昌宁县人民政府办公室", date(2024, 4, 5), (2.0, 4.0)),
        ("县政府办", date(2024, 10, 16), (5.5, 4.0)),
        ("某某省人民政府政府信息与政务公开领导小组办公室", date(2024, 4, 5), (0.0, 8.5)),
    ],
)
def test_name_and_date_are_centred_on_each_other(name: str, day: date, indents: tuple[float, float]) -> None:
    assert signing_indents(name, day) == indents


def test_columns_hold_their_longest_number_and_add_up() -> None:
    columns = tuple(Column(title, share) for title, share in (("序号", 0.1), ("备案单号", 0.5), ("问题", 3.0)))
    annex = Annex("甲", "表", columns, (("1", "3025416030774556", "更新不及时"), ("200", "70743", "红头")))
    made = widths(annex, 156, char=4.24, margins=3.3)
    assert sum(made) == pytest.approx(156)
    assert made[0] >= 1.5 * 4.24 and made[1] >= 8 * 4.24


def test_sections_may_be_numbered_as_the_office_does() -> None:
    inner = tuple(
        Section(2, heading, (Paragraph((Run("内容。"),)),), run_in=True) for heading in ("更新不及时", "审核不严")
    )
    made = Bulletin(Head("办", "题"), sections=(Section(1, "存在问题", sections=inner, numbering="{n}是"),))
    assert [line.text for line in lines_of(made) if line.role is Role.HEADING] == [
        "一、存在问题", "一是更新不及时。内容。", "二是审核不严。内容。",
    ]  # fmt: skip


def test_the_tail_comes_in_the_order_of_the_standard() -> None:
    roles = [line.role for line in lines_of(notice()) if line.role not in (Role.BODY, Role.HEADING)]
    assert roles[-6:] == [Role.CONTACT, Role.CONTACT, Role.ATTACHED, Role.SIGNATURE, Role.DAY, Role.NOTE]


def test_rare_characters_of_names_are_told() -> None:
    assert (
        spelled(rare_characters(["耈街乡", "㮾梨街道", "涢水街道2024，。"]))
        == "耈（U+8008）、㮾（U+3BBE）、涢（U+6DA2）"
    )
