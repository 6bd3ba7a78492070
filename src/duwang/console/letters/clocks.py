"""When a letter's answer falls due and how it stands, from the statutory clocks of the model."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from duwang.model.calendar import Due, working_days_after
from duwang.model.clocks import FIND_ERROR_DAYS, LETTER_DAYS, reply_clock
from duwang.model.registry import Letter

_DAYS = {"找错": FIND_ERROR_DAYS, "领导信箱": LETTER_DAYS, "网民留言": LETTER_DAYS, "曝光台": LETTER_DAYS}
ON_TIME, LATE, OVERDUE, WAITING, COMPLETING, UNKNOWN = (
    "按期答复",
    "超期答复",
    "逾期未答复",
    "待答复",
    "等待补正",
    "未填收到时间",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """`state` is one of the words above; `faults` are steps that were late themselves."""

    state: str
    due: Due | None = None
    extended: bool = False
    faults: tuple[str, ...] = ()


def letter_from(cells: Mapping[str, str], number: str) -> Letter:
    """The model value of a ledger line."""
    return Letter(
        number=number, source=cells.get("来源", ""), mailbox=cells.get("信箱", ""), valid=cells.get("有效", "是") != "否",
        title=cells.get("标题", ""), text=cells.get("正文", ""), received=_day(cells, "收到时间"), replied=_day(cells, "答复时间"),
        replier=cells.get("答复单位", ""), reply=cells.get("答复内容", ""), category=cells.get("类别", ""),
        correction_asked=_day(cells, "补正通知"), correction_received=_day(cells, "补正收到"), extended_to=_day(cells, "延期至"),
        third_party_asked=_day(cells, "征求第三方"), third_party_answered=_day(cells, "第三方答复"),
    )  # fmt: skip


def standing(letter: Letter, *, at: date) -> Standing:
    """How the letter stands on that day; the day of receipt is not counted."""
    if letter.received is None:
        return Standing(UNKNOWN)
    if letter.source == "依申请公开":
        clock = reply_clock(letter)
        if clock is None or clock.due is None:
            return Standing(ON_TIME if letter.replied else COMPLETING, faults=clock.faults if clock else ())
        return Standing(_state(letter, clock.due, at), clock.due, clock.extended, clock.faults)
    due = working_days_after(letter.received, _DAYS.get(letter.source, LETTER_DAYS))
    return Standing(_state(letter, due, at), due)


def _state(letter: Letter, due: Due, at: date) -> str:
    if letter.replied is not None:
        return ON_TIME if letter.replied <= due.date else LATE
    return OVERDUE if at > due.date else WAITING


def _day(cells: Mapping[str, str], name: str) -> date | None:
    written = cells.get(name, "")
    return date.fromisoformat(written) if written else None
