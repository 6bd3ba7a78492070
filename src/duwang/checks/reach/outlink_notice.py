"""reach/outlink-notice: 离开网站没有提示."""

from __future__ import annotations

import re
from collections.abc import Iterable

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, NotApplicable, Severity
from duwang.model.material import Link, SiteView
from duwang.model.refs import host_of

_GOVERNMENT = re.compile(r"(?:^|\.)(?:gov\.cn|政务|conac\.cn|12377\.cn)$|beian\.")
_JUMP = re.compile(r"(?:jump|redirect|outlink|leave|tolink|linkto|go)\b[^?]*\?[^=]*=https?", re.IGNORECASE)


@check("reach/outlink-notice", on=SiteView, title="离开网站没有提示")
def outlink_notice(site: SiteView) -> Findings:
    """
    查什么：从首页点到非政府网站时，有没有“您访问的链接即将离开本网站，是否继续”一类的提示。

    依据：国办发〔2017〕47号：链接非政府网站应弹出提示。条款编号未核实，只作提示，不影响判定。

    会报：用浏览器看过、点击非政府网站的链接没有提示的。

    不报：政府网站之间的链接；经过本网站跳转页的链接；首页没有非政府网站链接的，记为不适用。没有浏览器、源代码里也没有提示语的，记为不能判断。

    怎么改：在模板里对非政府网站的链接统一加上离开提示。
    """
    if site.home is None:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    outside = leaving(site.home.links, site.site.home)
    if not outside:
        raise NotApplicable("首页没有非政府网站的链接")
    if site.leaves_with_notice is None:
        raise CannotTell("没有用浏览器看过，源代码里也看不出，不知道有没有提示")
    if not site.leaves_with_notice:
        yield finding(
            site, quote="首页", context="", severity=Severity.HINT, count=len(outside),
            message=f"首页{len(outside)}个非政府网站的链接没有离开提示，如{outside[0].url}",
            facts={"places": [link.url for link in outside[:10]]},
        )  # fmt: skip


def leaving(links: Iterable[Link], home: str) -> list[Link]:
    """The links that lead away from the site to one that is no government's, in the order of the page."""
    own = host_of(home).partition(":")[0]
    return [link for link in links if link.role in ("content", "nav", "footer") and _leaves(link.url, own)]


def _leaves(url: str, own: str) -> bool:
    host = host_of(url).partition(":")[0]
    return bool(host) and host != own and not _GOVERNMENT.search(host) and not _JUMP.search(url)
