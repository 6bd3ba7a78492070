"""The loop of 24小时读网: visits at their hours, readings beside them in a process of their own, until it is stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

from duwang.flow.faults import USER_FAULTS
from duwang.flow.folder import Folder
from duwang.flow.monitoring import ROUNDS, Event, Happening, Record, news, next_visit, rounds, sites_of, sweep
from duwang.flow.ports import Clock, Fetcher, Progress
from duwang.model.registry import Registry

Reading = Callable[[Path, Path | None, datetime], Awaitable[int]]
"""Reads everything into a folder, with the folder before it, as of a moment; 0 when done."""


@dataclass(frozen=True, slots=True)
class Watch:
    """What is asked: a visit `every` so often, a reading every `reading_every` (None = visits only). `controls` as in `sweep`."""

    every: timedelta
    reading_every: timedelta | None
    controls: tuple[str, ...] = ()
    once: bool = False


@dataclass(slots=True)
class Watcher:
    """`load` reads the ledger anew before each visit, so that a changed ledger counts from then on."""

    record: Record
    watch: Watch
    load: Callable[[], Registry]
    fetcher: Fetcher
    read: Reading
    clock: Clock
    tell: Progress
    registry: Registry = field(init=False)

    def __post_init__(self) -> None:
        self.registry = self.load()

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, or once."""
        self._tell_news()
        reading: asyncio.Task[None] | None = None
        while not stop.is_set():
            now = self.clock()
            if (reading is None or reading.done()) and self._reading_due(now):
                reading = asyncio.create_task(self._read(now))
            if next_visit(self.record, every=self.watch.every, now=now) <= now:
                await self._visit(now)
            if self.watch.once:
                break
            await _sleep(stop, self._pause())
        if reading is not None:
            if not self.watch.once:
                reading.cancel()
            await asyncio.gather(reading, return_exceptions=not self.watch.once)

    def _pause(self) -> float:
        """Seconds to the next visit, a minute at most: a reading may be due before."""
        now = self.clock()
        return min(60.0, max(0.0, (next_visit(self.record, every=self.watch.every, now=now) - now).total_seconds()))

    async def _visit(self, now: datetime) -> None:
        try:
            self.registry = self.load()
        except USER_FAULTS as fault:
            self.tell(f"名录有问题，仍按原来的名录访问：{fault}")
        seen = await sweep(
            self.record, sites_of(self.registry, at=now.date()), fetcher=self.fetcher, clock=self.clock, controls=self.watch.controls
        )  # fmt: skip
        self.tell(f"{now.astimezone():%m月%d日%H:%M} 访问{len(seen.probes)}个网站，{seen.failed}个打不开")
        for event in seen.events:
            self.tell(f"【{event.kind}】{event.text}")

    def _reading_due(self, now: datetime) -> bool:
        if self.watch.reading_every is None:
            return False
        done = [one for one in rounds(self.record.path) if Folder(one).run().get("complete")]
        last = datetime.fromisoformat(str(Folder(done[-1]).run()["started"])) if done else None
        return last is None or now - last >= self.watch.reading_every

    async def _read(self, now: datetime) -> None:
        """A new reading, or the one that was cut off: it goes on where it stood."""
        known = rounds(self.record.path)
        open_one = known[-1] if known and not Folder(known[-1]).run().get("complete") else None
        before = [one for one in known if one != open_one]
        out = open_one or self.record.path / ROUNDS / f"{now.astimezone():%Y%m%d-%H%M%S}"
        self.tell(f"开始读取全部网站和账号：{out}")
        if code := await self.read(out, before[-1] if before else None, now):
            self._say(
                [Event(self.clock(), Happening.UNREAD, "", "", f"读取没有完成（退出码{code}），下次接着读：{out.name}")]
            )
        self._tell_news()

    def _tell_news(self) -> None:
        """What the last finished reading says, once; also of one that ended while nobody watched."""
        known = [one for one in rounds(self.record.path) if Folder(one).run().get("complete")]
        if known and f"{ROUNDS}/{known[-1].name}" not in self.record.told:
            self._say(news(Folder(known[-1]), self.registry, at=self.clock(), first=len(known) == 1))

    def _say(self, events: list[Event]) -> None:
        self.record.write((), events)
        for event in events:
            self.tell(f"【{event.kind}】{event.text}")


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
