"""Quiet hours: when a message may go, and when the next time comes."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from duwang.model.calendar import is_working_day


def quiet(at: datetime, *, since: time, until: time, working_days: bool) -> bool:
    """True from `since` (included) to `until` (excluded), also over midnight, and on days off when asked. Equal times: never."""
    if working_days and not is_working_day(at.date()):
        return True
    now = at.time()
    if since == until:
        return False
    if since < until:
        return since <= now < until
    return now >= since or now < until


def next_loud(at: datetime, *, since: time, until: time, working_days: bool) -> datetime:
    """The moment itself, or the first quarter of an hour after it that is not quiet (within a month)."""
    step = timedelta(minutes=15)
    moment = at
    for _ in range(31 * 96):
        if not quiet(moment, since=since, until=until, working_days=working_days):
            return moment
        moment = moment.replace(minute=moment.minute // 15 * 15, second=0, microsecond=0) + step
    return moment
