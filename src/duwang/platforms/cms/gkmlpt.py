"""开普 gkmlpt (政府信息公开目录平台): the page is a shell, the rows come as JSON from /gkmlpt/api/all/<column>?page=N&sid=<site>;
articles are …/post_123.html. The column is the address's fragment (…/gkmlpt/index#12)."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from duwang.model.calendar import BEIJING
from duwang.model.material import Item
from duwang.reading.dates import first_date
from duwang.reading.listing import ListingPage
from duwang.reading.page import Page

_SITE = re.compile(r"[\"']?(?:SID|sid|siteId|SITE_ID)[\"']?\s*[:=]\s*[\"']?(\d+)")
_COLUMN = re.compile(r"[\"']?(?:columnId|COLUMN_ID|cateId|default_column)[\"']?\s*[:=]\s*[\"']?(\d+)")
_DATES = ("display_publish_time", "first_publish_time", "publish_time", "date", "create_time", "created_at")


def likeness(page: Page) -> float:
    if _answer(page) is not None:
        return 1.0
    return 0.95 if "/gkmlpt/" in page.html and not page.listing().items else 0.0


def listing(page: Page, *, as_of: date | None) -> ListingPage:
    """The shell leads to the first address of data; an answer gives rows and the address of the next one."""
    answer = _answer(page)
    if answer is None:
        first = _first(page)
        return ListingPage((), (first,) if first else (), not first)
    articles = answer["articles"]
    items = tuple(item for row in articles if isinstance(row, dict) and (item := _item(row, page.url)))
    return ListingPage(items, _next(page.url, len(items), answer))


def _answer(page: Page) -> Mapping[str, list[object]] | None:
    """The JSON object with its list of articles; None when the page is something else."""
    text = page.html.strip()
    if not text.startswith("{"):
        return None
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and isinstance(found.get("articles"), list) else None


def _first(page: Page) -> str:
    parts = urlsplit(page.url)
    column = parts.fragment if parts.fragment.isdigit() else next(iter(_COLUMN.findall(page.html)), "")
    site = next(iter(_SITE.findall(page.html)), "")
    root = parts.path.partition("/gkmlpt")[0]
    if not column:
        return ""
    query = urlencode({"page": "1"} | ({"sid": site} if site else {}))
    return urlunsplit((parts.scheme, parts.netloc, f"{root}/gkmlpt/api/all/{column}", query, ""))


def _item(row: Mapping[str, object], base: str) -> Item | None:
    title, url = row.get("title"), row.get("url") or row.get("post_url")
    if not isinstance(title, str) or not isinstance(url, str) or not title.strip():
        return None
    try:
        address = urljoin(base, url)
    except ValueError:
        return None
    for key in _DATES:
        value = row.get(key)
        if day := _day(value):
            return Item(address, " ".join(title.split()), day, str(value))
    return Item(address, " ".join(title.split()))


def _day(value: object) -> date | None:
    """A printed date, or seconds or milliseconds since 1970, as the day it is in China."""
    if isinstance(value, str):
        printed = first_date(value)
        if printed:
            return printed.on
        if not value.isdigit():
            return None
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float) or value <= 0:
        return None
    seconds = value / 1000 if value > 100_000_000_000 else value
    try:
        return datetime.fromtimestamp(seconds, BEIJING).date()
    except (OverflowError, OSError, ValueError):
        return None


def _next(url: str, count: int, answer: Mapping[str, object]) -> tuple[str, ...]:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    number = int(query["page"]) if query.get("page", "").isdigit() else 1
    total = answer.get("total")
    size = answer.get("per_page") or answer.get("page_size") or count
    if not count or (isinstance(total, int) and isinstance(size, int) and number * size >= total):
        return ()
    return (urlunsplit(parts._replace(query=urlencode(query | {"page": str(number + 1)}))),)
