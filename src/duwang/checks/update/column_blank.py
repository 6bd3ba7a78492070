"""update/column-blank: 空白栏目."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import Listing

_LISTS = ("动态要闻", "通知公告", "政策文件", "政策解读", "人事", "规划计划", "数据", "重点领域")
_PLACE_HOLDER = re.compile(
    r"^[\s（(【\[]*(暂无|没有|无|尚无|暂时没有)?(相关|任何)?(信息|内容|数据|记录|文章|稿件)?"
    r"(正在|栏目|页面)?(建设中|更新中|维护中|完善中|敬请期待|敬请关注)?[\s。.！!…）)】\]]*$"
)


@check("update/column-blank", on=Listing, title="空白栏目")
def column_blank(column: Listing, *, least_chars: int = 50, prose_chars: int = 200) -> Findings:
    """
    查什么：栏目打开后有没有内容。

    依据：国办秘函〔2019〕19号，单项否决指标“首页不更新、栏目不更新”：空白栏目数量超过（含）5个。

    会报：栏目能打开，但没有一条信息，也没有正文；只写着“暂无信息”“栏目建设中”之类。

    不报：栏目打不开、列表由脚本生成而没有读到的，记为不能判断；没有列表但有正文的概况、机构职能等栏目。
    应当有列表的栏目（动态、公告、文件等）没有认出列表、却有大段文字的，记为不能判断。

    怎么改：补充内容；不再需要的栏目归并或撤销。

    设置：least_chars 正文不少于多少字不算空白；prose_chars 应当有列表的栏目，文字不少于多少字记为不能判断。
    """
    if column.failure:
        raise CannotTell(f"栏目没有读到：{column.failure}")
    if any(not _PLACE_HOLDER.match(item.title) or item.on for item in column.items):
        return
    if column.column.category in _LISTS:
        if column.chars >= prose_chars:
            raise CannotTell("页面上有文字，但没有认出信息列表")
    elif column.chars >= least_chars:
        return
    yield finding(
        column,
        quote=column.column.name,
        context="",
        message=f"“{column.column.name}”栏目没有内容",
        facts={"category": column.column.category, "first_level": column.column.first_level},
    )
