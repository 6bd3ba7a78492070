"""A written ledger becomes a Registry, or says line by line what is wrong."""

from __future__ import annotations

import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest

from duwang.flow.registry import RegistryFault, check, load
from unit.registry.ledgers import ACCOUNTS, COLUMNS, SITES, changed, csv_folder, workbook

LOST = "Excel把编号存成了数字，后几位可能已经丢失；请把该列设为文本后重新填写。"


def faults(path: Path | str) -> list[str]:
    with pytest.raises(RegistryFault) as caught:
        load(path)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gb18030", "utf-16"])
def test_csv_folder_in_usual_encodings(tmp_path: Path, encoding: str) -> None:
    registry = load(csv_folder(tmp_path / "名录", encoding))
    assert [site.ref for site in registry.sites] == ["site/5399210001", "site/5399210002"]
    assert registry.sites[0].owner == "云岭县人民政府办公室" and registry.sites[0].registered is None
    assert [column.first_level for column in registry.columns] == [True, True, False]
    assert [account.ref for account in registry.accounts] == ["account/微信公众号/0070743", "account/微博/云岭教育"]
    assert registry.accounts[0].opened == date(2019, 3, 5) and registry.accounts[1].opened == date(2020, 1, 2)
    assert registry.folder == str(tmp_path / "名录")


def test_workbook_and_folder_say_the_same(tmp_path: Path) -> None:
    book, folder = load(workbook(tmp_path / "名录.xlsx")), load(csv_folder(tmp_path / "csv"))
    assert (book.orgs, book.sites, book.columns, book.accounts) == (
        folder.orgs,
        folder.sites,
        folder.columns,
        folder.accounts,
    )
    assert book.folder == str(tmp_path)


def test_one_address_is_a_ledger_of_one_site() -> None:
    registry = load("http://127.0.0.1:8001/index.html")
    assert [site.ref for site in registry.sites] == ["site/127.0.0.1:8001"]
    assert load("https://www.yunling.gov.cn").sites[0].ref == "site/www.yunling.gov.cn"
    assert load(Path("https://www.yunling.gov.cn/")).sites[0].home == "https://www.yunling.gov.cn"
    assert faults("http://")[0]


def test_headings_in_any_order_with_stars_and_spaces_and_unknown_ones_kept(tmp_path: Path) -> None:
    sites = [
        ["\ufeff主办单位 *", " 首页网址*", "备注", "名称\u3000", "网站标识码＊"],
        [],
        ["云岭县教育局", "http://127.0.0.1:8002/", "x", "教育局网", "\u30005399210002 "],
    ]
    registry = load(csv_folder(tmp_path, 网站=sites, 栏目=None))
    assert registry.sites[0].code == "5399210002" and registry.sites[0].owner == "云岭县教育局"
    assert registry.extra == {"网站": ("备注",)}


def test_a_title_above_the_table_is_no_heading(tmp_path: Path) -> None:
    sites = [["云岭县网站名录（2024年）"], ["填报单位：", "云岭县人民政府办公室"], *SITES]
    path = workbook(tmp_path / "名录.xlsx", 网站=changed(sites, 1, "云岭县网站名录（2024年）", "名录"))
    assert [site.code for site in load(path).sites] == ["5399210001", "5399210002"]
    sites[4] = ["5399210002", "云岭县教育局网", "http://127.0.0.1:8002/", "部门", ""]
    assert faults(workbook(path, 网站=sites))[0].startswith("名录.xlsx“网站”表第5行“主办单位”列：必填")


@pytest.mark.parametrize("number", [3.02542e15, 3025420001, 70743, 12345678901234567])
def test_numbers_in_code_columns_are_refused_with_the_reason(tmp_path: Path, number: float) -> None:
    path = workbook(tmp_path / "名录.xlsx", 新媒体=changed(ACCOUNTS, 2, "备案单号", number))
    assert faults(path) == [f"名录.xlsx“新媒体”表第2行“备案单号”列：{LOST}"]
    path = workbook(tmp_path / "名录.xlsx", 网站=changed(SITES, 3, "网站标识码", number))
    assert faults(path) == [f"名录.xlsx“网站”表第3行“网站标识码”列：{LOST}"]


