"""Look-back periods as offices write them (14天, 6个月, 1年) and calendar arithmetic with clamped month ends."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

_WRITTEN = re.compile(r"^(\d{1,4})\s*(天|日|周|个月|月|年)$")
_QUARTER = re.compile(r"^(\d{4})Q([1-4])$")
_MONTH = re.compile(r"^(\d{4})-(\d{2})$")


def months_before(day: date, months: int) -> date:
    """The same day `months` calendar months earlier, clamped to the month's end."""
    index = day.year * 12 + day.month - 1 - months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@dataclass(frozen=True, slots=True)
class Period:
    """A look-back window. Exactly the period old is still fresh; older is passed."""

    days: int = 0
    months: int = 0
    written: str = ""

    @classmethod
    def parse(cls, written: str) -> Period:
        """`14天`, `2周`, `6个月`, `1年` → Period; ValueError with a Chinese sentence otherwise."""
        found = _WRITTEN.match(written.strip())
        if not found:
            raise ValueError(f"期限“{written}”写法不对，应写成14天、2周、6个月或1年")
        number, unit = int(found[1]), found[2]
        if number < 1:
            raise ValueError(f"期限“{written}”必须大于0")
        if unit in "天日":
            return cls(days=number, written=written.strip())
        if unit == "周":
            return cls(days=7 * number, written=written.strip())
        return cls(months=number * (12 if unit == "年" else 1), written=written.strip())

    def start(self, at: date) -> date:
        """First day that still counts as fresh at `at`."""
        return at - timedelta(days=self.days) if self.days else months_before(at, self.months)

    def passed(self, *, since: date, at: date) -> bool:
        """True when `since` is strictly older than the period at `at`."""
        return since < self.start(at)

    def last_day(self, since: date) -> date:
        """The last day on which something of `since` still counts as fresh."""
        day = since + timedelta(days=self.days) if self.days else months_before(since, -self.months)
        while not self.passed(since=since, at=day + timedelta(days=1)):
            day += timedelta(days=1)
        return day


@dataclass(frozen=True, slots=True)
class Span:
    """A reporting period with both days included."""

    start: date
    end: date
    name: str = ""

    def __contains__(self, day: object) -> bool:
        return isinstance(day, date) and self.start <= day <= self.end

    @classmethod
    def parse(cls, written: str) -> Span:
        """`2024Q3`, `2024-09`, `2024` or `2024-07-01..2024-09-30`; ValueError otherwise."""
        text = written.strip()
        if found := _QUARTER.match(text):
            year, quarter = int(found[1]), int(found[2])
            last = quarter * 3
            return cls(date(year, last - 2, 1), date(year, last, monthrange(year, last)[1]), text)
        if (found := _MONTH.match(text)) and 1 <= int(found[2]) <= 12:
            year, month = int(found[1]), int(found[2])
            return cls(date(year, month, 1), date(year, month, monthrange(year, month)[1]), text)
        if re.fullmatch(r"\d{4}", text) and int(text) > 0:
            return cls(date(int(text), 1, 1), date(int(text), 12, 31), text)
        start, dots, end = text.partition("..")
        if dots:
            try:
                span = cls(date.fromisoformat(start), date.fromisoformat(end), text)
            except ValueError:
                span = None
            if span and span.start <= span.end:
                return span
        raise ValueError(f"检查期“{written}”写法不对，应写成2024Q3、2024-09、2024或2024-07-01..2024-09-30")

    def in_words(self) -> str:
        """`2024年第三季度`, `2024年9月` … as a notice prints it."""
        if found := _QUARTER.match(self.name):
            return f"{found[1]}年第{'一二三四'[int(found[2]) - 1]}季度"
        if found := _MONTH.match(self.name):
            return f"{found[1]}年{int(found[2])}月"
        if re.fullmatch(r"\d{4}", self.name):
            return f"{self.name}年"
        return f"{self.start.year}年{self.start.month}月{self.start.day}日至{self.end.year}年{self.end.month}月{self.end.day}日"
