"""media/cancelled-alive: 已注销的账号仍在运行."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.media.walked import name_of, noted
from duwang.checks.update.ages import in_words
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import AccountView


@check("media/cancelled-alive", on=AccountView, title="已注销的账号仍在运行", places=("account",))
def cancelled_alive(account: AccountView, *, as_of: date) -> Findings:
    """
    查什么：名录登记为已注销的账号，是不是还能看到、还在发布（监管与实体脱离）。

    依据：宝鸡市凤翔区2023年第三季度通报（已注销仍运行）；大连金普新区2025年第三季度通报（先向平台注销，再关闭备案）。

    会报：注销日期以后还有发布的；人工走查记录“账号是否存在”写“是”的。

    不报：注销当天及以前的发布；没有注销的账号，记为不适用。注销后没有再看过的，记为不能判断。

    怎么改：向平台方申请注销账号，注销后再关闭备案；确需保留的，重新备案。
    """
    one = account.account
    if one.state != "已注销":
        raise NotApplicable("账号没有注销")
    after = sorted(
        post.published
        for post in account.posts or ()
        if post.published and post.published <= as_of and (one.cancelled is None or post.published > one.cancelled)
    )
    there = noted(account, "账号是否存在", "仍可见")
    if after and one.cancelled:
        told = f"{in_words(one.cancelled)}已注销，{in_words(after[-1])}仍有发布"
    elif after:
        told = f"登记为已注销，{in_words(after[-1])}仍有发布"
    elif there:
        told = "登记为已注销，在平台上仍能看到"
    elif there is None and account.posts is None:
        raise CannotTell("注销以后没有再看过这个账号")
    else:
        return
    yield finding(
        account, quote=one.name, context="", message=f"{name_of(one)}{told}",
        facts={"cancelled": one.cancelled.isoformat() if one.cancelled else None, "last": after[-1].isoformat() if after else None},
    )  # fmt: skip
