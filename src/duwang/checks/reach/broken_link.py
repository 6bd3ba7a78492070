"""reach/broken-link: 链接不可用."""

from __future__ import annotations

from duwang.checks.check import check
from duwang.checks.reach.links import dead
from duwang.model.findings import Findings
from duwang.model.material import SiteView


@check("reach/broken-link", on=SiteView, title="链接不可用")
def broken_link(site: SiteView) -> Findings:
    """
    查什么：页面上的站内、站外链接能否打开；框架、自动跳转、样式和脚本文件、音频视频也算。

    依据：国办秘函〔2019〕19号，功能设计“可用性”：首页每个扣0.2分，其他页面每个扣0.1分。

    会报：间隔看两次都打不开（404、410、服务器出错、域名无法解析、连接被拒绝）。同一地址报一条，写明在哪些页面上。

    不报：要求登录、拒绝访问（403）、访问过频（429）、响应慢、时好时坏的。

    怎么改：改正或删除失效的链接；页面迁移的，在原地址设置跳转。
    """
    yield from dead(site, kinds=("page", "outbound", "style", "media"), what="链接")
