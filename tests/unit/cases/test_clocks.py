"""Statutory clocks: 20 working days, corrections, third parties, extensions, letters; n−1, n, n+1."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from duwang.cases.clocks import Pace, standing, tally
from duwang.model.calendar import working_days_after
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
from duwang.model.registry import Letter

D = date.fromisoformat
DAY = timedelta(days=1)
ASKED = Letter("1", "依申请公开", received=D("2024-09-02"))
DUE = D("2024-09-30")  # 3—6日4天，9—14日6天，18—20日3天，23—27日5天，29、30日2天；15—17日放假，14、29日上班


def due(letter):
    clock = reply_clock(letter)
    return clock.due.date


def test_twenty_working_days_from_the_day_after_receipt():
    assert due(ASKED) == DUE == working_days_after(D("2024-09-02"), 20).date


@pytest.mark.parametrize(("replied", "pace"), [(DUE - DAY, Pace.ON_TIME), (DUE, Pace.ON_TIME), (DUE + DAY, Pace.LATE)])
def test_reply_around_the_last_day(replied, pace):
    assert standing(replace(ASKED, replied=replied), as_of=D("2024-12-31")).pace == pace


@pytest.mark.parametrize(("as_of", "pace"), [(DUE, Pace.RUNNING), (DUE + DAY, Pace.OVERDUE)])
def test_no_reply_around_the_last_day(as_of, pace):
    assert standing(ASKED, as_of=as_of).pace == pace
    later = replace(ASKED, replied=D("2024-12-01"))
    assert standing(later, as_of=as_of).pace == pace


def test_completed_application_restarts_the_clock():
    waiting = replace(ASKED, correction_asked=D("2024-09-11"))
    assert standing(waiting, as_of=D("2025-06-01")).pace == Pace.WAITING
    completed = replace(waiting, correction_received=D("2024-09-18"))
    assert due(completed) == working_days_after(D("2024-09-18"), 20).date
    assert reply_clock(completed).faults == ()


@pytest.mark.parametrize(("asked", "late"), [("2024-09-10", False), ("2024-09-11", False), ("2024-09-12", True)])
def test_correction_must_be_asked_within_seven_working_days(asked, late):
    clock = reply_clock(replace(ASKED, correction_asked=D(asked)))
    assert bool(clock.faults) == late


def test_third_party_time_is_not_counted():
    asked = D("2024-09-06")  # 已用4个工作日
    answered = D("2024-09-13")
    letter = replace(ASKED, third_party_asked=asked, third_party_answered=answered)
    assert due(letter) == working_days_after(answered, 16).date > DUE
    assert reply_clock(letter).paused == (asked, answered)


def test_silent_third_party_pauses_for_fifteen_working_days_at_most():
    asked = D("2024-09-06")
    longest = working_days_after(asked, 15).date
    silent = replace(ASKED, third_party_asked=asked)
    slow = replace(silent, third_party_answered=longest + 30 * DAY)
    assert due(silent) == due(slow) == working_days_after(longest, 16).date


def test_consultation_after_the_last_day_changes_nothing():
    assert due(replace(ASKED, third_party_asked=DUE + DAY)) == DUE


def test_extension_by_twenty_working_days_at_most():
    longest = working_days_after(D("2024-09-02"), 40).date
    assert due(replace(ASKED, extended_to=D("2024-10-15"))) == D("2024-10-15")
    assert due(replace(ASKED, extended_to=longest)) == longest
    beyond = reply_clock(replace(ASKED, extended_to=longest + DAY))
    assert beyond.due.date == longest and "延期超过20个工作日" in beyond.faults[0]


def test_receipt_day_by_channel():
    days = {"handed_in": D("2024-09-02"), "signed": D("2024-09-04"), "confirmed": D("2024-09-05")}
    assert receipt_day(Channel.IN_PERSON, **days) == D("2024-09-02")
    assert receipt_day(Channel.REGISTERED_POST, **days) == D("2024-09-04")
    assert receipt_day(Channel.ORDINARY_POST, **days) == D("2024-09-05")
    assert receipt_day(Channel.ONLINE, **days) == D("2024-09-05")
    assert receipt_day(Channel.ONLINE) is None


@pytest.mark.parametrize(
    ("source", "received", "last"),
    [
        ("找错", "2024-09-30", "2024-10-10"),
        ("领导信箱", "2024-09-30", "2024-10-12"),
        ("曝光台", "2024-10-14", "2024-10-21"),
    ],
)
def test_letters_in_working_days(source, received, last):
    letter = Letter("2", source, received=D(received))
    assert standing(letter, as_of=D(last)).pace == Pace.RUNNING
    assert standing(letter, as_of=D(last) + DAY).pace == Pace.OVERDUE


def test_messages_have_three_calendar_months():
    letter = Letter("3", "网民留言", received=D("2024-11-30"))
    assert standing(letter, as_of=D("2025-02-28")).pace == Pace.RUNNING
    assert standing(letter, as_of=D("2025-03-01")).pace == Pace.OVERDUE


def test_invalid_letters_and_rates():
    letters = [
        Letter("4", "领导信箱", received=D("2024-09-02"), replied=D("2024-09-09")),
        Letter("5", "领导信箱", received=D("2024-09-02"), replied=D("2024-09-10")),
        Letter("6", "领导信箱", received=D("2024-09-02")),
        Letter("7", "领导信箱", received=D("2024-09-02"), valid=False),
        Letter("8", "领导信箱"),
    ]
    counted = tally(standing(one, as_of=D("2024-09-30")) for one in letters)
    assert (counted.received, counted.answered, counted.on_time, counted.late, counted.overdue) == (3, 2, 1, 1, 1)


def test_other_statutory_days():
    assert annual_report_due(2024, of_government=False) == D("2025-01-31")
    assert annual_report_due(2024, of_government=True) == D("2025-03-31")
    assert publication_due(D("2024-09-02")).date == DUE
    assert reconsideration_until(D("2024-08-02")).date == D("2024-10-08")  # 第60天10月1日放假
    assert suit_until(D("2024-08-31")).date == D("2025-02-28")
    assert suit_after_reconsideration_until(D("2024-09-16")).date == D("2024-10-08")
    assert months_after(D("2024-01-31"), 1) == D("2024-02-29")


def test_clock_beyond_the_calendar_is_provisional():
    assert reply_clock(replace(ASKED, received=D("2026-12-15"))).due.provisional
    assert not reply_clock(replace(ASKED, received=D("2026-11-02"))).due.provisional
