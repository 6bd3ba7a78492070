"""interact/channel-missing: 没有网上咨询建议渠道."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import Link, SiteView
from duwang.model.refs import normalise_address

_CHANNEL = re.compile(
    r"(互动|政民|公众|民意|网上)(交流|互动|参与|咨询|征集|问政|信箱)|(书记|市长|县长|区长|州长|镇长|局长|主任|厅长|领导|部门)信箱"
    r"|咨询(投诉|建议|留言|服务)|(在线|网上|业务|政策)咨询|留言(板|咨询|须知)?$|(我要|在线)(写信|咨询|留言|提问)|来信|问政|意见建议|建言献策|12345"
)
_NOT_ONE = re.compile(r"信访|举报|纪检|监察|找错|访谈|调查|统计|选登|公告|通知|结果|指南")


@check("interact/channel-missing", on=SiteView, title="没有网上咨询建议渠道")
def channel_missing(site: SiteView) -> Findings:
    """
    查什么：网站有没有能用的网上咨询、建议渠道。

    依据：国办秘函〔2019〕19号，单项否决指标“互动回应差”：未提供网上有效咨询建议渠道；网上信访、纪检举报等专门渠道不算。

    会报：名录没有互动类栏目，首页也没有咨询、留言、信箱一类的入口；或者这些入口都打不开。是否能提交由人确认。

    不报：名录有互动类栏目并且能打开的；首页有入口并且能打开的。首页没有打开的，记为不能判断。

    怎么改：开设网上咨询或留言栏目，或者链接到统一的互动平台。
    """
    columns = [listing for listing in site.listings if listing.column.category == "互动"]
    if any(not listing.failure for listing in columns):
        return
    if site.home is None:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    dead = {normalise_address(link.url) for link in site.links if link.verdict == "dead"}
    entries = [link for link in (*site.home.links, *site.home.footer_links) if _is_channel(link)]
    if any(normalise_address(link.url) not in dead for link in entries):
        return
    if columns:
        raise CannotTell(f"互动类栏目没有读到：{columns[0].failure}")
    told = "的咨询、留言入口都打不开" if entries else "没有网上咨询、留言、信箱一类的入口"
    yield finding(
        site,
        quote=site.site.name,
        context="",
        message=f"“{site.site.name}”{told}",
        certainty=0.7,
        facts={"entries": [link.text for link in entries]},
    )


def _is_channel(link: Link) -> bool:
    return bool(_CHANNEL.search(link.text)) and not _NOT_ONE.search(link.text)
