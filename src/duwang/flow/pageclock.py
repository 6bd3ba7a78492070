"""The first-seen clock of pages: what the last inspection knew of a page when this one looks at it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from duwang.flow.folder import Folder
from duwang.flow.pagehistory import past_lives
from duwang.model.findings import Status
from duwang.model.material import Document, Item
from duwang.model.refs import owner_of, page_ref

_COLUMN = "update/column-stale"
_MOVED = 5  # so many unknown addresses, and most of a column: it was rebuilt, not filled in


@dataclass(frozen=True, slots=True)
class PageClock:
    """`seen`: page ref → day first seen, dates it has borne. `whole`: refs of columns whose lists were read on `read_on`; `opened` is the first day of
    what was opened then, `met` the refs that were met at all, read or not."""

    seen: Mapping[str, tuple[date, frozenset[date | None]]]
    whole: frozenset[str] = frozenset()
    met: frozenset[str] = frozenset()
    read_on: date | None = None
    opened: date | None = None

    @classmethod
    def of(cls, previous: Folder | None) -> PageClock:
        """What the folder of the last round tells; nothing without one, or when that round was broken off."""
        if previous is None:
            return cls({})
        run = previous.run()
        lives = past_lives(previous).items()
        seen = {ref: (life.first_seen, frozenset(one.published for one in life.versions)) for ref, life in lives}
        if not run.get("complete"):
            return cls(seen)
        start = (run.get("period") or {}).get("start")
        told = (Status.CLEAN, Status.FOUND)
        return cls(
            seen,
            frozenset(one.target for one in previous.outcomes() if one.check == _COLUMN and one.status in told),
            frozenset(line["ref"] for line in previous.read_lines("pages.jsonl")),
            date.fromisoformat(str(run["as_of"])[:10]),
            date.fromisoformat(str(start)[:10]) if start else date.min,
        )

    def filled_in(self, column: str, items: Sequence[Item]) -> frozenset[str]:
        """Addresses of items that are dated in what was opened last time and were not in the column then."""
        if self.read_on is None or self.opened is None or column not in self.whole:
            return frozenset()
        owner = owner_of(column)
        window = [one for one in items if one.on and not one.inferred and self.opened <= one.on <= self.read_on]
        unknown = [one for one in window if page_ref(owner, one.url) not in self.met]
        rebuilt = len(unknown) >= _MOVED and 2 * len(unknown) > len(window)
        return frozenset() if rebuilt else frozenset(one.url for one in unknown)

    def dated(self, page: Document) -> Document:
        """An article with the day it was first seen, when it bears another date since; one that was not there when its whole column
        was read bears that day as `absent_on`. What is dated before the days that were opened then was never looked for."""
        if page.medium != "page" or page.kind != "article" or not page.ref:
            return page
        if (known := self.seen.get(page.ref)) is not None:
            first, borne = known
            return page if page.published in borne else replace(page, first_seen=first)
        if self.read_on is None or self.opened is None or page.published is None or page.ref in self.met:
            return page
        looked_for = page.column in self.whole and self.opened <= page.published <= self.read_on
        return replace(page, absent_on=self.read_on) if looked_for else page
