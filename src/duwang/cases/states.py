"""The states of a case and the events that lead from one to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Any

from duwang.model.verdicts import Case


class State(StrEnum):
    TO_RECTIFY = "待整改"
    ANSWERED = "已反馈"
    RECTIFIED = "已整改"
    NOT_RECTIFIED = "未整改"
    CONTESTED = "申辩中"
    CANNOT_TELL = "不能判断"
    WITHDRAWN = "已撤销"

    @property
    def closed(self) -> bool:
        return self in (State.RECTIFIED, State.WITHDRAWN)


class Event(StrEnum):
    """What may happen to a case."""

    OPENED = "交办"
    ANSWER = "反馈"
    CONTEST = "申辩"
    UPHELD = "申辩不成立"
    GRANTED = "申辩成立"
    CLEAN = "复查已整改"
    FOUND = "复查未整改"
    UNKNOWN = "复查不能判断"
    RELAPSE = "复发"
    DISMISSED = "复核撤销"
    EXTENDED = "延期"
    HANDED_ON = "转交"


_LEADS: Mapping[Event, State] = {
    Event.OPENED: State.TO_RECTIFY,
    Event.ANSWER: State.ANSWERED,
    Event.CONTEST: State.CONTESTED,
    Event.UPHELD: State.TO_RECTIFY,
    Event.GRANTED: State.WITHDRAWN,
    Event.CLEAN: State.RECTIFIED,
    Event.FOUND: State.NOT_RECTIFIED,
    Event.UNKNOWN: State.CANNOT_TELL,
    Event.RELAPSE: State.TO_RECTIFY,
    Event.DISMISSED: State.WITHDRAWN,
}
_WHEN_CLOSED = {Event.RELAPSE, Event.FOUND}  # of a rectified case; a withdrawn one stays withdrawn


class NotAllowed(ValueError):
    """An event that the case's state does not admit, in one Chinese sentence."""


def after(case: Case, event: Event, *, at: date, why: str = "", by: str = "", **facts: Any) -> Case:
    """The case after an event; NotAllowed when its state does not admit it."""
    state = State(case.state) if case.state else None
    if state is State.WITHDRAWN or (state is State.RECTIFIED and event not in _WHEN_CLOSED):
        raise NotAllowed(f"工单{case.id}已是“{state}”，不能再记“{event}”")
    if event in (Event.UPHELD, Event.GRANTED) and state is not State.CONTESTED:
        raise NotAllowed(f"工单{case.id}没有在申辩，不能记“{event}”")
    line = {"at": at.isoformat(), "event": event.value, "why": why, "by": by, **facts}
    kept = {key: value for key, value in line.items() if value != ""}
    reached = _LEADS.get(event, state)
    return replace(case, state=(reached or State.TO_RECTIFY).value, events=(*case.events, kept))


def reinstated(case: Case) -> Case:
    """The case as it was before it was withdrawn because its problem was called 误报: that word has been taken back."""
    if not case.events or case.events[-1]["event"] != Event.DISMISSED.value:
        return case
    kept = case.events[:-1]
    state = ""
    for line in kept:
        state = _LEADS.get(Event(line["event"]), State(state) if state else State.TO_RECTIFY).value
    return replace(case, state=state, events=kept)
