"""function/ipv6: 没有完成IPv6改造."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import SiteView


@check("function/ipv6", on=SiteView, title="没有完成IPv6改造")
def ipv6(site: SiteView) -> Findings:
    """
    查什么：网站域名有没有IPv6地址（AAAA记录）。

    依据：国办秘函〔2019〕19号，功能设计“IPv6改造”：未按要求完成改造扣1分；红河州2025年第二季度通报：首页支持率100%。

    会报：有IPv4地址、没有IPv6地址的。

    不报：有AAAA记录的（能否通过IPv6打开各级页面，需要有IPv6线路的机器另测）。没有查过域名解析的，记为不适用；
    域名解析失败的，记为不能判断。

    怎么改：为网站和引用的资源开通IPv6访问，添加AAAA记录。
    """
    if not site.resolves:
        raise NotApplicable("没有查询域名解析，没有检查")
    if not site.resolves.get("A") and not site.resolves.get("AAAA"):
        raise CannotTell("域名解析失败")
    if not site.resolves.get("AAAA"):
        yield finding(
            site,
            quote="AAAA",
            context="",
            message="域名没有IPv6地址（AAAA记录）",
            facts={"a": list(site.resolves.get("A", ()))},
        )
