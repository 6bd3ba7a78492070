"""The search box of a home page that a plain request can use, and the titles on a page of results."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urljoin, urlsplit

from duwang.reading.page import Page

_FIELD = re.compile(
    r"^(q|wd|kw|word|words|key|keys|keyword|keywords|searchword|searchwords|search_?key|query|qt|content|title|si)$",
    re.IGNORECASE,
)
_SEARCH = re.compile(r"search|sousuo|query|jsearch|/so(/|\.|$)|find", re.IGNORECASE)
_LONG = 6


def search_address(page: Page, words: str) -> str:
    """Where a search for these words is asked; empty when the page has no form for it that works without a script."""
    for form in page.tree.css("form"):
        action = (form.attributes.get("action") or "").strip()
        if (form.attributes.get("method") or "get").lower() != "get" or action.lower().startswith("javascript"):
            continue
        values: dict[str, str] = {}
        asked = ""
        for field in form.css("input"):
            name, kind = field.attributes.get("name") or "", (field.attributes.get("type") or "text").lower()
            if not name:
                continue
            if kind == "hidden":
                values[name] = field.attributes.get("value") or ""
            elif kind in ("text", "search") and (_FIELD.match(name) or _SEARCH.search(action)):
                asked = name
        address = urljoin(page.base, action or page.url)
        if asked and urlsplit(address).scheme in ("http", "https"):
            return f"{address}{'&' if '?' in address else '?'}{urlencode({**values, asked: words})}"
    return ""


def result_titles(page: Page) -> Iterator[str]:
    """Texts of the links on a page of results, long enough to be titles, in order."""
    for link in page.document().links:
        text = re.sub(r"\s+", "", link.text)
        if len(text) >= _LONG:
            yield text
