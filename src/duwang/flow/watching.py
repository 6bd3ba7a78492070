"""The loop of 24小时读网: visits at their hours, readings beside them in a process of their own, until it is stopped."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Awaitable, Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from duwang.flow.faults import USER_FAULTS
from duwang.flow.folder import Folder
from duwang.flow.locking import locked
from duwang.flow.monitoring import PROBES, ROUNDS, Event, Happening, Record, news, next_visit, rounds, sites_of, sweep
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
    """`load` reads the ledger anew before each visit, so that a changed ledger counts from then on; it and `heard`, which is handed
    every event, run in a thread. `registry` is the ledger to begin with."""

    record: Record
    watch: Watch
    registry: Registry
    load: Callable[[], Registry]
    fetcher: Fetcher
    read: Reading
    clock: Clock
    tell: Progress
    heard: Callable[[Sequence[Event]], None] = lambda events: None

    async def run(self, stop: asyncio.Event) -> None:
        """Until `stop` is set, or once."""
        await self._tell_news()
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
            self.registry = await asyncio.to_thread(self.load)
        except USER_FAULTS as fault:
            self.tell(f"名录有问题，仍按原来的名录访问：{fault}")
        seen = await sweep(
            self.record, sites_of(self.registry, at=now.date()), fetcher=self.fetcher, clock=self.clock, controls=self.watch.controls
        )  # fmt: skip
        self.tell(f"{now.astimezone():%m月%d日%H:%M} 访问{len(seen.probes)}个网站，{seen.failed}个打不开")
        await self._hand_on(seen.events)

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
            words = f"读取没有完成（退出码{code}），下次接着读：{out.name}"
            await self._say([Event(self.clock(), Happening.UNREAD, "", "", words)])
        await self._tell_news()

    async def _tell_news(self) -> None:
        """What the last finished reading says, once; also of one that ended while nobody watched."""
        known = [one for one in rounds(self.record.path) if Folder(one).run().get("complete")]
        if known and f"{ROUNDS}/{known[-1].name}" not in self.record.told:
            told = news(
                Folder(known[-1]), self.registry, at=self.clock(), first=len(known) == 1, warned=self.record.warned
            )  # fmt: skip
            await self._say(told)

    async def _say(self, events: Sequence[Event]) -> None:
        self.record.write((), events)
        await self._hand_on(events)

    async def _hand_on(self, events: Sequence[Event]) -> None:
        for event in events:
            self.tell(f"【{event.kind}】{event.text}")
        if events:
            await asyncio.to_thread(self.heard, events)


def in_its_own_process(
    registry: str | Path, record: Path, asked: Sequence[str], *, lock: int, said: Path | None = None
) -> Reading:
    """A reading as `duwang inspect` in a process of its own: visits keep their hours, and its memory is given back. It is ended with us
    and can be resumed; it holds the lock as well, so that where we are killed and it goes on, no second one writes beside it. `said` takes what it
    prints."""

    async def read(folder: Path, before: Path | None, now: datetime) -> int:
        words = [str(registry), "--out", str(folder), *_when(folder, now), "--resume", *asked]
        if (record / PROBES).is_file():
            words += ["--probes", str(record / PROBES)]
        if before is not None:
            words += ["--previous", str(before)]
        stream = said.open("ab") if said else None
        try:
            process = await asyncio.create_subprocess_exec(
                sys.executable, "-m", "duwang.cli", "inspect", *words, start_new_session=True, pass_fds=(lock,), stdout=stream, stderr=stream
            )  # fmt: skip
        finally:
            if stream is not None:
                stream.close()
        try:
            return await process.wait()
        except asyncio.CancelledError:
            process.send_signal(signal.SIGINT)
            await process.wait()
            raise

    return read


def alone(record: Path) -> AbstractContextManager[int]:
    """The lock of a watch's folder; FolderFault when another one writes there."""
    record.mkdir(parents=True, exist_ok=True)
    return locked(record / ".lock", busy=f"{record} 已有一个值守在运行")


def _when(folder: Path, now: datetime) -> list[str]:
    """The day and the quarter; a reading that was cut off keeps its own."""
    run = Folder(folder).run()
    day = datetime.fromisoformat(str(run["as_of"])).date() if run else now.astimezone().date()
    return ["--as-of", day.isoformat(), "--period", f"{day.year}Q{(day.month + 2) // 3}"]


async def _sleep(stop: asyncio.Event, seconds: float) -> None:
    try:
        await asyncio.wait_for(stop.wait(), seconds)
    except TimeoutError:
        return
