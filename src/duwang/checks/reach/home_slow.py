"""reach/home-slow: 首页打开慢."""

from __future__ import annotations

from statistics import median

from duwang.checks.check import check, finding
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import SiteView


@check("reach/home-slow", on=SiteView, title="首页打开慢")
def home_slow(site: SiteView, *, limit_ms: int = 3000) -> Findings:
    """
    查什么：首页打开用了多少时间；有访问记录的，看各次的中位数。

    依据：国办发〔2017〕47号附件：首页加载时间不宜超过3秒（超过15秒计入“站点无法访问”）。只作提示，不影响判定。

    会报：超过3秒的。

    不报：恰好3秒的；打不开的（另报站点无法访问）。首页没有打开的，记为不能判断。

    怎么改：压缩首页图片和脚本，减少首页接口请求，检查服务器和线路。

    设置：limit_ms 超过多少毫秒才报。
    """
    visits = [probe.ms for probe in site.probes if probe.ok]
    if site.home is None and not visits:
        raise CannotTell(f"首页没有打开：{site.home_failure}")
    taken = round(median(visits)) if visits else site.home_ms
    if taken > limit_ms:
        how = f"{len(visits)}次访问的中位数为" if visits else "打开用了"
        yield finding(
            site, quote="首页", context="", severity=Severity.HINT, message=f"首页{how}{taken / 1000:.1f}秒，超过{limit_ms / 1000:g}秒",
            facts={"ms": taken, "visits": len(visits)},
        )  # fmt: skip
