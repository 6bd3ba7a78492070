"""disclosure/reply-overdue: 政府信息公开申请答复超期."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.disclosure.applications import application, in_words, name_of
from duwang.model.clocks import ReplyClock, reply_clock
from duwang.model.findings import CannotTell, Draft, Findings
from duwang.model.material import LetterView


@check("disclosure/reply-overdue", on=LetterView, title="政府信息公开申请未在法定期限内答复")
def reply_overdue(letter: LetterView, *, as_of: date) -> Findings:
    """
    查什么：依申请公开的申请是不是在法定期限内答复，补正通知、延期是不是合规。

    依据：政府信息公开条例第三十条（补正7个工作日内一次告知，收到补正后重新计算）、第三十二条（第三方15个工作日，不计入期限）、
    第三十三条（20个工作日，延期不超过20个工作日）。

    会报：到期没有答复的、过期才答复的；补正通知晚于7个工作日的；延期超过20个工作日的。收到当天不计。

    不报：最后一天答复的；等待申请人补正的；征求第三方意见的时间。没有登记收到时间的，记为不能判断。
    跨到尚未公布放假安排的年度的，期限写明“暂定”。

    怎么改：立即答复申请人，说明理由；今后到期前提醒，确需延期的，经批准并告知申请人。
    """
    one = application(letter)
    clock = reply_clock(one)
    if clock is None:
        raise CannotTell("没有登记收到申请的时间")
    for fault in clock.faults:
        yield _draft(letter, fault, clock, kind="补正" if "补正" in fault else "延期")
    if clock.due is None:
        return
    due = clock.due
    if one.replied is not None and one.replied <= as_of:
        if one.replied > due.date:
            told = f"应在{due.in_words()}前答复，实际于{in_words(one.replied)}答复"
            yield _draft(letter, f"未在法定期限内答复：{told}", clock, kind="答复")
    elif as_of > due.date:
        yield _draft(letter, f"未在法定期限内答复：应在{due.in_words()}前答复，至今没有答复", clock, kind="答复")


def _draft(letter: LetterView, told: str, clock: ReplyClock, *, kind: str) -> Draft:
    facts = {
        "kind": kind,
        "start": clock.start.isoformat(),
        "due": clock.due.date.isoformat() if clock.due else None,
        "provisional": bool(clock.due and clock.due.provisional),
        "extended": clock.extended,
    }
    return finding(
        letter,
        quote=letter.title or letter.letter.number,
        context=f"{letter.letter.number}{kind}",
        message=f"{name_of(letter.letter)}{told}",
        facts=facts,
    )
