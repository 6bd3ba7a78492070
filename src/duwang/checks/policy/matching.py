"""Which interpretation belongs to which policy document, by what their titles name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duwang.model.findings import NotApplicable
from duwang.model.material import PageDigest, SiteView
from duwang.model.period import Period

_QUOTED = re.compile(r"《([^《》]{4,80})》")
_ABOUT = re.compile(r"关于(?:印发|发布|公布|转发|修订|修改)?(.{4,80}?)的(?:通知|公告|意见|决定|批复|通告|函|报告)$")
_DOCUMENT = re.compile(
    r"(?:通知|意见|办法|规定|方案|规划|细则|条例|决定|措施|规则|计划|公告|通告|标准|清单)(?:（[^）]*）)?$"
)
_NOT_POLICY = re.compile(
    r"任免|任职|免去|放假|节假日|值班|会议|召开|表彰|公示|招聘|考试|中标|采购|拍卖|挂牌|征求意见|听证|开展.{0,10}活动|培训|通报|批复|讣告|名单|检查情况|领导小组|废止|解读"
)
_INTERPRETS = re.compile(r"解读|图解|一图读懂|问答|答记者问|政策说明|起草说明|明白卡|要点|音频|视频")
_PLAIN = re.compile(r"[\s\W_]+|\d{4}年|印发|关于|通知|试行|暂行|修订|市人民政府|县人民政府|区人民政府|人民政府|办公室")
_ALIKE = 0.75


@dataclass(frozen=True, slots=True)
class Pair:
    """A policy document with the interpretations that name it."""

    document: PageDigest
    interpretations: tuple[PageDigest, ...]


def pairs_of(site: SiteView, *, at: date, window: str) -> tuple[Pair, ...]:
    """Policy documents of the time before `at`, each with its interpretations; NotApplicable where there are none."""
    since = Period.parse(window).start(at)
    documents = tuple(
        page
        for page in site.pages_in("政策文件")
        if page.kind == "article"
        and page.published
        and since <= page.published <= at
        and is_policy(page.title)
        and not _from_above(site, page.title)
    )
    if not documents:
        raise NotApplicable("这段时间没有读到政策文件")
    readings = interpretations_of(site)
    return tuple(Pair(page, tuple(one for one in readings if names(one.title, page.title))) for page in documents)


def interpretations_of(site: SiteView) -> tuple[PageDigest, ...]:
    """Pages of the interpretation columns, and pages elsewhere whose title says they interpret."""
    within = {page.url for page in site.pages_in("政策解读")}
    return tuple(
        page
        for page in site.pages
        if page.kind in ("article", "other") and (page.url in within or _INTERPRETS.search(page.title))
    )


def is_policy(title: str) -> bool:
    return bool(_DOCUMENT.search(title.rstrip("。 "))) and not _NOT_POLICY.search(title)


def _from_above(site: SiteView, title: str) -> bool:
    """A document of a higher government that is only published again here."""
    if re.match(r"国务院|中共中央|国家|全国人大|中华人民共和国", title):
        return not re.search(r"国务院|国家", site.site.owner + site.site.name)
    above = re.match(r"[\u4e00-\u9fff]{2,8}(省|自治区|州|市)人民政府", title)
    return bool(above) and above is not None and above[0][:2] not in site.site.owner + site.site.name


def names(interpretation: str, document: str) -> bool:
    """Whether an interpretation's title speaks of this document."""
    return any(_alike(one, other) for one in _subjects(interpretation) for other in _subjects(document))


def _subjects(title: str) -> Iterator[str]:
    """What a title is about: the quoted name, what 关于……的通知 is about, else the whole."""
    quoted = _QUOTED.findall(title)
    for part in quoted or [title]:
        about = _ABOUT.search(part)
        inner = _QUOTED.findall(about[1]) if about else []
        for subject in inner or [about[1] if about else part]:
            plain = _PLAIN.sub("", _INTERPRETS.sub("", subject))
            if len(plain) >= 4:
                yield plain


def _alike(one: str, other: str) -> bool:
    if one in other or other in one:
        return min(len(one), len(other)) >= 5
    grams = {one[n : n + 2] for n in range(len(one) - 1)}
    others = {other[n : n + 2] for n in range(len(other) - 1)}
    return len(grams & others) >= _ALIKE * max(len(grams), len(others))
