"""A week of availability visits for some sites: twenty a day, so many of them failed."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from duwang.demo.county import AS_OF, county, toml
from duwang.model.refs import site_ref

_DAYS, _A_DAY = 7, 20
_STEP = timedelta(minutes=70)


def write_probes(path: Path, round_: int) -> Path | None:
    """probes.jsonl of a round; None when no site has any."""
    lines = [
        line
        for row in toml("county/probes.toml")["probe"]
        if row["round"] == round_
        for line in _week(row["site"], round_, row["failed"], row.get("typical", 300))
    ]
    if not lines:
        return None
    path.write_text("".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines), encoding="utf-8")
    return path


def _week(site: str, round_: int, failed: int, typical: int) -> Iterator[dict[str, Any]]:
    """Eight days up to the inspection date, failures spread over the inner ones, so that any seven days hold them all."""
    target = site_ref(county().place(site).code)
    last = AS_OF[round_]
    bad = {(n % (_DAYS - 1) + 1, 3 + n // (_DAYS - 1) * 5) for n in range(failed)}
    for back in range(_DAYS, -1, -1):
        day = last - timedelta(days=back)
        for number in range(_A_DAY):
            at = datetime(day.year, day.month, day.day, 0, 20, tzinfo=UTC) - timedelta(hours=8) + _STEP * number
            fails = (back, number) in bad
            slow = fails and number == 3
            yield {
                "target": target,
                "at": at.isoformat(),
                "ok": slow or not fails,
                "ms": 15000 if fails else 14999 if number == 7 else typical,
                "status": None if fails and not slow else 200,
                "failure": "timeout" if fails and not slow else "",
            }
