"""media/duplicate-account: 一平台开设多个账号."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.checks.media.walked import running
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import AccountView


@check("media/duplicate-account", on=AccountView, title="同一单位在一个平台开设多个账号", places=("account",))
def duplicate_account(account: AccountView) -> Findings:
    """
    查什么：同一主办单位在同一平台上有几个没有注销的账号。

    依据：国办发〔2018〕123号：原则上一个单位在同一第三方平台只开设一个政务新媒体账号。

    会报：在同一平台上有两个及以上账号的，只在名录中的第二个及以后的账号上报，写明另一个的名称。

    不报：已注销的、拟关停的；微信订阅号、服务号、视频号、小程序分别算不同平台；主办单位没有填写的。

    怎么改：合并或注销多余的账号；确需保留的，报主管单位同意并备案。
    """
    one = running(account)
    if not one.owner:
        raise NotApplicable("名录没有填写主办单位")
    same = [
        other
        for other in account.registry.accounts
        if other.owner == one.owner and _kind(other.platform) == _kind(one.platform) and other.state == "正常"
    ]
    place = next((n for n, other in enumerate(same) if other.ref == one.ref), None)
    if place is None or place == 0 or one.state != "正常":
        return
    first = same[0]
    told = f"{one.owner}在{one.platform}开设了{len(same)}个账号：“{one.name}”与“{first.name}”"
    yield finding(
        account,
        quote=one.name,
        context="",
        message=told,
        facts={"accounts": [other.name for other in same], "owner": one.owner},
    )


def _kind(platform: str) -> str:
    return re.sub(r"\s|（.*?）|\(.*?\)", "", platform)
