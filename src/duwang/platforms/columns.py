"""Which pages of a site are columns (栏目): leads from menus and blocks, and what the page behind a lead turns out to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import date

from selectolax.lexbor import LexborNode

from duwang.model.refs import address_key, host_of
from duwang.platforms.categories import TEXTS, category_of
from duwang.reading.dates import date_in_url
from duwang.reading.listing import ListingPage
from duwang.reading.page import Page
from duwang.reading.resources import is_file

_MORE = re.compile(r"^\W*(更多|更多信息|查看更多|查看全部|more|MORE|More|详细|\+)\W*$")
_TAIL = re.compile(r"[\W_]*(更多|more)\W*$", re.IGNORECASE)
_NO_COLUMN = re.compile(
    r"^(网站|本站)?(首页|主页|返回.*|登录|登陆|注册|退出|网站地图|站点地图|网站导航|联系我们|联系方式|关于我们|关于本站|网站声明|法律声明|隐私.*|版权.*|免责声明|"
    r"无障碍.*|长者.*|适老.*|关怀.*|老年.*|繁體.*|繁体.*|简体.*|设为首页|加入收藏|收藏本站|订阅|手机版|移动版|电脑版|微信.*|微博.*|客户端|小程序|APP|"
    r"(高级|站内|全站)?(搜索|检索)|上一页|下一页|上页|下页|尾页|末页|打印|关闭|帮助|使用帮助|邮箱登录|OA.*|后台管理|网站管理|智能问答|.*找错|.*纠错|友情链接|扫一扫|"
    r"天气预报|关于.*的.*|English|英文版|RSS.*|\d+)$",
    re.IGNORECASE,
)
_ARTICLE = re.compile(
    r"/t(19|20)\d{6}_\d+|/info/\d+/\d+|/art_\d+_\d+|/art/(19|20)\d\d/|/post_\d+|/content_\d+|/content/(19|20)\d\d|/\d{5,}\.s?html?$|"
    r"(show|view|detail|article|read|content|info)\w*\.(asp|aspx|jsp|php|do)\?",
    re.IGNORECASE,
)
_FORM_OR_LIST = re.compile(r"<form\b|<textarea\b", re.IGNORECASE)
_CRUMBS = re.compile(r"(?:当前位置|您的位置|您现在的位置|所在位置|当前栏目)\s*[:：]?\s*([^\n]{2,120})")
_MENUS = ("nav", "menu")
_LONGEST = 14
_BLOCKS = 2


@dataclass(frozen=True, slots=True)
class Lead:
    """A link that may lead to a column. `depth` 1 = on the home page; `nested` = below another entry of a menu; `row` = it is a
    row of a list itself, so that only another list behind it makes it a column."""

    url: str
    name: str
    depth: int = 1
    nested: bool = False
    row: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A column as a clerk is asked to confirm it. `sureness`: 高, 中, 低; `items` tells two addresses of one list."""

    url: str
    name: str
    category: str
    first_level: bool
    last: date | None
    sureness: str
    items: tuple[str, ...] = ()


def leads_of(page: Page, *, host: str, depth: int, rows: Collection[str] = ()) -> Iterator[Lead]:
    """Links with a column's kind of name, in reading order; `更多` takes the name of its block. `rows` are the addresses of the
    page's own list; dated rows of the page are no leads at all."""
    seen = {address_key(page.url)} | {address_key(item.url) for item in page.listing().items if item.on or item.raw}
    listed = {address_key(url) for url in rows} | {address_key(item.url) for item in page.listing().items}
    for anchor in page.top.css("a[href]"):
        url = page.addresses.absolute(anchor.attributes.get("href") or "")
        if not url or host_of(url) != host or is_file(url):
            continue
        name = "".join((anchor.text() or "").split()).strip("·•|>»-—【】[]") or (anchor.attributes.get("title") or "")
        if _MORE.match(name):
            name = _block_name(anchor)
        if not 2 <= len(name) <= _LONGEST or _NO_COLUMN.match(name) or not re.search("[\u4e00-\u9fff]{2}", name):
            continue
        key = address_key(url)
        if key in seen or (_is_article(url) and not category_of(name)):
            continue
        seen.add(key)
        yield Lead(url, name, depth, _is_nested(anchor), key in listed and not _is_menu(anchor))


