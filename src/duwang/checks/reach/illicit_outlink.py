"""reach/illicit-outlink: 非法外链."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.checks.security.illicit import illicit, is_report
from duwang.model.findings import Findings, Severity
from duwang.model.material import LinkState, SiteView

_SHORT = 200
_SOLD = re.compile(
    r"域名(?:正在)?(?:出售|转让|交易|到期|过期)|此域名|该域名|domain (?:is )?for sale|buy this domain|domain (?:has )?expired|parked (?:free|domain)|\bsedo\b|域名停放|(?:域名|站点|网站|空间)[^，。]{0,6}未绑定|站点不存在",
    re.IGNORECASE,
)


@check("reach/illicit-outlink", on=SiteView, title="链接到违法内容或已易主的网站")
def illicit_outlink(site: SiteView) -> Findings:
    """
    查什么：页面上的站外链接，打开后是不是赌博、色情、诈骗内容，域名是不是已经出售、停放。

    依据：国办秘函〔2019〕19号，单项否决指标“安全、泄密事故等严重问题”：链接反动、暴力、色情等内容；襄阳市2024年第四次通报：非法外链；
    浙江2021年第四季度通报：外链域名过期后被抢注。内容的性质由人确认。

    会报：打开后的标题或正文开头、域名是这类内容的；域名正在出售、停放、过期的。同一地址报一条，写明在哪些页面上。

    不报：报道打击、防范的；注册商、云服务商介绍域名业务的；只是打不开的（另报链接不可用）；没有打开过的站外链接。

    怎么改：立即删除或改正链接，排查全站是否还有同一域名；定期核对站外链接。
    """
    for link in site.links:
        if link.kind != "outbound" or not link.places:
            continue
        kind, told, certainty = _judged(link)
        if kind:
            yield finding(
                site, quote=link.url, context="", url=link.places[0], count=max(link.count, 1),
                severity=Severity.SERIOUS if kind != "域名" else Severity.ORDINARY, certainty=certainty,
                message=f"站外链接{told}：{link.url}" + (f"，{link.count}个页面上有" if link.count > 1 else ""),
                facts={"dead_url": link.url, "final_url": link.final_url, "kind": kind, "title": link.title, "text": link.text,
                       "hidden": link.hidden, "places": list(link.places[:20])},
            )  # fmt: skip


def _sold(link: LinkState) -> bool:
    """The page says it of itself: in its title, or in a short text, or naming its own domain. A registrar's shop window does not."""
    told = _SOLD.search(link.title) or (_SOLD.search(link.extract) and len(link.extract) < _SHORT)
    return bool(told) or bool(_SOLD.search(link.extract) and link.domain and link.domain in link.extract.lower())


def _judged(link: LinkState) -> tuple[str, str, float]:
    """(kind, what to say, certainty); an empty kind = nothing to say."""
    page = f"{link.title} {link.extract}"
    strong = illicit(f"{page} {link.domain}", strong_only=True)
    if strong and not is_report(page):
        return strong[0][1], f"指向{strong[0][1]}内容“{strong[0][0]}”", 0.9
    terms = {term for term, _, _, _ in illicit(page)}
    if len(terms) >= 3 and not is_report(page):
        first = illicit(page)[0]
        return first[1], f"指向{first[1]}内容“{first[0]}”", 0.7
    if _sold(link):
        return "域名", "的域名已出售、停放或过期", 0.8
    return "", "", 0.0
