"""update/account-stale: 新媒体内容不更新."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.update.ages import in_words
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import AccountView
from duwang.model.period import Period


@check("update/account-stale", on=AccountView, title="新媒体内容不更新", places=("account",))
def account_stale(account: AccountView, *, as_of: date, limit: str = "14天") -> Findings:
    """
    查什么：监测时间点前2周内，账号有没有发布内容。

    依据：国办秘函〔2019〕19号，政务新媒体单项否决指标“内容不更新”；各地可以更严（甘肃1周，福建10天）。

    会报：看到了账号的内容，最近一条早于期限，或者一条也没有。拟关停的账号在注销前也应维护。

    不报：恰好14天的；已注销的账号；开设不到期限、还没有发布的账号。账号没有读到、读到的内容没有日期的，
    记为不能判断。晚于监测时间点的日期不算更新。

    怎么改：恢复更新；无力维护的，报批后注销，注销前继续维护。

    设置：limit 期限，写成14天、7天等。
    """
    one = account.account
    if one.state == "已注销":
        raise NotApplicable("账号已注销")
    if account.posts is None:
        raise CannotTell(f"账号没有读到：{account.failure}")
    period = Period.parse(limit)
    last = max((post.published for post in account.posts if post.published and post.published <= as_of), default=None)
    if last is not None and not period.passed(since=last, at=as_of):
        return
    if any(post.published is None for post in account.posts):
        raise CannotTell("读到的内容里有没有日期的，不知道最近一次发布的时间")
    if last is None and one.opened and not period.passed(since=one.opened, at=as_of):
        return
    told = f"最近一次发布为{in_words(last)}，超过{period.written}未更新" if last else "无任何发布"
    closing = "，拟关停的账号在注销前仍应维护" if one.state == "拟关停" else ""
    yield finding(
        account,
        quote=one.name,
        context="",
        message=f"“{one.name}”（{one.platform}）{told}{closing}",
        facts={
            "last": last.isoformat() if last else None,
            "limit": period.written,
            "days": (as_of - last).days if last else None,
            "state": one.state,
        },
    )