def proposed(lead: Lead, page: Page, listing: ListingPage, *, as_of: date) -> Proposed | None:
    """What the page behind a lead is; None for an article, a page of blocks, or a page that is nothing of the kind."""
    category = category_of(lead.name)
    dated = [item.on for item in listing.items if item.on and item.on <= as_of]
    first = lead.depth == 1 and not lead.nested
    if is_overview(page):
        return None
    if listing.items and (dated or listing.next_pages or len(listing.items) >= 3):
        if _is_one_article(page, len(dated)):
            return None
        sure = "高" if dated and category else "中"
        urls = tuple(item.url for item in listing.items[:5])
        return Proposed(lead.url, lead.name, category or "其他", first, max(dated, default=None), sure, urls)
    if lead.row or (_is_article(lead.url) and category not in TEXTS) or page.document().kind == "guide":
        return None
    if listing.script_made:
        return Proposed(lead.url, lead.name, category or "其他", first, None, "低")
    if category and (category in TEXTS or not page.document().published):
        return Proposed(
            lead.url, lead.name, category, first, page.document().published, "中" if category in TEXTS else "低"
        )
    if lead.depth == 1 and not page.document().published and _FORM_OR_LIST.search(page.html) is None:
        return Proposed(lead.url, lead.name, "其他", first, None, "低") if len(page.content.text) >= 60 else None
    return None


def unread(lead: Lead) -> Proposed | None:
    """A lead whose page did not open is still proposed when its name is a column's."""
    category = "" if lead.row else category_of(lead.name)
    first = lead.depth == 1 and not lead.nested
    return (
        Proposed(lead.url, lead.name, category, first, None, "低") if category and not _is_article(lead.url) else None
    )


def is_overview(page: Page) -> bool:
    """A page of several blocks, each with its own 更多: the columns are behind those."""
    urls = set()
    for anchor in page.top.css("a[href]"):
        if _MORE.match("".join((anchor.text() or "").split())):
            urls.add(page.addresses.absolute(anchor.attributes.get("href") or ""))
    return len(urls - {"", page.url}) >= _BLOCKS


def name_on(page: Page) -> str:
    """The column's name as its own page prints it: the meta tag, the last crumb."""
    if named := page.meta.get("columnname", ""):
        return named.partition(",")[0].partition("，")[0].strip()
    found = _CRUMBS.search(page.text)
    crumbs = [part.strip() for part in re.split(r"[>»›/＞→\-]|&gt;", found[1]) if part.strip()] if found else []
    return crumbs[-1] if crumbs and len(crumbs[-1]) <= _LONGEST else ""


def _is_one_article(page: Page, dated: int) -> bool:
    """An article beside a small list of others."""
    if page.meta.get("articletitle"):
        return True
    return dated < 3 and len(page.content.text) >= 400 and page.document().published is not None


def _is_article(url: str) -> bool:
    return date_in_url(url) is not None or bool(_ARTICLE.search(url))


def _block_name(anchor: LexborNode) -> str:
    """The heading of the block that a 更多 belongs to: the first short text with letters in the nearest elements around it."""
    node = anchor.parent
    for _ in range(3):
        if node is None or node.tag in ("body", "html"):
            return ""
        for part in node.css("h1,h2,h3,h4,h5,strong,b,span,em,div,p,dt,a"):
            text = _TAIL.sub("", "".join((part.text() or "").split()))
            if 2 <= len(text) <= _LONGEST and not _MORE.match(text) and re.search("[\u4e00-\u9fff]{2}", text):
                return text
        node = node.parent
    return ""


def _is_menu(anchor: LexborNode) -> bool:
    """Inside an element that is, or calls itself, a menu."""
    node = anchor.parent
    while node is not None and node.tag not in ("body", "html"):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".lower()
        if node.tag == "nav" or any(word in names for word in _MENUS):
            return True
        node = node.parent
    return False


def _is_nested(anchor: LexborNode) -> bool:
    """Below another entry of the same menu: a list inside a list item, or a dd under a dt."""
    items, node = 0, anchor.parent
    while node is not None and node.tag not in ("body", "html", "nav"):
        items += node.tag in ("li", "dd")
        node = node.parent
    return items >= 2
