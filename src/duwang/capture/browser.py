"""Pages as a browser shows them, for lists that only scripts make: optional, one at a time, within a budget."""

from __future__ import annotations

import asyncio
import hashlib
import os
import shutil
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from importlib.util import find_spec
from types import TracebackType
from typing import Any, TypeVar

from yarl import URL

from duwang.capture.addresses import AddressBlocked, is_public, refuse_unless_public
from duwang.model.capturing import Capture, Failure, Request

Seen = TypeVar("Seen")
RENDERED = "X-Duwang-Rendered"
_PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
_SWITCHES = ["--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--mute-audio"]
_NO_USE = frozenset({"image", "media", "font"})
_MAX_CHARS = 8_000_000
_SETTLED_MS = 400


def browser_program() -> str:
    """Path of a Chromium on this machine; empty when there is none, the extra `browser` is not installed, or DUWANG_CHROMIUM says no."""
    named = os.environ.get("DUWANG_CHROMIUM", "")
    if named == "no" or find_spec("playwright") is None:
        return ""
    return named or next((found for name in _PROGRAMS if (found := shutil.which(name))), "")


@dataclass(slots=True)
class Browser:
    """Renders pages with a Chromium that starts with the first one. `most` pages in all; `seconds` for each."""

    program: str
    allow_private: bool = False
    seconds: float = 20
    most: int = 200
    clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    _gate: asyncio.Lock = field(default_factory=asyncio.Lock)
    _playwright: Any = None
    _browser: Any = None

    async def __aenter__(self) -> Browser:
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stop()

    async def render(self, request: Request) -> Capture:
        """The page's document after its scripts ran, as UTF-8 HTML; failures are values."""
        began = time.monotonic()

        async def shown(page: Any, status: int) -> Capture:
            html = (await page.content())[:_MAX_CHARS]
            headers = (("Content-Type", "text/html; charset=utf-8"), (RENDERED, "chromium"))
            failure = None if 200 <= status < 300 else Failure.STATUS
            body = html.encode("utf-8", "replace")
            digest = hashlib.sha256(body).hexdigest()
            return Capture(request.url, page.url, status, headers, body, failure, "", self.clock(), _ms(began), digest)

        found = await self.visit(request.url, shown)
        return found if isinstance(found, Capture) else self._failed(request, found, began)

    async def visit(self, url: str, look: Callable[[Any, int], Awaitable[Seen]]) -> Seen | Failure:
        """Open a page, let its scripts settle, and hand it (a Playwright page) with its status to `look`; one page at a time."""
        async with self._gate:
            if self.most <= 0:
                return Failure.BUDGET
            self.most -= 1
            try:
                return await asyncio.wait_for(self._visit(url, look), self.seconds + 15)
            except AddressBlocked:
                return Failure.BLOCKED
            except TimeoutError:
                await self._stop()
                return Failure.TIMEOUT
            except Exception:  # a browser fails in many ways, and none may end the run
                await self._stop()
                return Failure.DISCONNECTED

    async def _visit(self, url: str, look: Callable[[Any, int], Awaitable[Seen]]) -> Seen:
        if not self.allow_private:
            await self._refuse_private(url)
        if self._browser is None:
            from playwright.async_api import async_playwright

            self._playwright = await async_playwright().start()
            sandbox = [] if os.geteuid() else ["--no-sandbox"]  # Chromium refuses its sandbox to root
            self._browser = await self._playwright.chromium.launch(
                executable_path=self.program, args=[*_SWITCHES, *sandbox]
            )
        context = await self._browser.new_context(accept_downloads=False, locale="zh-CN")
        try:
            page = await context.new_page()
            await context.route(
                "**/*", lambda route: self._filter(route)
            )  # a bound method of a slotted class cannot be marked
            answer = await page.goto(url, wait_until="load", timeout=self.seconds * 1000)
            try:
                await page.wait_for_load_state("networkidle", timeout=5000)
            except Exception:  # a page that polls for ever is taken as it stands
                await page.wait_for_timeout(_SETTLED_MS)
            return await look(page, answer.status if answer is not None else 200)
        finally:
            await context.close()

    async def _filter(self, route: Any) -> None:
        """Pictures and fonts are left out; addresses of this machine and private networks are refused."""
        asked = route.request
        try:
            if asked.resource_type in _NO_USE:
                raise AddressBlocked(asked.url)
            if not self.allow_private:
                await self._refuse_private(asked.url)
        except AddressBlocked:
            await route.abort()
            return
        await route.continue_()

    async def _refuse_private(self, url: str) -> None:
        parts = URL(url)
        if parts.scheme not in ("http", "https"):
            if parts.scheme in ("data", "blob", "about"):
                return
            raise AddressBlocked(url)
        refuse_unless_public(parts)
        loop = asyncio.get_running_loop()
        try:
            found = await loop.getaddrinfo(parts.host or "", None)
        except OSError:
            return
        if any(not is_public(str(address[4][0])) for address in found):
            raise AddressBlocked(url)

    async def _stop(self) -> None:
        browser, playwright = self._browser, self._playwright
        self._browser = self._playwright = None
        for closing in (browser.close() if browser else None, playwright.stop() if playwright else None):
            if closing is not None:
                try:
                    await asyncio.wait_for(closing, 10)
                except Exception:  # already gone
                    continue

    def _failed(self, request: Request, failure: Failure, began: float) -> Capture:
        return Capture(request.url, request.url, None, (), b"", failure, "", self.clock(), _ms(began))


def _ms(began: float) -> int:
    return int((time.monotonic() - began) * 1000)
