"""Until when columns and accounts are still fresh: the early warning before 应更新未更新 becomes true."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from duwang.checks.update.ages import LIMITS, newest, period_of
from duwang.flow.folder import Folder
from duwang.flow.records import from_plain
from duwang.model.material import AccountView, Listing
from duwang.model.period import Period
from duwang.model.registry import Site

FILE = "upcoming.jsonl"
_COLUMN, _ACCOUNT = "update/column-stale", "update/account-stale"


@dataclass(frozen=True, slots=True)
class Upcoming:
    """`last` is the newest printed day, `until` the last day on which it still counts as fresh under `limit` (14天, 6个月 …)."""

    target: str
    name: str
    org: str
    last: date
    limit: str
    until: date

    def in_words(self, at: date) -> str:
        """One sentence for the person who has to update it."""
        left = (self.until - at).days
        when = "今天到期" if left == 0 else f"还有{left}天到期"
        return f"{self.name}最近更新于{self.last.month}月{self.last.day}日，更新期限{self.limit}，{when}（{self.until.month}月{self.until.day}日以后算未更新）"


def upcoming(
    site: Site, listings: Iterable[Listing], *, settings: Mapping[str, Mapping[str, Any]], as_of: date
) -> Iterator[Upcoming]:
    """Of every column of a site that is fresh at `as_of`; those that are not are findings."""
    limits = settings.get(_COLUMN, {}).get("limit", LIMITS)
    for listing in listings:
        column, last = listing.column, newest(listing.items, as_of=as_of)
        period = period_of(column, limits)
        if period and last and not period.passed(since=last, at=as_of):
            name = f"{site.name}“{column.name}”栏目"
            yield Upcoming(listing.target, name, column.org or site.owner, last, period.written, period.last_day(last))


def upcoming_account(
    view: AccountView, *, settings: Mapping[str, Mapping[str, Any]], as_of: date
) -> Iterator[Upcoming]:
    """The same of an account: one or none."""
    limit = Period.parse(settings.get(_ACCOUNT, {}).get("limit", "14天"))
    days = [post.published for post in view.posts or () if post.published and post.published <= as_of]
    if view.account.state != "已注销" and days and not limit.passed(since=max(days), at=as_of):
        name = f"“{view.account.name}”（{view.account.platform}）"
        yield Upcoming(view.target, name, view.account.owner, max(days), limit.written, limit.last_day(max(days)))


def due_soon(folder: Folder, *, at: date) -> list[Upcoming]:
    """Those that run out soon, the nearest first: within three days for limits of weeks, within half a month for longer ones."""
    found = [from_plain(line, Upcoming) for line in folder.read_lines(FILE)]
    near = [one for one in found if 0 <= (one.until - at).days <= (3 if one.limit.endswith(("天", "日", "周")) else 15)]
    return sorted(near, key=lambda one: (one.until, one.target))
