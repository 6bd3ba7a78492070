"""Repeats over a site's pages are counted without keeping the pages; pages kept in a file read like a tuple."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from duwang.flow.digests import Digests
from duwang.flow.sightings import PLACES, Sightings
from duwang.model.material import PageDigest

SITE = "site/5300000001"


def record(url: str, quote: str = "标识码", start: int | None = None) -> dict[str, Any]:
    return {"target": f"{SITE}/page/1", "quote": quote, "message": "缺少标识码", "url": url, "start": start, "count": 1}


def collected(*urls: str, page: str = "") -> Sightings:
    seen = Sightings(frozenset(["function/footer-mark"]))
    for url in urls:
        seen.add("function/footer-mark", record(url), page=page or url, printed=(), column="", sha256="")
    return seen


@pytest.mark.parametrize("pages", [PLACES - 1, PLACES, PLACES + 1])
def test_a_repeat_is_one_sighting_with_up_to_twenty_places(pages: int) -> None:
    (one,) = collected(*(f"http://a/{n:03}.html" for n in range(pages))).of("function/footer-mark", SITE)
    assert (one.draft.target, one.draft.count, one.draft.facts["pages"]) == (SITE, pages, pages)
    assert len(one.draft.facts["places"]) == min(pages, PLACES)


def test_the_same_place_is_one_page_though_it_is_met_twice() -> None:
    (one,) = collected("http://a/35*01.html", "http://a/b.html", "http://a/35*01.html").of("function/footer-mark", SITE)
    assert (one.draft.count, one.draft.facts["pages"]) == (3, 2)
    (one,) = collected("http://a/1.png", "http://a/2.png", "http://a/1.png", page="http://a/").of(
        "function/footer-mark", SITE
    )
    assert one.draft.facts["places"] == ["http://a/1.png", "http://a/2.png"]


def test_what_does_not_repeat_comes_in_the_order_of_its_places() -> None:
    seen = Sightings(frozenset())
    for start in (9, None, 3):
        seen.add("text/typo", record("http://a/", start=start), page="http://a/", printed=(), column="c", sha256="")
    assert [one.draft.start for one in seen.of("text/typo", SITE)] == [None, 3, 9]


def read(pages: Iterable[PageDigest]) -> list[PageDigest]:
    """The pages with their sketches unpacked."""
    return [replace(page, sketch=list(page.sketch)) for page in pages]


def test_pages_in_a_file_read_like_a_tuple() -> None:
    pages = tuple(
        PageDigest(f"http://a/{n}", f"{SITE}/page/{n}", "article", f"第{n}期", "", date(2024, 1, 1), printed_by=("县政府办",), sketch=[n, 7])
        for n in range(1030)
    )  # fmt: skip
    kept = Digests(pages)
    assert read(kept) == list(pages) and read([kept[-1]]) == [pages[-1]] and read(kept[510:514]) == list(pages[510:514])
    assert len(Digests(())) == 0 and list(Digests(())) == []
    with pytest.raises(IndexError):
        kept[1030]
