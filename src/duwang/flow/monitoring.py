"""24小时读网: every home page visited day and night, what that tells, and when everything is read again.

A folder of its own holds `probes.jsonl` (one visit a line, as `inspect --probes` takes it), `events.jsonl` (what people are told)
and `rounds/`, one inspection folder for each reading. Nothing is lost by a kill: lines are written as they come, and what is due
is worked out from them.
"""

from __future__ import annotations

import asyncio
import json
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from pathlib import Path

from duwang.flow.folder import Folder, FolderFault
from duwang.flow.planning import site_off
from duwang.flow.ports import Clock, Fetcher
from duwang.flow.records import from_plain, plain, probe_from
from duwang.flow.upcoming import due_soon
from duwang.model.capturing import Capture, Request, Role
from duwang.model.material import Probe
from duwang.model.refs import site_ref
from duwang.model.registry import Registry, Site

PROBES, EVENTS, ROUNDS = "probes.jsonl", "events.jsonl", "rounds"
AT_ONCE = 20
ALARM_AFTER = 2  # visits in a row that failed
_ALL_DOWN = 3  # that many sites silent together are rather our own network than theirs
_TAIL = 1 << 20


class Happening(StrEnum):
    """What an event tells."""

    DOWN = "打不开"
    UP = "恢复"
    OFFLINE = "本机断网"
    ONLINE = "本机恢复"
    READ = "读取完成"
    UNREAD = "读取未完成"
    NEW = "新问题"
    DUE = "即将超期"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing people are told. `target` is the object, for a reading its folder, empty where it concerns everything; `org` is the
    unit that answers for it. `mark` tells one early warning from the next: the last day that is still in time."""

    at: datetime
    kind: Happening
    target: str
    org: str
    text: str
    mark: str = ""


@dataclass(slots=True)
class Record:
    """The files of one watch; opened by one process at a time."""

    path: Path
    failing: Counter[str] = field(default_factory=Counter)
    down: set[str] = field(default_factory=set)
    offline: bool = False
    told: set[str] = field(default_factory=set)
    warned: set[tuple[str, str]] = field(default_factory=set)
    last_try: datetime | None = None

    @classmethod
    def open(cls, path: Path) -> Record:
        """What earlier runs left: how many visits in a row failed, which alarms stand, when the last visit was."""
        record = cls(path)
        path.mkdir(parents=True, exist_ok=True)
        for name in (PROBES, EVENTS):
            _mend(path / name)
        for line in _tail(path / PROBES):
            record._visited(probe_from(line))
        for line in _tail(path / EVENTS):
            record._told(from_plain(line, Event))
        return record

    def write(self, probes: Sequence[Probe], events: Sequence[Event]) -> None:
        """Behind the lines that are there, flushed to the disk."""
        for name, records in ((PROBES, probes), (EVENTS, events)):
            if records:
                with (self.path / name).open("a", encoding="utf-8", newline="\n") as stream:
                    stream.writelines(
                        json.dumps(plain(one), ensure_ascii=False, sort_keys=True) + "\n" for one in records
                    )
                    stream.flush()
                    os.fsync(stream.fileno())
        for probe in probes:
            self._visited(probe)
        for event in events:
            self._told(event)

    def _visited(self, probe: Probe) -> None:
        self.failing[probe.target] = 0 if probe.ok else self.failing[probe.target] + 1
        self.last_try = max(self.last_try or probe.at, probe.at)

    def _told(self, event: Event) -> None:
        if event.kind in (Happening.DOWN, Happening.UP):
            (self.down.add if event.kind is Happening.DOWN else self.down.discard)(event.target)
        if event.kind is Happening.READ:
            self.told.add(event.target)
        if event.kind is Happening.DUE:
            self.warned.add((event.target, event.mark))
        if event.kind in (Happening.OFFLINE, Happening.ONLINE):
            self.offline = event.kind is Happening.OFFLINE


def sites_of(registry: Registry, *, at: date) -> tuple[Site, ...]:
    """The sites that ought to answer on that day: closed ones and those declared offline are left out."""
    declared = {one.ref for one in registry.sites if registry.declared(one.ref, kinds=("停机", "临时下线"), at=at)}
    return tuple(one for one in registry.sites if not site_off(one, registry, at) and one.ref not in declared)


@dataclass(frozen=True, slots=True)
class Sweep:
    """One visit of every home page: what was recorded and what people are told."""

    probes: tuple[Probe, ...]
    events: tuple[Event, ...]

    @property
    def failed(self) -> int:
        return sum(not probe.ok for probe in self.probes)


async def sweep(
    record: Record, sites: Sequence[Site], *, fetcher: Fetcher, clock: Clock, controls: Sequence[str] = ()
) -> Sweep:
    """Visit every home page once. When nothing at all answers, no visit is recorded: `controls` are addresses outside the ledger that
    tell a dead line of our own from dead sites; without any, three or more silent sites are taken for our own line."""
    gate = asyncio.Semaphore(AT_ONCE)

    async def visit(url: str, owner: str = "") -> tuple[datetime, Capture]:
        async with gate:
            at = clock()
            return at, await fetcher.fetch(Request(url, Role.PROBE, owner))

    seen = await asyncio.gather(*(visit(site.home, site.ref) for site in sites))
    if sites and all(capture.status is None for _, capture in seen) and await _cut_off(sites, controls, visit):
        told = [] if record.offline else [
            Event(clock(), Happening.OFFLINE, "", "", f"{len(sites)}个网站同时都连不上，多半是本机网络的问题；这段时间的访问不作记录")
        ]  # fmt: skip
        record.write((), told)
        record.last_try = clock()
        return Sweep((), tuple(told))
    probes = [
        Probe(site.ref, at, capture.ok, capture.ms, capture.status, capture.reason)
        for site, (at, capture) in zip(sites, seen, strict=True)
    ]
    events = [Event(clock(), Happening.ONLINE, "", "", "本机网络恢复，继续记录")] if record.offline and sites else []
    events += _turns(record, sites, probes)
    record.write(probes, events)
    return Sweep(tuple(probes), tuple(events))


async def _cut_off(sites: Sequence[Site], controls: Sequence[str], visit: Callable[..., object]) -> bool:
    if not controls:
        return len(sites) >= _ALL_DOWN
    answers = [await visit(url) for url in controls]  # type: ignore[misc]
    return all(capture.status is None for _, capture in answers)


def _turns(record: Record, sites: Sequence[Site], probes: Sequence[Probe]) -> Iterator[Event]:
    """Which sites have just been down for two visits in a row, and which answer again."""
    for site, probe in zip(sites, probes, strict=True):
        failed = record.failing[site.ref] + 1
        if probe.ok and site.ref in record.down:
            yield Event(
                probe.at, Happening.UP, site.ref, site.owner, f"{site.name}恢复访问，此前连续{failed - 1}次打不开"
            )
        elif not probe.ok and failed >= ALARM_AFTER and site.ref not in record.down:
            yield Event(
                probe.at, Happening.DOWN, site.ref, site.owner, f"{site.name}首页连续{failed}次打不开（{probe.failure}）：{site.home}"
            )  # fmt: skip


def next_visit(record: Record, *, every: timedelta, now: datetime) -> datetime:
    """When the next sweep is due; a restart does not visit twice."""
    return max(record.last_try + every, now) if record.last_try else now


def rounds(path: Path) -> list[Path]:
    """The readings so far, the oldest first; the last one may be unfinished."""
    return sorted(one for one in (path / ROUNDS).glob("*") if (one / "run.json").is_file())


def news(
    folder: Folder, registry: Registry, *, at: datetime, first: bool, warned: Collection[tuple[str, str]] = ()
) -> list[Event]:
    """What a finished reading tells: new findings by site or account, and what runs out soon, unless `warned` of. The first reading is
    told as one event."""
    new = set((folder.read_json("summary.json") or {}).get("rounds", {}).get("new", ()))
    found = [one for one in folder.findings() if first or one.fingerprint in new]
    serious = sum(one.severity == "严重" for one in found)
    events = [
        Event(
            at,
            Happening.READ,
            f"{ROUNDS}/{folder.path.name}",
            "",
            f"读取完成，{'发现' if first else '新发现'}{len(found)}个问题，其中严重{serious}个",
        )
    ]
    if not first:
        for ref, named in _by_place(registry, {one.target for one in found}).items():
            own = [one for one in found if _belongs(one.target, ref)]
            heavy = [one for one in own if one.severity == "严重"]
            shown = "；".join(one.message for one in [*heavy, *(one for one in own if one not in heavy)][:3])
            told = f"{named[0]}新发现{len(own)}个问题" + (f"，其中严重{len(heavy)}个" if heavy else "") + f"：{shown}"
            events.append(Event(at, Happening.NEW, ref, named[1], told))
    for one in due_soon(folder, at=at.date()):
        if (one.target, one.until.isoformat()) not in warned:
            words = one.in_words(at.date())
            events.append(Event(at, Happening.DUE, one.target, one.org, words, one.until.isoformat()))
    return events


def visits_since(path: Path, since: datetime) -> dict[str, list[Probe]]:
    """Site ref → its visits since then, the oldest first; only the end of the file is read."""
    size, room = (path.stat().st_size if path.is_file() else 0), 4 * _TAIL
    probes = [probe_from(line) for line in _tail(path, room)]
    while room < size and probes and probes[0].at > since:
        room *= 2
        probes = [probe_from(line) for line in _tail(path, room)]
    visits: dict[str, list[Probe]] = defaultdict(list)
    for probe in probes:
        if probe.at >= since:
            visits[probe.target].append(probe)
    return dict(visits)


def heard_lately(path: Path) -> list[Event]:
    """The last events on record, the newest first."""
    return [from_plain(line, Event) for line in _tail(path / EVENTS, _TAIL)][::-1]


def _belongs(target: str, ref: str) -> bool:
    return target == ref or target.startswith(ref + "/")


def _by_place(registry: Registry, targets: set[str]) -> dict[str, tuple[str, str]]:
    """Site or account ref → (name, owner), for those with anything among `targets`; the order of the ledger."""
    places = {site_ref(one.code): (one.name, one.owner) for one in registry.sites}
    places |= {one.ref: (f"“{one.name}”（{one.platform}）", one.owner) for one in registry.accounts}
    return {ref: named for ref, named in places.items() if any(_belongs(target, ref) for target in targets)}


def _mend(path: Path) -> None:
    """A line cut off by a kill is dropped."""
    if path.is_file() and (size := path.stat().st_size):
        with path.open("rb+") as stream:
            stream.seek(max(0, size - _TAIL))
            kept = stream.read()
            if not kept.endswith(b"\n"):
                stream.truncate(size - len(kept) + kept.rfind(b"\n") + 1)


def _tail(path: Path, room: int = _TAIL) -> Iterator[dict[str, object]]:
    """The records of the file's last `room` bytes."""
    if not path.is_file():
        return
    with path.open("rb") as stream:
        size = path.stat().st_size
        stream.seek(max(0, size - room))
        if size > room:
            stream.readline()
        for number, line in enumerate(stream, 1):
            try:
                yield json.loads(line)
            except ValueError:
                raise FolderFault(f"{path} 末尾部分的第{number}行损坏，不是有效的JSON") from None
