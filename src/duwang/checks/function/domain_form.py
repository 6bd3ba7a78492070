"""function/domain-form: 域名不合规范."""

from __future__ import annotations

import re
from ipaddress import IPv4Address, IPv6Address, ip_address

from duwang.checks.check import check, finding
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import SiteView
from duwang.model.refs import host_of

_GOVERNMENT = re.compile(r"(?:^|\.)gov\.cn$|\.政务$|\.xn--zfr164b$")
_PORTAL = re.compile(r"^www\.[a-z0-9-]+\.gov\.cn$|^[^.]+\.政务$|^[^.]+\.xn--zfr164b$|^www\.gov\.cn$")


@check("function/domain-form", on=SiteView, title="域名不合规范")
def domain_form(site: SiteView) -> Findings:
    """
    查什么：网站的域名是不是.gov.cn（中文域名为.政务），门户网站是不是www.名称.gov.cn的形式，有没有用IP地址。

    依据：国办发〔2017〕47号：政府网站英文域名以.gov.cn为后缀；国办秘函〔2019〕19号，功能设计“域名名称”：不合规范的每处扣1分。

    会报：后缀不是.gov.cn也不是.政务的；门户网站没有用www.名称.gov.cn的；用IP地址访问的。

    不报：部门网站用部门名.地区名.gov.cn的；本机和内网地址，记为不适用。

    怎么改：申请并启用规范域名，旧域名设置跳转并按期停用。
    """
    host = host_of(site.site.home).partition(":")[0]
    if not host or host.endswith((".localhost", ".local", ".test", ".internal")) or host == "localhost":
        raise NotApplicable("本机或内网地址")
    address = _address(host)
    if address is not None:
        if address.is_private or address.is_loopback:
            raise NotApplicable("本机或内网地址")
        told = f"用IP地址{host}访问，没有用域名"
    elif not _GOVERNMENT.search(host):
        told = f"域名{host}的后缀不是.gov.cn，也不是.政务"
    elif site.site.kind == "门户" and not _PORTAL.match(host):
        told = f"门户网站的域名{host}不是“www.名称.gov.cn”的形式"
    else:
        return
    yield finding(site, quote=host, context="", message=told, facts={"host": host})


def _address(host: str) -> IPv4Address | IPv6Address | None:
    try:
        return ip_address(host.strip("[]"))
    except ValueError:
        return None
