"""How every kind of letter stands against its deadline, and the on-time rates a notice prints."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from duwang.model.calendar import Due, working_days_after
from duwang.model.clocks import FIND_ERROR_DAYS, LETTER_DAYS, months_after, reply_clock
from duwang.model.registry import Letter


class Pace(StrEnum):
    ON_TIME = "按期答复"
    LATE = "超期答复"
    RUNNING = "办理中"
    OVERDUE = "逾期未答复"
    WAITING = "等待补正"
    NOT_COUNTED = "不计时限"


@dataclass(frozen=True, slots=True)
class Standing:
    """One letter at one day. `notes` are Chinese sentences about steps that were late or not allowed."""

    letter: str
    pace: Pace
    due: Due | None
    notes: tuple[str, ...] = ()

    @property
    def closed(self) -> bool:
        return self.pace in (Pace.ON_TIME, Pace.LATE)


@dataclass(frozen=True, slots=True)
class Tally:
    """Letters of one kind: how many came, were answered, in time, late, and stand overdue."""

    received: int
    answered: int
    on_time: int
    late: int
    overdue: int


def standing(letter: Letter, *, as_of: date, letter_days: int = LETTER_DAYS) -> Standing:
    """找错 3 working days, 依申请公开 as the 条例 has it, 网民留言 3 calendar months, mailboxes `letter_days` working days."""
    if not letter.valid or letter.received is None:
        return Standing(letter.number, Pace.NOT_COUNTED, None, () if letter.received else ("没有登记收到时间",))
    if letter.source == "依申请公开":
        clock = reply_clock(letter)
        if clock is None or clock.due is None:
            return Standing(letter.number, Pace.WAITING, None, clock.faults if clock else ())
        return Standing(letter.number, _pace(letter, clock.due.date, as_of), clock.due, clock.faults)
    if letter.source == "网民留言":
        due = Due(months_after(letter.received, 3))
    else:
        days = FIND_ERROR_DAYS if letter.source == "找错" else letter_days
        due = working_days_after(letter.received, days)
    return Standing(letter.number, _pace(letter, due.date, as_of), due)


def tally(standings: Iterable[Standing]) -> Tally:
    """Counts over letters that have a time limit."""
    counted = [one for one in standings if one.pace is not Pace.NOT_COUNTED]
    return Tally(
        received=len(counted),
        answered=sum(one.closed for one in counted),
        on_time=sum(one.pace is Pace.ON_TIME for one in counted),
        late=sum(one.pace is Pace.LATE for one in counted),
        overdue=sum(one.pace is Pace.OVERDUE for one in counted),
    )


def _pace(letter: Letter, due: date, as_of: date) -> Pace:
    if letter.replied is not None and letter.replied <= as_of:
        return Pace.ON_TIME if letter.replied <= due else Pace.LATE
    return Pace.OVERDUE if as_of > due else Pace.RUNNING
