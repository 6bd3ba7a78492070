"""Old ASP and JSP sites: articles Show.asp?id=12, dates like [03-15] without a year, pagers that only a script can press."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from duwang.reading.listing import ListingPage
from duwang.reading.page import Page

_ARTICLE = re.compile(
    r"href\s*=\s*[\"']?[^\"'\s>]+\.(?:asp|aspx|jsp|php|do|action)\?[^\"'\s>]*(?:id|ID|Id)=\w+", re.IGNORECASE
)
_COUNT = re.compile(
    r"(?:第|页次[:：]?)\s*(\d+)\s*(?:页)?\s*/\s*(?:共)?\s*(\d+)\s*页|(?:第|当前第?)\s*(\d+)\s*页[^\n]{0,12}?共\s*(\d+)\s*页|共\s*(\d+)\s*页"
)
_PARAMETER = re.compile(r"[?&;](page|PageNo|pageNum|pageIndex|currentPage|curPage|toPage|cpage|pn|p)=\d", re.IGNORECASE)
_FIELD = re.compile(
    r"name\s*=\s*[\"']?(page|PageNo|pageNum|pageIndex|currentPage|curPage|toPage|cpage|pn)[\"'\s>]", re.IGNORECASE
)


def likeness(page: Page) -> float:
    if urlsplit(page.url).path.lower().endswith((".asp", ".aspx", ".jsp", ".php", ".do", ".action")):
        return 0.5
    return 0.5 if len(_ARTICLE.findall(page.html)) >= 3 else 0.0


def listing(page: Page, *, as_of: date | None) -> ListingPage:
    """Rows as printed; where the pager is a script or a form, the next address is built from its parameter."""
    read = page.listing(as_of=as_of)
    current, total = _count(page)
    if read.next_pages:
        later = tuple(
            url for url in read.next_pages if _number(url) is None or _number(url) == 0 or (_number(url) or 0) > current
        )
        return replace(read, next_pages=later, total=total or read.total)
    if total and current < total and (name := _parameter(page)):
        parts = urlsplit(page.url)
        query = [
            (key, value) for key, value in parse_qsl(parts.query, keep_blank_values=True) if key.lower() != name.lower()
        ]
        query.append((name, str(current + 1)))
        return replace(read, next_pages=(urlunsplit(parts._replace(query=urlencode(query))),), total=total)
    return replace(read, total=total or read.total)


def _count(page: Page) -> tuple[int, int | None]:
    """(this page's number, number of pages) as printed."""
    here = _number(page.url) or 1
    for found in _COUNT.finditer(page.text[-3000:]):
        return int(found[1] or found[3] or here), int(found[2] or found[4] or found[5])
    return here, None


def _number(url: str) -> int | None:
    for key, value in parse_qsl(urlsplit(url).query):
        if _PARAMETER.match(f"?{key}={value}") and value.isdigit():
            return int(value)
    return None


def _parameter(page: Page) -> str:
    found = _PARAMETER.search(page.html) or _FIELD.search(page.html)
    return found[1] if found else ""
