"""function/accessibility: 无障碍与适老化."""

from __future__ import annotations

import re
from collections import defaultdict

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import AxeFault, AxePage, Document, SiteView

_ENTRY = re.compile(r"无障碍|适老|长者|老年|关怀|大字|读屏")
_TOOL = re.compile(
    r"wza|barrier-?free|wuzhangai|accessib|assistive|cniil|shilaohua|laonian|zhangzhe|canyou", re.IGNORECASE
)
_GRAVE = ("critical", "serious")
_RULES = {
    "image-alt": "图片没有文字说明", "input-image-alt": "图片按钮没有文字说明", "area-alt": "图上的链接没有文字说明", "role-img-alt": "图形没有文字说明",
    "svg-img-alt": "图形没有文字说明", "object-alt": "嵌入内容没有文字说明", "link-name": "链接没有可读的名称", "button-name": "按钮没有可读的名称",
    "label": "表单项没有标签", "select-name": "下拉框没有标签", "input-button-name": "按钮没有可读的名称", "color-contrast": "文字与背景对比度不足",
    "html-has-lang": "网页没有声明语言", "html-lang-valid": "网页声明的语言不对", "document-title": "网页没有标题", "frame-title": "框架没有标题",
    "meta-viewport": "网页禁止放大", "meta-refresh": "网页自动刷新或跳转", "blink": "文字闪烁", "marquee": "文字滚动不能停", "list": "列表结构不对",
    "listitem": "列表结构不对", "definition-list": "列表结构不对", "dlitem": "列表结构不对", "bypass": "不能跳过重复的导航",
    "link-in-text-block": "正文里的链接只靠颜色区分", "nested-interactive": "可操作的部件互相套叠", "scrollable-region-focusable": "滚动区域不能用键盘操作",
    "duplicate-id-aria": "部件编号重复", "video-caption": "视频没有字幕", "server-side-image-map": "服务器端的图上链接不能用键盘操作",
    "th-has-data-cells": "表头没有对应的单元格", "td-headers-attr": "单元格与表头对应不上", "valid-lang": "语言声明不对", "target-size": "可点的地方太小",
    "aria-hidden-focus": "藏起来的部件还能被键盘选中",
}  # fmt: skip


@check("function/accessibility", on=SiteView, title="无障碍与适老化不足")
def accessibility(site: SiteView, *, least_images: int = 5, bare: float = 0.5) -> Findings:
    """
    查什么：首页有没有无障碍、适老化入口，图片有没有文字说明；有浏览器时再抽几页，按 WCAG 2.0 的A、AA级逐条检查（axe-core）：对比度、表单标签、
    键盘操作、语言声明等。

    依据：无障碍环境建设法第三十二条；国办公开办函〔2021〕28号；GB/T 37668-2019。

    会报：首页没有无障碍或适老化入口（链接、按钮、图片和只运行脚本的链接都算，用脚本装入的无障碍工具也算）；首页的内容图片一半以上没有文字说明的；抽查的页面有严重的无障碍问题的，同一条规则报一条，写明多少处、在哪些页面上。
    只作提示，不影响判定。

    不报：图片不到5张的；浏览器检查里轻微的和它自己也不能断定的。首页没有打开的，没有用浏览器看过、又没有查出别的问题的，记为不能判断。

    怎么改：添加无障碍、适老化浏览入口，给图片加上替代文字；其余按每条的说明改模板。

    设置：least_images 至少几张图片才看；bare 没有说明的占多少才报。
    """
    home = site.home
    if home is None:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    found = [*_entry(site, home), *_pictures(site, home, least_images, bare), *_rules(site)]
    if not found and site.axe is None:
        raise CannotTell(f"入口和图片说明没有问题，其余没有检查：{site.axe_why}")
    yield from found


def _entry(site: SiteView, home: Document) -> Findings:
    words = (
        [link.text for link in (*home.links, *home.footer_links)]
        + [image.alt for image in home.images]
        + list(home.controls)
    )
    scripts = " ".join([link.url for link in home.links if link.role == "script"] + list(home.embedded))
    if not _TOOL.search(scripts) and not _ENTRY.search(" ".join(words) + home.body[:2000] + home.footer):
        yield finding(
            site,
            quote="首页",
            context="入口",
            message="首页没有无障碍、适老化浏览入口",
            severity=Severity.HINT,
            certainty=0.6,
            facts={"kind": "entry"},
        )


def _pictures(site: SiteView, home: Document, least_images: int, bare: float) -> Findings:
    pictures = [image for image in home.images if image.role == "content"]
    without = [image for image in pictures if not image.alt.strip()]
    if len(pictures) >= least_images and len(without) > bare * len(pictures):
        yield finding(
            site, quote="首页", context="图片", severity=Severity.HINT, certainty=0.8, message=f"首页{len(pictures)}张图片，{len(without)}张没有文字说明",
            facts={"kind": "images", "images": len(pictures), "bare": len(without)},
        )  # fmt: skip


def _rules(site: SiteView) -> Findings:
    """What axe-core calls serious, one finding a rule."""
    held: dict[str, list[tuple[AxePage, AxeFault]]] = defaultdict(list)
    for page in site.axe or ():
        for fault in page.faults:
            if fault.impact in _GRAVE:
                held[fault.rule].append((page, fault))
    for rule, places in sorted(held.items()):
        count = sum(fault.count for _, fault in places)
        told = _RULES.get(rule, places[0][1].help)
        yield finding(
            site, quote=rule, context="axe", url=places[0][0].url, severity=Severity.HINT, certainty=0.8, count=count,
            message=f"抽查{len(site.axe or ())}页，{len(places)}页有无障碍问题：{told}，共{count}处",
            facts={"kind": "axe", "rule": rule, "pages": [page.url for page, _ in places], "example": places[0][1].example, "seed": site.axe_seed},
        )  # fmt: skip
