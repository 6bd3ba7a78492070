"""Cases: opened with a deadline, moved by events, closed only by what was seen."""

from dataclasses import replace
from datetime import date

import pytest

from duwang.cases.opening import case_id, due_date, open_cases
from duwang.cases.recheck import Reason, Recheck, decide, rechecked
from duwang.cases.states import Event, NotAllowed, State, after
from duwang.model.findings import Finding, Outcome, Severity, Status
from duwang.model.verdicts import Case, Decision, Review

SITE = "site/5399210001"
ISSUED, LATER = date(2024, 10, 16), date(2024, 10, 31)


def found(n=1, target=f"{SITE}/page/aa", severity=Severity.ORDINARY):
    return Finding(f"{n:020d}", "text/typo", target, "", "", "", None, None, None, f"问题{n}", f"q{n}", "仿真县某局", "site",
                   severity, 1.0, 1, ISSUED, {}, ())  # fmt: skip


def opened(*findings, **more):
    return open_cases(findings, issued=ISSUED, **more)


def test_case_is_opened_with_a_working_day_deadline():
    (case,) = opened(found(), working_days=10)
    assert (case.state, case.due, case.org) == ("待整改", date(2024, 10, 30), "仿真县某局")
    assert case.id == case_id(found().fingerprint)
    assert case.events[0]["event"] == "交办" and case.events[0]["why"] == "问题1"


def test_hints_open_nothing_and_targets_without_a_verdict_open_a_case():
    assert opened(found(severity=Severity.HINT)) == ()
    assert [case.org for case in opened(found(target="letter/YSQ2026001"))] == ["仿真县某局"]


def test_dismissed_findings_open_nothing_and_withdraw_what_was_open():
    said = [Review(decision=Decision.FALSE_ALARM, fingerprint=found().fingerprint, reason="地名", at="2024-10-17")]
    assert opened(found(), reviews=said) == ()
    (case,) = opened(found(), existing=opened(found()), reviews=said)
    assert case.state == "已撤销" and case.events[-1]["why"] == "地名"


def test_finding_without_effect_is_still_to_be_mended():
    said = [Review(decision=Decision.NO_EFFECT, fingerprint=found().fingerprint, at="2024-10-17")]
    assert [case.state for case in opened(found(), reviews=said)] == ["待整改"]


def test_existing_cases_go_on_and_relapse():
    (case,) = opened(found())
    assert opened(found(), existing=[case]) == (case,)
    mended = after(case, Event.CLEAN, at=LATER)
    (again,) = opened(found(), existing=[mended])
    assert again.state == "待整改" and again.events[-1]["event"] == "复发" and again.id == case.id
    assert opened(existing=[mended]) == (mended,)


def test_a_relapse_has_its_term_anew():
    """It was due on the day of its first term: overdue before anybody had told the unit."""
    (case,) = opened(found())
    (again,) = open_cases([found()], issued=date(2025, 3, 31), existing=[after(case, Event.CLEAN, at=LATER)])
    assert again.due == due_date(date(2025, 3, 31)).date and again.events[-1]["provisional"] is False


def test_a_renamed_unit_hands_its_open_cases_on():
    (case,) = opened(found())
    renamed = replace(found(), org="仿真县新局")
    (now,) = opened(renamed, existing=[case])
    assert (now.org, now.state, now.due) == ("仿真县新局", "待整改", case.due)
    assert now.events[-1]["event"] == "转交" and now.events[-1]["why"] == "责任单位由仿真县某局改为仿真县新局"
    assert opened(renamed, existing=[now]) == (now,)
    assert opened(replace(renamed, org_by="ambiguous"), existing=[case]) == (case,)


def test_closed_cases_stay_with_the_unit_that_closed_them():
    (case,) = opened(found())
    said = [Review(decision=Decision.FALSE_ALARM, fingerprint=found().fingerprint, reason="地名", at="2024-10-17")]
    (withdrawn,) = opened(found(), existing=[case], reviews=said)
    assert opened(replace(found(), org="仿真县新局"), existing=[withdrawn]) == (withdrawn,)


def test_deadline_beyond_the_calendar_is_provisional():
    assert due_date(date(2026, 12, 28), working_days=10).provisional
    (case,) = open_cases([found()], issued=date(2026, 12, 28))
    assert case.events[0]["provisional"] is True


