"""Statutory clocks: when a reply, a correction or a publication falls due. The day of receipt is never counted."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from duwang.model.calendar import Due, is_provisional, next_working_day, working_days_after, working_days_between
from duwang.model.period import months_before
from duwang.model.registry import Letter

REPLY_DAYS = 20  # 条例第三十三条
EXTENSION_DAYS = 20
CORRECTION_DAYS = 7  # 条例第三十条
THIRD_PARTY_DAYS = 15  # 条例第三十二、三十三条
PUBLICATION_DAYS = 20  # 条例第二十六条
FIND_ERROR_DAYS = 3  # 国办发〔2017〕47号
LETTER_DAYS = 5


class Channel(StrEnum):
    """How an application came in (条例第三十一条)."""

    IN_PERSON = "当面"
    REGISTERED_POST = "挂号信、快递"
    ORDINARY_POST = "平常信函"
    ONLINE = "互联网、传真"


def receipt_day(
    channel: Channel, *, handed_in: date | None = None, signed: date | None = None, confirmed: date | None = None
) -> date | None:
    """收到之日: handed in, signed for, or confirmed with the applicant, by channel; None while that has not happened."""
    if channel is Channel.IN_PERSON:
        return handed_in
    return signed if channel is Channel.REGISTERED_POST else confirmed


@dataclass(frozen=True, slots=True)
class ReplyClock:
    """When the reply to a disclosure application falls due and why. `due` is None while the applicant has to complete it.

    `start` is the day the clock runs from; `paused` the span of a third party's consultation, both days as written; `faults`
    are Chinese sentences about steps that were themselves late.
    """

    start: date
    due: Due | None
    extended: bool = False
    paused: tuple[date, date] | None = None
    faults: tuple[str, ...] = ()


def reply_clock(letter: Letter) -> ReplyClock | None:
    """The clock of a 依申请公开 letter (条例第三十至三十三条); None without a day of receipt."""
    if letter.received is None:
        return None
    faults: list[str] = []
    start = letter.received
    if letter.correction_asked is not None:
        latest = working_days_after(letter.received, CORRECTION_DAYS).date
        if letter.correction_asked > latest:
            faults.append(f"补正通知晚于收到申请后7个工作日（应在{_day(latest)}前发出）")
        if letter.correction_received is None:
            return ReplyClock(start, None, faults=tuple(faults))
        start = letter.correction_received
    paused = _paused(letter, start)
    base = _due(start, REPLY_DAYS, paused)
    if letter.extended_to is None:
        return ReplyClock(start, base, paused=paused, faults=tuple(faults))
    longest = _due(start, REPLY_DAYS + EXTENSION_DAYS, paused)
    if letter.extended_to > longest.date:
        faults.append(f"延期超过20个工作日（最长到{_day(longest.date)}）")
    due = min(letter.extended_to, longest.date)
    due = max(due, base.date)
    return ReplyClock(start, Due(due, is_provisional(due)), extended=True, paused=paused, faults=tuple(faults))


def publication_due(formed: date) -> Due:
    """主动公开: within 20 working days of the information's making or change."""
    return working_days_after(formed, PUBLICATION_DAYS)


def annual_report_due(year: int, *, of_government: bool) -> date:
    """信息公开年报 of that year: departments by 31 January, governments by 31 March of the next (条例第四十九条)."""
    return date(year + 1, 3, 31) if of_government else date(year + 1, 1, 31)


def reconsideration_until(known: date) -> Due:
    """行政复议: 60 calendar days from knowing; an end on a day off moves on (行政复议法第二十条、第八十八条)."""
    return next_working_day(known + timedelta(days=60))


def suit_until(known: date) -> Due:
    """行政诉讼 without reconsideration: 6 months from knowing, month ends clamped (行政诉讼法第四十六条)."""
    return next_working_day(months_after(known, 6))


def suit_after_reconsideration_until(received: date) -> Due:
    """行政诉讼 after reconsideration: 15 days from receiving the decision (行政诉讼法第四十五条)."""
    return next_working_day(received + timedelta(days=15))


def months_after(day: date, months: int) -> date:
    """The same day so many calendar months later, clamped to the month's end."""
    return months_before(day, -months)


def _paused(letter: Letter, start: date) -> tuple[date, date] | None:
    """The consultation that is not counted: from the query to the answer, at most the 15 working days the party has."""
    asked = letter.third_party_asked
    if asked is None or asked < start:
        return None
    longest = working_days_after(asked, THIRD_PARTY_DAYS).date
    answered = letter.third_party_answered
    return asked, longest if answered is None else max(asked, min(answered, longest))


def _due(start: date, days: int, paused: tuple[date, date] | None) -> Due:
    plain = working_days_after(start, days)
    if paused is None or paused[0] >= plain.date:
        return plain
    used = working_days_between(start, paused[0])
    return working_days_after(paused[1], days - used)


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
