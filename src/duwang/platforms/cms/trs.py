"""TRS WCM: articles t20240315_123.html, a pager written by createPageHTML(pages, current, "index", "html").

Page 0 is index.html, page n index_n.html. Some templates put the pager's element first and count from 1.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

from duwang.reading.listing import ListingPage
from duwang.reading.page import Page

_ARTICLE = re.compile(r"/t(?:19|20)\d{6}_\d+\.s?html?")
_PAGER = re.compile(
    r"createPageHTML\(\s*(?P<holder>[\"'][^\"']*[\"']\s*,)?\s*(?P<total>\d+)\s*,\s*(?P<current>\d+)\s*,\s*[\"'](?P<name>[\w./-]+)[\"']\s*,\s*[\"'](?P<ext>\w+)[\"']",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    r"var\s+countPage\s*=\s*(?P<total>\d+).{0,200}?var\s+currentPage\s*=\s*(?P<current>\d+)", re.DOTALL
)


def likeness(page: Page) -> float:
    if "createPageHTML" in page.html:
        return 0.9
    return 0.7 if len(_ARTICLE.findall(page.html)) >= 3 or "TRS_Editor" in page.html else 0.0


def listing(page: Page, *, as_of: date | None) -> ListingPage:
    """Rows as printed; every later page of the pager, nearest first."""
    read = page.listing(as_of=as_of)
    if found := _PAGER.search(page.html):
        total, current = int(found["total"]), int(found["current"])
        first = current + 1
        last = total if found["holder"] else total - 1
        pages = tuple(
            urljoin(page.base, f"{found['name']}_{n}.{found['ext']}") for n in range(first, min(last, first + 500) + 1)
        )
        return replace(read, next_pages=pages, total=total)
    if (
        not read.next_pages
        and (counts := _COUNTS.search(page.html))
        and int(counts["current"]) + 1 < int(counts["total"])
    ):
        return replace(
            read,
            next_pages=(urljoin(page.base, f"index_{int(counts['current']) + 1}.html"),),
            total=int(counts["total"]),
        )
    return read
