"""function/page-tags: 页面标签不全."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.model.findings import Findings
from duwang.model.material import Document

_SITE = ("SiteName", "SiteDomain", "SiteIDCode")
_COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
_ARTICLE = ("ArticleTitle", "PubDate", "ContentSource")
_ASKED = {"home": _SITE, "list": _SITE + _COLUMN, "article": _SITE + _ARTICLE}
_WORDS = {"home": "首页", "list": "栏目页", "article": "内容页"}
_EMPTY = ("", "null", "undefined", "none")


@check("function/page-tags", on=Document, title="页面标签不全", folds=True)
def page_tags(page: Document) -> Findings:
    """
    查什么：首页、栏目页、内容页有没有网站标签（SiteName、SiteDomain、SiteIDCode），栏目页有没有栏目标签
    （ColumnName、ColumnDescription、ColumnKeywords、ColumnType），内容页有没有内容标签（ArticleTitle、PubDate、ContentSource）。

    依据：国办秘函〔2019〕19号，功能设计“页面标签”：每个页面扣0.1分；国办发〔2017〕47号附件。必选、可选的划分未核实。

    会报：缺少的标签，内容为空或写成null的标签；全站同样缺少的合并为一条，写明多少个页面。

    不报：名称只有大小写不同的；附件、新媒体内容；没有认出是栏目页还是内容页的页面。

    怎么改：在页面模板的meta中补全标签。
    """
    if page.medium != "page" or page.kind not in _ASKED:
        return
    missing = [name for name in _ASKED[page.kind] if page.meta.get(name.lower(), "").strip().lower() in _EMPTY]
    if missing:
        told = f"{_WORDS[page.kind]}缺少标签{'、'.join(missing)}"
        yield finding(page, quote=told, context="", message=told, facts={"tags": missing, "kind": page.kind})
