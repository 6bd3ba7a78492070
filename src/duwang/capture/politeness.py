"""How fast one host is asked: a delay that grows when the host says it is busy."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from duwang.model.refs import host_of

_BUSY = (429, 503)
_LONGEST = 30.0


@dataclass(slots=True)
class _Host:
    free_at: float = 0.0
    extra: float = 0.0


class Politeness:
    """One queue a host (host:port)."""

    def __init__(self, delay: float) -> None:
        self._delay = delay
        self._hosts: dict[str, _Host] = {}

    async def turn(self, url: str) -> None:
        """Wait until it is this request's turn at its host."""
        host = self._hosts.setdefault(_host(url), _Host())
        now = time.monotonic()
        start = max(now, host.free_at)
        host.free_at = start + self._delay + host.extra
        if start > now:
            await asyncio.sleep(start - now)

    def told(self, url: str, *, status: int | None, wait: float | None) -> None:
        """Slow down after 429 and 503, as long as the host asks (at most 30 s); recover with good answers."""
        host = self._hosts.setdefault(_host(url), _Host())
        if status in _BUSY and self._delay > 0:
            host.extra = min(_LONGEST, max(wait or 0.0, host.extra * 2, 1.0))
            host.free_at = max(host.free_at, time.monotonic() + host.extra)
        elif host.extra:
            host.extra = host.extra / 2 if host.extra > 0.1 else 0.0


def retry_after(headers: Iterable[tuple[str, str]]) -> float | None:
    """Seconds that a Retry-After header asks for; None without one."""
    written = next((value for key, value in headers if key.lower() == "retry-after"), "")
    if written.strip().isdigit():
        return float(written)
    try:
        when = parsedate_to_datetime(written) if written else None
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(UTC)).total_seconds()) if when and when.tzinfo else None


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return url
