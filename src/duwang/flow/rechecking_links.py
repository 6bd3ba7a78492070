"""The second look at a dead link: it opens now, or the pages no longer hold it; both are rectified."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator

from duwang.flow.link_verdicts import verdict_of
from duwang.model.capturing import Capture
from duwang.model.findings import Finding
from duwang.model.refs import host_of, normalise_address
from duwang.reading.addresses import Base
from duwang.reading.charset import decode
from duwang.reading.page import Page, read_page
from duwang.reading.resources import address
from duwang.reading.stylesheet import imports, pictures
from duwang.reading.styling import Sheets, joined, sheet

Ask = Callable[[str], Awaitable[Capture]]


async def link_again(finding: Finding, places: list[str], ask: Ask) -> tuple[bool | None, str]:
    """(True = rectified, False = not, None = cannot tell; why)."""
    url = str(finding.facts.get("dead_url", ""))
    if not url:
        return None, "记录里没有失效地址"
    capture = await ask(url)
    verdict = verdict_of(ok=capture.ok, status=capture.status, failure=capture.failure)
    if verdict == "ok":
        return True, "链接已能打开"
    if verdict != "dead":
        return None, capture.reason
    unread = ""
    for place in places:
        page = await ask(place)
        if page.status in (404, 410):
            continue
        if not page.ok:
            unread = unread or f"页面不可访问：{place} {page.reason}"
        elif await _holds(page, place, url, ask):
            return False, f"链接仍打不开：{capture.reason}"
    return (None, unread) if unread else (True, "失效链接已从页面上删除")


async def sheets_of(capture: Capture, place: str, ask: Ask) -> Sheets | None:
    """What the page's own linked sheets say now: what is hidden by them is hidden still. None when it links none."""
    page = read_page(capture.body, url=capture.final_url or place, content_type=capture.content_type)
    urls = page.linked_sheets
    read = [await ask(url) for url in urls if host_of(url) == host_of(page.url)]
    known = [sheet(decode(css.body, content_type=css.content_type)[0]) for css in read if css.ok]
    return joined([*known, Sheets(whole=len(known) == len(urls))]) if urls else None


async def _holds(capture: Capture, place: str, url: str, ask: Ask) -> bool:
    """Whether the page, or one of its own style sheets, still names the address."""
    page = read_page(capture.body, url=capture.final_url or place, content_type=capture.content_type)
    wanted = normalise_address(url)
    if wanted in {normalise_address(one) for one in _named(page)}:
        return True
    todo = [one for one in page.linked_sheets if host_of(one) == host_of(page.url)]
    for one in todo:
        css = await ask(one)
        if css.ok and wanted in {normalise_address(named) for named in _named_by_sheet(css, one)}:
            return True
    return False


def _named(page: Page) -> Iterator[str]:
    yield from (link.url for link in page.links)
    yield from (image.url for image in page.images)


def _named_by_sheet(capture: Capture, url: str) -> Iterator[str]:
    css, base = decode(capture.body, content_type=capture.content_type)[0], Base(capture.final_url or url)
    for raw in (*imports(css), *(found.url for found in pictures(css))):
        if there := address(raw, base):
            yield there
