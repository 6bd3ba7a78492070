"""interact/find-error-overdue: 找错留言超期."""

from __future__ import annotations

from datetime import date
from typing import Any

from duwang.checks.check import check
from duwang.checks.interact.letters import about, answered, in_words, letters_of
from duwang.model.calendar import working_days_after
from duwang.model.findings import Findings
from duwang.model.material import SiteView
from duwang.model.period import Period


@check("interact/find-error-overdue", on=SiteView, title="“我为政府网站找错”留言超期未答复")
def find_error_overdue(site: SiteView, *, as_of: date, days: int = 3, window: str = "6个月") -> Findings:
    """
    查什么：6个月内收到的“我为政府网站找错”留言，是不是在3个工作日内答复。

    依据：国办秘函〔2019〕19号，功能设计：超过3个工作日未答复的，每条扣1分；国办发〔2017〕47号。

    会报：超过3个工作日没有答复的，以及超过3个工作日才答复的。收到当天不计。

    不报：第3个工作日答复的；登记为无效的；6个月以前收到的。名录没有登记找错留言的，记为未检查。

    怎么改：立即办结并答复；安排专人每个工作日查看找错平台。

    设置：days 工作日数；window 看多长时间内收到的留言。
    """
    first = Period.parse(window).start(as_of)
    for letter in letters_of(site, "找错"):
        if letter.received is None or not first <= letter.received <= as_of:
            continue
        due = working_days_after(letter.received, days)
        told = f"于{in_words(letter.received)}收到，应在{due.in_words()}前答复，"
        facts: dict[str, Any] = {
            "received": letter.received.isoformat(),
            "due": due.date.isoformat(),
            "provisional": due.provisional,
        }
        if letter.replied is not None and due.date < letter.replied <= as_of:
            yield about(site, letter, f"{told}实际于{in_words(letter.replied)}答复", **facts)
        elif not answered(letter, as_of) and due.date < as_of:
            yield about(site, letter, f"{told}至今没有答复", **facts)
