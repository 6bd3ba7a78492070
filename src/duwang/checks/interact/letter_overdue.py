"""interact/letter-overdue: 网民留言长期未回应."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.interact.letters import MESSAGES, about, answered, in_words
from duwang.checks.interact.published import letters_and_pages, name_of
from duwang.model.clocks import months_after
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import SiteView
from duwang.model.period import Period


@check("interact/letter-overdue", on=SiteView, title="网民留言长期未回应")
def letter_overdue(site: SiteView, *, as_of: date, months: int = 3, window: str = "1年") -> Findings:
    """
    查什么：1年内收到的有效留言（网民留言、领导信箱），到监测时间点有没有超过3个月没有答复的。

    依据：国办秘函〔2019〕19号，单项否决指标“互动回应差”：超过3个月未回应有效留言。

    会报：收到满3个月后仍没有答复的每一封；互动类栏目里公开的留言，页面写明没有答复、办理中的也算。

    不报：恰好满3个月的；登记为无效的；1年以前收到的；已经答复的；找错、曝光台、依申请公开（另有期限）。
    名录没有登记留言的，记为未检查；没有登记收到时间的，记为不能判断。

    怎么改：立即答复并公开，说明迟复原因。

    设置：months 几个月；window 看多长时间内收到的留言。
    """
    undated = 0
    found = False
    first = Period.parse(window).start(as_of)
    letters, pages = letters_and_pages(site, *MESSAGES)
    for letter in letters:
        if answered(letter, as_of):
            continue
        if letter.received is None:
            undated += 1
        elif first <= letter.received and months_after(letter.received, months) < as_of:
            found = True
            yield about(
                site,
                letter,
                f"于{in_words(letter.received)}收到，超过{months}个月没有答复",
                severity=Severity.SERIOUS,
                received=letter.received.isoformat(),
                days=(as_of - letter.received).days,
            )
    for page, shown in pages:
        if shown.waiting and shown.asked and first <= shown.asked and months_after(shown.asked, months) < as_of:
            found = True
            yield finding(
                site, quote=shown.title or page.title, context=shown.number, page=page, severity=Severity.SERIOUS, certainty=0.85,
                message=f"{name_of(page, shown)}于{in_words(shown.asked)}提交，超过{months}个月仍显示没有答复",
                facts={"received": shown.asked.isoformat(), "days": (as_of - shown.asked).days, "source": "网页"},
            )  # fmt: skip
    if undated and not found:
        raise CannotTell(f"有{undated}封没有答复的留言没有登记收到时间")
