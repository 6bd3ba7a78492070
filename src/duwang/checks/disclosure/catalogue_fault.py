"""disclosure/catalogue-fault: 政府信息公开目录要素不全."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import Document, SiteView
from duwang.model.refs import normalise_address

_ELEMENTS = (
    ("索引", r"索引"),
    ("名称", r"名\s*称|标\s*题|公开事项|信息名称"),
    ("内容概述", r"概述|概要|摘要|公开内容|内容描述|主要内容|简介"),
    ("生成日期", r"日期|时间|公开时限|时限"),
)  # fmt: skip


@check("disclosure/catalogue-fault", on=SiteView, title="政府信息公开目录要素不全")
def catalogue_fault(site: SiteView, *, least_rows: int = 3) -> Findings:
    """
    查什么：政府信息公开目录有没有索引、名称、内容概述、生成日期。

    依据：政府信息公开条例第十二条：目录包括政府信息的索引、名称、内容概述、生成日期等内容。

    会报：目录以表格列出、表头缺少这些内容的，写明缺什么。

    不报：名称相近的（标题、摘要、公开时限等）；目录不是表格、看不出有哪些内容的，记为不能判断。没有公开目录栏目的，记为不适用。

    怎么改：在目录中补上缺少的内容。

    设置：least_rows 表格至少几行才当作目录。
    """
    columns = [one for one in site.listings if one.column.category == "公开目录"]
    if not columns:
        raise NotApplicable("名录没有公开目录栏目")
    addresses = {normalise_address(one.column.url) for one in columns}
    refs = {one.ref for one in columns}
    pages = [page for page in site.pages if page.column in refs or normalise_address(page.url) in addresses]
    tables = 0
    for page in pages:
        document = site.reopen(page)
        heading = _heading(document, least_rows) if document else None
        if heading is None:
            continue
        tables += 1
        missing = [name for name, words in _ELEMENTS if not re.search(words, heading)]
        if missing:
            yield finding(
                site, quote=page.title, context="", page=page, certainty=0.8,
                message=f"政府信息公开目录“{page.title}”缺少{'、'.join(missing)}", facts={"missing": missing},
            )  # fmt: skip
    if not tables:
        raise CannotTell("公开目录不是表格，看不出有哪些内容")


def _heading(document: Document, least_rows: int) -> str | None:
    """The first row of the first table that is long enough."""
    for table in document.tables:
        if len(table.rows) > least_rows and len(table.rows[0]) >= 2:
            return " ".join(table.rows[0])
    return None
