"""media/repost-missed: 没有完成转发任务."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.media.walked import name_of, running
from duwang.checks.update.ages import in_words
from duwang.checks.update.tasks import tasks_of, titles_alike
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import AccountView
from duwang.model.refs import org_ref


@check("media/repost-missed", on=AccountView, title="没有完成转发任务", places=("account",))
def repost_missed(account: AccountView, *, as_of: date) -> Findings:
    """
    查什么：名录“任务”表里要求账号（或其主办单位）转发的信息，有没有按期转发。

    依据：宝鸡市凤翔区2023年第三季度通报（没有完成国办公开办转发任务）；各地转发任务。

    会报：没有转发的；晚于期限才转发的。

    不报：期限当天转发的；还没有到期的；账号已注销的。账号没有读到的，记为不能判断；没有转发任务的，记为不适用。

    怎么改：立即转发，今后收到任务当天办理。
    """
    one = running(account)
    tasks = tasks_of(account.registry, account.ref, "转发", at=as_of, orgs=(org_ref(one.owner),))
    if account.posts is None:
        raise CannotTell(f"账号没有读到：{account.failure}")
    for task in tasks:
        posts = [post for post in account.posts if titles_alike(task.name, post.title)]
        days = sorted(post.published for post in posts if post.published)
        if task.due and days and days[0] > task.due:
            told = f"转发“{task.name}”应在{in_words(task.due)}前完成，实际于{in_words(days[0])}发布"
        elif posts:
            continue
        else:
            told = f"没有转发“{task.name}”" + (f"（期限{in_words(task.due)}）" if task.due else "")
        yield finding(
            account, quote=task.name, context=one.name, message=f"{name_of(one)}{told}",
            facts={"due": task.due.isoformat() if task.due else None, "published": days[0].isoformat() if days else None},
        )  # fmt: skip
