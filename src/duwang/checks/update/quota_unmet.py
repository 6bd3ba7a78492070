"""update/quota-unmet: 发布量没有达到要求."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import check, finding
from duwang.checks.update.ages import in_words
from duwang.checks.update.tasks import Published, tasks_of
from duwang.model.findings import CannotTell, Findings
from duwang.model.material import SiteView
from duwang.model.period import Period
from duwang.model.refs import org_ref
from duwang.model.registry import Task


@check("update/quota-unmet", on=SiteView, title="信息发布量没有达到要求")
def quota_unmet(site: SiteView, *, as_of: date, window: str = "3个月") -> Findings:
    """
    查什么：名录“任务”表里的发布量，期限前一段时间内发布的条数够不够。任务可以定给网站、栏目或者单位（按印出的来源、栏目责任单位计）。

    依据：各地信息发布任务（如宝鸡市凤翔区2023年第三季度通报的“信息发布为0”）。

    会报：条数少于要求的，写明应发几条、实发几条；一条没有的，写“信息发布为0”。

    不报：恰好达到的；还没有到期的。栏目没有读到的，记为不能判断；没有发布量任务的，记为不适用。

    怎么改：按任务及时发布信息；确无内容的，报备说明。

    设置：window 期限之前多长时间。
    """
    units = {org_ref(org.name): org for org in site.registry.orgs}
    here = {column.org for column in site.registry.columns_of(site.site.code)} | {site.site.owner}
    mine = [
        ref
        for ref, org in units.items()
        if org.name in here or org.short in here or _publishes(site, org.name, org.short)
    ]
    for task in tasks_of(site.registry, site.ref, "发布量", at=as_of, orgs=mine):
        wanted = task.count or 1
        until = task.due or as_of
        since = Period.parse(window).start(until)
        published = _published(site, task)
        if published is None:
            raise CannotTell(f"任务“{task.name or task.target}”的栏目没有读到")
        done = sum(1 for one in published if one.on and since < one.on <= until)
        if done >= wanted:
            continue
        name = _name(site, task)
        told = f"“{name}”信息发布为0" if not done else f"“{name}”应发布{wanted}条，实际发布{done}条"
        yield finding(
            site, quote=name, context=task.target, target=task.target if "/column/" in task.target else "", message=f"{told}（{in_words(since)}至{in_words(until)}）",
            facts={"wanted": wanted, "done": done, "unit": name, **_owner(task)},
        )  # fmt: skip


def _published(site: SiteView, task: Task) -> list[Published] | None:
    """What counts for the task: the column's items, the unit's pages, or all items; None when the column could not be read."""
    if "/column/" in task.target:
        listing = next((one for one in site.listings if one.ref == task.target), None)
        if listing is None or listing.failure:
            return None
        return [Published(item.title, item.on) for item in listing.items]
    if task.target.startswith("org/"):
        org = next((one for one in site.registry.orgs if one.ref == task.target), None)
        names = {org.name, org.short} - {""} if org else {task.target.removeprefix("org/")}
        columns = {column.ref for column in site.registry.columns if column.org in names}
        pages = [p for p in site.pages if p.kind == "article" and (names & set(p.printed_by) or p.column in columns)]
        return [Published(page.title, page.published, page.printed_by) for page in pages]
    named = [one for one in site.listings if one.column.name == task.name] or list(site.listings)
    if any(one.failure for one in named):
        return None
    return [Published(item.title, item.on) for one in named for item in one.items]


def _owner(task: Task) -> dict[str, str]:
    """A quota of a unit is that unit's, whoever runs the site."""
    return {"answers": task.target.removeprefix("org/")} if task.target.startswith("org/") else {}


def _publishes(site: SiteView, *names: str) -> bool:
    wanted = set(names) - {""}
    return any(wanted & set(page.printed_by) for page in site.pages)


def _name(site: SiteView, task: Task) -> str:
    if task.target.startswith("org/"):
        org = next((one for one in site.registry.orgs if one.ref == task.target), None)
        return (org.short or org.name) if org else task.target.removeprefix("org/")
    listing = next((one for one in site.listings if one.ref == task.target), None)
    return task.name or (listing.column.name if listing else site.site.name)
