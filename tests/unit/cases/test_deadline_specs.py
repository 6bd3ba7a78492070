"""Deadlines, statutory clocks and the re-check decision do what tests/specs/cases/deadlines.md says, row by row.

Every section is one sentence and one table; the headings of the table decide what is computed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path

import pytest

from duwang.cases.clocks import standing
from duwang.cases.opening import RECTIFY_DAYS, due_date
from duwang.cases.recheck import Recheck, decide, rechecked
from duwang.cases.states import Event, State, after
from duwang.model.calendar import (
    is_working_day,
    known_years,
    next_working_day,
    working_days_after,
    working_days_between,
)
from duwang.model.clocks import (
    Channel,
    annual_report_due,
    months_after,
    publication_due,
    receipt_day,
    reconsideration_until,
    reply_clock,
    suit_after_reconsideration_until,
    suit_until,
)
from duwang.model.findings import Outcome, Status
from duwang.model.period import Period
from duwang.model.registry import Letter
from duwang.model.verdicts import Case

PATH = Path(__file__).resolve().parents[2] / "specs" / "cases" / "deadlines.md"
Row = Mapping[str, str]
_SEEN = {"未发现": Status.CLEAN, "发现": Status.FOUND, "不能判断": Status.UNKNOWN, "不适用": Status.SKIPPED}
_REMEDIES = {"申请复议": reconsideration_until, "直接起诉": suit_until, "复议后起诉": suit_after_reconsideration_until}


def sections() -> Iterator[tuple[str, str, list[tuple[int, Row]]]]:
    """(heading, prose, rows with their line) of the file."""
    heading, prose, heads, rows = "", "", [], []
    for number, line in enumerate([*PATH.read_text("utf-8").splitlines(), "## "], 1):
        if line.startswith("## "):
            if heading:
                yield heading, prose, rows
            heading, prose, heads, rows = line[3:].strip(), "", [], []
        elif line.startswith("|"):
            cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
            if not heads:
                heads = cells
            elif set(line) - set("|-"):
                assert len(cells) == len(heads), f"第{number}行应有{len(heads)}格"
                rows.append((number, dict(zip(heads, cells, strict=True))))
        elif not line.startswith("#"):
            prose += line.strip()


def day(written: str) -> date | None:
    return date.fromisoformat(written) if written else None


def needed(written: str) -> date:
    return date.fromisoformat(written)


def days_of(year: str, written: str) -> set[date]:
    """`02-04至02-10、04-05` of a year → its days."""
    found: set[date] = set()
    for span in written.split("、"):
        first, _, last = span.partition("至")
        at, end = needed(f"{year}-{first}"), needed(f"{year}-{last or first}")
        while at <= end:
            found.add(at)
            at += timedelta(days=1)
    return found


def year_is(row: Row) -> Row:
    """Every day of the year against the notice; the days that differ are named."""
    year = row["年份"]
    assert known_years()[int(year)].source
    off, work = days_of(year, row["放假"]), days_of(year, row["调休上班"])
    assert not off & work and all(one.weekday() >= 5 for one in work)
    everyday = (date(int(year), 1, 1) + timedelta(days=n) for n in range(366))
    wrong = [
        one.isoformat()
        for one in everyday
        if one.year == int(year) and is_working_day(one) != (one in work or (one.weekday() < 5 and one not in off))
    ]
    return row if not wrong else {**row, "放假": f"不一致：{wrong}"}


def worked(row: Row) -> Row:
    return {"到期": working_days_after(needed(row["起算"]), int(row["工作日"])).in_words()}


def moved_on(row: Row) -> Row:
    return {"顺延到": next_working_day(needed(row["期满日"])).in_words()}


def between(row: Row) -> Row:
    return {"工作日数": str(working_days_between(needed(row["起"]), needed(row["止"])))}


def fresh(row: Row) -> Row:
    period, at = Period.parse(row["更新期限"]), needed(row["监测时间点"])
    first = period.start(at)
    last_passed = next(n for n in range(3) if period.passed(since=first - timedelta(days=n), at=at))
    return {"仍算更新": first.isoformat(), "已经过期": (first - timedelta(days=last_passed)).isoformat()}


def months_on(row: Row) -> Row:
    return {"到": months_after(needed(row["起"]), int(row["月数"])).isoformat()}


def received(row: Row) -> Row:
    at = receipt_day(
        Channel(row["渠道"]), handed_in=day(row["提交"]), signed=day(row["签收"]), confirmed=day(row["确认"])
    )
    return {"收到之日": at.isoformat() if at else ""}


def reply(row: Row) -> Row:
    clock = reply_clock(
        Letter(
            "1",
            "依申请公开",
            received=day(row["收到"]),
            correction_asked=day(row["补正通知"]),
            correction_received=day(row["补正收到"]),
            third_party_asked=day(row["征求第三方"]),
            third_party_answered=day(row["第三方答复"]),
            extended_to=day(row["延期至"]),
        )
    )
    assert clock is not None
    return {"应在": clock.due.in_words() if clock.due else "等待补正", "提醒": "；".join(clock.faults)}


def pace(row: Row) -> Row:
    letter = Letter("1", row["来源"], received=day(row["收到"]), replied=day(row["答复"]))
    seen = standing(letter, as_of=needed(row["监测时间点"]))
    return {"期限": seen.due.in_words() if seen.due else "", "情形": seen.pace.value}


def remedy(row: Row) -> Row:
    return {"期满": _REMEDIES[row["事项"]](needed(row["起算"])).in_words()}


def annual(row: Row) -> Row:
    due = annual_report_due(int(row["年度"]), of_government={"政府": True, "部门": False}[row["谁的年报"]])
    return {"期限": due.isoformat()}


def published(row: Row) -> Row:
    return {"公开期限": publication_due(needed(row["形成之日"])).in_words()}


def rectified(row: Row) -> Row:
    days = int(row["整改工作日"] or RECTIFY_DAYS)
    return {"整改期限": due_date(needed(row["通报日"]), working_days=days).in_words()}


def case_in(state: str) -> Case:
    """A case that has come to the state by its own events."""
    opened = after(Case("ZG-1", "f", "某局", "", None), Event.OPENED, at=date(2024, 10, 16))
    leads = {
        State.ANSWERED: Event.ANSWER,
        State.RECTIFIED: Event.CLEAN,
        State.CANNOT_TELL: Event.UNKNOWN,
        State.WITHDRAWN: Event.DISMISSED,
    }
    if state == State.TO_RECTIFY:
        return opened
    return after(opened, leads[State(state)], at=date(2024, 10, 20))


def looked_again(row: Row) -> Row:
    word, _, why = row["本次检查"].partition("：")
    page, _, failure = row["页面"].partition("：")
    outcome = None if word == "没有检查" else Outcome("site/1", "text/typo", _SEEN[word], why)
    seen = Recheck(
        outcome,
        found=("f",) if row["原位置的问题"] == "仍在" else (),
        elsewhere=tuple(row["其他位置"].split("、")) if row["其他位置"] else (),
        gone=page == "已撤下",
        moved=page.removeprefix("移到") if page.startswith("移到") else "",
        unreachable=failure,
    )
    _, reason, sentence = decide("f", seen)
    case = rechecked(case_in(row["工单"]), seen, at=date(2024, 10, 31))
    return {"说明": sentence, "原因": reason.value, "工单改为": case.state}


TABLES: Mapping[tuple[str, ...], Callable[[Row], Row]] = {
    ("年份", "放假", "调休上班"): year_is,
    ("起算", "工作日", "到期"): worked,
    ("期满日", "顺延到"): moved_on,
    ("起", "止", "工作日数"): between,
    ("更新期限", "监测时间点", "仍算更新", "已经过期"): fresh,
    ("起", "月数", "到"): months_on,
    ("渠道", "提交", "签收", "确认", "收到之日"): received,
    ("收到", "补正通知", "补正收到", "征求第三方", "第三方答复", "延期至", "应在", "提醒"): reply,
    ("来源", "收到", "答复", "监测时间点", "期限", "情形"): pace,
    ("事项", "起算", "期满"): remedy,
    ("年度", "谁的年报", "期限"): annual,
    ("形成之日", "公开期限"): published,
    ("通报日", "整改工作日", "整改期限"): rectified,
    ("工单", "原位置的问题", "本次检查", "页面", "其他位置", "说明", "原因", "工单改为"): looked_again,
}
SECTIONS = tuple(sections())


@pytest.mark.parametrize(("heading", "prose", "rows"), [pytest.param(*one, id=one[0]) for one in SECTIONS])
def test_section(heading, prose, rows):
    assert prose and rows, f"“{heading}”要有一句话说明理由和一张表"
    heads = tuple(rows[0][1])
    assert heads in TABLES, f"“{heading}”的表头不认识：{'、'.join(heads)}"
    wrong = [
        f"第{number}行：{key}应为“{row[key]}”，实为“{value}”"
        for number, row in rows
        for key, value in TABLES[heads](row).items()
        if row[key] != value
    ]
    assert not wrong, f"“{heading}”：\n" + "\n".join(wrong)


def test_every_kind_of_deadline_has_its_table():
    assert {tuple(rows[0][1]) for _, _, rows in SECTIONS} == set(TABLES)


def test_every_known_year_is_written_out():
    (years,) = [{int(row["年份"]) for _, row in rows} for _, _, rows in SECTIONS if "年份" in rows[0][1]]
    assert years == set(known_years())


def test_provisional_dates_are_marked_and_nothing_else_is():
    for heading, _, rows in SECTIONS:
        for number, row in rows:
            for value in row.values():
                if found := re.match(r"(\d{4})年\d+月\d+日", value):
                    unknown = int(found[1]) not in known_years()
                    assert unknown == value.endswith("（暂定）"), f"{heading}第{number}行：{value}"
