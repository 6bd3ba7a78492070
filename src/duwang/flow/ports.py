"""What the verbs need from outside: a fetcher, a vault and a clock. Implementations are handed in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Protocol

from duwang.model.capturing import Capture, Request

Clock = Callable[[], datetime]


class Fetcher(Protocol):
    """Answers one request; failures are values."""

    async def fetch(self, request: Request) -> Capture: ...


class Vault(Protocol):
    """Keeps the raw bytes as evidence, found again by SHA-256."""

    def append(self, capture: Capture, *, whole: bool = False) -> str: ...

    def holds(self, sha256: str) -> bool: ...

    def position(self) -> int: ...

    def truncate(self, position: int) -> None: ...

    def read(self, sha256: str) -> bytes: ...

    def close(self) -> None: ...


class Progress(Protocol):
    """Told what happens, for people on stderr."""

    def __call__(self, message: str) -> None: ...
