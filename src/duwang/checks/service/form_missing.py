"""service/form-missing: 没有提供表格样表."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.checks.service.guides import guides_of, name_of
from duwang.model.findings import Findings
from duwang.model.material import SiteView
from duwang.reading.guide import offers_form


@check("service/form-missing", on=SiteView, title="办事指南没有提供表格样表")
def form_missing(site: SiteView) -> Findings:
    """
    查什么：材料里要求填表的办事指南，页面上有没有表格或样表可以下载。

    依据：国办秘函〔2019〕19号，办事服务“表格样表”：抽查2个，每个没有提供规范表格获取渠道的扣1分（据监测系统2021年评分表）。

    会报：材料写明要交某某申请表、登记表一类，页面上没有附件，也没有名称像表格的链接。

    不报：有附件或表格链接的；材料里没有提到表格的；写明现场领取、窗口提供的。

    怎么改：在指南页面上提供空表和填写样表，或者写明领取渠道。
    """
    for page, document, guide in guides_of(site):
        if not guide.forms or offers_form(document) or "领取" in document.body or "窗口提供" in document.body:
            continue
        names = "、".join(f"《{name}》" for name in guide.forms[:3])
        yield finding(
            site,
            quote=guide.name or page.title,
            context="",
            page=page,
            certainty=0.8,
            message=f"{name_of(page, guide)}要求提交{names}，没有提供表格或样表",
            facts={"forms": list(guide.forms)},
        )
