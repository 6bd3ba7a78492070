"""报备, 信件 and 任务 name what they speak of in any usual way; ambiguity is a row error."""

from __future__ import annotations

from pathlib import Path

import pytest

from duwang.flow.registry import NameFault, RegistryFault, in_full, load, resolve
from unit.registry.ledgers import ACCOUNTS, COLUMNS, SITES, UNITS, changed, csv_folder

DECLARED = ["对象", "类型", "起", "止", "理由"]


@pytest.fixture
def ledger(tmp_path: Path) -> Path:
    return csv_folder(tmp_path / "名录")


@pytest.mark.parametrize(
    ("written", "ref"),
    [
        ("site/5399210001", "site/5399210001"),
        ("5399210001", "site/5399210001"),
        ("0070743", "account/微信公众号/0070743"),
        ("微信公众号/云岭发布", "account/微信公众号/0070743"),
        ("微博／云岭教育", "account/微博/云岭教育"),
        ("县教育局", "org/云岭县教育局"),
        ("云岭县教育局", "org/云岭县教育局"),
        ("org/云岭县教育局", "org/云岭县教育局"),
    ],
)
def test_usual_names(ledger: Path, written: str, ref: str) -> None:
    assert resolve(load(ledger), written) == ref


def test_columns_by_name_by_address_and_by_ref(ledger: Path) -> None:
    registry = load(ledger)
    first = registry.columns[0].ref
    for written in ("5399210001/县内动态", "https://127.0.0.1:8001/dt/index.html", "http://127.0.0.1:8001/dt", first):
        assert resolve(registry, written) == first


def test_ambiguous_and_unknown_names(ledger: Path) -> None:
    registry = load(ledger)
    with pytest.raises(NameFault, match="对应2个对象"):
        resolve(registry, "5399210001/通知公告")
    for written in ("5399219999", "县体育局", "微博/没有", "site/5399219999", "http://127.0.0.1:8001/zz/"):
        with pytest.raises(NameFault, match="名录里没有"):
            resolve(registry, written)


def test_rows_carry_refs(tmp_path: Path) -> None:
    registry = load(
        csv_folder(
            tmp_path,
            报备=[
                DECLARED,
                ["0070743", "停更", "2024-07-01", "2024-09-30", "人员调整"],
                ["5399210001/县内动态", "确无更新", "2024/7/1", "2024/9/30", ""],
            ],
            信件=[
                ["编号", "来源", "对象", "收到时间", "有效"],
                ["0012", "找错", "5399210001", "2024-07-01", "否"],
                ["0013", "依申请公开", "县教育局", "2024-07-02", ""],
            ],
            任务=[
                ["类型", "对象", "名称或栏目", "期限", "数量"],
                ["转发", "微信公众号/云岭发布", "某通知", "2024-08-01", ""],
                ["发布量", "5399210002", "", "", "20"],
            ],
        )
    )
    assert [declaration.target for declaration in registry.declarations] == [
        "account/微信公众号/0070743",
        registry.columns[0].ref,
    ]
    assert [(letter.ref, letter.target, letter.valid) for letter in registry.letters] == [
        ("letter/0012", "site/5399210001", False),
        ("letter/0013", "org/云岭县教育局", True),
    ]
    assert [(task.target, task.name, task.count) for task in registry.tasks] == [
        ("account/微信公众号/0070743", "某通知", None),
        ("site/5399210002", "", 20),
    ]


@pytest.mark.parametrize(
    ("sheet", "rows", "said"),
    [
        (
            "报备",
            [DECLARED, ["县体育局", "停更", "2024-07-01", "2024-09-30", ""]],
            "报备.csv第2行“对象”列：名录里没有“县体育局”；可填",
        ),
        ("报备", [DECLARED, ["5399210001/通知公告", "停更", "2024-07-01", "2024-09-30", ""]], "对应2个对象"),
        (
            "报备",
            [DECLARED, ["5399210001", "停更", "2024-09-30", "2024-07-01", ""]],
            "报备.csv第2行“止”列：止（2024-07-01）早于起（2024-09-30）",
        ),
        ("信件", [["编号", "来源", "对象"], ["1", "找错", "县教育局"]], "来源为找错的信件，对象应是网站"),
        ("信件", [["编号", "来源", "对象"], ["1", "依申请公开", "5399210001"]], "来源为依申请公开的信件，对象应是单位"),
        (
            "信件",
            [["编号", "来源", "对象"], ["1", "领导信箱", "5399210001"], ["1", "领导信箱", "县教育局"]],
            "信件.csv第3行“编号”列：信件编号与第2行重复",
        ),
        (
            "信件",
            [["编号", "来源", "收到时间", "答复时间"], ["1", "领导信箱", "2024-07-03", "2024-07-02"]],
            "答复时间（2024-07-02）早于收到时间",
        ),
        ("任务", [["类型", "对象"], ["转发", "5399210001"]], "转发任务没有写要转发的内容"),
        ("任务", [["类型", "对象", "数量"], ["发布量", "5399210001", "几条"]], "不是整数"),
    ],
)
def test_row_errors(tmp_path: Path, sheet: str, rows: list[list[str]], said: str) -> None:
    with pytest.raises(RegistryFault) as caught:
        load(csv_folder(tmp_path, **{sheet: rows}))
    [problem] = caught.value.problems
    assert said in str(problem)


def test_two_units_of_one_short_name_are_never_guessed(tmp_path: Path) -> None:
    units = [*UNITS, ["云岭县教育体育局", "县教育局", "部门"]]
    declared = [DECLARED, ["县教育局", "停更", "2024-07-01", "2024-09-30", ""]]
    with pytest.raises(RegistryFault, match="不能确定是哪一个"):
        load(csv_folder(tmp_path, 单位=units, 报备=declared))


def test_owner_missing_from_units_is_still_known_by_its_name(tmp_path: Path) -> None:
    registry = load(csv_folder(tmp_path, 单位=None, 栏目=COLUMNS, 新媒体=ACCOUNTS))
    assert resolve(registry, "云岭县教育局") == "org/云岭县教育局"


def test_a_unit_written_by_its_short_name_is_the_same_unit(tmp_path: Path) -> None:
    accounts = changed(ACCOUNTS, 3, "主办单位", "县教育局")
    columns = [[*COLUMNS[0], "责任单位"], [*COLUMNS[1], "县教育局"]]
    ledger = in_full(load(csv_folder(tmp_path, 新媒体=accounts, 栏目=columns)))
    assert ledger.accounts[1].owner == ledger.columns[0].org == "云岭县教育局"
    units = [*UNITS, ["云岭县教育体育局", "县教育局", "部门"]]
    twice = in_full(load(csv_folder(tmp_path, 单位=units, 新媒体=accounts)))
    assert twice.accounts[1].owner == "县教育局"


def test_an_unknown_name_is_told_beside_other_faults_unless_a_faulty_row_may_bear_it(tmp_path: Path) -> None:
    sites = changed(SITES, 3, "主办单位", "")
    declared = [
        DECLARED,
        ["火星局", "确无更新", "2024-07-01", "2024-09-30"],
        ["5399210002", "停机", "2024-07-01", "2024-09-30"],
    ]
    with pytest.raises(RegistryFault) as told:
        load(csv_folder(tmp_path, 网站=sites, 新媒体=None, 报备=declared))
    assert [(problem.sheet, problem.row) for problem in told.value.problems] == [("网站", 3), ("报备", 2)]
