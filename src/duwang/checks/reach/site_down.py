"""reach/site-down: 站点无法访问."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from duwang.checks.check import check, finding
from duwang.model.calendar import beijing_day
from duwang.model.findings import CannotTell, Findings, NotApplicable, Severity
from duwang.model.material import Probe, SiteView

SLOW_MS = 15000
_AT_LEAST_APART = timedelta(minutes=1)


@check("reach/site-down", on=SiteView, title="站点无法访问")
def site_down(
    site: SiteView, *, as_of: date, days: int = 7, visits_a_day: int = 20, share: float = 0.05, slow_ms: int = SLOW_MS
) -> Findings:
    """
    查什么：监测时间点前一周，每天间隔访问首页不少于20次，打不开（超过含15秒）的次数占全部次数的比例。

    依据：国办秘函〔2019〕19号，单项否决指标“站点无法访问”：占比超过（含）5%。

    会报：访问记录连续一周、每天不少于20次，打不开的占比超过（含）5%。

    不报：占比不到5%的。没有一周访问记录的，记为未检查；本次检查首页也没有打开的，记为不能判断。
    间隔不到1分钟的几次访问，只算1次；一天按北京时间计。

    怎么改：排查服务器、域名解析、证书和线路，恢复访问，并安排日常监测。

    设置：days 天数，visits_a_day 每天次数，share 占比，slow_ms 超过（含）多少毫秒算打不开。
    """
    visits = list(at_intervals(site.probes))
    week = _week(visits, as_of=as_of, days=days, visits_a_day=visits_a_day)
    if week is None:
        why = f"没有连续{days}天、每天不少于{visits_a_day}次的访问记录"
        if site.home is None:
            raise CannotTell(f"本次检查首页没有打开（{site.home_failure}），也{why}")
        raise NotApplicable(why)
    first, last = week
    inside = [visit for visit in visits if first <= beijing_day(visit.at) <= last]
    failed = sum(1 for visit in inside if did_not_open(visit, slow_ms=slow_ms))
    part = failed / len(inside)
    if part >= share:
        yield finding(
            site,
            quote=site.site.name,
            context="",
            message=f"{_day(first)}至{_day(last)}访问首页{len(inside)}次，{failed}次打不开，占{part:.2%}，超过（含）{share:.0%}",
            severity=Severity.SERIOUS,
            facts={
                "failed": failed,
                "visits": len(inside),
                "share": part,
                "first": first.isoformat(),
                "last": last.isoformat(),
            },
        )


def did_not_open(visit: Probe, *, slow_ms: int = SLOW_MS) -> bool:
    """Failed, or took so many milliseconds or more."""
    return not visit.ok or visit.ms >= slow_ms


def at_intervals(probes: Iterable[Probe]) -> Iterator[Probe]:
    """The visits that count, in order: of several within a minute the first."""
    last = None
    for probe in sorted(probes, key=lambda probe: (probe.at, probe.ok)):
        if last is None or probe.at - last >= _AT_LEAST_APART:
            last = probe.at
            yield probe


def _week(visits: Iterable[Probe], *, as_of: date, days: int, visits_a_day: int) -> tuple[date, date] | None:
    """First and last day: up to the inspection day, or the day before while that day's visits are not complete."""
    by_day = Counter(beijing_day(visit.at) for visit in visits)
    for last in (as_of, as_of - timedelta(days=1)):
        span = [last - timedelta(days=n) for n in range(days)]
        if all(by_day[day] >= visits_a_day for day in span):
            return span[-1], last
    return None


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
