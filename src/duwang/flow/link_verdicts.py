"""What one look at an address says of it."""

from __future__ import annotations

from datetime import UTC, datetime

from duwang.model.capturing import Capture, Failure

_DEAD_STATUS = frozenset({404, 410, 500, 501, 502, 504, 400, 414})
_VERDICT_BY_STATUS = {401: "needs-login", 407: "needs-login", 403: "blocked", 406: "blocked", 412: "blocked", 429: "rate-limited",
                      503: "rate-limited", 408: "slow", 451: "blocked"}  # fmt: skip
_VERDICT_BY_FAILURE = {
    Failure.DNS: "dead",
    Failure.REFUSED: "dead",
    Failure.DISCONNECTED: "dead",
    Failure.LOOP: "dead",
    Failure.TIMEOUT: "slow",
    Failure.SILENT: "slow",
    Failure.TOO_LARGE: "ok",
    Failure.BLOCKED: "blocked",
    Failure.ROBOTS: "blocked",
}


def verdict_of(*, ok: bool, status: int | None, failure: Failure | None) -> str:
    """One look: ok, dead, blocked, needs-login, rate-limited, slow or unknown."""
    if ok:
        return "ok"
    if failure not in (None, Failure.STATUS):
        return _VERDICT_BY_FAILURE.get(failure, "unknown")
    if status in _VERDICT_BY_STATUS:
        return _VERDICT_BY_STATUS[status]
    if status is not None and (status in _DEAD_STATUS or status >= 500):
        return "dead"
    return "unknown" if status is None or status >= 300 else "ok"


def refused(url: str) -> Capture:
    """What stands for an address that a foreign host's robots.txt closes: it was not asked for."""
    return Capture(url, url, None, (), b"", Failure.ROBOTS, "", datetime.fromtimestamp(0, UTC), 0)
