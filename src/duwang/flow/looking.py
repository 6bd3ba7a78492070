"""One page → the drafts of every page check: what is recorded in the same transaction as the page itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from duwang.checks.check import Check
from duwang.flow.limits import TooLong, at_most
from duwang.flow.pageclock import PageClock
from duwang.flow.planning import PlanFault
from duwang.flow.records import plain
from duwang.model.findings import CannotTell, Draft, NotApplicable
from duwang.model.material import Document

_SECONDS = 20  # of processor time for all checks of a page; the first one also pays for loading the word lists
_ON_PROSE = ("text", "privacy", "document")


@dataclass(frozen=True, slots=True)
class Looker:
    """The page checks of a run with their settings; `clock` knows when a page was first seen."""

    checks: tuple[Check, ...]
    settings: Mapping[str, Mapping[str, Any]]
    as_of: date
    clock: PageClock = field(default_factory=lambda: PageClock({}))

    def look(self, document: Document, *, place: str) -> dict[str, Any]:
        """`{"drafts": {check: [draft…]}, "faults": {check: reason}}`; nothing raises."""
        document = self.clock.dated(document)
        drafts: dict[str, list[dict[str, Any]]] = {}
        faults: dict[str, str] = {}
        waiting = [check for check in self.checks if place in check.places]
        waiting.reverse()
        try:
            with at_most(_SECONDS):
                while waiting:
                    self._one(waiting[-1], document, drafts, faults)
                    waiting.pop()
        except TooLong:
            late = f"一页查了{_SECONDS}秒没有查完，已停止"
            faults.update({check.id: late for check in reversed(waiting)})
        return {"drafts": drafts, "faults": faults}

    def _one(
        self, check: Check, document: Document, drafts: dict[str, list[dict[str, Any]]], faults: dict[str, str]
    ) -> None:
        seen = look_once(check, document, settings=self.settings, as_of=self.as_of)
        found = seen.drafts
        if found and check.family in _ON_PROSE and document.kind in ("list", "home"):
            found = tuple(draft for draft in found if not _in_a_link(draft, document))
        if found:
            drafts[check.id] = [plain(draft) for draft in found]
        if seen.unknown:
            faults[check.id] = seen.unknown


@dataclass(frozen=True, slots=True)
class Look:
    """What one check said of one subject: drafts, why it could not decide, or why it does not concern it."""

    drafts: tuple[Draft, ...] = ()
    unknown: str = ""
    skipped: str = ""


def look_once(check: Check, subject: Any, *, settings: Mapping[str, Mapping[str, Any]], as_of: date) -> Look:
    """Run one check. A crash in a check is an UNKNOWN with the reason, never the end of a run."""
    try:
        return Look(tuple(check.look(subject, as_of=as_of, settings=settings.get(check.id, {}))))
    except NotApplicable as why:
        return Look(skipped=str(why) or "不适用")
    except CannotTell as why:
        return Look(unknown=str(why) or "无法判断")
    except TooLong:
        raise
    except Exception as error:
        return Look(unknown=f"检查项出错：{type(error).__name__} {error}"[:300])


def _in_a_link(draft: Draft, document: Document) -> bool:
    """True when the quote lies in the title of a linked page, where the page itself answers for it."""
    if draft.start is None or draft.end is None:
        return False
    raw = document.body[draft.start : draft.end]
    return bool(raw) and any(raw in link.text for link in document.links)


def relevant(checks: Iterable[Check], *, only: Sequence[str]) -> tuple[Check, ...]:
    """The checks a person asked for: an id or a family; all when nothing was named. PlanFault for a name that is neither."""
    known = tuple(checks)
    if not only:
        return known
    if strange := sorted(set(only) - {name for check in known for name in (check.id, check.family)}):
        raise PlanFault(f"--check 指定的“{'、'.join(strange)}”不是检查项，可用 duwang checks list 查看全部")
    return tuple(check for check in known if check.id in only or check.family in only)
