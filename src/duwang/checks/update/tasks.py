"""Publication quotas and reposting tasks of the ledger (任务): whose they are, and whether a title was published."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from duwang.model.findings import NotApplicable
from duwang.model.refs import owner_of
from duwang.model.registry import Registry, Task

_NOISE = re.compile(r"[\s\W_]+|^(?:转载|转发|【[^】]*】)")


@dataclass(frozen=True, slots=True)
class Published:
    """Something that was published: its title, its printed date and who is named for it."""

    title: str
    on: date | None
    by: tuple[str, ...] = ()


def tasks_of(registry: Registry, ref: str, kind: str, *, at: date, orgs: Iterable[str] = ()) -> tuple[Task, ...]:
    """Tasks of one kind on this object, its columns or these units, that have fallen due; NotApplicable when there are none."""
    units = set(orgs)
    found = tuple(
        task
        for task in registry.tasks
        if task.kind == kind
        and (owner_of(task.target) == ref or task.target in units)
        and (task.due is None or task.due <= at)
    )
    if not found:
        raise NotApplicable(f"名录没有到期的{kind}任务")
    return found


def titles_alike(wanted: str, title: str) -> bool:
    """The same headline but for punctuation and a mark of reposting."""
    one, other = _bare(wanted), _bare(title)
    return len(one) >= 4 and (one in other or (len(other) >= 8 and other in one))


def _bare(title: str) -> str:
    return _NOISE.sub("", re.sub(r"^[（(【\[]?(?:转载|转发)[）)】\]]?[：:]?", "", title))
