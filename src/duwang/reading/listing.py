"""A list page: titles, addresses and dates from repeated rows, and where the list goes on."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta

from selectolax.lexbor import LexborNode

from duwang.model.material import Item
from duwang.reading.addresses import Base
from duwang.reading.dates import date_in_url, day_of, short_date, year_in_url
from duwang.reading.flowing import text_of
from duwang.reading.rows import Row, printed_day, rows_of

_NEXT = re.compile(r"^\s*(下一页|下页|后一页|后页|下一頁|next|Next|>|›|»|&gt;)\s*[>›»]*\s*$")
_NUMBER = re.compile(r"^\s*\[?(\d{1,4})\]?\s*$")
_CREATE = re.compile(
    r"createPageHTML\(\s*(?:[\"'][^\"']*[\"']\s*,\s*)?(\d+)\s*,\s*(\d+)\s*,\s*[\"']([\w-]+)[\"']\s*,\s*[\"'](\w+)[\"']",
    re.IGNORECASE,
)
_SCRIPTED = re.compile(
    r"\$\.(ajax|get|post|getJSON)\s*\(|axios\.|fetch\(|XMLHttpRequest|new Vue\(|jpage|datastore", re.IGNORECASE
)
_EMPTY_NOTE = re.compile(r"暂无|没有(相关|找到|信息|内容|数据)|无相关|未查询到|0\s*条")
_SHELL = 30
_OUT_OF_ORDER = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class ListingPage:
    """`next_pages` in the order they should be tried; `script_made` when the rows are evidently made by script; `total` pages
    where the page says so."""

    items: tuple[Item, ...] = ()
    next_pages: tuple[str, ...] = ()
    script_made: bool = False
    total: int | None = None


def listing_of(
    top: LexborNode, *, base: Base, html: str, foot: frozenset[int], as_of: date | None = None
) -> ListingPage:
    """Read a list; an empty one has no items."""
    rows = rows_of(top, base=base, foot=foot)
    items = _items(rows, as_of)
    following, total = _next_pages(top, base, html)
    scripted = not items and _is_script_made(top, html)
    return ListingPage(tuple(items), following, scripted, total)


def _is_script_made(top: LexborNode, html: str) -> bool:
    """Rows are asked for by a script of the page, or the page is an empty shell for outside scripts."""
    text = top.text() or ""
    if _EMPTY_NOTE.search(text):
        return False
    if _SCRIPTED.search(html):
        return True
    return top.css_first("script[src]") is not None and len("".join(text_of(top).split())) < _SHELL


def _items(rows: list[Row], as_of: date | None) -> list[Item]:
    items: list[Item] = []
    year = as_of.year if as_of else None
    last: date | None = None
    for row in rows:
        if printed := printed_day(row.rest) or row.glued:
            items.append(Item(row.url, _trimmed(row.title, printed.raw), printed.on, printed.raw))
            last = printed.on
            continue
        short = short_date(row.rest)
        if short is None:
            items.append(Item(row.url, row.title))
            continue
        on = _with_year(short[0], short[1], row.url, year, last, as_of)
        last = on or last
        items.append(Item(row.url, row.title, on, short[2], on is not None))
    return items


def _with_year(month: int, day: int, url: str, year: int | None, last: date | None, as_of: date | None) -> date | None:
    """The year from the address, else counted down a list that runs from new to old."""
    in_url = year_in_url(url)
    if in_url and (found := day_of(in_url, month, day)):
        spelled = date_in_url(url)
        return found if spelled is None or spelled.month == month else day_of(in_url, month, day)
    start = last.year if last else year
    if start is None:
        return None
    found = day_of(start, month, day)
    limit = last or as_of
    if (
        found
        and limit
        and found > limit
        and not (last and found - last < _OUT_OF_ORDER and (as_of is None or found <= as_of))
    ):
        found = day_of(start - 1, month, day)
    return found


def _trimmed(title: str, raw: str) -> str:
    return (
        title.removesuffix(raw).strip(" []()（）【】") if title.endswith(raw) and len(title) > len(raw) + 3 else title
    )


def _next_pages(top: LexborNode, base: Base, html: str) -> tuple[tuple[str, ...], int | None]:
    found: dict[str, None] = {}
    numbered: list[tuple[int, str]] = []
    for anchor in top.css("a[href]"):
        text = (anchor.text() or "").strip() or anchor.attributes.get("title") or ""
        url = base.absolute(anchor.attributes.get("href") or "")
        if not url:
            continue
        if _NEXT.match(text) or (anchor.attributes.get("rel") or "").lower() == "next":
            found[url] = None
        elif (number := _NUMBER.match(text)) and int(number[1]) >= 2:
            numbered.append((int(number[1]), url))
    total = None
    if made := _CREATE.search(html):
        total, current = int(made[1]), int(made[2])
        if current + 1 < total:
            found[base.absolute(f"{made[3]}_{current + 1}.{made[4]}")] = None
    found |= {url: None for _, url in sorted(numbered)}
    return tuple(found), total
