"""service/statistics-stale: 办事统计不更新."""

from __future__ import annotations

import re
from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.update.ages import in_words
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import SiteView
from duwang.model.period import months_before

_NAME = re.compile(
    r"(办事|办件|服务|受理|办理|审批|事项).{0,4}统计|统计.{0,4}(办事|办件|办理)|办理情况(公示|公开|通报)"
)


@check("service/statistics-stale", on=SiteView, title="办事统计没有公开或不更新")
def statistics_stale(site: SiteView, *, as_of: date, short: int = 1, long: int = 3) -> Findings:
    """
    查什么：门户网站有没有公开办事统计数据，多久更新一次。

    依据：国办秘函〔2019〕19号，办事服务“办事统计”：未公开扣2分，1个月内未更新扣1分，3个月内未更新扣2分（据监测系统2021年评分表）。

    会报：有办事指南的门户网站没有办事统计栏目，栏目、首页也没有名称像办事统计的信息；最近一期早于1个月（3个月）。

    不报：恰好1个月的。部门网站、没有办事指南的、没有对外服务职能的，记为不适用；统计栏目没有读到的，记为不能判断。

    怎么改：每月公开事项受理、办结数量。

    设置：short、long 几个月。
    """
    if site.site.kind != "门户" or not site.site.serves_public:
        raise NotApplicable("只检查有对外服务职能的门户网站")
    columns = [listing for listing in site.listings if _NAME.search(listing.column.name)]
    if columns and all(listing.failure for listing in columns):
        raise CannotTell(f"办事统计栏目没有读到：{columns[0].failure}")
    days = [item.on for listing in columns for item in listing.items if item.on and item.on <= as_of]
    days += [
        page.published for page in site.pages if page.published and page.published <= as_of and _NAME.search(page.title)
    ]
    if not columns and not days:
        if site.home is not None and any(_NAME.search(link.text) for link in site.home.links):
            raise CannotTell("首页有办事统计的入口，内容没有读到")
        if not any(page.kind == "guide" for page in site.pages) and not site.pages_in("办事指南"):
            raise NotApplicable("没有读到办事指南")
        yield finding(
            site,
            quote="办事统计",
            context="",
            certainty=0.7,
            message="没有公开办事统计数据",
            facts={"state": "missing"},
        )
        return
    newest = max(days, default=None)
    months = long if newest is None or newest < months_before(as_of, long) else short
    if newest is None or newest < months_before(as_of, short):
        told = f"最近一期办事统计为{in_words(newest)}，超过{months}个月未更新" if newest else "办事统计栏目没有内容"
        yield finding(
            site, quote="办事统计", context="", message=told,
            facts={"state": "stale", "months": months, "last": newest.isoformat() if newest else None},
        )  # fmt: skip
