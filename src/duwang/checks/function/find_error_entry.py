"""function/find-error-entry: 没有“我为政府网站找错”入口."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.checks.function.pages import is_page
from duwang.model.findings import Findings, Severity
from duwang.model.material import Document

_ADDRESS = re.compile(r"pucha\.kaipuyun\.cn|zfwzgl\.www\.gov\.cn|zfwzzc\.www\.gov\.cn|jiucuo", re.IGNORECASE)
_NAME = re.compile(r"政府网站\s*找错")
_ENTRY = re.compile(r"^\W*(我为)?政府网站\s*找错\W*(监督举报)?(平台|入口)?\W*$")
_HINTS = ("pucha", "zfwzgl", "zfwzzc", "jiucuo")


@check("function/find-error-entry", on=Document, title="没有“我为政府网站找错”入口", folds=True)
def find_error_entry(page: Document) -> Findings:
    """
    查什么：页面底部有没有“我为政府网站找错”入口。

    依据：国办秘函〔2019〕19号，功能设计“‘我为政府网站找错’入口”：首页没有扣1分，其他页面每个扣0.2分。

    会报：首页没有入口；其他页面没有入口的合并为一条，写明多少个页面。

    不报：以图片、链接或脚本显示入口的；附件、新媒体内容。正文里提到找错留言的，不当作入口。

    怎么改：在页面模板底部添加入口。
    """
    if not is_page(page) or _has_entry(page):
        return
    at_home = page.kind == "home"
    where = "首页" if at_home else "内页"
    yield finding(
        page,
        quote=where,
        context="",
        message=f"{where}底部没有“我为政府网站找错”入口",
        severity=Severity.ORDINARY,
        facts={"kind": page.kind, "first_level": at_home},
    )


def _has_entry(page: Document) -> bool:
    links, images = (*page.links, *page.footer_links), (*page.images, *page.footer_images)
    urls = "\n".join([*page.embedded, *(link.url for link in links), *(image.url for image in images)]).lower()
    if any(hint in urls for hint in _HINTS) and _ADDRESS.search(urls):
        return True
    if _NAME.search(page.footer) or any("找错" in image.alt and _NAME.search(image.alt) for image in images):
        return True
    return any("找错" in link.text and _ENTRY.match(link.text) for link in links)