@pytest.mark.parametrize("text", ["3.03E+15", "3.02542e15", "70743.0"])
def test_numbers_spoilt_before_export_to_csv_are_refused(tmp_path: Path, text: str) -> None:
    assert faults(csv_folder(tmp_path, 新媒体=changed(ACCOUNTS, 2, "备案单号", text))) == [
        f"新媒体.csv第2行“备案单号”列：{LOST}"
    ]


def test_text_with_leading_zeros_and_excel_tricks_is_kept(tmp_path: Path) -> None:
    accounts = changed(changed(ACCOUNTS, 2, "备案单号", '="0070743"'), 3, "备案单号", "'1234567890123456789")
    registry = load(csv_folder(tmp_path, 新媒体=accounts))
    assert [account.filing_no for account in registry.accounts] == ["0070743", "1234567890123456789"]


@pytest.mark.parametrize(
    ("sheet", "rows", "row", "column", "value", "said"),
    [
        ("网站", SITES, 2, "网站标识码", "539921", "不是10位网站标识码，可能丢了开头的0"),
        ("网站", SITES, 2, "网站标识码", "", "必填，但是空着"),
        ("网站", SITES, 3, "网站标识码", "5399210001", "网站标识码与第2行重复"),
        ("网站", SITES, 2, "首页网址", "www.yunling.gov.cn", "不是完整网址；请写完整网址，以http://或https://开头"),
        ("网站", SITES, 2, "首页网址", "http://www.yunling。gov.cn", "不是正确的网址"),
        ("网站", SITES, 2, "首页网址", "http://a.cn:99999/", "不是正确的网址"),
        ("网站", SITES, 3, "类型", "门户网", "应填门户、部门、专项中的一个，是不是“门户”"),
        ("栏目", COLUMNS, 2, "类别", "要闻动态", "是不是“动态要闻”"),
        ("栏目", COLUMNS, 3, "一级", "对", "应填“是”或“否”"),
        ("栏目", COLUMNS, 3, "更新期限", "半年", "应写成14天、2周、6个月或1年；没有要求的写“不要求”"),
        ("栏目", COLUMNS, 3, "网站标识码", "5399219999", "“网站”表里没有标识码为“5399219999”的网站"),
        ("栏目", COLUMNS, 4, "栏目网址", "https://127.0.0.1:8001/tz/index.html", "本网站的栏目网址与第3行重复"),
        ("新媒体", ACCOUNTS, 2, "开设日期", "2024-02-30", "这一天不存在"),
        ("新媒体", ACCOUNTS, 2, "开设日期", "去年", "不是日期；应写成2024-09-01"),
        ("新媒体", ACCOUNTS, 2, "采集方式", "爬虫", "应填接口、订阅、单位自报、网页保存、截图、人工中的一个"),
        ("新媒体", ACCOUNTS, 2, "平台", "", "必填，但是空着"),
    ],
)
def test_one_sentence_names_file_row_column_fault_and_remedy(
    tmp_path: Path, sheet: str, rows: list[list[str]], row: int, column: str, value: str, said: str
) -> None:
    [sentence] = faults(csv_folder(tmp_path, **{sheet: changed(rows, row, column, value)}))
    assert sentence.startswith(f"{sheet}.csv第{row}行“{column}”列：") and said in sentence and sentence.endswith("。")


def test_all_problems_in_one_pass_with_rows_counted_as_excel_does(tmp_path: Path) -> None:
    sites = [SITES[0], [], [*SITES[1][:2], "没有网址", *SITES[1][3:]], [], ["", *SITES[2][1:3], "门店", ""]]
    said = faults(csv_folder(tmp_path, 网站=sites, 栏目=None))
    assert [sentence.split("：")[0] for sentence in said] == [
        "网站.csv第3行“首页网址”列",
        "网站.csv第5行“网站标识码”列",
        "网站.csv第5行“类型”列",
        "网站.csv第5行“主办单位”列",
    ]


def test_missing_and_doubled_columns(tmp_path: Path) -> None:
    sites = [["网站标识码", "网站名称", "首页网址", "主办单位"], ["5399210001", "网", "http://127.0.0.1/", "甲局"]]
    assert faults(csv_folder(tmp_path, 网站=sites, 栏目=None)) == [
        "网站.csv第1行“名称”列：缺少这个必填列；是不是写成了“网站名称”。"
    ]
    doubled = [[*row, row[1]] for row in SITES]
    assert faults(csv_folder(tmp_path, 网站=doubled, 栏目=None)) == [
        "网站.csv第1行“名称”列：表头里有2个“名称”列；请只留一列。"
    ]


