"""Fetching one address, outside of an inspection."""

from __future__ import annotations

import asyncio

from duwang.capture.fetcher import Fetcher, FetchSettings
from duwang.model.capturing import Capture, Request, Role


def fetch_one(url: str, *, allow_loopback: bool = False) -> Capture:
    """One capture; failures are values."""

    async def run() -> Capture:
        async with Fetcher(FetchSettings(delay=0, allow_private=allow_loopback)) as fetcher:
            return await fetcher.fetch(Request(url, Role.HOME))

    return asyncio.run(run())
