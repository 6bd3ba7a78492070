"""What is exported is read back the same; the template is usable as it comes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from duwang.flow.registry import check, load
from duwang.flow.registry.exporting import export
from duwang.flow.registry.sheets import SHEETS
from duwang.flow.registry.template import write_template
from duwang.model.registry import Declaration, Letter, Task
from unit.registry.ledgers import SITES, csv_folder


@pytest.mark.parametrize("name", ["出.xlsx", "出"])
def test_round_trip(tmp_path: Path, name: str) -> None:
    registry = load(csv_folder(tmp_path / "入"))
    full = replace(
        registry,
        declarations=(Declaration("site/5399210001", "停机", date(2024, 7, 1), date(2024, 7, 3), "升级,换行\n后", "《函》"),),
        letters=(Letter("0001", "网民留言", "site/5399210002", "局长信箱", valid=False, title="=1+1", text="https://a.cn", received=date(2024, 7, 1)),),
        tasks=(Task("发布量", "account/微信公众号/0070743", "", date(2024, 9, 30), 12),),
    )  # fmt: skip
    again = load(export(full, tmp_path / name))
    assert replace(again, folder="") == replace(full, folder="")


@pytest.mark.parametrize("name", ["出.xlsx", "出"])
def test_own_columns_survive_an_export(tmp_path: Path, name: str) -> None:
    rows = [[f"自编{number}" if number else "自编号", *row] for number, row in enumerate(SITES)]
    again = load(export(load(csv_folder(tmp_path / "入", 网站=rows)), tmp_path / name))
    assert again.extra == {"网站": ("自编号",)} and again.extra_cells == {"网站": (("自编1",), ("自编2",))}


def test_template_marks_required_lists_choices_and_keeps_codes_as_text(tmp_path: Path) -> None:
    path = write_template(tmp_path / "模板.xlsx")
    book = openpyxl.load_workbook(path)
    assert book.sheetnames == ["填写说明", *(sheet.name for sheet in SHEETS)]
    page = book["新媒体"]
    assert [cell.value for cell in page[1]][:3] == ["备案单号", "平台*", "名称*"]
    assert page.column_dimensions["A"].number_format == "@"
    lists = {str(rule.sqref).split("2:")[0]: rule.formula1 for rule in book["网站"].data_validations.dataValidation}
    assert lists["D"] == '"门户,部门,专项"' and lists["G"] == '"是,否"'


def test_filled_template_is_read(tmp_path: Path) -> None:
    path = write_template(tmp_path / "模板.xlsx")
    assert [str(problem) for problem in check(path).problems] == [
        "模板.xlsx：“网站”和“新媒体”都没有记录，没有可检查的对象；请至少填写其中一张表。"
    ]
    book = openpyxl.load_workbook(path)
    book["网站"].append(["5399210001", "云岭县人民政府网", "http://127.0.0.1/", "门户", "云岭县人民政府办公室"])
    book.save(path)
    report = check(path)
    assert not report.problems and report.counts["网站"] == 1 and not report.extra
    assert [site.name for site in load(path).sites] == ["云岭县人民政府网"]
