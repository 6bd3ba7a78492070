"""A list page: titles, addresses and dates from repeated rows, and where the list goes on."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta

from selectolax.lexbor import LexborNode

from duwang.model.material import Item
from duwang.reading.addresses import Base
from duwang.reading.body import is_noise
from duwang.reading.dates import date_in_url, day_of, first_date, short_date, torn_date, year_in_url

_ROWS = frozenset(["li", "tr", "dd", "dt", "p", "div", "article", "td"])
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
_MENU = re.compile(
    r"(^|[-_\s])(nav|menu|head|header|top|crumb|crumbs|position|location|weizhi|dqwz|tab|tabs|link|links|yqlj|lanmu|leftnav|sub)\w*",
    re.IGNORECASE,
)
_MIN_TITLE = 9
_OUT_OF_ORDER = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class ListingPage:
    """`next_pages` in the order they should be tried; `script_made` when the rows are evidently made by script; `total` pages
    where the page says so."""

    items: tuple[Item, ...] = ()
    next_pages: tuple[str, ...] = ()
    script_made: bool = False
    total: int | None = None


@dataclass(slots=True)
class _Row:
    url: str
    title: str
    text: str
    order: int


def listing_of(
    top: LexborNode, *, base: Base, html: str, foot: frozenset[int], as_of: date | None = None
) -> ListingPage:
    """Read a list; an empty one has no items."""
    rows = _main_rows(top, base, foot)
    items = _items(rows, as_of)
    following, total = _next_pages(top, base, html)
    scripted = not items and bool(_SCRIPTED.search(html)) and not _EMPTY_NOTE.search(top.text() or "")
    return ListingPage(tuple(items), following, scripted, total)


def _main_rows(top: LexborNode, base: Base, foot: frozenset[int]) -> list[_Row]:
    """The group of rows that is the list: rows with dates beat long titles beat everything else."""
    groups: dict[tuple[str, ...], list[_Row]] = defaultdict(list)
    outside: dict[int, bool] = {}
    for order, anchor in enumerate(top.css("a[href]")):
        title = " ".join((anchor.attributes.get("title") or "").split())
        text = " ".join((anchor.text() or "").split())
        name = title if len(title) > len(text) or (text.endswith(("...", "…")) and title) else text
        if len(name) < 4 or _NEXT.match(name) or (url := base.absolute(anchor.attributes.get("href") or "")) == "":
            continue
        row = _row_of(anchor)
        if row is None or _is_outside(row, foot, outside):
            continue
        groups[_signature(row)].append(_Row(url, name, " ".join((row.text(separator=" ") or "").split()), order))
    scored = [(score, rows) for rows in groups.values() if (score := _score(rows)) > 0]
    if not scored:
        return []
    best = max(score for score, _ in scored)
    chosen = [row for score, rows in scored if score == best for row in rows]
    seen: dict[str, _Row] = {}
    for one in chosen:
        if one.url not in seen or len(one.title) > len(seen[one.url].title):
            seen[one.url] = one
    return list(seen.values())


def _score(rows: list[_Row]) -> float:
    dated = sum(1 for row in rows if _own_date(row))
    long_titles = sum(1 for row in rows if len(row.title) >= _MIN_TITLE)
    if dated >= max(1, len(rows) * 0.5):
        return 1000 + 10 * dated + long_titles
    if long_titles >= max(1, len(rows) * 0.6) and len(rows) >= 2:
        return 10 * long_titles
    return 0


def _own_date(row: _Row) -> bool:
    rest = row.text.replace(row.title, " ", 1)
    return first_date(row.text) is not None or torn_date(rest) is not None or short_date(rest) is not None


def _row_of(anchor: LexborNode) -> LexborNode | None:
    """The repeated element around a link: the nearest li, tr, dd … that has siblings of its kind or is the only one."""
    node = anchor.parent
    for _ in range(5):
        if node is None or node.tag in ("body", "html"):
            return anchor.parent
        if node.tag in ("li", "tr", "dd", "article"):
            return node
        if (
            node.tag in _ROWS
            and node.parent is not None
            and node.parent.tag not in ("li", "tr", "td", "dd", "article", "p")
        ):
            siblings = [child for child in _children(node.parent) if child.tag == node.tag]
            if len(siblings) >= 2 and len(node.css("a")) <= 3:
                return node
        node = node.parent
    return anchor.parent


def _children(node: LexborNode) -> list[LexborNode]:
    found, child = [], node.child
    while child is not None:
        if child.tag != "-text":
            found.append(child)
        child = child.next
    return found


def _is_outside(row: LexborNode, foot: frozenset[int], known: dict[int, bool]) -> bool:
    """True in navigation, foot, sidebars and the like."""
    path, node = [], row.parent
    answer = False
    while node is not None and node.tag not in ("body", "html"):
        if node.mem_id in known:
            answer = known[node.mem_id]
            break
        path.append(node.mem_id)
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if (
            node.mem_id in foot
            or is_noise(node)
            or ((node.tag in ("header", "nav") or _MENU.search(names)) and not _looks_dated(node))
        ):
            answer = True
            break
        node = node.parent
    for mem_id in path:
        known[mem_id] = answer
    return answer


def _looks_dated(node: LexborNode) -> bool:
    return first_date(node.text() or "") is not None


def _signature(row: LexborNode) -> tuple[str, ...]:
    """Rows of one list look alike up to three levels: tag and class without numbers."""
    parts, node = [], row.parent
    parts.append(row.tag or "")
    for _ in range(2):
        if node is None:
            break
        parts.append(
            f"{node.tag}.{re.sub(r'[0-9]+', '', node.attributes.get('class') or '')}#{node.attributes.get('id') or ''}"
        )
        node = node.parent
    return tuple(parts)


def _items(rows: list[_Row], as_of: date | None) -> list[Item]:
    items: list[Item] = []
    year = as_of.year if as_of else None
    last: date | None = None
    for row in sorted(rows, key=lambda row: row.order):
        rest = row.text.replace(row.title, " ", 1)
        printed = first_date(rest) or torn_date(rest) or first_date(row.text)
        if printed:
            items.append(Item(row.url, _trimmed(row.title, printed.raw), printed.on, printed.raw))
            last = printed.on
            continue
        short = short_date(rest)
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
