"""Dates in order: the deadline after the notice's own date, the report after the rectification, a period's end after its start."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_DATE = r"(?:(?P<{0}y>20\d\d)年)?(?P<{0}m>\d{{1,2}})月(?P<{0}d>\d{{1,2}})日"
_ALONE = re.compile(
    r"^\s*(?:(?:成文|印发|落款)(?:日期|时间)[：]\s*)?(20\d\d)\s*年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日\s*(?:印发)?\s*$"
)
_HEAD = re.compile(r"(?:发布|公开|成文|发文|生成)(?:日期|时间)[：|\s]*?(20\d\d)[-年/.](\d{1,2})[-月/.](\d{1,2})")
_DEADLINE = re.compile(
    _DATE.format("a") + r"(?:\s*\d{1,2}[：时点]\d{0,2})?(?:（[^）]{1,8}）)?(?:下班|中午|上午|下午)?(?:以?前|之前|内)，?"
    r"(?P<what>[^。；，]{0,12}(?:完成|报|整改|反馈|办结|提交|送)[^。；，]{0,20})"
)
_DEMAND = re.compile(r"请|须|应|务必|限|要|于|在|并|将|前")
_PAST = re.compile(r"已|未按|截至|没有|曾|上[一个]*(?:季度|次)|仍")
_BROKEN = re.compile(
    r"[，、（]?[^。；]{0,12}(?:实际|才|至今|仍未|仍没有|没有(?:完成|报|整改)|未(?:完成|报|整改))"
)  # a fault that is told, no demand
_WEEKDAY = re.compile(_DATE.format("a") + r"（(?:星期|周|礼拜)(?P<day>[一二三四五六日天])）")
_DAYS = "一二三四五六日"
_RANGE = re.compile(_DATE.format("a") + r"(?:至|到|—|－|-|~|～)" + _DATE.format("b"))


@dataclass(frozen=True, slots=True)
class Due:
    """A deadline of the notice; `what` is to be done by it."""

    on: date
    what: str
    start: int
    end: int
    year_printed: bool


def dates_in(notice: Notice, lines: tuple[Span, ...], *, last: int) -> Iterator[Said]:
    """`last` is where the notice's own text ends and annexes begin."""
    issued = issue_date(lines, last=last)
    yield from _ranges(lines, issued)
    yield from _weekdays(lines, issued)
    if issued is None:
        return
    deadlines = [
        due for line in lines if line.start < last for s in notice.sentences(line) for due in _deadlines(s, issued)
    ]
    for due in deadlines:
        if due.on < issued:
            told = f"要求{_day(due.on)}前{due.what}，早于通报的日期{_day(issued)}"
            certainty = 0.9 if due.year_printed else 0.75
            yield Mismatch("bulletin/deadline-order", due.start, due.end, told, certainty=certainty)
        else:
            yield Agreement(f"期限{_day(due.on)}在通报日期{_day(issued)}之后")
    yield from _steps(deadlines)


def _weekdays(lines: tuple[Span, ...], issued: date | None) -> Iterator[Said]:
    """11月8日（星期五）: the day of the week belongs to the date; without a year known nothing is said."""
    for line in lines:
        for found in _WEEKDAY.finditer(line.text):
            on = _dated(found, "a", issued) if found["ay"] or issued else None
            if on is None:
                continue
            written = _DAYS.index(found["day"].replace("天", "日"))
            if written == on.weekday():
                yield Agreement(f"{_day(on)}是星期{_DAYS[written]}，相符")
            else:
                told = f"{_day(on)}是星期{_DAYS[on.weekday()]}，写成了星期{found['day']}"
                place = line.start + found.start(), line.start + found.end()
                yield Mismatch("bulletin/deadline-order", *place, told, certainty=0.85)


def issue_date(lines: tuple[Span, ...], *, last: int) -> date | None:
    """The date under the signature, else the date of publication in the page's head."""
    alone = [
        day
        for line in lines
        if line.start < last and (found := _ALONE.match(line.text)) and (day := _made(*found.groups()))
    ]
    if alone:
        return alone[-1]
    for line in lines[:40]:
        if found := _HEAD.search(line.text):
            return _made(*found.groups())
    return None


def _deadlines(sentence: Span, issued: date) -> Iterator[Due]:
    for found in _DEADLINE.finditer(sentence.text):
        start = max(sentence.text.rfind("，", 0, found.start()), sentence.text.rfind("；", 0, found.start())) + 1
        if _PAST.search(sentence.text[start : found.end()]) or not _DEMAND.search(sentence.text[start : found.end()]):
            continue
        if _BROKEN.match(sentence.text[found.end() :]):
            continue
        on = _dated(found, "a", issued)
        if on is not None:
            yield Due(
                on,
                found["what"].lstrip("，"),
                sentence.start + found.start(),
                sentence.start + found.end(),
                bool(found["ay"]),
            )


def _steps(deadlines: list[Due]) -> Iterator[Said]:
    """What is reported about a rectification cannot be due before the rectification."""
    fix = next((due for due in deadlines if "整改" in due.what and "完成" in due.what), None)
    report = next((due for due in deadlines if due is not fix and re.search(r"报|送|反馈", due.what)), None)
    if fix is None or report is None:
        return
    if report.on < fix.on:
        told = f"{_day(report.on)}前{report.what}，早于完成整改的期限{_day(fix.on)}"
        yield Mismatch("bulletin/deadline-order", report.start, report.end, told)
    else:
        yield Agreement(f"先{_day(fix.on)}前整改、后{_day(report.on)}前报送，先后相符")


def _ranges(lines: tuple[Span, ...], issued: date | None) -> Iterator[Said]:
    for line in lines:
        for found in _RANGE.finditer(line.text):
            first, second = _dated(found, "a", issued), _dated(found, "b", issued)
            if first is None or second is None:
                continue
            if not found["by"] and found["ay"]:
                year = int(found["ay"]) + (int(found["am"]) > int(found["bm"]) + 6)
                second = _made(str(year), found["bm"], found["bd"]) or second
            crosses = not found["ay"] and not found["by"] and first.month > second.month + 6
            if second < first and not crosses:
                told = f"起止日期颠倒：{found[0]}"
                yield Mismatch(
                    "bulletin/deadline-order",
                    line.start + found.start(),
                    line.start + found.end(),
                    told,
                    certainty=0.85,
                )
            elif (
                issued
                and found["by"]
                and second > issued
                and "检查" in line.text[max(0, found.start() - 12) : found.end() + 12]
            ):
                told = f"检查时段到{_day(second)}，晚于通报的日期{_day(issued)}"
                yield Mismatch(
                    "bulletin/deadline-order", line.start + found.start(), line.start + found.end(), told, certainty=0.7
                )


def _dated(found: re.Match[str], key: str, issued: date | None) -> date | None:
    """A date without a year is of the notice's year, or of the next when that is more than half a year back."""
    if found[key + "y"]:
        return _made(found[key + "y"], found[key + "m"], found[key + "d"])
    if issued is None:
        return _made("2000", found[key + "m"], found[key + "d"])
    day = _made(str(issued.year), found[key + "m"], found[key + "d"])
    if day is not None and (issued - day).days > 183:
        return _made(str(issued.year + 1), found[key + "m"], found[key + "d"])
    return day


def _made(year: str, month: str, day: str) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
