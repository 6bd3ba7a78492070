"""The last day's visits of every site, hour by hour: counted when visits were added, not at every look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import caches
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from duwang.console.records.models import Round
from duwang.console.records.remembered import remembered
from duwang.flow.folder import Folder

HOURS = 24
SHOWN = 15


@dataclass(frozen=True, slots=True)
class Strip:
    """One site: `visits` and `failed` of the last day on record, `cells` a mark for each of its hours, oldest first; an hour
    without visits has a mark without a class."""

    target: str
    visits: int
    failed: int
    cells: SafeString


def strips(round_: Round, names: Mapping[str, str]) -> list[tuple[Strip, str]]:
    """Those of the named sites with their names, most failures first."""
    path = Folder(round_.folder).path / "probes.jsonl"
    if not names or not path.is_file():
        return []
    key = f"strips:{round_.pk}:{path.stat().st_mtime_ns}"
    known = remembered((key, str(path)), lambda: _known(key, round_))
    return [(one, names[one.target]) for one in known if one.target in names]


def _known(key: str, round_: Round) -> list[Strip]:
    """Of all sites; what was counted is kept for other processes."""
    told = caches["kept"].get(key)
    if told is None:
        told = dict(_counted(Folder(round_.folder)))
        caches["kept"].set(key, told)
    return sorted((_strip(target, cells) for target, cells in told.items()), key=lambda one: (-one.failed, one.target))


def _counted(folder: Folder) -> Iterator[tuple[str, list[list[Any]]]]:
    """Target → [hour as ISO, visits, failures] of the day before its last visit."""
    visits: dict[str, dict[datetime, list[int]]] = defaultdict(dict)
    for line in folder.read_lines("probes.jsonl"):
        hour = datetime.fromisoformat(line["at"]).replace(minute=0, second=0, microsecond=0)
        cell = visits[line["target"]].setdefault(hour, [0, 0])
        cell[0] += 1
        cell[1] += not line["ok"]
    for target, cells in sorted(visits.items()):
        day = [max(cells) - timedelta(hours=back) for back in range(HOURS - 1, -1, -1)]
        yield target, [[hour.isoformat(), *cells.get(hour, (0, 0))] for hour in day]


def _strip(target: str, cells: list[list[Any]]) -> Strip:
    marks = ((_class(visits, failed), _hour(hour), visits, failed) for hour, visits, failed in cells)
    drawn = format_html_join("", '<i{} title="{}时 访问{}次，失败{}次"></i>', marks)
    return Strip(target, sum(one[1] for one in cells), sum(one[2] for one in cells), drawn)


def _class(visits: int, failed: int) -> SafeString:
    return format_html(' class="{}"', "no" if failed else "ok") if visits else SafeString("")


def _hour(written: str) -> str:
    hour = datetime.fromisoformat(written)
    return f"{timezone.localtime(hour) if timezone.is_aware(hour) else hour:%m-%d %H}"