def test_a_comma_without_quotes_is_noticed(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path)
    (folder / "网站.csv").write_text(
        "网站标识码,名称,首页网址,主办单位\n5399210001,甲,乙网,http://127.0.0.1/,甲局\n", "utf-8"
    )
    assert faults(folder)[0] == "网站.csv第2行：这一行比表头多出1格；多半是内容里的逗号没有用引号括起来，请改正。"


def test_excel_dates_of_every_make(tmp_path: Path) -> None:
    for cell in (
        date(2024, 9, 1),
        datetime(2024, 9, 1, 8, 30),
        45536,
        20240901,
        "2024.9.1",
        "2024-09-01 08:30:00",
        "２０２４年９月１日",
    ):
        registry = load(workbook(tmp_path / "名录.xlsx", 新媒体=changed(ACCOUNTS, 2, "开设日期", cell)))
        assert registry.accounts[0].opened == date(2024, 9, 1), cell


def test_unreadable_sources_say_one_clear_sentence(tmp_path: Path) -> None:
    (tmp_path / "空.xlsx").write_bytes(b"")
    (tmp_path / "坏.xlsx").write_bytes(b"PK\x03\x04" + b"\x00" * 200)
    (tmp_path / "坏2.xlsx").write_bytes(workbook(tmp_path / "x.xlsx").read_bytes()[:-300])
    (tmp_path / "图.xlsx").write_bytes(b"\x89PNG\r\n\x1a\n" + b"\x00" * 50)
    with zipfile.ZipFile(tmp_path / "别的.xlsx", "w") as archive:
        archive.writestr("a.txt", "x")
    (tmp_path / "夹").mkdir()
    for path, said in [
        ("空.xlsx", "文件是空的"),
        ("坏.xlsx", "已损坏"),
        ("坏2.xlsx", "已损坏"),
        ("别的.xlsx", "已损坏"),
        ("图.xlsx", "不是Excel工作簿"),
        ("夹", "没有网站.csv或新媒体.csv"),
        ("无.xlsx", "找不到这个文件或文件夹"),
    ]:
        sentences = faults(tmp_path / path)
        assert len(sentences) == 1 and said in sentences[0], sentences


def test_a_ledger_without_anything_to_inspect_is_refused(tmp_path: Path) -> None:
    [sentence] = faults(csv_folder(tmp_path, 网站=SITES[:1], 新媒体=ACCOUNTS[:1], 栏目=None))
    assert "没有可检查的对象" in sentence


def test_binary_and_mistaken_files(tmp_path: Path) -> None:
    folder = csv_folder(tmp_path / "a")
    (folder / "网站.csv").write_bytes(workbook(tmp_path / "x.xlsx").read_bytes())
    assert "改了扩展名的工作簿" in faults(folder)[0]
    (folder / "网站.csv").write_bytes(b"\xff\x00\xfe\x80" * 20)
    assert "既不是UTF-8也不是GB18030" in faults(folder)[0]
    assert "请给出这些CSV文件" in faults(folder / "网站.csv")[0]


def test_check_reports_warnings_and_counts(tmp_path: Path) -> None:
    report = check(csv_folder(tmp_path, 网站=changed(SITES, 3, "主办单位", "云岭县体育局")))
    assert not report.problems and report.counts["网站"] == 2 and report.counts["栏目"] == 3
    assert [str(warning) for warning in report.warnings] == [
        "网站.csv第3行“主办单位”列：“单位”表里没有“云岭县体育局”；请在“单位”表登记，或改成表里的名称。"
    ]


@pytest.mark.parametrize(
    "code,told", [("53992100O3", True), ("5399210l01", True), ("bm99000001", False), ("5399210001", False)]
)
def test_a_letter_between_the_digits_of_a_code_is_asked_about(code: str, told: bool, tmp_path: Path) -> None:
    report = check(csv_folder(tmp_path, 网站=changed(SITES, 3, "网站标识码", code)))
    assert any("数字中间有字母" in str(warning) for warning in report.warnings) == told
