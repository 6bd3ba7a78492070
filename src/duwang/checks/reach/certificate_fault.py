"""reach/certificate-fault: 网站证书有问题."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.capturing import Failure
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import SiteView
from duwang.model.refs import host_of

_CERTIFICATE = re.compile(r"证书|TLS|SSL|安全连接", re.IGNORECASE)


@check("reach/certificate-fault", on=SiteView, title="网站证书有问题")
def certificate_fault(site: SiteView) -> Findings:
    """
    查什么：用https访问本网站时，证书能不能通过验证。

    依据：网络安全法第二十一条；国办发〔2017〕47号：加强安全防护。浏览器对证书有问题的网站提示“不安全”，等同打不开。

    会报：首页因证书打不开的；本网站的页面、图片、附件因证书打不开的，合并为一条，写明几个。

    不报：站外链接的证书问题（另查链接）；没有用https的，记为不适用。

    怎么改：更换过期或域名不符的证书，补全证书链。
    """
    own = host_of(site.site.home)
    broken = [link for link in site.links if link.failure is Failure.TLS and host_of(link.url) == own]
    if site.home is None and _CERTIFICATE.search(site.home_failure):
        yield finding(
            site, quote=own, context="首页", message=f"首页因证书问题打不开：{site.home_failure}", facts={"host": own}
        )
    elif broken:
        places = [link.url for link in broken[:20]]
        yield finding(
            site, quote=own, context="链接", count=len(broken), url=broken[0].places[0] if broken[0].places else "",
            message=f"本网站有{len(broken)}个地址因证书问题打不开：{broken[0].url}", facts={"host": own, "places": places},
        )  # fmt: skip
    elif not site.site.home.startswith("https://") and not any(
        link.url.startswith(f"https://{own}") for link in site.links
    ):
        raise NotApplicable("网站没有用https")
