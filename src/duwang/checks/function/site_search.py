"""function/site-search: 站内搜索不能用."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.checks.update.tasks import titles_alike
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import SiteView


@check("function/site-search", on=SiteView, title="站内搜索不能用")
def site_search(site: SiteView, *, first_page: int = 20) -> Findings:
    """
    查什么：用网站上真实的信息标题试搜，能不能搜到。

    依据：国办秘函〔2019〕19号，功能设计“站内搜索”：没有搜索或不能用扣4分；随机4个标题，结果第一页没有的每个扣1分。

    会报：一次也没有返回结果页的；返回了结果页、第一页没有该标题的，合并为一条，写明几个。

    不报：标题只差标点的；结果在第一页的。没有试搜过的，记为不适用。

    怎么改：修复搜索功能，重建索引，让标题完全一致的结果排在前面。

    设置：first_page 结果第一页最多算多少条。
    """
    if site.searches is None:
        raise NotApplicable("没有试搜，没有检查")
    if not site.searches or not any(one.answered for one in site.searches):
        kind = "missing" if not site.searches else "unusable"
        told = "网站没有站内搜索" if kind == "missing" else f"站内搜索不能用：试搜{len(site.searches)}次都没有结果页"
        yield finding(site, quote="站内搜索", context="", message=told, facts={"kind": kind})
        return
    lost = [
        one.words
        for one in site.searches
        if not any(titles_alike(one.words, title) for title in one.titles[:first_page])
    ]
    if lost:
        names = "、".join(f"“{words[:20]}”" for words in lost[:3])
        yield finding(
            site, quote="站内搜索", context="标题", url=next((one.url for one in site.searches if one.url), ""),
            message=f"试搜{len(site.searches)}个标题，{len(lost)}个不在结果第一页：{names}",
            facts={"kind": "not-found", "missing": lost, "tried": len(site.searches)},
        )  # fmt: skip
