"""Whether a site says anything when a reader leaves it: a browser clicks a link and sees what comes, a notice or the other site."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Sequence
from typing import Any

from yarl import URL

from duwang.capture.browser import Browser
from duwang.model.capturing import Failure

NOTICE = re.compile(
    r"(?:即将|将要|正在|准备)(?:离开|跳转|访问)|离开(?:本|当前|我)?[^，。]{0,16}(?:网站|网|门户)|外部(?:链接|网站)|非(?:本|政府)网?站?|是否继续|继续访问"
)
_MARK = "data-duwang-link"
_WAIT_MS = 1500
_CLICK_MS = 3000
_FIND = """([url, mark]) => {
  const one = [...document.querySelectorAll('a[href]')].find(a => a.href === url || a.href === url + '/');
  if (!one) return false;
  one.setAttribute(mark, '1'); one.scrollIntoView({block: 'center'}); return true;
}"""


async def leaves_with_notice(browser: Browser, home: str, links: Sequence[str]) -> bool | Failure | None:
    """True when a notice came for every link that could be clicked, False when one led out without; None when none could be."""
    told: list[bool] = []
    for link in links:
        seen = await browser.visit(home, lambda page, status, link=link: _clicked(page, home, link))  # type: ignore[misc]
        if isinstance(seen, Failure):
            return seen
        if seen is False:
            return False
        if seen is True:
            told.append(True)
    return True if told else None


async def _clicked(page: Any, home: str, link: str) -> bool | None:
    """What a click on one link brings: words of leaving, or a way out; None when the link is not there or does nothing."""
    own, there = URL(home).host, URL(link).host
    said: list[str] = []
    gone: list[str] = []
    landed: list[Any] = []

    async def answer(dialog: Any) -> None:
        said.append(dialog.message)
        await dialog.dismiss()

    async def watch(route: Any) -> None:
        asked = route.request
        host = URL(asked.url).host
        if asked.is_navigation_request() and host != own:
            if host == there:
                gone.append(asked.url)
            await route.abort()
            return
        await route.fallback()

    if not await page.evaluate(_FIND, [link, _MARK]):
        return None
    before = await _visible(page)
    page.on("dialog", lambda dialog: asyncio.ensure_future(answer(dialog)))
    page.context.on("page", lambda other: landed.append(other))  # a built-in method cannot be marked
    await page.context.route("**/*", watch)
    try:
        await page.locator(f"[{_MARK}]").first.click(timeout=_CLICK_MS, no_wait_after=True)
    except Exception:  # folded away or covered: what its handlers do can be seen all the same
        await page.evaluate(f"document.querySelector('[{_MARK}]').click()")
    await page.wait_for_timeout(_WAIT_MS)
    if any(NOTICE.search(text) for text in said):
        return True
    for other in (page, *landed):
        if not other.is_closed():
            new = (await _visible(other)) - (before if other is page else frozenset())
            if any(NOTICE.search(line) for line in new):
                return True
    return False if gone else None


async def _visible(page: Any) -> frozenset[str]:
    """The lines a reader sees."""
    try:
        text = await page.evaluate("document.body ? document.body.innerText : ''")
    except Exception:  # the page is on its way to another one
        return frozenset()
    return frozenset(line.strip() for line in str(text).split("\n") if line.strip())
