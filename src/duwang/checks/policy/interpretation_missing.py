"""policy/interpretation-missing: 政策文件没有解读."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.policy.matching import pairs_of
from duwang.checks.update.ages import in_words
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import SiteView
from duwang.model.naming import in_book_marks
from duwang.model.period import Period


@check("policy/interpretation-missing", on=SiteView, title="政策文件没有解读")
def interpretation_missing(
    site: SiteView, *, as_of: date, window: str = "1年", grace: str = "7天", least_read: float = 0.9
) -> Findings:
    """
    查什么：1年内政策文件栏目里的政策文件，有没有对应的解读材料（看政策解读栏目，也看标题写明解读、图解、问答的页面）。

    依据：国办秘函〔2019〕19号，发布解读“解读比例”：抽查3个涉及面广、社会关注度高的文件，未解读的每个扣1分；云政办发〔2023〕13号：
    解读方案、解读材料与文件同步组织、同步审签、同步部署。是否应当解读由人确认。

    会报：以政府名义印发的办法、意见、方案、规划、通知等，发布满7天仍没有解读的。

    不报：任免、放假、会议、表彰、公示、批复等不需要解读的文件；标题对得上的解读；刚发布的文件。
    没有读到政策文件的，记为不适用；政策解读栏目没有读到、页面没有读全的，记为不能判断。

    怎么改：由起草单位编写解读材料，与文件同步发布、相互关联。

    设置：window 看多长时间内的文件；grace 发布后宽限多久；least_read 页面读到多少，没有找到才下结论。
    """
    pairs = pairs_of(site, at=as_of, window=window)
    broken = [one for one in site.listings if one.column.category == "政策解读" and one.failure]
    if broken:
        raise CannotTell(f"政策解读栏目没有读到：{broken[0].failure}")
    if site.known and site.read < least_read * site.known:
        raise CannotTell(f"应读{site.known}页，只读到{site.read}页，没有找到的不能判断")
    ripe = Period.parse(grace)
    for pair in pairs:
        page = pair.document
        if pair.interpretations or page.published is None or not ripe.passed(since=page.published, at=as_of):
            continue
        yield finding(
            site, quote=page.title, context="", page=page, certainty=0.6,
            message=f"{in_book_marks(page.title)}（{in_words(page.published)}发布）没有解读", facts={"published": page.published.isoformat()},
        )  # fmt: skip
