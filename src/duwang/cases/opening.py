"""Findings that must be put right become cases, one each, with a working-day deadline."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from duwang.cases.states import Event, State, after
from duwang.model.calendar import Due, working_days_after
from duwang.model.findings import Finding, Severity
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Case, Decision, Review

RECTIFY_DAYS = 10
_CERTAIN = ("printed", "column", "site", "account")


def case_id(fingerprint: str) -> str:
    """Stable for the life of a finding."""
    return f"ZG-{fingerprint[:12].upper()}"


def due_date(issued: date, *, working_days: int = RECTIFY_DAYS) -> Due:
    """The day of issue is not counted; 暂定 where the year's calendar is not known."""
    return working_days_after(issued, working_days)


def open_cases(
    findings: Iterable[Finding],
    *,
    issued: date,
    working_days: int = RECTIFY_DAYS,
    existing: Sequence[Case] = (),
    reviews: Sequence[Review] = (),
) -> tuple[Case, ...]:
    """One case for every finding that is neither a hint nor dismissed, sorted by unit and id: letters, units and cancelled accounts
    get no verdict and owe an answer all the same.

    An existing case goes on: a rectified one that is found again relapses and has its term anew, one whose finding a person called
    误报 is withdrawn, others stay as they are; a unit that was renamed or gave the account away hands its open ones on.
    """
    before = {case.fingerprint: case for case in existing}
    rulings = Rulings(reviews)
    due = due_date(issued, working_days=working_days)
    cases = dict(before)
    for finding in findings:
        if finding.severity is Severity.HINT:
            continue
        case = before.get(finding.fingerprint)
        review = rulings.of(finding)
        if review is not None and review.decision is Decision.FALSE_ALARM:
            if case is not None and not State(case.state).closed:
                cases[finding.fingerprint] = after(case, Event.DISMISSED, at=issued, why=review.reason)
        elif case is None:
            cases[finding.fingerprint] = _opened(finding, issued, due)
        elif case.state == State.RECTIFIED:
            cases[finding.fingerprint] = _handed_on(_again(case, issued, due), finding, issued)
        else:
            cases[finding.fingerprint] = _handed_on(case, finding, issued)
    return tuple(sorted(cases.values(), key=lambda case: (case.org, case.id)))


def _opened(finding: Finding, issued: date, due: Due) -> Case:
    blank = Case(case_id(finding.fingerprint), finding.fingerprint, finding.org, "", due.date)
    return after(blank, Event.OPENED, at=issued, why=finding.message, provisional=due.provisional)


def _again(case: Case, issued: date, due: Due) -> Case:
    relapsed = after(case, Event.RELAPSE, at=issued, why="再次发现", provisional=due.provisional)
    return replace(relapsed, due=due.date)


def _handed_on(case: Case, finding: Finding, at: date) -> Case:
    """The case with the unit that answers for the finding now, where that is certain."""
    certain = finding.org and finding.org_by in _CERTAIN
    if not certain or finding.org == case.org or State(case.state).closed:
        return case
    handed = after(case, Event.HANDED_ON, at=at, why=f"责任单位由{case.org}改为{finding.org}" if case.org else "")
    return replace(handed, org=finding.org)
