"""大汉 jpage: the rows stand as CDATA records in a <script type="text/xml"> datastore, further records come from a data proxy
(/module/web/jpage/dataproxy.jsp), whose answer is the same datastore without a page around it."""

from __future__ import annotations

import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

from duwang.reading.listing import ListingPage
from duwang.reading.page import Page, read_page

_RECORD = re.compile(r"<record>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</record>", re.DOTALL | re.IGNORECASE)
_GROUP = re.compile(r"<nextgroup>\s*(?:<!\[CDATA\[)?(.*?)(?:\]\]>)?\s*</nextgroup>", re.DOTALL | re.IGNORECASE)
_HREF = re.compile(r"href\s*=\s*[\"']([^\"']+)[\"']", re.IGNORECASE)
_TOTAL_PAGES = re.compile(r"<totalpage>\s*(\d+)", re.IGNORECASE)
_TOTAL_RECORDS = re.compile(r"<totalrecord>\s*(\d+)", re.IGNORECASE)


def likeness(page: Page) -> float:
    if "<datastore" in page.html and "<record" in page.html:
        return 1.0
    return 0.6 if "/jpage/" in page.html and "/art/" in page.html else 0.0


def listing(page: Page, *, as_of: date | None) -> ListingPage:
    """All records of the store, also those a visitor sees only after paging."""
    records = [found[1].strip() for found in _RECORD.finditer(page.html)]
    if not records:
        return page.listing(as_of=as_of)
    holder = ("<table>", "</table>") if records[0].lower().startswith("<tr") else ("<ul>", "</ul>")
    rows = holder[0] + "".join(records) + holder[1]
    read = read_page(f"<html><body><div>{rows}</div></body></html>".encode(), url=page.base).listing(as_of=as_of)
    pages = _TOTAL_PAGES.search(page.html)
    return ListingPage(read.items, _further(page, len(records)), False, int(pages[1]) if pages else None)


def _further(page: Page, count: int) -> tuple[str, ...]:
    """The address of the next group of records: named by the store, or the proxy's own address with the next page number."""
    group = _GROUP.search(page.html)
    if group and (href := _HREF.search(group[1])):
        return (urljoin(page.base, unescape(href[1])),)
    parts = urlsplit(page.url)
    query = dict(parse_qsl(parts.query))
    total = _TOTAL_RECORDS.search(page.html)
    if "dataproxy" not in parts.path or not total or not query.get("page", "").isdigit():
        return ()
    number = int(query["page"])
    if number * max(count, int(query.get("perpage", "0") or 0)) >= int(total[1]):
        return ()
    return (urlunsplit(parts._replace(query=urlencode(query | {"page": str(number + 1)}))),)
