"""media/filed-late: 先开设后备案."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.checks.media.walked import name_of, running
from duwang.checks.update.ages import in_words
from duwang.model.calendar import working_days_after
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import AccountView


@check("media/filed-late", on=AccountView, title="先开设后备案", places=("account",))
def filed_late(account: AccountView, *, days: int = 0) -> Findings:
    """
    查什么：账号的备案日期是不是晚于开设日期。

    依据：国办发〔2018〕123号：开设应经批准并备案；昌宁县2024年一季度通报：杜绝“先开设后备案”；湖北省允许开设后5个工作日内备案。

    会报：备案晚于开设日期（加上本地允许的工作日）的。

    不报：同一天的；已注销的；开设或备案日期没有登记的，记为不适用。

    怎么改：今后先报批备案、再开设账号。

    设置：days 本地允许的工作日数，湖北为5。
    """
    one = running(account)
    if one.opened is None or one.filed is None:
        raise NotApplicable("名录没有登记开设日期或备案日期")
    latest = working_days_after(one.opened, days).date if days else one.opened
    if one.filed > latest:
        yield finding(
            account, quote=one.name, context="", message=f"{name_of(one)}{in_words(one.opened)}开设，{in_words(one.filed)}才备案",
            facts={"opened": one.opened.isoformat(), "filed": one.filed.isoformat()},
        )  # fmt: skip
