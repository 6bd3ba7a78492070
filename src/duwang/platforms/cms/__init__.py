"""Families of site software: how each prints its lists and where they go on. One file a family; the folder is walked."""

from __future__ import annotations

import pkgutil
from datetime import date
from functools import cache
from importlib import import_module
from types import ModuleType

from duwang.reading.listing import ListingPage
from duwang.reading.page import Page


def family_of(page: Page) -> str:
    """Name of the family whose marks the page bears most plainly; `generic` when none."""
    return _family(page).__name__.rpartition(".")[2]


def read_listing(page: Page, *, as_of: date | None) -> ListingPage:
    """The page as a list, read the way its family prints lists. `next_pages` may be addresses of data, which this function
    reads as well; a page without items but with `next_pages` goes on there."""
    listing: ListingPage = _family(page).listing(page, as_of=as_of)
    return listing


def is_data(page: Page) -> bool:
    """True for the rows alone, as a script fetches them: no page that a visitor sees, so that nothing is asked of its foot."""
    start = page.html.lstrip("\ufeff \t\r\n")[:60].lower()
    return start.startswith(("{", "[", "<datastore", "<?xml"))


def _family(page: Page) -> ModuleType:
    return max(_families(), key=lambda family: (float(family.likeness(page)), family.__name__))


@cache
def _families() -> tuple[ModuleType, ...]:
    """Every module here offers `likeness(page)` from 0 to 1 and `listing(page, as_of=…)`."""
    return tuple(import_module(f"{__name__}.{found.name}") for found in pkgutil.iter_modules(__path__))
