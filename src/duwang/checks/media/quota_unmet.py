"""media/quota-unmet: 新媒体发布量没有达到要求."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.media.walked import name_of, running
from duwang.checks.update.ages import in_words
from duwang.checks.update.tasks import tasks_of
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import AccountView
from duwang.model.period import Period


@check("media/quota-unmet", on=AccountView, title="新媒体发布量没有达到要求", places=("account",))
def quota_unmet(account: AccountView, *, as_of: date, window: str = "3个月") -> Findings:
    """
    查什么：名录“任务”表里定给账号的发布量，期限前一段时间内发布的条数够不够。

    依据：各地新媒体发布任务（如宝鸡市凤翔区2023年第三季度通报）。

    会报：条数少于要求的，写明应发几条、实发几条；一条没有的，写“信息发布为0”。

    不报：恰好达到的；还没有到期的。账号没有读到的，记为不能判断；没有任务的，记为不适用。

    怎么改：按任务及时发布；无力维护的账号按程序注销。

    设置：window 期限之前多长时间。
    """
    one = running(account)
    tasks = tasks_of(account.registry, account.ref, "发布量", at=as_of)
    if account.posts is None:
        raise CannotTell(f"账号没有读到：{account.failure}")
    for task in tasks:
        wanted, until = task.count or 1, task.due or as_of
        since = Period.parse(window).start(until)
        done = sum(1 for post in account.posts if post.published and since < post.published <= until)
        if done < wanted:
            told = "信息发布为0" if not done else f"应发布{wanted}条，实际发布{done}条"
            yield finding(
                account, quote=one.name, context=task.name, message=f"{name_of(one)}{told}（{in_words(since)}至{in_words(until)}）",
                facts={"wanted": wanted, "done": done},
            )  # fmt: skip
