"""service/guide-vague: 办事指南表述含糊."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.checks.service.guides import guides_of, name_of
from duwang.model.findings import Findings
from duwang.model.material import SiteView
from duwang.reading.guide import FORMAT_SAID, VAGUE


@check("service/guide-vague", on=SiteView, title="办事指南表述含糊")
def guide_vague(site: SiteView, *, least_chars: int = 10) -> Findings:
    """
    查什么：办事指南的材料有没有“法律法规规定的其他材料”一类的兜底说法；有没有写明原件还是复印件、纸质还是电子、几份。

    依据：国办秘函〔2019〕19号，办事服务“办事指南”：表述含糊的每个事项扣2分，材料格式要求不明确的每个事项扣1分
    （据监测系统2021年评分表）。是否算含糊由人确认。

    会报：兜底的说法，引出原文；列了材料而没有一处说到原件、复印件、电子、纸质、份数的。

    不报：没有列出材料的（另报要素缺失）；写明“法律、行政法规规定的其他条件”而不是材料的；不需要材料的。

    怎么改：删去兜底条款，把需要的材料逐项列明，写明原件或复印件、份数。

    设置：least_chars 材料说明不到多少字的不看格式。
    """
    for page, document, guide in guides_of(site):
        if found := VAGUE.search(document.body):
            yield finding(
                site, quote=found[0], context=page.title, page=page, certainty=0.8,
                message=f"{name_of(page, guide)}有含糊的说法“{found[0]}”", facts={"kind": "clause", "guide": guide.name},
            )  # fmt: skip
        materials = guide.elements.get("办理材料", "")
        if len(materials) >= least_chars and "办理材料" in guide.labelled and not FORMAT_SAID.search(materials):
            yield finding(
                site, quote=guide.name or page.title, context="材料格式", page=page, certainty=0.7,
                message=f"{name_of(page, guide)}的材料没有写明原件还是复印件、纸质还是电子、份数",
                facts={"kind": "format", "guide": guide.name},
            )  # fmt: skip
