"""What a visitor ends up seeing: where a page only leads on, the page behind it; where only a script makes the list, what a browser shows."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import date

from duwang.model.capturing import Capture, Request, Role
from duwang.platforms.cms import read_listing
from duwang.reading.onward import onward
from duwang.reading.page import Page, read_page

Renderer = Callable[[Request], Awaitable[Capture]]
_HOPS = 3


async def as_seen(
    capture: Capture,
    asked: Request,
    *,
    fetch: Callable[[Request], Awaitable[Capture]],
    render: Renderer | None,
    as_of: date,
) -> Capture:
    """The capture itself, the one it leads to within three steps, or the rendered list; the steps stand in `redirects`."""
    for _ in range(_HOPS):
        if not capture.ok or not (there := onward(_read(capture, asked.url))):
            break
        after = await fetch(replace(asked, url=there, referer=capture.final_url))
        capture = replace(after, redirects=(*capture.redirects, there, *after.redirects))
    if render is None or asked.role is not Role.LIST or not capture.ok:
        return capture
    listing = read_listing(_read(capture, asked.url), as_of=as_of)
    if listing.items or listing.next_pages or not listing.script_made:
        return capture
    shown = await render(asked)
    return replace(shown, redirects=capture.redirects) if shown.ok else capture


def _read(capture: Capture, url: str) -> Page:
    return read_page(capture.body, url=capture.final_url or url, content_type=capture.content_type)


def is_html(capture: Capture) -> bool:
    """Pages, and what may be one: servers call pages many things."""
    kind = capture.content_type.partition(";")[0].strip().lower()
    return kind in (
        "",
        "text/html",
        "application/xhtml+xml",
        "text/xml",
        "application/xml",
        "text/plain",
    ) or kind.startswith("text/")


def is_json(capture: Capture) -> bool:
    """Rows of a list that come as data."""
    return "json" in capture.content_type.partition(";")[0].lower()
