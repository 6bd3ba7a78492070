"""media/back-dated: 补发旧内容充数."""

from __future__ import annotations

from datetime import date, timedelta

from duwang.checks.check import check, finding
from duwang.checks.media.walked import name_of, running
from duwang.checks.update.ages import in_words
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import AccountView


@check("media/back-dated", on=AccountView, title="补发内容倒填日期", places=("account",))
def back_dated(account: AccountView, *, as_of: date, grace: int = 3) -> Findings:
    """
    查什么：上次检查读过这个账号、当时没有的内容，日期是不是写在上次检查以前。

    依据：国办秘函〔2019〕19号：弄虚作假；浙江等地通报中的补发充数。是否属于弄虚作假由人确认。

    会报：日期早于上次检查3天以上、而上次检查时没有的内容，合并为一条，写明几条。

    不报：在宽限以内的；第一次检查的账号，记为不适用；账号没有读到的，记为不能判断。

    怎么改：恢复真实的发布日期；今后按时发布，不补发充数。

    设置：grace 宽限几天。
    """
    one = running(account)
    if account.posts is None:
        raise CannotTell(f"账号没有读到：{account.failure}")
    if not any(post.absent_on for post in account.posts):
        raise NotApplicable("没有上次检查的记录可以比较")
    late = [
        post
        for post in account.posts
        if post.absent_on and post.published and post.published < post.absent_on - timedelta(days=grace)
    ]
    if late:
        seen = max(post.absent_on for post in late if post.absent_on)
        told = f"有{len(late)}条内容的日期早于{in_words(seen)}，而当天检查时没有这些内容"
        yield finding(
            account, quote=one.name, context="", message=f"{name_of(one)}{told}", count=len(late), certainty=0.7,
            facts={"titles": [post.title for post in late[:5]]},
        )  # fmt: skip
