"""disclosure/guide-fault: 政府信息公开指南不完整."""

from __future__ import annotations

import re
from datetime import date

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Draft, Findings, NotApplicable
from duwang.model.material import Document, PageDigest, SiteView
from duwang.model.refs import normalise_address

_ELEMENTS = (
    ("信息分类", r"分类|公开(?:的)?(?:范围|内容)|主动公开(?:的)?(?:范围|内容|信息)"),
    ("编排体系", r"编排|索引号?|目录"),
    ("获取方式", r"获取(?:方式|途径)|公开(?:形式|方式|渠道)|查阅|依申请公开"),
    ("公开机构名称", r"(?:公开|受理|工作|办理|负责)(?:的)?(?:工作)?机构|机构名称|政务公开(?:办公室|科|股|中心)|办公室"),
    ("办公地址", r"(?:办公|通[信讯]|联系|受理|机构)?地址|地\s*点"),
    ("办公时间", r"(?:办公|受理|接待|工作|服务)时间|时\s*间[：:]|工作日"),
    ("联系电话", r"电\s*话"),
    ("传真号码", r"传\s*真"),
    ("互联网联系方式", r"邮\s*箱|E-?mail|[\w.-]+@[\w-]+\.\w+|网\s*址|https?://|在线申请|互联网"),
)  # fmt: skip
_YEAR = re.compile(
    r"(20\d\d)\s*年?\s*(?:版|度|修订|更新|编制|[（(])|(?:更新|修订|编制|发布)(?:日期|时间)?[：:]?\s*(20\d\d)|[（(](20\d\d)\s*年?[）)]"
)
_QR = re.compile(r"二维码|扫一?扫|qr_?-?code|erweima|ewm", re.IGNORECASE)


@check("disclosure/guide-fault", on=SiteView, title="政府信息公开指南不完整")
def guide_fault(
    site: SiteView, *, as_of: date, year_mark: bool = True, qr_codes: bool = True, least_chars: int = 100
) -> Findings:
    """
    查什么：政府信息公开指南有没有条例规定的内容，有没有标注年度版本，有没有单位政务新媒体的二维码。

    依据：政府信息公开条例第十二条：指南包括信息的分类、编排体系、获取方式，公开工作机构的名称、办公地址、办公时间、联系电话、
    传真号码、互联网联系方式等；襄阳市2024年第四次通报：指南未标注年度版本、缺少政务新媒体二维码。

    会报：缺少的内容，一次写全；没有年度版本的，或者版本早于上一年的；单位有新媒体账号而指南里没有二维码的。

    不报：今年或去年的版本；名录没有该单位新媒体的，不看二维码。没有公开指南栏目的，记为不适用（另报缺少板块）；没有读到内容的，记为不能判断。

    怎么改：按条例补全指南，标明年度版本，放上单位政务新媒体的二维码，联系方式变化后及时更新。

    设置：year_mark 看不看年度版本；qr_codes 看不看二维码；least_chars 正文不到多少字的当作没有读到。
    """
    digest, guide = _guide(site, least_chars)
    text = guide.title + "\n" + guide.body
    missing = [name for name, words in _ELEMENTS if not re.search(words, text, re.IGNORECASE)]
    if missing:
        yield _draft(site, digest, f"缺少{'、'.join(missing)}", kind="内容", missing=missing)
    if year_mark:
        years = [int(year) for found in _YEAR.finditer(text) for year in found.groups() if year]
        years += [guide.published.year] if guide.published and years else []
        if not years:
            yield _draft(site, digest, "未标注年度版本", kind="年度")
        elif max(years) < as_of.year - 1:
            yield _draft(site, digest, f"是{max(years)}年版本，没有更新", kind="年度", year=max(years))
    if qr_codes and _has_accounts(site) and not _shows_qr(guide, text):
        yield _draft(site, digest, "缺少政务新媒体二维码", kind="二维码", certainty=0.7)


def _guide(site: SiteView, least_chars: int) -> tuple[PageDigest, Document]:
    """The page that is the guide: in the guide column, or the column's own page, the longest."""
    columns = [one for one in site.listings if one.column.category == "公开指南"]
    if not columns:
        raise NotApplicable("名录没有公开指南栏目")
    addresses = {normalise_address(one.column.url) for one in columns}
    within = {one.ref for one in columns}
    pages = [
        page
        for page in site.pages
        if page.column in within or normalise_address(page.url) in addresses or "公开指南" in page.title
    ]
    for page in sorted(pages, key=lambda page: (-page.chars, page.url)):
        document = site.reopen(page)
        if document is not None and len(document.body) >= least_chars:
            return page, document
    raise CannotTell(columns[0].failure or "公开指南的内容没有读到")


def _has_accounts(site: SiteView) -> bool:
    return any(one.owner == site.site.owner and one.state == "正常" for one in site.registry.accounts)


def _shows_qr(guide: Document, text: str) -> bool:
    return bool(_QR.search(text)) or any(_QR.search(f"{image.alt} {image.url}") for image in guide.images)


def _draft(
    site: SiteView, page: PageDigest, told: str, *, kind: str, certainty: float = 0.85, **facts: object
) -> Draft:
    return finding(
        site, quote=page.title or "政府信息公开指南", context=kind, page=page, certainty=certainty,
        message=f"政府信息公开指南{told}", facts={"kind": kind, **facts},
    )  # fmt: skip
