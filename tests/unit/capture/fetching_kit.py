"""Fetching in tests: one call, one or many captures."""

from __future__ import annotations

import asyncio
from typing import Any

from duwang.capture.fetcher import Fetcher, FetchSettings
from duwang.model.capturing import Capture, Request, Role


def fetch(
    *urls: str, method: str = "GET", most_bytes: int = 0, one_by_one: bool = False, **settings: Any
) -> list[Capture]:
    """The captures of the addresses, in order; loopback allowed and no delay unless said otherwise."""
    options = {"delay": 0.0, "allow_private": True, **settings}

    async def run() -> list[Capture]:
        async with Fetcher(FetchSettings(**options)) as fetcher:
            asks = [Request(url, Role.HOME, method=method, most_bytes=most_bytes) for url in urls]
            if one_by_one:
                return [await fetcher.fetch(ask) for ask in asks]
            return list(await asyncio.gather(*(fetcher.fetch(ask) for ask in asks)))

    return asyncio.run(run())
