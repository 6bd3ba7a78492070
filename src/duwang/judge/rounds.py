"""This round against all earlier ones: carried over, relapsed, rectified, new, cannot tell; and the history that is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from duwang.model.findings import Finding, Outcome, Status
from duwang.model.refs import owner_of
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Decision, Review

READ = "read"
WITHDRAWN = ("404", "410", "withdrawn", "服务器返回404", "服务器返回410")


class Fate(StrEnum):
    """What became of a finding in one round."""

    NEW = "new"
    CARRIED = "carried"
    RELAPSED = "relapsed"
    RECTIFIED = "rectified"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Past:
    """One line of history.jsonl. `fates` has one entry per round since the first, oldest first; `why` explains the last one."""

    fingerprint: str
    check: str
    target: str
    first_seen: date
    last_seen: date
    fates: tuple[str, ...] = ()
    why: str = ""

    @property
    def outstanding(self) -> bool:
        """Found and not rectified since, as far as anybody could tell."""
        return not self.fates or self.fates[-1] != Fate.RECTIFIED


@dataclass(frozen=True, slots=True)
class Rounds:
    """Sorted fingerprints by fate."""

    carried: tuple[str, ...] = ()
    relapsed: tuple[str, ...] = ()
    rectified: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    cannot_tell: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, list[str]]:
        return {name: list(getattr(self, name)) for name in self.__dataclass_fields__}


def compare(
    findings: Iterable[Finding],
    outcomes: Iterable[Outcome],
    history: Iterable[Past],
    *,
    as_of: date,
    pages: Mapping[str, str] | None = None,
    places: Mapping[str, Sequence[str]] | None = None,
    reviews: Sequence[Review] = (),
) -> tuple[Rounds, tuple[Past, ...]]:
    """The fates of this round and the history to keep, sorted by fingerprint.

    `pages` maps page refs (and addresses) to `read`, `404`, `410` or the reason why they were not read. A page's finding is
    rectified only when its page was read without it or is gone; without any `pages`, only a CLEAN outcome will do. `places` maps
    fingerprints to the refs of all pages that a finding stood on: each of them must have been seen.
    What a person called 误报 is neither new nor carried over; if it was named before, its history ends with that reason.
    """
    rulings = Rulings(reviews)
    now: dict[str, Finding] = {}
    dismissed: set[str] = set()
    for finding in findings:
        if rulings.decision(finding) is Decision.FALSE_ALARM:
            dismissed.add(finding.fingerprint)
        else:
            now[finding.fingerprint] = finding
    told = {(outcome.target, outcome.check): outcome for outcome in outcomes}
    earlier = {past.fingerprint: past for past in history}
    kept: dict[str, Past] = {}
    for key, finding in now.items():
        kept[key] = _seen_again(earlier.get(key), finding, as_of)
    for key, past in earlier.items():
        if key in dismissed:
            kept[key] = replace(past, fates=(*past.fates, Fate.RECTIFIED.value), why="复核为误报")
        elif key not in now:
            kept[key] = _not_seen(past, told, pages or {}, (places or {}).get(key, ()))
    groups: dict[str, list[str]] = {fate.value: [] for fate in Fate}
    for key in sorted(kept):
        if key in now or (earlier[key].outstanding and key not in dismissed):
            groups[kept[key].fates[-1]].append(key)
    return Rounds(**{name: tuple(keys) for name, keys in groups.items()}), tuple(kept[key] for key in sorted(kept))


def _seen_again(past: Past | None, finding: Finding, as_of: date) -> Past:
    if past is None:
        first = min(finding.first_seen, as_of)
        return Past(finding.fingerprint, finding.check, finding.target, first, as_of, (Fate.NEW.value,))
    fate = Fate.CARRIED if past.outstanding else Fate.RELAPSED
    return replace(past, last_seen=as_of, fates=(*past.fates, fate.value), why="")


def _not_seen(
    past: Past, told: Mapping[tuple[str, str], Outcome], pages: Mapping[str, str], places: Sequence[str]
) -> Past:
    if not past.outstanding:
        return replace(past, fates=(*past.fates, Fate.RECTIFIED.value))
    fate, why = _fate_of_absent(past, told, pages, places)
    return replace(past, fates=(*past.fates, fate.value), why=why)


def _fate_of_absent(
    past: Past, told: Mapping[tuple[str, str], Outcome], pages: Mapping[str, str], places: Sequence[str]
) -> tuple[Fate, str]:
    state = _state(past, pages, places)
    if state in WITHDRAWN:
        return Fate.RECTIFIED, "页面已撤下"
    outcome = told.get((past.target, past.check)) or told.get((owner_of(past.target), past.check))
    if outcome is None:
        return Fate.CANNOT_TELL, "本次没有安排这项检查"
    if state and state != READ:
        return Fate.CANNOT_TELL, state
    if outcome.status in (Status.UNKNOWN, Status.SKIPPED):
        return Fate.CANNOT_TELL, outcome.reason or "不能判断"
    if state == READ:
        return Fate.RECTIFIED, "重新检查未再发现"
    if "/page/" in past.target and (outcome.status is Status.FOUND or pages):
        return Fate.CANNOT_TELL, "本次没有读到该页面"
    return Fate.RECTIFIED, "重新检查未再发现"


def _state(past: Past, pages: Mapping[str, str], places: Sequence[str]) -> str | None:
    """read, 404 or 410 when all its pages were seen or are gone, else why one was not; None when nothing is known."""
    if not places or not pages:
        return pages.get(past.target)
    states = [pages.get(ref, "本次没有读到该页面") for ref in places]
    unseen = [state for state in states if state != READ and state not in WITHDRAWN]
    return unseen[0] if unseen else READ if READ in states else states[0]
