"""robots.txt of a host, as a courtesy on foreign hosts and in discovery; for a ledger's own site the office decides."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

from duwang.model.capturing import Capture

NAME = "Duwang"


class Robots:
    """Rules of one host. A missing file allows everything; a server error forbids for now."""

    def __init__(self, capture: Capture) -> None:
        self._parser = RobotFileParser()
        self._closed = capture.status is None or capture.status >= 500
        if capture.ok:
            self._parser.parse(capture.body[:500_000].decode("utf-8", "replace").splitlines())
        else:
            self._parser.parse([])

    def allows(self, url: str) -> bool:
        """True when the address may be read."""
        return not self._closed and self._parser.can_fetch(NAME, url)