@pytest.mark.parametrize(
    ("seen", "status", "reason"),
    [
        (Recheck(Outcome(SITE, "text/typo", Status.CLEAN)), Status.CLEAN, Reason.RECTIFIED),
        (Recheck(Outcome(SITE, "text/typo", Status.FOUND), found=("f",)), Status.FOUND, Reason.NOT_RECTIFIED),
        (Recheck(Outcome(SITE, "text/typo", Status.FOUND), found=("other",)), Status.CLEAN, Reason.RECTIFIED),
        (Recheck(Outcome(SITE, "text/typo", Status.UNKNOWN, "只读到一半")), Status.UNKNOWN, Reason.CANNOT_TELL),
        (Recheck(Outcome(SITE, "text/typo", Status.SKIPPED, "不要求")), Status.UNKNOWN, Reason.CANNOT_TELL),
        (Recheck(None), Status.UNKNOWN, Reason.CANNOT_TELL),
        (Recheck(None, gone=True), Status.CLEAN, Reason.WITHDRAWN),
        (Recheck(None, gone=True, elsewhere=("x",)), Status.FOUND, Reason.ELSEWHERE),
        (Recheck(None, unreachable="服务器返回500"), Status.UNKNOWN, Reason.UNREACHABLE),
        (Recheck(Outcome(SITE, "text/typo", Status.CLEAN), unreachable="超时"), Status.UNKNOWN, Reason.UNREACHABLE),
        (Recheck(Outcome(SITE, "text/typo", Status.FOUND), elsewhere=("x",)), Status.FOUND, Reason.ELSEWHERE),
        (Recheck(Outcome(SITE, "text/typo", Status.FOUND), moved="http://127.0.0.1/b"), Status.FOUND, Reason.MOVED),
    ],
)
def test_recheck_decides_with_a_reason(seen, status, reason):
    decided, why, sentence = decide("f", seen)
    assert (decided, why) == (status, reason) and sentence


@pytest.mark.parametrize(
    ("status", "state"),
    [(Status.CLEAN, "已整改"), (Status.FOUND, "未整改"), (Status.UNKNOWN, "不能判断")],
)
def test_clean_closes_found_returns_unknown_leaves_open(status, state):
    (case,) = opened(found())
    seen = Recheck(Outcome(SITE, "text/typo", status, "原因"), found=(case.fingerprint,) * (status is Status.FOUND))
    result = rechecked(case, seen, at=LATER)
    assert result.state == state and State(result.state).closed == (status is Status.CLEAN)
    assert result.events[-1]["reason"] and result.events[-1]["at"] == "2024-10-31"


def test_rechecking_a_mended_case_only_records_a_relapse():
    mended = after(opened(found())[0], Event.CLEAN, at=LATER)
    assert rechecked(mended, Recheck(Outcome(SITE, "text/typo", Status.CLEAN)), at=LATER) == mended
    assert rechecked(mended, Recheck(None, found=(mended.fingerprint,)), at=LATER).state == "未整改"


def test_appeal_is_ruled_upon():
    (case,) = opened(found())
    contested = after(case, Event.CONTEST, at=LATER, why="系引文", by="某局")
    assert contested.state == "申辩中"
    assert after(contested, Event.GRANTED, at=LATER).state == "已撤销"
    assert after(contested, Event.UPHELD, at=LATER).state == "待整改"
    with pytest.raises(NotAllowed, match="没有在申辩"):
        after(case, Event.GRANTED, at=LATER)


def test_answer_and_extension():
    (case,) = opened(found())
    answered = after(case, Event.ANSWER, at=LATER, by="某局")
    assert answered.state == "已反馈"
    assert after(answered, Event.EXTENDED, at=LATER).state == "已反馈"


def test_closed_cases_take_no_more_answers():
    closed = after(opened(found())[0], Event.DISMISSED, at=LATER)
    with pytest.raises(NotAllowed, match="已是“已撤销”，不能再记“反馈”"):
        after(closed, Event.ANSWER, at=LATER)


def test_cases_are_sorted_by_unit_and_id():
    cases = opened(found(3), found(1), found(2))
    assert list(cases) == sorted(cases, key=lambda case: (case.org, case.id)) and len(cases) == 3
    assert all(isinstance(case, Case) for case in cases)
