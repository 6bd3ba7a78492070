"""Working days by the yearly notices; beyond them 暂定."""

from datetime import date, timedelta

import pytest

from duwang.model.calendar import (
    Due,
    is_working_day,
    known_years,
    next_working_day,
    working_days_after,
    working_days_between,
)

D = date.fromisoformat


def test_years_2019_to_2026_are_known_with_a_source():
    assert sorted(known_years()) == list(range(2019, 2027))
    assert all(one.source for one in known_years().values())


def days(*spans):
    for span in spans:
        start, _, end = span.partition("..")
        at = D(start)
        while at <= D(end or start):
            yield at
            at += timedelta(days=1)


OFF_2025 = ["2025-01-01", "2025-01-28..2025-02-04", "2025-04-04..2025-04-06", "2025-05-01..2025-05-05",
            "2025-05-31..2025-06-02", "2025-10-01..2025-10-08"]  # fmt: skip
OFF_2026 = ["2026-01-01..2026-01-03", "2026-02-15..2026-02-23", "2026-04-04..2026-04-06", "2026-05-01..2026-05-05",
            "2026-06-19..2026-06-21", "2026-09-25..2026-09-27", "2026-10-01..2026-10-07"]  # fmt: skip
WORK_2025 = ["2025-01-26", "2025-02-08", "2025-04-27", "2025-09-28", "2025-10-11"]
WORK_2026 = ["2026-01-04", "2026-02-14", "2026-02-28", "2026-05-09", "2026-09-20", "2026-10-10"]


@pytest.mark.parametrize(("year", "off", "work"), [(2025, OFF_2025, WORK_2025), (2026, OFF_2026, WORK_2026)])
def test_whole_year_against_the_notice(year, off, work):
    free, extra = set(days(*off)), set(days(*work))
    for day in days(f"{year}-01-01..{year}-12-31"):
        expected = day in extra or (day.weekday() < 5 and day not in free)
        assert is_working_day(day) == expected, day


def test_extra_working_days_of_2024():
    extra = [day for day in days("2024-01-01..2024-12-31") if day.weekday() >= 5 and is_working_day(day)]
    listed = ["02-04", "02-18", "04-07", "04-28", "05-11", "09-14", "09-29", "10-12"]
    assert extra == [D(f"2024-{day}") for day in listed]


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2024-09-27", 1, "2024-09-29"),  # 周日调休上班
        ("2024-09-30", 1, "2024-10-08"),  # 国庆后第一天
        ("2024-09-30", 5, "2024-10-12"),  # 12日周六上班
        ("2024-10-16", 10, "2024-10-30"),
        ("2024-12-31", 1, "2025-01-02"),
        ("2024-05-31", 3, "2024-06-05"),
        ("2024-06-01", 0, "2024-06-03"),
        ("2024-06-03", 0, "2024-06-03"),
    ],
)
def test_day_of_receipt_is_not_counted(start, n, end):
    assert working_days_after(D(start), n) == Due(D(end))


def test_unknown_year_goes_by_weekdays_and_says_so():
    assert working_days_after(D("2026-12-31"), 1) == Due(D("2027-01-01"), provisional=True)
    assert working_days_after(D("2026-12-30"), 1) == Due(D("2026-12-31"))
    assert Due(D("2027-01-01"), provisional=True).in_words() == "2027年1月1日（暂定）"
    assert working_days_after(D("2018-06-01"), 1).provisional


def test_period_ending_on_a_day_off_moves_on():
    assert next_working_day(D("2024-10-01")) == Due(D("2024-10-08"))
    assert next_working_day(D("2024-10-08")) == Due(D("2024-10-08"))
    assert next_working_day(D("2026-12-31")) == Due(D("2026-12-31"))


@pytest.mark.parametrize("n", [1, 2, 5, 7, 15, 20, 40])
def test_between_is_the_reverse_of_after(n):
    for start in days("2024-01-01..2024-12-31"):
        assert working_days_between(start, working_days_after(start, n).date) == n


def test_between_counts_the_last_day_only():
    assert working_days_between(D("2024-10-08"), D("2024-10-09")) == 1
    assert working_days_between(D("2024-10-09"), D("2024-10-08")) == 0


def test_negative_days_are_refused():
    with pytest.raises(ValueError, match="工作日天数不能小于0"):
        working_days_after(D("2024-10-08"), -1)
