"""function/footer-mark: 页面底部标识不全."""

from __future__ import annotations

import re
from collections.abc import Iterator

from duwang.checks.check import check, finding
from duwang.checks.function.pages import is_page
from duwang.model.findings import Findings
from duwang.model.material import Document

_BADGE = re.compile(r"conac\.(cn|org)|_ideConac|党政机关(网站)?(标识)?|事业单位(网站)?标识", re.IGNORECASE)
_CODE = re.compile(r"标识码\s*[:：]?\s*[0-9A-Za-z]{8,12}(?![0-9A-Za-z])")
_ICP = re.compile(r"ICP\s*[备证]\s*(案|字)?\s*[:：第]?\s*[0-9]{5,}", re.IGNORECASE)
_POLICE = re.compile(r"公\s*网\s*安\s*备|公安(机关)?(联网)?备案")
_POLICE_ADDRESS = re.compile(r"beian\.gov\.cn|beian\.mps\.gov\.cn", re.IGNORECASE)
_FOOT = 3000
_HOST = re.compile(
    r"(主办|承办|主管)\s*(单位|机关|方)?\s*[:：]?\s*[\u4e00-\u9fff]{4,}"
    r"|(?<=[\u4e00-\u9fff]{4})\s*(主办|承办|版权所有)|版权所有\s*[:：©]?\s*[\u4e00-\u9fff]{4,}"
)
_CONTACT = re.compile(
    r"联系我们|联系方式|(电话|热线|邮箱|信箱|电子邮件|E-?mail)\s*[:：]?\s*[0-9A-Za-z（(]"
    r"|(?<!\d)0\d{2,3}\s*[-—－)）]\s*\d{7,8}|[A-Za-z0-9.-]@[\w-]+\.\w+",
    re.IGNORECASE,
)
_CONTACT_WORDS = ("联系我们", "联系方式", "电话", "热线", "邮箱", "信箱", "邮件", "mail", "@")
_PHONE = re.compile(r"(?<!\d)0\d{2,3}\s*[-—－)）]\s*\d{7,8}")
_FOOT = 6000


@check("function/footer-mark", on=Document, title="页面底部标识不全", folds=True)
def footer_mark(page: Document) -> Findings:
    """
    查什么：每个页面底部有没有党政机关网站标识、网站标识码、ICP备案编号、公安机关备案标识、网站主办单位、联系方式。

    依据：国办秘函〔2019〕19号，功能设计“网站标识”：每缺1项扣0.5分；国办发〔2017〕47号。

    会报：缺少的每一项；全站同样缺少的合并为一条，写明多少个页面。

    不报：以图片、链接或脚本显示标识的；附件、新媒体内容。

    怎么改：在页面模板底部补上缺少的标识。
    """
    if not is_page(page):
        return
    for mark in _missing(page):
        yield finding(
            page,
            quote=mark,
            context="",
            message=f"页面底部没有{mark}",
            facts={"mark": mark, "missing": [mark], "kind": page.kind},
        )


def _missing(page: Document) -> Iterator[str]:
    """Marks are looked for in the foot; where no foot was recognised, in the last part of the
    page."""
    text = page.footer or page.body[-_FOOT:]
    links = page.footer_links if page.footer or page.footer_links else page.links
    images = page.footer_images if page.footer or page.footer_images else page.images
    anchors = " ".join(f"{link.url} {link.text}" for link in links)
    pictures = " ".join(f"{image.url} {image.alt}" for image in images)
    scripts = " ".join(link.url for link in page.links if link.role == "script")
    marked = f"{text} {anchors} {pictures}"
    if not _said(_BADGE, f"{marked} {scripts} {' '.join(page.embedded)}", ("conac", "党政机关", "事业单位")):
        yield "党政机关网站标识"
    if not _said(_CODE, f"{text} {pictures}", ("标识码",)):
        yield "网站标识码"
    if not _said(_ICP, f"{text} {anchors}", ("icp",)):
        yield "ICP备案编号"
    if not (_said(_POLICE, marked, ("备",)) or _said(_POLICE_ADDRESS, anchors, ("beian",))):
        yield "公安机关备案标识"
    if not _said(_HOST, text, ("主办", "承办", "主管", "版权所有")):
        yield "网站主办单位"
    if not (_said(_CONTACT, f"{text} {anchors}", _CONTACT_WORDS) or _PHONE.search(text)):
        yield "联系方式"


def _said(pattern: re.Pattern[str], text: str, words: tuple[str, ...]) -> bool:
    """Whether the pattern is there; it is only tried where one of its words is."""
    folded = text.lower()
    return any(word in folded for word in words) and bool(pattern.search(text))
