"""Dates as offices print them."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from duwang.reading.dates import (
    compact_date,
    date_in_url,
    first_date,
    short_date,
    torn_date,
    two_digit_date,
    year_in_url,
)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2024-09-01", date(2024, 9, 1)),
        ("2024/9/1", date(2024, 9, 1)),
        ("2024.09.01", date(2024, 9, 1)),
        ("2024年9月1日", date(2024, 9, 1)),
        ("2024 年 9 月 1 日", date(2024, 9, 1)),
        ("二〇二四年九月一日", date(2024, 9, 1)),
        ("二○一二年四月二十日", date(2012, 4, 20)),
        ("二O一二年十二月三十一日", date(2012, 12, 31)),
        ("发布时间：2024-09-01来源：县政府办", date(2024, 9, 1)),
        ("2024-09-0110:05", date(2024, 9, 1)),
        ("时间2024-02-29。", date(2024, 2, 29)),
        ("2023-02-29", None),
        ("2024-13-01", None),
        ("2024年0月3日", None),
        ("第2024-090号", None),
        ("12024-09-01", None),
    ],
)
def test_full_dates(text: str, day: date | None) -> None:
    found = first_date(text)
    assert (found.on if found else None) == day


def test_the_time_of_day_is_kept() -> None:
    found = first_date("2024-09-01 10:05:30")
    assert found is not None and found.at == datetime(2024, 9, 1, 10, 5, 30)
    odd = first_date("2024-09-01 25:05")
    assert odd is not None and odd.at is None


def test_dates_without_a_year_or_torn_apart() -> None:
    assert short_date("[03-15]") == (3, 15, "03-15")
    assert short_date("3月15日") == (3, 15, "3月15日")
    assert short_date("[02-30]") is None
    torn, sideways = torn_date("2019\n09/07\n19:02"), torn_date("15 2024-03")
    assert torn is not None and torn.on == date(2019, 9, 7)
    assert sideways is not None and sideways.on == date(2024, 3, 15)
    short = two_digit_date("18-03-0823:16")
    assert short is not None and short.on == date(2018, 3, 8)
    packed = compact_date("编号20240901")
    assert packed is not None and packed.on == date(2024, 9, 1)


@pytest.mark.parametrize(
    ("url", "day", "year"),
    [
        ("http://a.gov.cn/art/2024/3/15/art_1.html", date(2024, 3, 15), 2024),
        ("http://a.gov.cn/xw/202403/t20240315_88.html", date(2024, 3, 15), 2024),
        ("http://a.gov.cn/2024-03/15/content_1.htm", date(2024, 3, 15), 2024),
        ("http://a.gov.cn/xw/202413/t20241345_88.html", None, None),
        ("http://a.gov.cn/info/1041/7300.htm", None, None),
    ],
)
def test_what_an_address_spells(url: str, day: date | None, year: int | None) -> None:
    assert date_in_url(url) == day
    assert year_in_url(url) == year
