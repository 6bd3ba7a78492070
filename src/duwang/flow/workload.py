"""Statistics of what was done: publication by class and source, tasks and quotas, key fields, letters."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date

from duwang.bulletin.figures import percentage, printed_rate
from duwang.bulletin.render.statistics import Table
from duwang.flow.judged import Judged
from duwang.flow.publications import DISCLOSED, ORDINARY, REPOSTED, Publication
from duwang.flow.statistics import troubled_targets
from duwang.model.registry import Letter, Task
from duwang.model.verdicts import VerdictKind

_SPACE = re.compile(r"[\s《》“”\"'：:，,。！!？?、]+")
LITTLE = 3


def published_by_unit(judged: Judged) -> Table:
    """Articles on sites by class, posts apart, by unit; the last row adds up."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for one in judged.publications:
        medium = "新媒体发布" if one.target.startswith("account/") else "网站"
        counts[one.org or "待定"][
            one.kind if medium == "网站" else "新媒体转发" if one.kind == REPOSTED else medium
        ] += 1
    heads = (ORDINARY, DISCLOSED, REPOSTED, "新媒体发布", "新媒体转发")
    total: Counter[str] = sum(counts.values(), Counter())
    rows = [
        (org, *(str(here[head]) for head in heads[:3]), str(sum(here[head] for head in heads[:3])), *(str(here[head]) for head in heads[3:]))
        for org, here in [*sorted(counts.items(), key=lambda pair: (-sum(pair[1].values()), pair[0])), ("合计", total)]
    ]  # fmt: skip
    note = "转载：印出的来源不是本级单位；信息公开：政策、人事、规划、数据、机构、重点领域和法定公开栏目的稿件；其余为普通文章。没有印日期的稿件不计。"
    return Table(
        "信息发布（按单位）",
        ("单位", "普通文章", "信息公开", "转载", "网站合计", "新媒体发布", "新媒体转发"),
        tuple(rows if counts else ()),
        note,
    )


def reposted_by_source(judged: Judged) -> Table:
    counts = Counter(one.source for one in judged.publications if one.kind == REPOSTED and one.source)
    rows = [(source, str(n)) for source, n in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    return Table("转载来源", ("来源", "转载条数"), tuple(rows))


def tasks_done(judged: Judged) -> Table:
    """Every task of the ledger with what was found for it in the period."""
    rows = [
        (name_of(judged, task.target), task.kind, task.name, task.due.isoformat() if task.due else "", str(task.count or 1), str(done), "是" if finished else "否")
        for task, done, finished in progress_of(judged)
    ]  # fmt: skip
    return Table("任务完成情况", ("对象", "类型", "名称或栏目", "期限", "要求", "完成", "完成任务"), tuple(rows))


def progress_of(judged: Judged) -> Iterator[tuple[Task, int, bool]]:
    """(task, how much was done in time, whether that is enough)."""
    for task in judged.registry.tasks:
        done = sum(1 for one in judged.publications if _answers(one, task, judged))
        yield task, done, done >= (task.count or 1)


def honours(judged: Judged) -> Table:
    """完成任务 and 做得好: every task done; every object 合格 and nothing found besides."""
    units = {org.name for org in judged.registry.orgs}
    pending: dict[str, list[bool]] = defaultdict(list)
    for task, _, finished in progress_of(judged):
        if (unit := unit_behind(judged, task.target)) in units:
            pending[unit].append(finished)
    troubled, objects = troubled_targets(judged), defaultdict(list)
    for verdict in judged.verdicts:
        objects[verdict.org].append(verdict.verdict is VerdictKind.QUALIFIED and verdict.target not in troubled)
    completed = sorted(unit for unit, results in pending.items() if all(results))
    missed = sorted(unit for unit, results in pending.items() if not all(results))
    clean = sorted(
        unit for unit, results in objects.items() if unit in units and all(results) and all(pending.get(unit, ()))
    )
    rows = [("完成任务的单位", str(len(completed)), "、".join(completed)), ("没有完成任务的单位", str(len(missed)), "、".join(missed)),
            ("做得好的单位", str(len(clean)), "、".join(clean))]  # fmt: skip
    note = "做得好：所办网站和账号全部合格、没有发现问题，有任务的都已完成。"
    return Table(
        "完成任务和做得好的单位", ("名单", "单位数", "单位"), tuple(row for row in rows if row[1] != "0"), note
    )


def fields_with_little(judged: Judged) -> Table:
    """重点领域 by how much was published in the period, least first."""
    fields: dict[str, set[str]] = defaultdict(set)
    for column in judged.registry.columns:
        if column.category == "重点领域":
            fields[column.field or column.name].add(column.ref)
    counts = Counter(one.column for one in judged.publications)
    rows = []
    for name, refs in fields.items():
        amount = sum(counts[ref] for ref in refs)
        rows.append((name, str(len(refs)), str(amount), "为0" if not amount else "偏少" if amount < LITTLE else ""))
    note = f"本期发布为0的标“为0”，不足{LITTLE}条的标“偏少”。"
    return Table(
        "重点领域信息发布",
        ("领域", "栏目数", "本期发布", "提示"),
        tuple(sorted(rows, key=lambda row: (int(row[2]), row[0]))),
        note,
    )


def letters_by_kind(judged: Judged) -> Table:
    """Letters received in the period by mailbox and category, how many are settled, and subjects that came twice."""
    groups: dict[tuple[str, str], list[Letter]] = defaultdict(list)
    for letter in judged.registry.letters:
        if letter.valid and _within(judged, letter.received):
            groups[letter.mailbox or letter.source, letter.category or "未分类"].append(letter)
    rows = []
    for (box, category), here in sorted(groups.items()):
        answered = sum(1 for letter in here if letter.replied)
        again = sum(n for n in Counter(_plain(letter.title) for letter in here if letter.title).values() if n > 1)
        share = printed_rate(percentage(answered, len(here), 2))
        rows.append((box, category, str(len(here)), str(answered), share, str(again)))
    return Table("来信办理（按种类）", ("信箱或来源", "类别", "收到", "办结", "办结率", "同题多次来信"), tuple(rows))


def name_of(judged: Judged, target: str) -> str:
    registry = judged.registry
    named = {site.ref: site.name for site in registry.sites} | {
        one.ref: f"{one.name}（{one.platform}）" for one in registry.accounts
    }
    return named.get(target) or target.removeprefix("org/")


def unit_behind(judged: Judged, target: str) -> str:
    """The unit a task is laid upon."""
    if target.startswith("org/"):
        return target.removeprefix("org/")
    owners = {site.ref: site.owner for site in judged.registry.sites}
    owners |= {account.ref: account.owner for account in judged.registry.accounts}
    return owners.get("/".join(target.split("/")[: 3 if target.startswith("account/") else 2]), "")


def _answers(one: Publication, task: Task, judged: Judged) -> bool:
    """Whether a publication counts for a task: in time, by the right one, under the right title or in the right column."""
    if task.due is not None and one.on > task.due:
        return False
    unit = task.target.removeprefix("org/")
    if (
        one.org != unit
        if task.target.startswith("org/")
        else not (one.target == task.target or one.column == task.target)
    ):
        return False
    if task.kind == "转发":
        return _plain(task.name) in _plain(one.title)
    names = {column.ref: column.name for column in judged.registry.columns}
    return not task.name or names.get(one.column, "") == task.name


def _within(judged: Judged, day: date | None) -> bool:
    period = judged.run.get("period")
    if not period or day is None:
        return True
    return str(period["start"]) <= day.isoformat() <= str(period["end"])


def _plain(text: str) -> str:
    return _SPACE.sub("", text)
