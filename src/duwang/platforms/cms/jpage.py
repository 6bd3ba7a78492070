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
_PROXY = re.compile(r"proxyUrl\s*:\s*[\"']([^\"']+)[\"']")
_PARAMETERS = re.compile(r"proxyParam\s*:\s*\{([^}]{1,2000})\}")
_PAIR = re.compile(r"[\"']?(\w+)[\"']?\s*:\s*[\"']?([^,\"'}]*)[\"']?")
_PER_PAGE = re.compile(r"perPage\s*:\s*(\d+)")


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
    """The address of the next group of records: named by the store, counted on from this one, or built from the page's script."""
    group = _GROUP.search(page.html)
    if group and (href := _HREF.search(group[1])):
        return (urljoin(page.base, unescape(href[1])),)
    total = _TOTAL_RECORDS.search(page.html)
    if not total:
        return ()
    if "dataproxy" in urlsplit(page.url).path:
        return _counted_on(page.url, count, int(total[1]))
    return _from_script(page, count, int(total[1])) if count < int(total[1]) else ()


def _counted_on(url: str, count: int, total: int) -> tuple[str, ...]:
    """page=N, or startrecord=M&endrecord=N."""
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query))
    last = query.get("endrecord", "")
    if last.isdigit() and query.get("startrecord", "").isdigit():
        size = max(1, int(last) - int(query["startrecord"]) + 1)
        if not count or int(last) >= total:
            return ()
        return (_with(url, {"startrecord": str(int(last) + 1), "endrecord": str(int(last) + size)}),)
    if not query.get("page", "").isdigit():
        return ()
    number, per_page = int(query["page"]), query.get("perpage", "0")
    if number * max(count, int(per_page) if per_page.isdigit() else 0) >= total:
        return ()
    return (_with(url, {"page": str(number + 1)}),)


def _from_script(page: Page, count: int, total: int) -> tuple[str, ...]:
    """The proxy's address as the page's own script calls it, asked for the records after the first `count`."""
    proxy, given = _PROXY.search(page.html), _PARAMETERS.search(page.html)
    if not proxy or not given:
        return ()
    wanted = {"startrecord": str(count + 1), "endrecord": str(min(total, count * 2)), "perpage": str(count)}
    if size := _PER_PAGE.search(page.html):
        wanted["perpage"] = size[1]
    return (_with(urljoin(page.base, proxy[1]), wanted | dict(_PAIR.findall(given[1]))),)


def _with(url: str, wanted: dict[str, str]) -> str:
    parts = urlsplit(url)
    return urlunsplit(parts._replace(query=urlencode(dict(parse_qsl(parts.query)) | wanted)))
