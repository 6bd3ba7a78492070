"""博达 VSB: articles info/1001/1234.htm; the pages of tzgg.htm are tzgg/N.htm counted backwards, the oldest being tzgg/1.htm."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

from duwang.reading.listing import ListingPage
from duwang.reading.page import Page

_ARTICLE = re.compile(r"info/\d+/\d+\.html?")
_PAGE = re.compile(r"/(\d+)\.html?$")
_NAMED = re.compile(r"([^/]+)\.html?$")
_COUNT = re.compile(r"(?:第\s*)?(\d+)\s*/\s*(\d+)\s*页?|共\s*(\d+)\s*页")


def likeness(page: Page) -> float:
    if "_vsb_" in page.html or "vsb_content" in page.html or "/system/resource/js/" in page.html:
        return 0.9
    return 0.7 if len(_ARTICLE.findall(page.html)) >= 3 else 0.0


def listing(page: Page, *, as_of: date | None) -> ListingPage:
    read = page.listing(as_of=as_of)
    total = _total(page)
    following = tuple(url for url in read.next_pages if _is_older(url, page.url)) or _counted_down(page, total)
    return replace(read, next_pages=following, total=total or read.total)


def _is_older(url: str, here: str) -> bool:
    """Backwards counting: an older page has a smaller number than this one."""
    there, current = _PAGE.search(url), _PAGE.search(here)
    return not there or not current or int(there[1]) < int(current[1])


def _total(page: Page) -> int | None:
    for found in _COUNT.finditer(page.text[-4000:]):
        if found[3] or int(found[1]) <= int(found[2]):
            return int(found[3] or found[2])
    return None


def _counted_down(page: Page, total: int | None) -> tuple[str, ...]:
    if current := _PAGE.search(page.url):
        number = int(current[1]) - 1
        return (urljoin(page.base, f"{number}.htm"),) if number >= 1 else ()
    named = _NAMED.search(page.url)
    if total and total > 1 and named and _ARTICLE.search(page.html):
        return (urljoin(page.base, f"{named[1]}/{total - 1}.htm"),)
    return ()
