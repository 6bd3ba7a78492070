"""Dates as offices print them; what is no calendar day is no date."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

_FULL = re.compile(
    r"(?<![\d.])((?:19|20)\d{2})\s*(?:[-/.]|年|--)\s*(\d{1,2})\s*(?:[-/.]|月|--)\s*(?:(\d{1,2})(?!\d)|(\d{2})(?=\d{2}[:：]\d{2}))\s*日?"
    r"(?:[\sT]*(\d{1,2})[:：时](\d{2})(?:[:：分](\d{2}))?)?"
)
_COMPACT = re.compile(r"(?<!\d)((?:19|20)\d{2})(\d{2})(\d{2})(?!\d)")
_SPLIT = re.compile(r"(?<!\d)((?:19|20)\d{2})\s+(\d{1,2})[-/.](\d{1,2})(?![-/.\d])")
_DAY_FIRST = re.compile(r"(?<![\d:：/.-])(\d{1,2})日?\s+((?:19|20)\d{2})[-/.年](\d{1,2})(?![-/.\d])月?")
_TWO_DIGITS = re.compile(r"(?<!\d)(\d{2})[-/.](\d{2})[-/.](\d{2})(?=\d{2}[:：]\d{2}|\D|$)")
_HAN = re.compile(r"([〇○零ＯO0一二三四五六七八九]{4})年([一二三四五六七八九十]{1,2})月([一二三四五六七八九十]{1,3})日")
_SHORT = re.compile(r"(?<![\d/.-])(\d{1,2})(?:[-/.]|月)(\d{1,2})(?:日)?(?![\d/.-])")
_DIGITS = {
    **{c: str(n) for n, c in enumerate("〇一二三四五六七八九")},
    "○": "0",
    "零": "0",
    "Ｏ": "0",
    "O": "0",
    "0": "0",
}
_URL_DAY = re.compile(r"/((?:19|20)\d{2})[-/]?(\d{2})[-/]?(\d{2})(?=[/_.-]|$)|[/_]t?((?:19|20)\d{2})(\d{2})(\d{2})_")
_URL_SLASHED = re.compile(r"/((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})(?=/)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})[-/]?(\d{1,2})/")


@dataclass(frozen=True, slots=True)
class Printed:
    """A date found in a text: `raw` as printed, `at` with the time of day where one is printed, offsets in code points."""

    on: date
    raw: str
    start: int
    end: int
    at: datetime | None = None


def dates_in(text: str) -> Iterator[Printed]:
    """Every full date, in reading order of its kind."""
    for found in _FULL.finditer(text):
        if day := day_of(int(found[1]), int(found[2]), int(found[3] or found[4])):
            yield Printed(day, found[0].strip(), found.start(), found.end(), _time(day, found))
    for found in _HAN.finditer(text):
        if day := _han(found):
            yield Printed(day, found[0], found.start(), found.end())


def first_date(text: str) -> Printed | None:
    return next(dates_in(text), None)


def torn_date(text: str) -> Printed | None:
    """A date that the layout tears apart: the year above the day (2019 · 09/07) or the day beside the month (15 · 2024-03)."""
    for pattern, order in ((_SPLIT, (1, 2, 3)), (_DAY_FIRST, (2, 3, 1))):
        for found in pattern.finditer(text):
            if day := day_of(*(int(found[place]) for place in order)):
                return Printed(day, " ".join(found[0].split()), found.start(), found.end())
    return None


def two_digit_date(text: str) -> Printed | None:
    """A date with a year of two digits (18-03-08), to be asked only where a date must stand, e.g. behind 发布时间."""
    for found in _TWO_DIGITS.finditer(text):
        if day := day_of(2000 + int(found[1]), int(found[2]), int(found[3])):
            return Printed(day, found[0], found.start(), found.end())
    return None


def compact_date(text: str) -> Printed | None:
    """A date written 20240901."""
    for found in _COMPACT.finditer(text):
        if day := day_of(int(found[1]), int(found[2]), int(found[3])):
            return Printed(day, found[0], found.start(), found.end())
    return None


def short_date(text: str) -> tuple[int, int, str] | None:
    """(month, day, raw) of a date without a year, e.g. [03-15]."""
    for found in _SHORT.finditer(text):
        month, day = int(found[1]), int(found[2])
        if day_of(2024, month, day):
            return month, day, found[0]
    return None


def date_in_url(url: str) -> date | None:
    """The day an address spells, e.g. /2024/3/15/ or t20240315_; None when it spells none."""
    for found in (*_URL_DAY.finditer(url), *_URL_SLASHED.finditer(url)):
        parts = [part for part in found.groups() if part]
        if day := day_of(*(int(part) for part in parts)):
            return day
    return None


def year_in_url(url: str) -> int | None:
    day = date_in_url(url)
    if day:
        return day.year
    found = _URL_MONTH.search(url)
    return int(found[1]) if found and 1 <= int(found[2]) <= 12 else None


def day_of(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None when there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _time(day: date, found: re.Match[str]) -> datetime | None:
    if found[5] is None:
        return None
    hour, minute, second = int(found[5]), int(found[6]), int(found[7] or 0)
    if hour > 23 or minute > 59 or second > 59:
        return None
    return datetime(day.year, day.month, day.day, hour, minute, second)


def _han(found: re.Match[str]) -> date | None:
    year = int("".join(_DIGITS[c] for c in found[1]))
    return day_of(year, _han_number(found[2]), _han_number(found[3]))


def _han_number(text: str) -> int:
    if text == "十":
        return 10
    tens, ten, ones = text.partition("十")
    if not ten:
        return int("".join(_DIGITS[c] for c in text))
    return (int(_DIGITS[tens]) if tens else 1) * 10 + (int(_DIGITS[ones]) if ones else 0)
