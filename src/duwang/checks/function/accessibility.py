"""function/accessibility: 无障碍与适老化."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import SiteView

_ENTRY = re.compile(r"无障碍|适老|长者|老年|关怀|大字|读屏")


@check("function/accessibility", on=SiteView, title="无障碍与适老化不足")
def accessibility(site: SiteView, *, least_images: int = 5, bare: float = 0.5) -> Findings:
    """
    查什么：首页有没有无障碍、适老化入口，图片有没有文字说明。

    依据：无障碍环境建设法第三十二条；国办公开办函〔2021〕28号；GB/T 37668-2019。对比度、键盘操作、表单标签等要用浏览器检查。

    会报：首页没有无障碍或适老化入口；首页的内容图片一半以上没有文字说明的。只作提示，不影响判定。

    不报：图片不到5张的；有入口的不再看图片以外的项目。首页没有打开的，记为不能判断。

    怎么改：添加无障碍、适老化浏览入口，给图片加上替代文字。

    设置：least_images 至少几张图片才看；bare 没有说明的占多少才报。
    """
    home = site.home
    if home is None:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    words = (
        [link.text for link in (*home.links, *home.footer_links)]
        + [image.alt for image in home.images]
        + list(home.embedded)
    )
    if not _ENTRY.search(" ".join(words) + home.body[:2000] + home.footer):
        yield finding(
            site,
            quote="首页",
            context="入口",
            message="首页没有无障碍、适老化浏览入口",
            severity=Severity.HINT,
            certainty=0.6,
            facts={"kind": "entry"},
        )
    pictures = [image for image in home.images if image.role == "content"]
    without = [image for image in pictures if not image.alt.strip()]
    if len(pictures) >= least_images and len(without) > bare * len(pictures):
        yield finding(
            site, quote="首页", context="图片", severity=Severity.HINT, certainty=0.8, message=f"首页{len(pictures)}张图片，{len(without)}张没有文字说明",
            facts={"kind": "images", "images": len(pictures), "bare": len(without)},
        )  # fmt: skip
