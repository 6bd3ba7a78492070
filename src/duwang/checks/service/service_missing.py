"""service/service-missing: 没有办事服务."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import Link, SiteView
from duwang.model.refs import normalise_address

_ENTRY = re.compile(
    r"办事(服务|指南|大厅|公开)|政务服务|网上(办事|服务|大厅|审批)|在线(办事|服务|办理)|服务(事项|大厅|指南|清单)|便民服务|个人(办事|服务)|法人(办事|服务)|一网通办|权责清单|行政审批"
)
_ADDRESS = re.compile(r"zwfw|banshi|bsfw|bszn|wsbs", re.IGNORECASE)


@check("service/service-missing", on=SiteView, title="没有提供办事服务")
def service_missing(site: SiteView) -> Findings:
    """
    查什么：有对外服务职能的单位，网站有没有办事服务。

    依据：国办秘函〔2019〕19号，单项否决指标“服务不实用”：未提供办事服务；办事服务“事项公开”。

    会报：名录没有办事指南类栏目，没有读到办事指南，首页也没有办事服务、政务服务一类的入口；或者入口都打不开。由人确认。

    不报：首页有入口并且能打开的（链接到统一的政务服务网也算）；有办事指南的。没有对外服务职能的，记为不适用。

    怎么改：集中、分类公开办事事项，或者链接到政务服务网。
    """
    if not site.site.serves_public:
        raise NotApplicable("没有对外服务职能")
    if any(page.kind == "guide" for page in site.pages):
        return
    columns = [listing for listing in site.listings if listing.column.category == "办事指南"]
    if any(not listing.failure for listing in columns):
        return
    if site.home is None:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    dead = {normalise_address(link.url) for link in site.links if link.verdict == "dead"}
    entries = [link for link in site.home.links if _is_entry(link)]
    if any(normalise_address(link.url) not in dead for link in entries):
        return
    if columns:
        raise CannotTell(f"办事指南类栏目没有读到：{columns[0].failure}")
    told = "的办事服务入口都打不开" if entries else "没有办事服务、政务服务一类的栏目或入口"
    yield finding(
        site, quote=site.site.name, context="", certainty=0.7, message=f"“{site.site.name}”{told}",
        facts={"entries": [link.text for link in entries]},
    )  # fmt: skip


def _is_entry(link: Link) -> bool:
    return bool(_ENTRY.search(link.text) or _ADDRESS.search(link.url))
