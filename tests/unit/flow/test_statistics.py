"""Statistics: every figure counted from records, ranks with ties, 存在问题 apart from 不合格, tasks, fields, letters, a year's roll-up."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from duwang.flow import quarters, statistics, workload
from duwang.flow.counting import count_all
from duwang.flow.folder import Folder
from duwang.flow.judged import Judged
from duwang.flow.publications import DISCLOSED, ORDINARY, REPOSTED, Publication, kind_of
from duwang.flow.publishing import STATISTICS, publish
from duwang.flow.statistics import UNKNOWN, ranks
from duwang.flow.supervision import sheet, supervision
from duwang.model.findings import Severity
from duwang.model.registry import Account, Column, Letter, Org, Task
from duwang.model.verdicts import Decision, Review
from kit.judged_folder import AS_OF, OFFICE, PORTAL, SCHOOL, WEIXIN, finding, judged_folder, registry

WEIBO = Account("70002", "微博", "云岭教育", owner=SCHOOL, supervisor=OFFICE, route="订阅")
CIVIL = "云岭县民政局"
STALE = finding("update/account-stale", WEIXIN, org=SCHOOL, org_by="account", n=1)
LINK = finding("reach/broken-link", f"{PORTAL}/page/aa", org=SCHOOL, org_by="printed", count=3, n=2)


def ledger(**more: Any) -> Any:
    base = registry()
    return registry(
        orgs=(*base.orgs, Org(CIVIL, "县民政局", "云岭县人民政府", "青石镇")), accounts=(*base.accounts, WEIBO), **more
    )


def judged(path: Path, *findings: Any, publications: tuple[Publication, ...] = (), **more: Any) -> Judged:
    folder = judged_folder(path, findings, **{"ledger": ledger(), **more})
    folder.write_lines("publications.jsonl", publications)
    return Judged.of(folder)


def rows(table: Any) -> list[dict[str, str]]:
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def piece(
    target: str = PORTAL, *, org: str = SCHOOL, kind: str = ORDINARY, title: str = "稿件", on: date = AS_OF, **more: Any
) -> Publication:
    return Publication(target, f"http://127.0.0.1/{title}", title, on, org, kind, **more)


def test_rates_by_region_count_problems_apart_from_failures(tmp_path: Path) -> None:
    told = {row["区域"]: row for row in rows(statistics.by_region(judged(tmp_path, STALE, LINK)))}
    assert (
        told["城关镇"]["网站检查"],
        told["城关镇"]["网站不合格"],
        told["城关镇"]["网站存在问题"],
        told["城关镇"]["网站合格率"],
    ) == ("1", "0", "1", "100%")
    stone = told["青石镇"]
    assert (stone["新媒体检查"], stone["新媒体合格"], stone["新媒体不合格"], stone["新媒体合格率"]) == (
        "2",
        "1",
        "1",
        "50.00%",
    )
    assert stone["网站合格率"] == "—" and stone["总合格率"] == "50.00%"


def test_rates_by_supervisor_stand_best_first(tmp_path: Path) -> None:
    (row,) = rows(statistics.by_supervisor(judged(tmp_path, STALE)))
    assert (row["主管单位"], row["网站检查"], row["新媒体检查"], row["总合格率"]) == (OFFICE, "1", "2", "66.67%")


def test_units_are_ranked_with_ties_and_guesses_stand_apart(tmp_path: Path) -> None:
    guessed = finding("reach/broken-link", f"{PORTAL}/page/bb", org=CIVIL, org_by="ambiguous", n=3)
    told = {row["单位"]: row for row in rows(statistics.by_unit(judged(tmp_path, STALE, LINK, guessed)))}
    school = told[SCHOOL]
    assert (school["网站和账号"], school["不合格"], school["存在问题的对象"], school["问题数"], school["处数"]) == (
        "2",
        "1",
        "1",
        "2",
        "4",
    )
    assert told[OFFICE]["问题数"] == "0" and told[OFFICE]["存在问题的对象"] == "1" and told[OFFICE]["名次"] == "1"
    assert told[UNKNOWN]["问题数"] == "1" and CIVIL not in told


@pytest.mark.parametrize(
    ("scores", "expected"), [((1, 2, 2, 3), (1, 2, 2, 4)), ((5,), (1,)), ((0, 0, 0), (1, 1, 1)), ((2, 1, 0), (3, 2, 1))]
)
def test_equal_scores_share_a_rank(scores: tuple[int, ...], expected: tuple[int, ...]) -> None:
    given = {f"单位{n}": score for n, score in enumerate(scores)}
    placed = ranks(given, key=lambda name: (given[name],))
    assert tuple(placed[name] for name in given) == expected


def test_hints_false_alarms_and_what_waits_for_review_are_not_counted(tmp_path: Path) -> None:
    hint = finding("text/typo", f"{PORTAL}/page/cc", severity=Severity.HINT, n=4)
    waiting = finding("text/typo", f"{PORTAL}/page/dd", n=5)
    record = judged(tmp_path, LINK, hint, waiting)
    assert sum(int(row["问题数"]) for row in rows(statistics.by_kind(record, {}))) == 1
    Folder(tmp_path).write_lines(
        "reviews.jsonl", [Review(decision=Decision.FALSE_ALARM, fingerprint=LINK.fingerprint, at="2024-10-08")]
    )
    assert statistics.by_kind(Judged.of(Folder(tmp_path)), {}).rows == ()


@pytest.mark.parametrize(
    ("source", "category", "own", "kind"),
    [("新华社", "动态要闻", False, REPOSTED), ("", "动态要闻", True, ORDINARY), ("云岭县教育局", "政策文件", True, DISCLOSED),
     ("省政府网站", "政策文件", False, REPOSTED), ("云岭县教育局", "动态要闻", True, ORDINARY), ("", "重点领域", True, DISCLOSED)],
)  # fmt: skip
def test_publications_are_classified_as_offices_count_them(source: str, category: str, own: bool, kind: str) -> None:
    assert kind_of(source, Column("5399210001", "栏目", "http://127.0.0.1/", category), own=own) == kind


def test_publications_by_unit_and_source_add_up(tmp_path: Path) -> None:
    made = (piece(), piece(kind=DISCLOSED), piece(kind=REPOSTED, source="新华社"), piece(kind=REPOSTED, source="新华社", org=OFFICE),
            piece(WEIXIN), piece(WEIXIN, kind=REPOSTED))  # fmt: skip
    record = judged(tmp_path, publications=made)
    *units, total = rows(workload.published_by_unit(record))
    assert (total["单位"], total["网站合计"], total["转载"], total["新媒体发布"], total["新媒体转发"]) == (
        "合计",
        "4",
        "2",
        "1",
        "1",
    )
    for head in ("普通文章", "信息公开", "转载", "网站合计", "新媒体发布", "新媒体转发"):
        assert sum(int(row[head]) for row in units) == int(total[head])
    assert rows(workload.reposted_by_source(record)) == [{"来源": "新华社", "转载条数": "2"}]


@pytest.mark.parametrize(("amount", "finished"), [(1, "否"), (2, "是"), (3, "是")])
def test_a_publication_quota_at_its_edge(tmp_path: Path, amount: int, finished: str) -> None:
    tasks = (Task("发布量", f"org/{SCHOOL}", "", AS_OF, 2),)
    made = tuple(piece(title=f"第{n}篇", on=AS_OF) for n in range(amount))
    (row,) = rows(workload.tasks_done(judged(tmp_path, ledger=ledger(tasks=tasks), publications=made)))
    assert (row["对象"], row["要求"], row["完成"], row["完成任务"]) == (SCHOOL, "2", str(amount), finished)


@pytest.mark.parametrize(
    ("on", "title", "finished"),
    [(date(2024, 9, 20), "转发：《国务院办公厅关于高效办成一件事的意见》", "是"), (date(2024, 9, 21), "国务院办公厅关于高效办成一件事的意见", "否"),
     (date(2024, 9, 20), "国务院办公厅关于高效办成几件事的意见", "否")],
)  # fmt: skip
def test_a_repost_must_bear_the_title_and_be_in_time(tmp_path: Path, on: date, title: str, finished: str) -> None:
    tasks = (Task("转发", WEIXIN, "国务院办公厅关于高效办成一件事的意见", date(2024, 9, 20)),)
    record = judged(tmp_path, ledger=ledger(tasks=tasks), publications=(piece(WEIXIN, title=title, on=on),))
    assert [row["完成任务"] for row in rows(workload.tasks_done(record))] == [finished]


def test_lists_of_those_who_did_and_did_not(tmp_path: Path) -> None:
    tasks = (Task("发布量", f"org/{OFFICE}", "", None, 1), Task("发布量", f"org/{SCHOOL}", "", None, 1))
    record = judged(tmp_path, STALE, ledger=ledger(tasks=tasks), publications=(piece(org=OFFICE),))
    told = {row["名单"]: row["单位"] for row in rows(workload.honours(record))}
    assert told == {"完成任务的单位": OFFICE, "没有完成任务的单位": SCHOOL, "做得好的单位": OFFICE}


def test_key_fields_with_little_content(tmp_path: Path) -> None:
    columns = tuple(
        Column("5399210001", name, f"http://127.0.0.1/{n}/", "重点领域", field=name)
        for n, name in enumerate(("社会救助", "市政服务", "医疗卫生"))
    )
    made = [piece(column=columns[0].ref, title=f"救助{n}") for n in range(3)] + [piece(column=columns[2].ref)]
    told = rows(workload.fields_with_little(judged(tmp_path, ledger=ledger(columns=columns), publications=tuple(made))))
    assert [(row["领域"], row["本期发布"], row["提示"]) for row in told] == [
        ("市政服务", "0", "为0"),
        ("医疗卫生", "1", "偏少"),
        ("社会救助", "3", ""),
    ]


def test_letters_by_kind_with_repeats_and_only_of_the_period(tmp_path: Path) -> None:
    def letter(number: str, category: str, title: str, received: date, replied: date | None) -> Letter:
        return Letter(
            number, "领导信箱", PORTAL, "区长信箱", title=title, category=category, received=received, replied=replied
        )

    day = date(2024, 8, 1)
    letters = (letter("1", "投诉", "物业问题", day, day), letter("2", "投诉", "物业 问题", day, None), letter("3", "求助", "公租房", day, day),
               letter("4", "投诉", "旧信", date(2024, 6, 30), day))  # fmt: skip
    told = {
        row["类别"]: row for row in rows(workload.letters_by_kind(judged(tmp_path, ledger=ledger(letters=letters))))
    }
    assert (told["投诉"]["收到"], told["投诉"]["办结"], told["投诉"]["办结率"], told["投诉"]["同题多次来信"]) == (
        "2",
        "1",
        "50.00%",
        "2",
    )
    assert told["求助"]["办结率"] == "100%"


def test_quarter_on_quarter_and_a_year_of_each_unit(tmp_path: Path) -> None:
    previous: Folder | None = None
    quiet = lambda message: None  # noqa: E731
    plan = (("2023Q4", date(2023, 12, 31), [STALE]), ("2024Q1", date(2024, 3, 31), [STALE, LINK]), ("2024Q2", date(2024, 6, 30), [LINK]),
            ("2024Q2", date(2024, 6, 30), []))  # fmt: skip
    for n, (period, as_of, findings) in enumerate(plan):
        folder = judged_folder(
            tmp_path / str(n), findings, ledger=ledger(), period=period, as_of=as_of, previous=previous
        )
        publish(folder, previous=previous, progress=quiet)
        previous = folder
    assert previous is not None
    rounds = [*quarters.earlier_rounds(previous), quarters.round_of(Judged.of(previous))]
    told = rows(quarters.by_round(rounds))
    assert [(row["期次"], row["问题数"], row["比上期"], row["新媒体合格率"]) for row in told] == [
        ("2023Q4", "1", "—", "50.00%"), ("2024Q1", "2", "+1", "50.00%"), ("2024Q2", "1", "-1", "100%"), ("2024Q2", "0", "-1", "100%"),
    ]  # fmt: skip
    year = {row["单位"]: row for row in rows(quarters.by_year(rounds))}[SCHOOL]
    assert "2023Q4问题数" not in year and (year["2024Q1不合格"], year["2024Q1问题数"], year["2024Q2问题数"]) == (
        "1",
        "2",
        "0",
    )
    assert (year["全年不合格"], year["全年问题数"], year["有不合格的期数"]) == ("1", "2", "1")


def test_the_workbook_holds_every_table_with_numbers_as_numbers(tmp_path: Path) -> None:
    record = judged(tmp_path, STALE, LINK, publications=(piece(),))
    publish(Folder(tmp_path), previous=None, progress=lambda message: None)
    counted = count_all(record, (), {})
    book = openpyxl.load_workbook(tmp_path / STATISTICS)
    assert book.sheetnames == [table.title for table in counted.tables]
    page = book["各单位情况"]
    assert [cell.value for cell in page[2]] == list(statistics.by_unit(record).columns)
    assert all(isinstance(page.cell(row, 7).value, int) for row in range(3, 3 + len(statistics.by_unit(record).rows)))
    assert all(chart.startswith("<figure>") and "<svg" in chart for chart in counted.charts) and counted.charts


def test_the_annual_assessment_is_asked_at_the_end_of_the_year_only(tmp_path: Path) -> None:
    quiet = lambda message: None  # noqa: E731
    third = judged_folder(tmp_path / "Q3", [])
    assert supervision(Judged.of(third)) is None
    last = judged_folder(tmp_path / "Q4", [], period="2024Q4", as_of=date(2024, 12, 31))
    publish(last, previous=None, progress=quiet)
    asked = openpyxl.load_workbook(tmp_path / "Q4" / "问题清单.xlsx")["人工项"]
    codes = {
        asked.cell(row, 3).value for row in range(3, asked.max_row + 1) if asked.cell(row, 1).value == f"org/{OFFICE}"
    }
    assert {"R-V1", "R-D1.1", "R-D1.2"} <= codes
    last.write_lines(
        "reviews.jsonl",
        [
            Review(target=f"org/{OFFICE}", indicator="R-V1", answer="否", at="2025-01-05"),
            Review(target=f"org/{OFFICE}", indicator="R-V2", answer="否", at="2025-01-05"),
            Review(target=f"org/{OFFICE}", indicator="R-D1.2", answer="是", count=2, at="2025-01-05"),
        ],
    )
    record = Judged.of(last)
    assessed = supervision(record)
    assert assessed is not None and not assessed.hits
    told = {row["编号"]: row for row in rows(sheet(assessed, record))}
    assert (told["R-D1.2"]["回答"], told["R-D1.2"]["计分"], told["R-D1.1"]["回答"]) == ("是（2）", "4", "待填")
