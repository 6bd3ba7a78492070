"""robots.txt (RFC 9309), honoured on foreign hosts and in discovery; for a ledger's own site the ledger's setting decides."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from duwang.model.capturing import Capture, Request, Role

NAME = "duwang"
_MOST = 500_000
_CLOSED = (429, 503)


@dataclass(frozen=True, slots=True)
class _Rule:
    allow: bool
    length: int
    pattern: re.Pattern[str]


class Robots:
    """Rules of one host. A missing or unreachable file allows everything; a server that is too busy forbids for now."""

    def __init__(self, capture: Capture) -> None:
        self._closed = capture.status in _CLOSED
        text = capture.body[:_MOST].decode("utf-8", "replace") if capture.ok else ""
        self._rules = _rules(text.lstrip("\ufeff").splitlines())

    def allows(self, url: str) -> bool:
        """True when the address may be read: the longest rule that fits decides, allow wins a draw."""
        parts = urlsplit(url)
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if self._closed:
            return False
        fitting = [rule for rule in self._rules if rule.pattern.match(path)]
        return max(fitting, key=lambda rule: (rule.length, rule.allow)).allow if fitting else True


class RobotsBook:
    """The rules of every host that was met, each file asked for once."""

    def __init__(self, fetch: Callable[[Request], Awaitable[Capture]]) -> None:
        self._fetch = fetch
        self._known: dict[str, asyncio.Task[Robots]] = {}

    async def allows(self, url: str) -> bool:
        """May this address be read by its host's rules?"""
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._known:
            self._known[origin] = asyncio.ensure_future(self._of(origin))
        return (await asyncio.shield(self._known[origin])).allows(url)

    async def _of(self, origin: str) -> Robots:
        return Robots(await self._fetch(Request(f"{origin}/robots.txt", Role.ROBOTS, most_bytes=_MOST)))


def _rules(lines: Iterable[str]) -> list[_Rule]:
    """The rules of our own group, else those for everybody; groups of one name are one."""
    groups: dict[str, list[_Rule]] = {}
    names: list[str] = []
    open_head = False
    for line in lines:
        key, colon, value = line.partition("#")[0].partition(":")
        key, value = key.strip().lower(), value.strip()
        if not colon:
            continue
        if key == "user-agent":
            names = [*names, value.lower()] if open_head else [value.lower()]
            open_head = True
            for name in names:
                groups.setdefault(name, [])
        elif key in ("allow", "disallow"):
            open_head = False
            if value:
                for name in names:
                    groups[name].append(_rule(value, allow=key == "allow"))
    own = [rules for name, rules in groups.items() if name != "*" and name and name in NAME]
    return [rule for rules in own for rule in rules] if own else groups.get("*", [])


def _rule(value: str, *, allow: bool) -> _Rule:
    ends = value.endswith("$")
    parts = (re.escape(part) for part in value.rstrip("$").split("*"))
    return _Rule(allow, len(value), re.compile(".*".join(parts) + ("$" if ends else "")))
