"""The verb discover: read a site's menus and blocks two levels deep and propose its columns."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from duwang.capture.fetcher import Fetcher, FetchSettings
from duwang.capture.robots import RobotsBook
from duwang.flow.planning import PlanFault
from duwang.model.capturing import Capture, Request, Role
from duwang.model.refs import address_key, host_of
from duwang.model.registry import Column, Site
from duwang.platforms.cms import read_listing
from duwang.platforms.columns import Lead, Proposed, is_overview, leads_of, name_on, proposed, unread
from duwang.reading.listing import ListingPage
from duwang.reading.onward import onward
from duwang.reading.page import Page, read_page

_DEPTH = 2
_HOPS = 3
_SUB_LEADS = 40
_CODE = re.compile(r"(?:网站)?标识码\s*[:：]?\s*([0-9A-Za-z]{10})(?![0-9A-Za-z])")
_OWNER = re.compile(r"主办(?:单位)?\s*[:：]\s*([\u4e00-\u9fff（）()]{4,30})")


class DiscoveryFault(PlanFault):
    """A site that cannot be looked at; the text is for people."""


@dataclass(frozen=True, slots=True)
class Discovered:
    """A site as its own pages present it, and the columns proposed, the surest first; `pages` were read."""

    site: Site
    columns: tuple[tuple[Column, Proposed], ...]
    pages: int


def discover(url: str, *, as_of: date, allow_loopback: bool = False, delay: float = 0.2, most: int = 300) -> Discovered:
    """Read at most `most` pages of the site at `url`; DiscoveryFault when its home page does not open."""
    return asyncio.run(_discover(url, as_of=as_of, allow_loopback=allow_loopback, delay=delay, most=most))


async def _discover(url: str, *, as_of: date, allow_loopback: bool, delay: float, most: int) -> Discovered:
    async with Fetcher(FetchSettings(delay=delay, allow_private=allow_loopback)) as fetcher:
        walker = _Walker(fetcher, RobotsBook(fetcher.fetch), as_of, most)
        found = await walker.home(url)
        if isinstance(found, str):
            raise DiscoveryFault(f"网址“{url}”打不开：{found}")
        host = host_of(found.url)
        proposals: dict[str, Proposed] = {}
        leads = list(leads_of(found, host=host, depth=1))
        seen = {address_key(url), address_key(found.url)} | {address_key(lead.url) for lead in leads}
        for depth in range(1, _DEPTH + 1):
            answers = await asyncio.gather(*(walker.look(lead) for lead in leads[: max(0, most - walker.pages)]))
            leads = []
            for answer in answers:
                if answer.proposed:
                    proposals.setdefault(address_key(answer.proposed.url), answer.proposed)
                for lead in answer.leads if depth < _DEPTH else ():
                    if address_key(lead.url) not in seen:
                        seen.add(address_key(lead.url))
                        leads.append(lead)
        site = _site(found, url)
        return Discovered(site, tuple(_columns(proposals.values(), site)), walker.pages)


@dataclass(frozen=True, slots=True)
class _Answer:
    proposed: Proposed | None
    leads: tuple[Lead, ...] = ()


@dataclass(slots=True)
class _Walker:
    fetcher: Fetcher
    robots: RobotsBook
    as_of: date
    most: int
    pages: int = 0

    async def home(self, url: str) -> Page | str:
        """The page a visitor ends up on, or why there is none."""
        return await self._page(url, Role.HOME)

    async def look(self, lead: Lead) -> _Answer:
        page = await self._page(lead.url, Role.LIST)
        if isinstance(page, str):
            return _Answer(unread(lead))
        listing = await self._listing(page)
        under = is_overview(page) or not listing.items
        further = [
            replace(below, depth=lead.depth + 1)
            for below in leads_of(
                page, host=host_of(lead.url), depth=lead.depth + 1, rows=[i.url for i in listing.items]
            )
            if under or _is_beside(below, lead)
        ]
        found = proposed(lead, page, listing, as_of=self.as_of)
        if found and len(found.name) <= 3 and (own := name_on(page)):
            found = replace(found, name=own)
        return _Answer(found, tuple(further[:_SUB_LEADS]))

    async def _listing(self, page: Page) -> ListingPage:
        """The list of a page; where its rows come as data, the first answer with them."""
        listing = read_listing(page, as_of=self.as_of)
        if listing.items or not listing.next_pages:
            return listing
        answer = await self._page(listing.next_pages[0], Role.LIST)
        return replace(listing, script_made=True) if isinstance(answer, str) else read_listing(answer, as_of=self.as_of)

    async def _page(self, url: str, role: Role) -> Page | str:
        for _ in range(_HOPS):
            if self.pages >= self.most:
                return "达到页数上限"
            if not await self.robots.allows(url):
                return "网站的robots规则不允许读取"
            self.pages += 1
            capture = await self.fetcher.fetch(Request(url, role))
            if not capture.ok:
                return capture.reason
            page = _read(capture, url)
            there = onward(page)
            if not there:
                return page
            url = there
        return page


def _read(capture: Capture, url: str) -> Page:
    """The page; the fragment of the address asked for is kept where it routes."""
    final = capture.final_url or url
    if "#" in url and "#" not in final:
        final += url[url.index("#") :]
    return read_page(capture.body, url=final, content_type=capture.content_type)


def _is_beside(below: Lead, above: Lead) -> bool:
    """A lead on a list page is followed only when its address lies below that list's own folder."""
    folder = above.url.partition("?")[0].partition("#")[0].rsplit("/", 1)[0] + "/"
    return below.url.startswith(folder) and below.url != above.url and folder.count("/") > 3


def _site(page: Page, url: str) -> Site:
    text = page.foot.text or page.text[-1500:]
    code = page.meta.get("siteidcode", "") or next(iter(_CODE.findall(text)), "")
    owner = next(iter(_OWNER.findall(text)), "")
    return Site(code, page.meta.get("sitename", "") or page.title or host_of(url), url, owner=owner)


def _columns(found: Iterable[Proposed], site: Site) -> Iterable[tuple[Column, Proposed]]:
    """One column for each list: a second address of the same rows is left out."""
    lists: set[tuple[str, ...]] = set()
    for one in sorted(found, key=lambda one: "高中低".index(one.sureness)):
        if one.items and one.items in lists:
            continue
        lists.add(one.items)
        field = one.name if one.category == "重点领域" else ""
        yield Column(site.code, one.name, one.url, one.category, field, one.first_level), one
