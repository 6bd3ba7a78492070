"""Cases from round to round: what people did is never lost, judging again changes nothing, terms are respected."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duwang.cases.states import Event, after
from duwang.flow.carrying import cases_of, places_of
from duwang.flow.folder import Folder
from duwang.flow.judging import judge_again
from duwang.model.findings import Outcome, Status
from duwang.model.verdicts import Case
from kit.judged_folder import PORTAL, finding, judged_folder

LEAK = finding("function/page-tags", message="缺少标签", n=1)
OTHER = finding("function/footer-mark", message="缺少标识", n=2)


def again(folder: Folder) -> None:
    judge_again(folder, edition=None, overlays=None, previous=None, reviews=None)


def case(folder: Folder, fingerprint: str = LEAK.fingerprint) -> Case:
    return next(one for one in cases_of(folder) if one.fingerprint == fingerprint)


def put(folder: Folder, *events: tuple[Event, date]) -> None:
    """Somebody works on the case."""
    moved = case(folder)
    for event, day in events:
        moved = after(moved, event, at=day, why="说明")
    kept = [one for one in cases_of(folder) if one.fingerprint != moved.fingerprint]
    folder.write_lines("cases.jsonl", [*kept, moved])


def test_judging_again_keeps_what_people_did(tmp_path: Path) -> None:
    folder = judged_folder(tmp_path, [LEAK])
    put(folder, (Event.ANSWER, date(2024, 10, 8)), (Event.CLEAN, date(2024, 10, 9)))
    before = (folder.path / "cases.jsonl").read_bytes()
    again(folder)
    assert (folder.path / "cases.jsonl").read_bytes() == before and case(folder).state == "已整改"


def test_a_finding_called_a_false_alarm_withdraws_its_case_and_back(tmp_path: Path) -> None:
    folder = judged_folder(tmp_path, [LEAK])
    said = {"fingerprint": LEAK.fingerprint, "decision": "误报", "reason": "看错", "by": "王某", "at": "2024-10-08"}
    folder.write_lines("reviews.jsonl", [said])
    again(folder)
    assert (case(folder).state, case(folder).events[-1]["why"]) == ("已撤销", "看错")
    first = (folder.path / "cases.jsonl").read_bytes()
    again(folder)
    assert (folder.path / "cases.jsonl").read_bytes() == first
    folder.write_lines("reviews.jsonl", [{**said, "decision": "确认", "at": "2024-10-09"}])
    again(folder)
    assert case(folder).state == "待整改"


@pytest.mark.parametrize(
    ("as_of", "state"), [(date(2024, 10, 18), "待整改"), (date(2024, 10, 19), "未整改"), (date(2024, 12, 31), "未整改")]
)
def test_still_there_is_not_rectified_only_after_the_term(tmp_path: Path, as_of: date, state: str) -> None:
    first = judged_folder(tmp_path / "1", [LEAK])
    assert case(first).due == date(2024, 10, 18)
    assert case(judged_folder(tmp_path / "2", [LEAK], previous=first, period="2024Q4", as_of=as_of)).state == state


@pytest.mark.parametrize(
    ("overlays", "due"), [((), date(2024, 10, 18)), (("襄阳",), date(2024, 10, 10)), (("曾都",), date(2024, 10, 15))]
)
def test_local_rules_decide_the_days_for_rectification(tmp_path: Path, overlays: tuple[str, ...], due: date) -> None:
    folder = judged_folder(tmp_path, [LEAK])
    judge_again(folder, edition=None, overlays=overlays, previous=None, reviews=None)
    assert case(folder).due == due


def test_gone_is_closed_and_not_looked_for_cannot_tell(tmp_path: Path) -> None:
    first = judged_folder(tmp_path / "1", [LEAK, OTHER])
    clean = [Outcome(PORTAL, LEAK.check, Status.CLEAN)]
    second = judged_folder(tmp_path / "2", [], previous=first, as_of=date(2024, 12, 31), outcomes=clean)
    assert (case(second).state, case(second).events[-1]["why"]) == ("已整改", "重新检查未再发现")
    assert (case(second, OTHER.fingerprint).state, case(second, OTHER.fingerprint).events[-1]["why"]) == (
        "不能判断", "本次没有安排这项检查",
    )  # fmt: skip
    third = judged_folder(tmp_path / "3", [LEAK], previous=second, as_of=date(2025, 3, 31))
    assert case(third).state == "待整改" and case(third).events[-1]["event"] == "复发"


def test_a_contested_case_is_left_alone(tmp_path: Path) -> None:
    first = judged_folder(tmp_path / "1", [LEAK])
    put(first, (Event.CONTEST, date(2024, 10, 10)))
    second = judged_folder(tmp_path / "2", [LEAK], previous=first, period="2024Q4", as_of=date(2024, 12, 31))
    assert case(second).state == "申辩中"


def test_places_of_a_finding() -> None:
    assert places_of(LEAK) == ()
    assert places_of(finding("text/typo", f"{PORTAL}/page/aa", url="http://127.0.0.1/1.html")) == (
        "http://127.0.0.1/1.html",
    )
    folded = finding("text/typo", facts={"places": ["http://127.0.0.1/1.html", "http://127.0.0.1/2.html"]})
    assert places_of(folded) == ("http://127.0.0.1/1.html", "http://127.0.0.1/2.html")
