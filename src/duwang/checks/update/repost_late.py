"""update/repost-late: 转载任务没有按时完成."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.update.ages import in_words
from duwang.checks.update.tasks import tasks_of, titles_alike
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import SiteView


@check("update/repost-late", on=SiteView, title="转载重要信息不及时")
def repost_late(site: SiteView, *, as_of: date, least_read: float = 0.9) -> Findings:
    """
    查什么：名录“任务”表里要求网站转载的信息，有没有按期转载。

    依据：国务院办公厅对政府网站转载国务院重要政策信息的要求（24小时内）；各地转载任务。期限以“任务”表为准。

    会报：期限内没有转载的；转载了但晚于期限的。

    不报：期限当天转载的；还没有到期的。页面没有读全而没有找到的，记为不能判断；没有转载任务的，记为不适用。

    怎么改：立即转载，今后收到任务当天办理。

    设置：least_read 页面读到多少，没有找到才下结论。
    """
    unread = False
    found = False
    for task in tasks_of(site.registry, site.ref, "转发", at=as_of):
        hits = [page for page in site.pages if page.kind != "list" and titles_alike(task.name, page.title)]
        hits_on = [page.published for page in hits if page.published]
        items = [item for listing in site.listings for item in listing.items if titles_alike(task.name, item.title)]
        days = sorted([*hits_on, *(item.on for item in items if item.on)])
        if task.due and days and days[0] > task.due:
            found = True
            told = f"转载“{task.name}”应在{in_words(task.due)}前完成，实际于{in_words(days[0])}发布"
        elif days or hits or items:
            continue
        elif site.known and site.read < least_read * site.known:
            unread = True
            continue
        else:
            found = True
            told = f"没有转载“{task.name}”" + (f"（期限{in_words(task.due)}）" if task.due else "")
        yield finding(
            site, quote=task.name, context=task.target, message=told,
            facts={"due": task.due.isoformat() if task.due else None, "published": days[0].isoformat() if days else None},
        )  # fmt: skip
    if unread and not found:
        raise CannotTell(f"应读{site.known}页，只读到{site.read}页，没有找到的不能判断")
