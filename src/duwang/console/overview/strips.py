"""The last day's visits of every site, hour by hour: counted when visits were added, not at every look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core.cache import caches

from duwang.console.records.models import Round
from duwang.flow.folder import Folder

HOURS = 24
SHOWN = 15


@dataclass(frozen=True, slots=True)
class Strip:
    """One site: `hours` = (hour, visits, failures) of the last day on record, oldest first; an hour without visits has none."""

    target: str
    name: str
    hours: tuple[tuple[datetime, int, int], ...]

    @property
    def visits(self) -> int:
        return sum(visits for _, visits, _ in self.hours)

    @property
    def failed(self) -> int:
        return sum(failed for _, _, failed in self.hours)


def strips(round_: Round, names: Mapping[str, str]) -> list[Strip]:
    """Those of the named sites, most failures first."""
    path = Folder(round_.folder).path / "probes.jsonl"
    if not names or not path.is_file():
        return []
    key = f"strips:{round_.pk}:{path.stat().st_mtime_ns}"
    told = caches["kept"].get(key)
    if told is None:
        told = dict(_counted(Folder(round_.folder)))
        caches["kept"].set(key, told)
    made = [Strip(target, names[target], tuple(_hours(cells))) for target, cells in told.items() if target in names]
    return sorted(made, key=lambda one: (-one.failed, one.target))


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


def _hours(cells: list[list[Any]]) -> Iterator[tuple[datetime, int, int]]:
    for hour, visits, failed in cells:
        yield datetime.fromisoformat(hour), visits, failed
