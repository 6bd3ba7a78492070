"""update/home-stale: 首页不更新."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.update.ages import in_words
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import Document, PageDigest, SiteView
from duwang.model.period import Period
from duwang.model.refs import host_of, normalise_address

_FILE = re.compile(r"\.(pdf|docx?|wps|xlsx?|et|ofd|rtf|zip|rar|7z|jpe?g|png|gif|mp[34]|apk|txt|css|js)$", re.IGNORECASE)


@check("update/home-stale", on=SiteView, title="首页不更新")
def home_stale(site: SiteView, *, as_of: date, limit: str = "14天", least_read: float = 0.9) -> Findings:
    """
    查什么：监测时间点前2周内，首页上有没有新发布的信息；首页只是导航入口的，看所有二级页面。

    依据：国办秘函〔2019〕19号，单项否决指标“首页不更新”；稿件页面没有印出日期的视为未更新。

    会报：首页（首页只是导航入口的，各栏目）上最近一条信息早于2周，或者都没有印出日期。

    不报：恰好14天的。首页没有打开、首页链出的页面没有读全而看不出最近更新的，记为不能判断。晚于监测时间点的日期不算更新。

    怎么改：及时更新首页上的要闻、动态等信息。

    设置：limit 期限；least_read 首页链出的本站页面读到多少才下结论。
    """
    if site.home is None:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    period = Period.parse(limit)
    seen = _on_home(site, site.home)
    where = "首页"
    if not seen.articles:
        seen, where = _in_columns(site, seen), "首页只是导航入口，各栏目"
    last = max((day for day in seen.days if day <= as_of), default=None)
    if last is not None and not period.passed(since=last, at=as_of):
        return
    if seen.undated_unread or seen.unread > (1 - least_read) * seen.linked:
        raise CannotTell("首页链出的页面没有读全，不知道最近一次更新的日期")
    told = (
        f"最近一条信息发布于{in_words(last)}，超过{period.written}未更新"
        if last
        else "的信息都没有印出日期，视为未更新"
    )
    yield finding(
        site,
        quote="首页",
        context="",
        message=f"{where}{told}",
        facts={
            "last": last.isoformat() if last else None,
            "limit": period.written,
            "days": (as_of - last).days if last else None,
            "navigation": where != "首页",
        },
    )


@dataclass(frozen=True, slots=True)
class _Seen:
    """`articles`: how many pieces of news were looked at, `days` their printed dates; of `linked` pages `unread` were not read;
    `undated_unread`: pieces in a list without a date whose own page was not read either."""

    articles: int
    days: tuple[date, ...]
    linked: int
    unread: int
    undated_unread: int = 0


def _on_home(site: SiteView, home: Document) -> _Seen:
    """News linked on the home page: what a column lists, or what has a printed date itself."""
    failed = {normalise_address(link.url) for link in site.links if link.verdict not in ("ok", "unstable")}
    linked = list(_own(site, home))
    wanted = frozenset(linked)
    pages = {address: page for page in site.pages if (address := normalise_address(page.url)) in wanted}
    listed = {
        address: item.on
        for listing in site.listings
        for item in listing.items
        if (address := normalise_address(item.url)) in wanted
    }
    days: list[date] = []
    articles = unread = undated_unread = 0
    for address in linked:
        page = pages.get(address)
        if _is_news(page, address, listed):
            articles += 1
            day = page.published if page else listed.get(address)
            days += [day] if day else []
            undated_unread += page is None and day is None and address not in failed
        elif page is None and address not in failed:
            unread += 1
    return _Seen(articles, tuple(days), len(linked), unread, undated_unread)


def _is_news(page: PageDigest | None, address: str, listed: Mapping[str, date | None]) -> bool:
    if page is None:
        return address in listed
    return page.kind == "article" and (address in listed or page.published is not None)


def _own(site: SiteView, home: Document) -> Iterator[str]:
    """Addresses of the site's own pages on its home page, each once."""
    itself = normalise_address(site.site.home)
    found = {
        normalise_address(link.url)
        for link in home.links
        if link.role in ("content", "nav")
        and host_of(link.url) == host_of(site.site.home)
        and not _FILE.search(link.url)
    }
    yield from sorted(found - {itself})


def _in_columns(site: SiteView, home: _Seen) -> _Seen:
    """The second level: everything that the columns list."""
    amount = sum(len(listing.items) for listing in site.listings)
    unread = sum(1 for listing in site.listings if listing.failure or not listing.articles_read)
    days = tuple(item.on for listing in site.listings for item in listing.items if item.on)
    if not site.listings:
        return _Seen(0, days, home.linked, home.unread, int(home.linked == 0))
    return _Seen(amount, days, len(site.listings), unread)
