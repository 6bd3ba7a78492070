"""update/date-forged: 发布日期与实际不符."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from duwang.checks.check import check, finding
from duwang.checks.update.ages import in_words
from duwang.model.findings import Findings, Severity
from duwang.model.material import Document


@check("update/date-forged", on=Document, title="发布日期与实际不符", places=("site", "account"))
def date_forged(page: Document, *, apart: int = 30, grace: int = 3) -> Findings:
    """
    查什么：页面印出的发布日期，与首次见到的日期、网址里的日期、页面标签（PubDate）的日期是不是相符。

    依据：国办秘函〔2019〕19号，单项否决指标“安全、泄密事故等严重问题”：弄虚作假（如伪造发稿日期）。是否属于弄虚作假由人确认。

    会报：印出的日期晚于首次见到的日期（旧稿改成新日期）；上次检查读全了栏目而没有这篇稿件、印出的日期却早于上次检查（补发倒填）；
    网址和标签的日期一致、而印出的日期晚30天以上（旧稿新发）。

    不报：只有网址或只有标签一处不同的；标签晚于印出日期的（多半是生成页面的时间）；相差在宽限以内的；没有印出日期的。

    怎么改：恢复真实的发布日期；确需补发的，注明补发时间。

    设置：apart 网址、标签与印出日期相差多少天才报；grace 首次见到前后宽限几天。
    """
    if page.published is None:
        return
    for told, kind, certainty, other in _doubts(page, page.published, apart, grace):
        yield finding(
            page,
            quote=page.published_raw or page.published.isoformat(),
            context=kind,
            message=f"印出的发布日期为{in_words(page.published)}，{told}",
            severity=Severity.SERIOUS,
            certainty=certainty,
            facts={"kind": kind, "printed": page.published.isoformat(), "other": other.isoformat()},
        )
        return


def _doubts(page: Document, printed: date, apart: int, grace: int) -> Iterator[tuple[str, str, float, date]]:
    margin = timedelta(days=grace)
    if page.first_seen and printed > page.first_seen + timedelta(days=1):
        yield f"而{in_words(page.first_seen)}检查时就有这篇稿件", "旧稿改期", 0.9, page.first_seen
    if page.absent_on and printed < page.absent_on - margin:
        yield f"而{in_words(page.absent_on)}检查时还没有这篇稿件", "补发倒填", 0.7, page.absent_on
    agree = page.url_date and page.meta_date and abs((page.url_date - page.meta_date).days) <= 1
    if agree and page.url_date and (printed - page.url_date).days > apart:
        yield f"网址和页面标签的日期都是{in_words(page.url_date)}", "旧稿新发", 0.8, page.url_date
