"""interact/mailbox-late: 信箱来信没有按期办结."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from duwang.checks.check import check, finding
from duwang.checks.interact.letters import answered, letters_of
from duwang.model.calendar import working_days_after
from duwang.model.clocks import LETTER_DAYS
from duwang.model.findings import Findings
from duwang.model.material import SiteView
from duwang.model.period import Period
from duwang.model.registry import Letter


@check("interact/mailbox-late", on=SiteView, title="信箱来信没有按期办结")
def mailbox_late(site: SiteView, *, as_of: date, days: int = LETTER_DAYS, window: str = "3个月") -> Findings:
    """
    查什么：每个信箱（区长信箱、市长信箱等）一段时间内的来信，按期办结的占多少。

    依据：宝鸡市凤翔区2023年第三季度通报：确保群众5个工作日内收到办理结果，按期办结率；国办秘函〔2019〕19号，互动交流“办理答复”：
    5个工作日内。

    会报：按期办结率不到100%的信箱，写明到期几件、按期几件、比率。

    不报：全部按期的；还没有到期的来信不计入；登记为无效的；没有登记收到时间的。名录没有信箱来信的，记为未检查。

    怎么改：对超期的来信尽快办结答复，说明原因；到期前提醒承办单位。

    设置：days 工作日数；window 看多长时间内收到的来信。
    """
    first = Period.parse(window).start(as_of)
    boxes: dict[str, list[Letter]] = defaultdict(list)
    for letter in letters_of(site, "领导信箱"):
        if letter.received and first < letter.received <= as_of:
            boxes[letter.mailbox or "领导信箱"].append(letter)
    for name, letters in sorted(boxes.items()):
        settled = [(one, _on_time(one, as_of, days)) for one in letters]
        counted = [(one, good) for one, good in settled if good is not None]
        good = sum(1 for _, on_time in counted if on_time)
        if not counted or good == len(counted):
            continue
        share = (Decimal(good) * 100 / len(counted)).quantize(Decimal("0.01"), ROUND_HALF_UP)
        yield finding(
            site, quote=name, context="", count=len(counted) - good,
            message=f"{name}应办结{len(counted)}件，按期办结{good}件，按期办结率{share}%",
            facts={"mailbox": name, "counted": len(counted), "on_time": good, "late": [one.number for one, ok in counted if not ok][:20]},
        )  # fmt: skip


def _on_time(letter: Letter, at: date, days: int) -> bool | None:
    """True or False once it is decided; None while the time is still running."""
    if letter.received is None:
        return None
    due = working_days_after(letter.received, days).date
    if answered(letter, at):
        return letter.replied is None or letter.replied <= due
    return False if at > due else None
