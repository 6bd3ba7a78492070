"""Any site: rows that repeat, a pager that says 下一页."""

from __future__ import annotations

from datetime import date

from duwang.reading.listing import ListingPage
from duwang.reading.page import Page


def likeness(page: Page) -> float:
    return 0.1


def listing(page: Page, *, as_of: date | None) -> ListingPage:
    return page.listing(as_of=as_of)
