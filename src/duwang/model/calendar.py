"""Working days (工作日) from yearly data; a year without data is counted by weekdays and marked 暂定 (provisional)."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent / "calendars"
BEIJING = timezone(timedelta(hours=8))
_DAY = timedelta(days=1)


def beijing_day(at: datetime) -> date:
    """The day of a moment in Beijing; without a zone it is Beijing time already."""
    return (at.astimezone(BEIJING) if at.tzinfo else at).date()


@dataclass(frozen=True, slots=True)
class YearDays:
    """One year's notice: weekdays off and weekend days worked; `source` names it."""

    year: int
    off: frozenset[date]
    work: frozenset[date]
    source: str


@dataclass(frozen=True, slots=True)
class Due:
    """A date in working days. `provisional`: a year without an announced calendar was crossed."""

    date: date
    provisional: bool = False

    def in_words(self) -> str:
        """`2024年10月30日`, with （暂定） where the year's calendar is not known yet."""
        return f"{self.date.year}年{self.date.month}月{self.date.day}日{'（暂定）' if self.provisional else ''}"


@lru_cache(maxsize=1)
def known_years() -> dict[int, YearDays]:
    """Every year with data; ValueError names the file when one is wrong."""
    return {one.year: one for one in map(_year, sorted(FOLDER.glob("*.toml")))}


def is_working_day(day: date) -> bool:
    """Monday to Friday not declared off, or a weekend day declared working; unknown years go by weekdays."""
    known = known_years().get(day.year)
    if known is None:
        return day.weekday() < 5
    return day in known.work or (day.weekday() < 5 and day not in known.off)


def is_provisional(day: date) -> bool:
    """True when nobody has announced that year's days yet (or they are not in the data)."""
    return day.year not in known_years()


def next_working_day(day: date) -> Due:
    """The day itself when it is worked, else the next one: where a calendar period that ends on a day off moves to."""
    at, provisional = day, is_provisional(day)
    while not is_working_day(at):
        at += _DAY
        provisional = provisional or is_provisional(at)
    return Due(at, provisional)


def working_days_after(start: date, n: int) -> Due:
    """The `n`-th working day after `start`, which itself is not counted; 0 gives the first working day from `start` on."""
    if n < 0:
        raise ValueError("工作日天数不能小于0")
    if n == 0:
        return next_working_day(start)
    at, left, provisional = start, n, False
    while left:
        at += _DAY
        provisional = provisional or is_provisional(at)
        left -= is_working_day(at)
    return Due(at, provisional)


def working_days_between(start: date, end: date) -> int:
    """Working days in (start, end]: the day of receipt is not counted, the last day is; 0 when `end` is not later."""
    days = (end - start).days
    return sum(is_working_day(start + timedelta(days=n)) for n in range(1, days + 1))


def _year(path: Path) -> YearDays:
    content = tomllib.loads(path.read_text("utf-8"))
    year, off, work = content.get("year"), content.get("off", []), content.get("work", [])
    for day in (*off, *work):
        if not isinstance(day, date) or day.year != year:
            raise ValueError(f"{path.name}：{day}不是{year}年的日期")
    for day in off:
        if day.weekday() >= 5:
            raise ValueError(f"{path.name}：off：{day}本来就是周末")
    for day in work:
        if day.weekday() < 5:
            raise ValueError(f"{path.name}：work：{day}本来就不是周末")
    return YearDays(int(year or path.stem), frozenset(off), frozenset(work), str(content.get("source", "")))
