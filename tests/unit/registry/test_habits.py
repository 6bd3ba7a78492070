"""Ledgers as offices really keep them: failed formulas, hidden sheets, stray files, spaces in names, accounts that moved."""

from __future__ import annotations

from pathlib import Path
from shutil import copyfile

import openpyxl
import pytest

from duwang.flow.ownership import Ownership
from duwang.flow.registry import check, in_full, load
from unit.registry.ledgers import ACCOUNTS, SITES, changed, csv_folder, workbook


def said(path: Path) -> tuple[list[str], list[str]]:
    report = check(path)
    return [str(one) for one in report.problems], [str(one) for one in report.warnings]


def patched(path: Path, cell: str, xml: str) -> Path:
    """The workbook with the XML of one cell of 网站 replaced, as a spreadsheet program would have saved it."""
    import re
    import zipfile

    parts = {}
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            parts[name] = package.read(name).decode()
    name = next(name for name in parts if name.endswith("sheet2.xml"))
    parts[name], times = re.subn(rf'<c r="{cell}"[^>]*?(/>|>.*?</c>)', xml, parts[name])
    assert times == 1
    with zipfile.ZipFile(path, "w") as package:
        for name, text in parts.items():
            package.writestr(name, text)
    return path


def test_a_failed_formula_is_named_and_not_taken_for_empty(tmp_path: Path) -> None:
    """A 主管单位 looked up in vain was read as having none."""
    sites = [[*row, "主管单位" if not at else "云岭县教育局"] for at, row in enumerate(SITES)]
    path = patched(
        workbook(tmp_path / "名录.xlsx", 网站=sites),
        "F2",
        '<c r="F2" t="e"><f>VLOOKUP(A2,单位!A:B,2,0)</f><v>#N/A</v></c>',
    )
    assert said(path)[0] == ["名录.xlsx“网站”表第2行“主管单位”列：公式出错（#N/A）；请改成文字，或改正公式后保存。"]


def test_a_formula_never_worked_out_is_named(tmp_path: Path) -> None:
    path = workbook(tmp_path / "名录.xlsx", 网站=changed(SITES, 2, "名称", '=CONCATENATE("云岭县","网")'))
    assert said(path)[0] == [
        "名录.xlsx“网站”表第2行“名称”列：公式没有算出结果；请用表格软件打开，保存一次后再试，或改成文字。"
    ]


@pytest.mark.parametrize(
    "cell", ['<c r="B9" t="e"><f>X(A9)</f><v>#N/A</v></c>', '<c r="B9" t="str"><f>IFERROR(X(A9),"")</f><v></v></c>']
)
def test_formulas_drawn_down_over_empty_rows_are_no_records(tmp_path: Path, cell: str) -> None:
    sites = [*SITES, *([["", "", ""]] * 5), ["", "x"]]
    path = patched(workbook(tmp_path / "名录.xlsx", 网站=sites), "B9", cell)
    assert said(path)[0] == []


def test_a_hidden_sheet_is_read_and_said_so(tmp_path: Path) -> None:
    path = workbook(tmp_path / "名录.xlsx")
    book = openpyxl.load_workbook(path)
    book["栏目"].sheet_state = "hidden"
    book.save(path)
    assert said(path) == ([], ["名录.xlsx“栏目”表：这张表是隐藏的，已照常读取；不用的表请删除。"])


def test_files_beside_that_look_like_sheets_are_told(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path)
    copyfile(folder / "新媒体.csv", folder / "新媒体(1).csv")
    (folder / "走查.csv").write_text("平台,名称\n", "utf-8")
    (folder / "~$网站.xlsx").write_bytes(b"")
    problems, warnings = said(folder)
    assert not problems
    assert [warning.split("；")[0] for warning in warnings] == ["新媒体(1).csv：没有读取"]


def test_spaces_and_widths_do_not_make_another_unit(tmp_path: Path) -> None:
    sites = changed(changed(SITES, 2, "主办单位", "云岭县 人民政府办公室"), 3, "主办单位", "县教育局\u3000")
    path = csv_folder(tmp_path, 网站=sites)
    assert said(path) == ([], [])
    assert [site.owner for site in in_full(load(path)).sites] == ["云岭县人民政府办公室", "云岭县教育局"]


def test_an_account_under_two_numbers_is_told(tmp_path: Path) -> None:
    moved = ["0070999", "微信公众号", "云岭 发布", "云岭县教育局", "", "", ""]
    folder = csv_folder(tmp_path, 新媒体=[*ACCOUNTS, moved])
    assert said(folder)[1][0].startswith("新媒体.csv第4行“名称”列：平台、名称与第2行相同，备案单号或账号不同")
    closed = [[*row, "状态" if not at else "已注销" if at == 1 else ""] for at, row in enumerate([*ACCOUNTS, moved])]
    assert said(csv_folder(tmp_path / "2", 新媒体=closed)) == ([], [])


def test_one_platform_in_two_words_is_told_and_spaces_are_none(tmp_path: Path) -> None:
    accounts = changed(changed(ACCOUNTS, 3, "平台", "公众号"), 2, "平台", "微信 公众号")
    folder = csv_folder(tmp_path, 新媒体=accounts)
    assert load(folder).accounts[0].platform == "微信公众号"
    assert said(folder)[1] == [
        "新媒体.csv第3行“平台”列：同一个平台写成了“微信公众号”和“公众号”，通报里会分开数；请统一写成“微信公众号”。"
    ]


def test_a_date_with_号(tmp_path: Path) -> None:
    accounts = changed(ACCOUNTS, 2, "开设日期", "2024年９月２号")
    assert str(load(csv_folder(tmp_path, 新媒体=accounts)).accounts[0].opened) == "2024-09-02"


def test_a_renamed_unit_is_known_by_its_former_names(tmp_path: Path) -> None:
    """Articles signed with the old name were put down to whoever runs the site."""
    units = [["名称", "简称", "曾用名"], ["云岭县人民政府办公室", "县政府办", ""],
             ["云岭县教育和体育局", "县教体局", "云岭县教育局、县教育局，云岭县体育局"]]  # fmt: skip
    folder = csv_folder(tmp_path, 单位=units)
    assert said(folder) == ([], [])
    ledger = load(folder)
    assert in_full(ledger).sites[1].owner == "云岭县教育和体育局"
    owners = Ownership.of(ledger)
    for printed in ("云岭县教育局", "云岭县体育局", "县教体局"):
        assert owners.of_page("site/5399210001/page/aa", printed=[printed], column="") == (
            "云岭县教育和体育局",
            "printed",
        )
    both = csv_folder(tmp_path / "2", 单位=[*units, ["云岭县体育局", "", ""]])
    assert (
        Ownership.of(load(both)).of_page("site/5399210001/page/aa", printed=["云岭县体育局"], column="")[1]
        == "ambiguous"
    )
