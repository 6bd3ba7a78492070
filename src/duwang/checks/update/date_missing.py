"""update/date-missing: 稿件未标明发布日期."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import Findings
from duwang.model.material import Document
from duwang.model.naming import in_book_marks

_STANDING = re.compile(
    r"关于我们|关于本[网站]|网站(声明|地图|帮助|简介|介绍)|免责|隐私|版权|联系(我们|方式)|使用(说明|帮助)|简介$|概况$"
    r"|(机构|部门|单位|主要|内设|工作)(职能|职责|设置|机构)|领导(信息|简介|之窗|分工)|公开指南|导航|登录|注册|搜索|无障碍"
)


@check("update/date-missing", on=Document, title="稿件未标明发布日期")
def date_missing(page: Document, *, least_chars: int = 30) -> Findings:
    """
    查什么：稿件页面上有没有印出发布日期。

    依据：国办秘函〔2019〕19号：稿件页面未标明发布日期的，视为未更新；国办发〔2017〕47号附件：发布时间应当注明。

    会报：栏目里的稿件、有稿件标签或来源的页面，有正文而看不到发布日期；只在页面代码里有日期的也报。

    不报：首页、栏目页、办事指南、附件；网站声明、机构职能、领导简介等常设页面；日期印在来源行、页面底部或标题旁的。

    怎么改：在稿件标题下方标明发布时间。

    设置：least_chars 正文不到多少字的不看。
    """
    if page.kind != "article" or page.medium != "page" or page.published is not None or len(page.body) < least_chars:
        return
    if page.garbled or _STANDING.search(page.title):
        return
    if not (page.column or page.source or page.doc_no or page.meta.get("articletitle")):
        return
    name = in_book_marks(page.title) if page.title else "稿件页面"
    yield finding(
        page,
        quote=page.title or page.url,
        context="",
        message=f"{name}没有标明发布日期",
        facts={"meta": page.meta.get("pubdate", "")},
    )
