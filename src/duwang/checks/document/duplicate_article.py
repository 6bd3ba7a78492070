"""相同内容重复发布."""

from __future__ import annotations

import re
from array import array
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from duwang.checks.check import check, finding
from duwang.model.findings import Findings, Severity
from duwang.model.material import PageDigest, SiteView
from duwang.reading.sketch import overlap

_LEAST = 80
_PLACES = 20
_GENERIC = re.compile(r"(?:首页|通知|公告|公示|无标题|正文|详情|信息公开|null)?")


@check("document/duplicate-article", on=SiteView, title="相同内容重复发布")
def duplicate_article(site: SiteView, *, alike: float = 0.85) -> Findings:
    """
    查什么：同一网站上，同样的内容是不是发了两遍以上。

    依据：昌宁县2024年一季度检查情况通报“相同内容重复发布”。

    会报：同一栏目里标题、正文都相同，或标题相同、正文只差几个字的稿件（一般）；不同栏目里这样的稿件，以及标题不同、正文完全相同的稿件
    （提示，可能是有意多栏目发布或传错了正文）。

    不报：正文不足80字的；标题相同而内容不同的（如月度数据、例行通报）；同一个地址在几个栏目出现。

    怎么改：保留一篇，撤下重复的；标题和正文张冠李戴的，换上正确的正文。
    """
    pages = _shared(site.pages)
    seen: set[str] = set()
    for group in [*_same_bodies(pages), *_alike(pages, alike)]:
        fresh = [page for page in group if page.ref not in seen]
        if len(group) < 2 or len(fresh) < 2:
            continue
        seen.update(page.ref for page in group)
        yield from _told(site, sorted(group, key=lambda page: (str(page.published or ""), page.url)))


def _shared(pages: Sequence[PageDigest]) -> list[PageDigest]:
    """The articles that share their text or their title with another: the others need not be held."""
    bodies, titles = array("q"), array("q")
    for page in pages:
        asked = page.kind == "article" and page.chars >= _LEAST and bool(page.body_sha256)
        bodies.append(hash(page.body_sha256) if asked else 0)
        titles.append(hash(title) if asked and page.sketch and (title := _key(page.title)) else 0)
    same = {number for number, count in Counter(bodies).items() if count > 1 and number}
    alike = {number for number, count in Counter(titles).items() if count > 1 and number}
    if not same and not alike:
        return []
    return [page for page, body, title in zip(pages, bodies, titles, strict=True) if body in same or title in alike]


def _same_bodies(pages: Sequence[PageDigest]) -> Iterator[list[PageDigest]]:
    groups: dict[str, list[PageDigest]] = defaultdict(list)
    for page in pages:
        groups[page.body_sha256].append(page)
    yield from (group for _, group in sorted(groups.items()) if len(group) > 1)


def _alike(pages: Sequence[PageDigest], least: float) -> Iterator[list[PageDigest]]:
    """Pages of one title whose sketches overlap; every one with the first of its group."""
    titled: dict[str, list[PageDigest]] = defaultdict(list)
    for page in pages:
        if (title := _key(page.title)) and page.sketch:
            titled[title].append(page)
    for _, same in sorted(titled.items()):
        left = sorted(same, key=lambda page: page.url)
        while len(left) > 1:
            first, *others = left
            group = [page for page in others if overlap(first.sketch, page.sketch) >= least]
            if group:
                yield [first, *group]
            left = [page for page in others if page not in group]


def _told(site: SiteView, group: list[PageDigest]) -> Findings:
    first = group[0]
    titles = {_key(page.title) for page in group}
    columns = {page.column for page in group}
    places = [page.url for page in group]
    exact = len({page.body_sha256 for page in group}) == 1
    what = "正文完全相同" if exact else "正文基本相同"
    if len(titles) > 1:
        message, severity, certainty = (
            f"{len(group)}篇标题不同的稿件{what}，如“{first.title}”和“{group[1].title}”",
            Severity.HINT,
            0.6,
        )
    elif len(columns) > 1:
        message, severity, certainty = (
            f"“{first.title}”在{len(columns)}个栏目发布了{len(group)}次，{what}",
            Severity.HINT,
            0.6,
        )
    else:
        message, severity, certainty = f"“{first.title}”重复发布了{len(group)}次，{what}", Severity.ORDINARY, 0.9
    yield finding(
        site, quote=first.title, message=message, url=group[1].url, severity=severity, certainty=certainty, count=len(group),
        facts={"places": places[:_PLACES], "exact": exact},
    )  # fmt: skip


def _key(title: str) -> str:
    bare = re.sub(r"[\s\u3000“”\"'‘’《》（）()\-—_·，。、：:！!]", "", title)
    return "" if _GENERIC.fullmatch(bare) else bare
