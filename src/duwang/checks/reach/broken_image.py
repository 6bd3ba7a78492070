"""reach/broken-image: 图片不能显示."""

from __future__ import annotations

from duwang.checks.check import check
from duwang.checks.reach.links import dead
from duwang.model.findings import Findings
from duwang.model.material import SiteView


@check("reach/broken-image", on=SiteView, title="图片不能显示")
def broken_image(site: SiteView) -> Findings:
    """
    查什么：页面上的图片能否打开；随屏幕大小换的、滚动到才载入的、视频封面、样式里的背景图也算。

    依据：国办秘函〔2019〕19号，功能设计“可用性”：首页每个扣0.2分，其他页面每个扣0.1分。

    会报：间隔看两次都打不开（404、410、服务器出错、域名无法解析、连接被拒绝）。同一地址报一条，写明在哪些页面上。

    不报：要求登录、拒绝访问（403）、访问过频（429）、响应慢、时好时坏的；样式文件里写了、页面上没有用到的背景图。

    怎么改：重新上传图片，或改正图片地址。
    """
    yield from dead(site, kinds=("image",), what="图片")
