"""A data file that holds only what §4 promises: every style writes its problems and its deadline, and prints nothing it was not told."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from duwang.bulletin.data import load_data
from duwang.bulletin.style import load_style
from duwang.bulletin.writing import write
from duwang.cli import main

STYLES = ("通用", "襄阳", "昌宁", "凤翔", "曾都", "青海")
PLAIN = """
head: {issuer: 云岭县人民政府办公室, date: 2024-10-12, period: 2024年第三季度}
problems:
  - {kind: 网站, org: 云岭县教育局, target: 云岭教育网, text: 首页2周未更新}
  - {kind: 内容不更新, org: 云岭县民政局, target: 云岭民政, platform: 微信公众号, filing_no: "70743", text: 超过14天未更新}
deadline: 2024-10-25
"""
FIGURES = "figures: {网站检查数: 12, 网站不合格数: {count: problems, where: {类别: 政府网站}}}\n"
OWN = "requirements: [立即整改]\nannexes: [{title: 名单, columns: [序号, 名称], rows: [[1, 云岭教育网]]}]\n"


def written(tmp_path: Path, text: str, style: str) -> str:
    (tmp_path / "数据.yaml").write_text(text, "utf-8")
    arguments = ["bulletin", str(tmp_path / "数据.yaml"), "--out", str(tmp_path), "--form", "md", "--style", style]
    done = CliRunner().invoke(main, arguments)
    assert done.exit_code == 0, done.output
    return (tmp_path / "通报.md").read_text("utf-8")


@pytest.mark.parametrize("style", STYLES)
def test_problems_and_deadline_are_told_in_every_style(tmp_path: Path, style: str) -> None:
    notice = written(tmp_path, PLAIN, style)
    assert "云岭县教育局：首页2周未更新" in notice and "云岭县民政局：超过14天未更新" in notice
    assert "内容不更新" in notice and "10月25日" in notice
    assert "0个政府网站" not in notice and "None" not in notice and "{" not in notice
    headings = [line for line in notice.splitlines() if line.startswith("## ") and "、" in line[:6]]
    assert [line[3] for line in headings] == list("一二三四五六")[: len(headings)]


@pytest.mark.parametrize("style", ("通用", "襄阳", "青海"))
def test_figures_are_counted_from_fields_that_no_annex_shows(tmp_path: Path, style: str) -> None:
    notice = written(tmp_path, PLAIN + FIGURES, style)
    assert "91.67%" in notice and "12个" in notice


@pytest.mark.parametrize("style", STYLES)
def test_own_requirements_still_tell_the_deadline(tmp_path: Path, style: str) -> None:
    notice = written(tmp_path, PLAIN + OWN, style)
    assert "立即整改" in notice and "10月25日" in notice and "云岭教育网" in notice


def test_a_heading_with_nothing_to_say_is_left_out(tmp_path: Path) -> None:
    assert "总体情况" not in written(tmp_path, PLAIN, "通用")
    assert "总体情况" in written(tmp_path, PLAIN + FIGURES, "通用")


def test_braces_in_a_name_or_text_are_no_places() -> None:
    body = (
        "head: {issuer: 仿真县人民政府办公室, date: 2024-10-16, title: 通报}\n"
        "problems: [{kind: 政府网站, item: 表述, org: 县教育局, target: '{名称}网', text: '写成“{花}|<b>”'}]\n"
    )
    made = write(load_data(body, name="a.yaml"), load_style("通用"))
    cells = "".join(made.annex("problems").rows[0])
    assert "{名称}网" in cells and "写成“{花}|<b>”" in cells


def test_where_only_accounts_failed_no_sites_are_told(tmp_path: Path) -> None:
    figures = "figures: {新媒体检查数: 30, 网站检查数: 12, 网站不合格数: 0, 新媒体不合格数: 2}\n"
    notice = written(tmp_path, PLAIN + figures, "青海")
    assert "其中，2个政务新媒体检查结果不合格" in notice and "0个政府网站" not in notice
