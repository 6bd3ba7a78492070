"""disclosure/annual-report-missing: 年度报告没有按期公布."""

from __future__ import annotations

import re
from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.update.ages import in_words
from duwang.model.clocks import annual_report_due
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import SiteView

_REPORT = re.compile(
    r"(20\d\d)\s*年?(?:度)?[^。]{0,30}(?:信息公开|政务公开)[^。]{0,10}(?:年度)?(?:报告|年报)|(?:信息公开|政务公开)[^。]{0,12}(?:年度报告|年报)[^。]{0,4}(20\d\d)"
)
_FORM = re.compile(
    r"(20\d\d)\s*年?(?:度)?[^。]{0,30}政府网站[^。]{0,6}(?:年度)?[^。]{0,4}报表|政府网站[^。]{0,6}年度[^。]{0,4}报表[^。]{0,4}(20\d\d)"
)


@check("disclosure/annual-report-missing", on=SiteView, title="年度报告没有按期公布")
def annual_report_missing(site: SiteView, *, as_of: date) -> Findings:
    """
    查什么：上一年度的政府信息公开工作年度报告有没有按期公布；公布过政府网站工作年度报表的，上一年度的有没有按期公布。

    依据：政府信息公开条例第四十九条：部门1月31日前，县级以上政府3月31日前；国办发〔2017〕47号：政府网站工作年度报表1月31日前公布。

    会报：过了期限没有公布的；公布晚于期限的，写明日期。

    不报：期限当天公布的；还没有到期的。没有公开年报栏目的，记为不适用；栏目没有读到的，记为不能判断。

    怎么改：立即公布，今后按期编制、公布。
    """
    columns = [one for one in site.listings if one.column.category == "公开年报"]
    if not columns:
        raise NotApplicable("名录没有公开年报栏目")
    if all(one.failure for one in columns):
        raise CannotTell(f"公开年报栏目没有读到：{columns[0].failure}")
    year = as_of.year - 1
    titles = [(item.title, item.on) for one in columns for item in one.items]
    titles += [(page.title, page.published) for page in site.pages if page.kind == "article"]
    of_government = site.site.kind == "门户"
    for name, pattern, due, asked in (
        ("政府信息公开工作年度报告", _REPORT, annual_report_due(year, of_government=of_government), True),
        ("政府网站工作年度报表", _FORM, annual_report_due(year, of_government=False), False),
    ):
        years = [(_year(found), on) for title, on in titles if (found := pattern.search(title))]
        if due >= as_of or not (asked or years):
            continue
        days = [on for published, on in years if published == year]
        known = sorted(on for on in days if on)
        if days and (not known or known[0] <= due):
            continue
        late = f"{in_words(known[0])}才公布，" if known else "没有公布，"
        yield finding(
            site, quote=f"{year}年{name}", context=name, message=f"{year}年{name}{late}期限为{in_words(due)}",
            facts={"year": year, "due": due.isoformat(), "published": known[0].isoformat() if known else None, "kind": name},
        )  # fmt: skip


def _year(found: re.Match[str]) -> int:
    return int(next(year for year in found.groups() if year))
