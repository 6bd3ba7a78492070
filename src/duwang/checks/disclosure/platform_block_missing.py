"""disclosure/platform-block-missing: 政府信息公开平台缺少板块."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import SiteView

_BLOCKS = (
    ("政府信息公开指南", ("公开指南",), r"公开指南"),
    ("政府信息公开制度", ("公开制度",), r"公开(?:工作)?制度|制度规范|公开法规"),
    ("法定主动公开内容", ("公开目录", "重点领域"), r"(?:法定)?主动公开|公开目录|法定公开|基础信息公开"),
    ("政府信息公开年报", ("公开年报",), r"公开(?:工作)?年(?:度)?报(?:告)?|年度报告"),
)
_PLATFORM = re.compile(r"政府信息公开|政务公开|信息公开")


@check("disclosure/platform-block-missing", on=SiteView, title="政府信息公开平台缺少板块")
def platform_block_missing(site: SiteView) -> Findings:
    """
    查什么：政府信息公开平台有没有四个板块：政府信息公开指南、政府信息公开制度、法定主动公开内容、政府信息公开年报。

    依据：国办公开办函〔2019〕61号；政府信息公开条例第二十四条。四个板块的名称据各地平台，未核对文件原文。

    会报：名录没有这一类栏目，首页、公开平台的页面上也没有这个名称的链接。

    不报：名录有这一类栏目的；链接名称相近的（公开目录、主动公开目录等）。专项网站、首页没有公开平台的部门网站，记为不适用；
    首页没有打开的，记为不能判断。

    怎么改：在政府信息公开平台补上缺少的板块。
    """
    if site.site.kind == "专项":
        raise NotApplicable("专项网站不设政府信息公开平台")
    if site.home is None:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    columns = {one.column.category for one in site.listings} | {
        one.category for one in site.registry.columns_of(site.site.code)
    }
    links = [link.text for link in site.home.links]
    for page in site.pages:
        if page.kind in ("list", "other", "home") and _PLATFORM.search(page.title) and (document := site.reopen(page)):
            links += [link.text for link in document.links]
    wanted = any(categories[0] in columns for _, categories, _ in _BLOCKS) or any(
        _PLATFORM.search(text) for text in links
    )
    if not wanted and site.site.kind != "门户":
        raise NotApplicable("网站上没有政府信息公开平台")
    for name, categories, words in _BLOCKS:
        if set(categories) & columns or any(re.search(words, text) for text in links):
            continue
        yield finding(
            site, quote=name, context="", message=f"政府信息公开平台没有“{name}”", certainty=0.8, facts={"block": name}
        )
