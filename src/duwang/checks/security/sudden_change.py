"""security/sudden-change: 页面突然大量变化."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.model.findings import Findings, NotApplicable, Severity
from duwang.model.material import SiteView
from duwang.model.refs import normalise_address


@check("security/sudden-change", on=SiteView, title="页面突然大量变化")
def sudden_change(site: SiteView, *, share: float = 0.3, least: int = 20) -> Findings:
    """
    查什么：与上次检查相比，原有稿件的标题、正文是不是突然大量变化，首页的标题是不是变了。

    依据：国办秘函〔2019〕19号：页面被篡改；国办发〔2017〕47号：加强网页防篡改。是否被篡改由人确认。

    会报：上次也读过的稿件，三成以上的正文或标题变了；首页标题与上次完全不同的。

    不报：新增的稿件；变化不到三成的；可比的稿件不到20篇的，不看稿件。没有上次检查的记录的，记为不适用。

    怎么改：核对是改版迁移还是被篡改；被篡改的，立即恢复并排查。

    设置：share 占多少才报；least 至少几篇可比。
    """
    if not site.earlier:
        raise NotApplicable("没有上次检查的页面可以比较")
    before = {normalise_address(page.url): page for page in site.earlier}
    both = [
        (before[key], page)
        for page in site.pages
        if (key := normalise_address(page.url)) in before and page.kind == "article"
    ]
    changed = [
        now for was, now in both if was.title != now.title or (was.body_sha256 and was.body_sha256 != now.body_sha256)
    ]
    if len(both) >= least and len(changed) > share * len(both):
        yield finding(
            site, quote="稿件", context="", severity=Severity.ORDINARY, certainty=0.6, count=len(changed),
            message=f"上次读过的{len(both)}篇稿件，{len(changed)}篇的标题或正文变了",
            facts={"compared": len(both), "changed": len(changed), "places": [page.url for page in changed[:20]]},
        )  # fmt: skip
    was = before.get(normalise_address(site.site.home))
    if was and site.home and was.title and site.home.title and not set(was.title) & set(site.home.title):
        yield finding(
            site, quote=site.home.title, context="首页", certainty=0.7,
            message=f"首页的标题由“{was.title}”变为“{site.home.title}”", facts={"was": was.title, "now": site.home.title},
        )  # fmt: skip
