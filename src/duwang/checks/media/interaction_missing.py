"""media/interaction-missing: 未提供有效互动功能."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.checks.media.walked import asked, name_of, running
from duwang.model.findings import Findings
from duwang.model.material import AccountView


@check("media/interaction-missing", on=AccountView, title="未提供有效互动功能", places=("account",))
def interaction_missing(account: AccountView) -> Findings:
    """
    查什么：账号有没有能用的留言、评论或咨询功能。

    依据：国办秘函〔2019〕19号，政务新媒体单项否决指标“互动回应差”：未提供有效互动功能。

    会报：人工走查记录“互动功能”写“无”“否”“不能用”的。

    不报：走查写“有”“是”“能用”的；已注销的账号。没有走查记录的，记为不能判断。

    怎么改：开通留言、评论或咨询功能，安排专人回复。
    """
    one = running(account)
    if not asked(account, "互动功能", "留言评论", "有效互动"):
        yield finding(account, quote=one.name, context="", message=f"{name_of(one)}未提供有效互动功能", certainty=0.9)
