"""A decision on a finding holds over rounds until it is taken back; then the case stands where it stood before."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from duwang.cases.states import Event, NotAllowed, State, after, reinstated
from duwang.flow.folder import Folder
from duwang.flow.judging import judge_again, take_over_decisions
from duwang.flow.records import case_from
from duwang.model.verdicts import Case, Decision, Review
from kit.judged_folder import AS_OF, PORTAL, finding, judged_folder

LINK = finding("reach/broken-link")


def decided(folder: Folder, decision: Decision | None) -> list[str]:
    """States of the cases after the decision (or after it was taken back)."""
    said = [Review(decision=decision, fingerprint=LINK.fingerprint, reason="人工核对", by="甄一", at="2024-10-02")]
    folder.write_lines("reviews.jsonl", said if decision else [])
    judge_again(folder, edition=None, overlays=None, previous=None, reviews=None)
    return [str(line["state"]) for line in folder.read_lines("cases.jsonl")]


def next_round(path: Path, previous: Folder) -> Folder:
    """The same finding again a quarter later."""
    folder = judged_folder(path, (LINK,), as_of=date(2024, 12, 31), period="2024Q4", previous=previous)
    judge_again(folder, edition=None, overlays=None, previous=previous.path, reviews=None)
    return folder


def test_a_false_alarm_is_no_relapse_in_the_next_round(tmp_path: Path) -> None:
    first = judged_folder(tmp_path / "1", (LINK,))
    decided(first, Decision.FALSE_ALARM)
    summary = next_round(tmp_path / "2", first).read_json("summary.json")
    assert summary["rounds"] == {fate: [] for fate in summary["rounds"]}
    assert summary["site"]["with_problems"] == 0 and summary["check"] == {}


def test_without_a_decision_it_is_carried_over(tmp_path: Path) -> None:
    summary = next_round(tmp_path / "2", judged_folder(tmp_path / "1", (LINK,))).read_json("summary.json")
    assert summary["rounds"]["carried"] == [LINK.fingerprint] and summary["site"]["with_problems"] == 1


def test_a_new_decision_beats_the_earlier_one_and_answers_stay_behind(tmp_path: Path) -> None:
    first = judged_folder(tmp_path / "1", (LINK,))
    decided(first, Decision.FALSE_ALARM)
    answer = Review(target=PORTAL, indicator="WV-1.6", answer="是", reason="", by="甄一", at="2024-10-02")
    first.write_lines("reviews.jsonl", [*first.reviews(), answer])
    second = judged_folder(tmp_path / "2", (LINK,), as_of=date(2024, 12, 31))
    again = Review(decision=Decision.CONFIRMED, fingerprint=LINK.fingerprint, reason="", by="甄一", at="2025-01-02")
    second.write_lines("reviews.jsonl", [again])
    take_over_decisions(second, first)
    assert [(one.decision, one.target) for one in second.reviews()] == [(Decision.CONFIRMED, "")]


@pytest.mark.parametrize("event", [None, Event.ANSWER, Event.CONTEST])
def test_a_decision_taken_back_puts_the_case_where_it_stood(tmp_path: Path, event: Event | None) -> None:
    folder = judged_folder(tmp_path, (LINK,))
    (case,) = [case_from(line) for line in folder.read_lines("cases.jsonl")]
    if event is not None:
        case = after(case, event, at=AS_OF, why="单位来文", by="单位")
        folder.write_lines("cases.jsonl", [case])
    assert decided(folder, Decision.FALSE_ALARM) == [State.WITHDRAWN]
    assert decided(folder, None) == [case.state]


def test_a_withdrawn_case_stays_withdrawn() -> None:
    case: Any = Case("ZG-1", "f", "甲局", "", date(2024, 10, 18))
    for event in (Event.OPENED, Event.CONTEST, Event.GRANTED):
        case = after(case, event, at=AS_OF)
    assert reinstated(case) == case
    for event in Event:
        with pytest.raises(NotAllowed):
            after(case, event, at=AS_OF)
