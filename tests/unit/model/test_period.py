"""Look-back periods: how long something of a day stays fresh."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from duwang.model.period import Period


@pytest.mark.parametrize(
    "written,since,last",
    [
        ("14天", date(2026, 9, 1), date(2026, 9, 15)),
        ("2周", date(2026, 2, 20), date(2026, 3, 6)),
        ("6个月", date(2026, 8, 30), date(2027, 2, 28)),
        ("6个月", date(2026, 2, 28), date(2026, 8, 31)),
        ("1年", date(2024, 2, 29), date(2025, 2, 28)),
        ("1年", date(2026, 3, 1), date(2027, 3, 1)),
        ("1个月", date(2026, 1, 31), date(2026, 2, 28)),
    ],
)
def test_the_last_fresh_day_is_the_one_before_it_has_passed(written: str, since: date, last: date) -> None:
    period = Period.parse(written)
    assert period.last_day(since) == last
    assert not period.passed(since=since, at=last) and period.passed(since=since, at=last + timedelta(days=1))
