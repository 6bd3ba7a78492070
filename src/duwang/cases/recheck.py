"""The re-check decision (复查): CLEAN closes a case, FOUND returns it, UNKNOWN leaves it open; always with a reason."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duwang.cases.states import Event, State, after
from duwang.model.findings import Outcome, Status
from duwang.model.verdicts import Case

EVENTS: Mapping[Status, Event] = {
    Status.CLEAN: Event.CLEAN,
    Status.FOUND: Event.FOUND,
    Status.UNKNOWN: Event.UNKNOWN,
    Status.SKIPPED: Event.UNKNOWN,
}


class Reason(StrEnum):
    """What a re-check says of a case."""

    RECTIFIED = "已整改"
    NOT_RECTIFIED = "未整改"
    WITHDRAWN = "页面已撤下"
    UNREACHABLE = "页面不可访问"
    MOVED = "位置已变"
    ELSEWHERE = "换了地方再犯"
    CANNOT_TELL = "不能判断"


@dataclass(frozen=True, slots=True)
class Recheck:
    """What was seen when a case was looked at again.

    `found`: fingerprints found now on the place itself; `elsewhere`: refs of other places that hold the same fault (equal
    question); `gone`: the page answered 404 or 410; `moved`: the same content stands at another address, still with the fault;
    `unreachable`: why the page could not be opened, empty when it was.
    """

    outcome: Outcome | None
    found: Collection[str] = ()
    elsewhere: tuple[str, ...] = ()
    gone: bool = False
    moved: str = ""
    unreachable: str = ""


def decide(fingerprint: str, seen: Recheck) -> tuple[Status, Reason, str]:
    """Status, reason and one Chinese sentence. Nothing that was not read is ever called rectified."""
    if fingerprint in seen.found:
        return Status.FOUND, Reason.NOT_RECTIFIED, "原位置的问题仍然存在"
    if seen.moved:
        return Status.FOUND, Reason.MOVED, f"内容已移到{seen.moved}，问题仍然存在"
    if seen.gone:
        if seen.elsewhere:
            return Status.FOUND, Reason.ELSEWHERE, f"原页面已撤下，但在{_places(seen.elsewhere)}仍有同样问题"
        return Status.CLEAN, Reason.WITHDRAWN, "原页面已撤下（404或410）"
    if seen.unreachable:
        return Status.UNKNOWN, Reason.UNREACHABLE, f"页面打不开：{seen.unreachable}"
    if seen.outcome is None or seen.outcome.status in (Status.UNKNOWN, Status.SKIPPED):
        why = seen.outcome.reason if seen.outcome and seen.outcome.reason else "本次没有检查到"
        return Status.UNKNOWN, Reason.CANNOT_TELL, why
    if seen.elsewhere:
        return Status.FOUND, Reason.ELSEWHERE, f"原位置已改正，但在{_places(seen.elsewhere)}仍有同样问题"
    return Status.CLEAN, Reason.RECTIFIED, "重新检查未再发现"


def rechecked(case: Case, seen: Recheck, *, at: date) -> Case:
    """The case after a re-check: 已整改, 未整改 or 不能判断. A withdrawn case stays as it is."""
    if case.state == State.WITHDRAWN:
        return case
    status, reason, why = decide(case.fingerprint, seen)
    if case.state == State.RECTIFIED and status is not Status.FOUND:
        return case
    return after(case, EVENTS[status], at=at, why=why, reason=reason.value)


def _places(refs: tuple[str, ...]) -> str:
    shown = "、".join(refs[:3])
    return f"{shown}等{len(refs)}处" if len(refs) > 3 else shown
