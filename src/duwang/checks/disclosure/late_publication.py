"""disclosure/late-publication: 主动公开超过20个工作日."""

from __future__ import annotations

from datetime import date, timedelta

from duwang.checks.check import check, finding
from duwang.checks.update.ages import in_words
from duwang.model.calendar import working_days_between
from duwang.model.clocks import publication_due
from duwang.model.findings import Findings
from duwang.model.material import Document
from duwang.model.naming import in_book_marks


@check("disclosure/late-publication", on=Document, title="主动公开超过20个工作日")
def late_publication(page: Document, *, as_of: date, recent: int = 365) -> Findings:
    """
    查什么：有文号的文件，从成文日期到发布日期是不是超过20个工作日。

    依据：政府信息公开条例第二十六条：属于主动公开范围的政府信息，应当自形成或者变更之日起20个工作日内及时公开。

    会报：超过20个工作日的，写明过了多少个工作日。

    不报：恰好20个工作日的；成文当天不计；没有文号、成文日期或发布日期的；发布已满1年的旧文件、成文超过1年才补录的历史文件；附件。

    怎么改：文件印发后及时公开；确需审查的，在期限内完成保密审查。

    设置：recent 只看多少天内发布的文件。
    """
    if page.medium != "page" or not page.doc_no or page.written is None or page.published is None:
        return
    if page.published < as_of - timedelta(days=recent) or page.published > as_of:
        return
    if (page.published - page.written).days > 365:
        return
    due = publication_due(page.written)
    if page.published > due.date:
        days = working_days_between(page.written, page.published)
        yield finding(
            page, quote=page.doc_no, context=page.title, certainty=0.8,
            message=f"{in_book_marks(page.title)}{in_words(page.written)}成文，{in_words(page.published)}公开，过了{days}个工作日（期限{due.in_words()}）",
            facts={"written": page.written.isoformat(), "published": page.published.isoformat(), "days": days, "due": due.date.isoformat()},
        )  # fmt: skip
