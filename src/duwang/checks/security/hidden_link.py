"""security/hidden-link: 暗链."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.checks.security.illicit import illicit
from duwang.model.findings import Findings, Severity
from duwang.model.material import Document, Link
from duwang.model.refs import host_of

_OFFICIAL = re.compile(
    r"(?:^|\.)(?:gov\.cn|edu\.cn|org\.cn|政务|people\.com\.cn|xinhuanet\.com|news\.cn|cctv\.com|conac\.cn|12377\.cn|beian\.miit\.gov\.cn)$"
)
_WORDS = {
    "display:none": "用样式隐藏",
    "off-screen": "移到屏幕外",
    "zero-size": "缩成看不见的大小",
    "same-colour": "与背景同色",
    "script-hidden": "用脚本隐藏",
}


@check("security/hidden-link", on=Document, title="页面有暗链", folds=True)
def hidden_link(page: Document) -> Findings:
    """
    查什么：页面里有没有读者看不见、却指向站外的链接。

    依据：国办秘函〔2019〕19号，单项否决指标“安全、泄密事故等严重问题”：链接反动、暴力、色情等内容；襄阳市2024年第四次通报：非法外链。
    链接的性质由人确认。

    会报：移到屏幕外、缩到看不见、与背景同色、用脚本隐藏的站外链接；用样式隐藏、而名称或地址是赌博、色情、诈骗用语的站外链接。
    全站同样的合并为一条，写明多少个页面。

    不报：本网站、政府网站和主要新闻网站的链接；用样式收起的菜单、友情链接下拉框里的普通链接；看得见的链接（另查非法外链）。

    怎么改：立即删除，排查网站程序、编辑账号和第三方插件是否被入侵，保留日志并报告网信、公安部门。
    """
    hidden = [link for link in page.links if link.hidden and "//" in link.url[:8]]
    if not hidden:
        return
    own = _domain(host_of(page.url))
    for link in hidden:
        host = link.url.partition("//")[2].partition("/")[0].partition(":")[0].lower()
        bad = illicit(f"{link.text} {host}")
        if (link.hidden == "display:none" and not bad) or not host or _OFFICIAL.search(host) or _domain(host) == own:
            continue
        yield finding(
            page, quote=link.url, context="", severity=Severity.SERIOUS, certainty=0.95 if bad else 0.75,
            message=f"页面里有暗链（{_WORDS.get(link.hidden, link.hidden)}）：{_name(link)}{link.url}",
            facts={"link_url": link.url, "hidden": link.hidden, "text": link.text, "kind": bad[0][1] if bad else ""},
        )  # fmt: skip


def _domain(host: str) -> str:
    """The part of a host that one owner holds: the last two labels, three under gov.cn and the like."""
    host = host.partition(":")[0]
    labels = host.split(".")
    keep = (
        3 if len(labels) > 2 and labels[-2] in ("gov", "com", "org", "net", "edu", "ac") and labels[-1] == "cn" else 2
    )
    return host if labels[-1].isdigit() else ".".join(labels[-keep:])


def _name(link: Link) -> str:
    return f"“{link.text[:20]}”" if link.text else ""
