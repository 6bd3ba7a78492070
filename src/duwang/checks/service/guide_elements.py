"""service/guide-elements: 办事指南要素缺失."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.checks.service.guides import guides_of, name_of
from duwang.model.findings import Findings
from duwang.model.material import SiteView
from duwang.reading.guide import EIGHT, TEN


@check("service/guide-elements", on=SiteView, title="办事指南要素缺失")
def guide_elements(site: SiteView, *, elements: int = 10) -> Findings:
    """
    查什么：每个办事指南有没有十类重点要素：事项名称、设定依据、申请条件、办理材料、办理地点、办理机构、收费标准、办理时间、联系电话、办理流程。

    依据：国办秘函〔2019〕19号，单项否决指标“服务不实用”：缺4类以上要素的事项超过（含）5个；办事服务“办事指南”：每缺一类扣0.5分
    （据监测系统2021年评分表）。2015年普查为八类，没有办理机构和收费标准。

    会报：缺一类以上的每个办事指南，写明缺什么；有标题没有内容、只写“无”“略”“详见附件”的，算缺。

    不报：要素写在正文句子里的（如电话、“根据《……》”）；写“不收费”的。没有对外服务职能的、没有读到办事指南的，记为不适用。

    怎么改：补全缺少的要素；不收费的写明“不收费”。

    设置：elements 要素类别数，10或8。
    """
    guides = guides_of(site)
    wanted = EIGHT if elements == len(EIGHT) else TEN
    for page, _, guide in guides:
        missing = guide.missing(wanted)
        if missing:
            yield finding(
                site,
                quote=guide.name or page.title,
                context="",
                page=page,
                message=f"{name_of(page, guide)}缺少{'、'.join(missing)}",
                facts={"missing": list(missing), "total": len(guides)},
            )
