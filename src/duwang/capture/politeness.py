"""How fast one host is asked: a delay that grows when the host is slow or says it is busy, and a pause when it falls silent."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from duwang.model.refs import host_of

BUSY = (429, 503)
_LONGEST = 30.0
_SLOWEST = 5.0
_AT_ONCE = 8
_TROUBLE = 6
_REST = 60.0


@dataclass(slots=True)
class Host:
    """One host (host:port). `good` is the address that last opened there; `trouble` counts answers in a row that were
    no answer (out of time; busy counts twice); `single` = it limits single addresses, not us: the pulse was fine in between."""

    gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    slots: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    free_at: float = 0.0
    extra: float = 0.0
    latency: float = 0.0
    good: str = ""
    trouble: int = 0
    single: bool = False
    closed_until: float = 0.0

    @property
    def silent(self) -> bool:
        """True while the host is left alone after it stopped answering."""
        return time.monotonic() < self.closed_until

    @property
    def troubled(self) -> bool:
        """True when it should be asked for an address that is known to open."""
        return self.trouble >= _TROUBLE and not self.silent

    def felt(self, *, alive: bool) -> None:
        """What the pulse said: it opens what it opened before, or nothing any more; then it is left alone for a minute."""
        if alive:
            self.trouble, self.single, self.extra = 0, True, 0.0
        else:
            self.trouble, self.single, self.closed_until = _TROUBLE - 1, False, time.monotonic() + _REST


@dataclass(frozen=True, slots=True)
class _Turn:
    politeness: Politeness
    host: Host

    async def __aenter__(self) -> None:
        await self.politeness.begin(self.host)

    async def __aexit__(self, *error: object) -> None:
        self.politeness.end(self.host)


class Politeness:
    """One queue a host. `delay` is the least time between two requests to it, in seconds; 0 = as fast as it answers."""

    def __init__(self, delay: float, connections: int = 20) -> None:
        self._delay = delay
        self._budget = asyncio.Semaphore(connections)
        self._hosts: dict[str, Host] = {}

    def host(self, url: str) -> Host:
        try:
            name = host_of(url)
        except ValueError:
            name = url
        known = self._hosts.get(name)
        if known is None:
            known = self._hosts[name] = Host()
        return known

    def turn(self, url: str) -> _Turn:
        """Wait for this request's turn at its host and for one connection of the budget; keep the connection inside."""
        return _Turn(self, self.host(url))

    async def begin(self, host: Host) -> None:
        """What `turn` does on entering."""
        await host.slots.acquire()
        try:
            async with host.gate:
                await self._until_free(host)
                await self._budget.acquire()
                host.free_at = time.monotonic() + self._pace(host)
        except BaseException:
            host.slots.release()
            raise

    def end(self, host: Host) -> None:
        """What `turn` does on leaving."""
        self._budget.release()
        host.slots.release()

    async def hop(self, url: str) -> float:
        """Wait for a redirect's turn at its host; seconds waited, which are not the server's."""
        began = time.monotonic()
        host = self.host(url)
        async with host.gate:
            await self._until_free(host)
            host.free_at = time.monotonic() + self._pace(host)
        return time.monotonic() - began

    def told(self, url: str, *, status: int | None, wait: float | None, ms: int, timed_out: bool = False) -> None:
        """Learn from an answer. After 429 and 503 wait as long as the host asks (at most 30 s); recover with good answers."""
        host = self.host(url)
        if status in BUSY:
            host.trouble += 2
            self._pause(host, wait)
            return
        if timed_out:
            host.trouble += 1
            return
        if status is None:
            return
        host.trouble = 0
        host.latency = ms / 1000 if not host.latency else 0.8 * host.latency + 0.2 * ms / 1000
        host.extra = host.extra / 2 if host.extra > 0.1 else 0.0
        if status < 300:
            host.good = url

    def _pause(self, host: Host, wait: float | None) -> None:
        if host.single:
            return
        grown = max(host.extra * 2, 1.0) if self._delay > 0 else 0.0
        pause = min(_LONGEST, max(wait or 0.0, grown))
        host.extra = pause if self._delay > 0 else 0.0
        host.free_at = max(host.free_at, time.monotonic() + pause)

    def _pace(self, host: Host) -> float:
        if self._delay <= 0:
            return 0.0
        return max(self._delay, min(_SLOWEST, host.latency / 2)) + host.extra

    async def _until_free(self, host: Host) -> None:
        while (gap := host.free_at - time.monotonic()) > 0:
            await asyncio.sleep(gap)


def retry_after(headers: Iterable[tuple[str, str]]) -> float | None:
    """Seconds that a Retry-After header asks for; None without one."""
    written = next((value.strip() for key, value in headers if key.lower() == "retry-after"), "")
    if written.isascii() and written.isdigit():
        return float(written[:9])
    try:
        when = parsedate_to_datetime(written) if written else None
    except (ValueError, TypeError, IndexError):
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when and when.tzinfo else None
