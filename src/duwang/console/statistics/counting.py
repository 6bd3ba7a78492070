"""The statistics of a round as one person sees them, kept until it is judged again: counted at once, or by a job when the round
is large."""

from __future__ import annotations

import hashlib

from django.core.cache import caches

from duwang.checks.check import all_checks
from duwang.console.people.models import Person
from duwang.console.people.seeing import units_of
from duwang.console.records.models import Round
from duwang.console.records.sizes import large
from duwang.flow.composing import narrowed
from duwang.flow.counting import Statistics, count_all
from duwang.flow.folder import Folder
from duwang.flow.judged import Judged
from duwang.flow.ports import Progress
from duwang.flow.quarters import Round as Told
from duwang.flow.quarters import earlier_rounds, round_of
from duwang.flow.redacting import fit_to_leave

_ROUNDS = 7


def statistics_of(round_: Round, person: Person) -> Statistics | None:
    """Tables and charts of this round and the ones it follows, of the person's units only; None when a job has to count first."""
    units = units_of(person)
    found: Statistics | None = caches["kept"].get(_key("statistics", round_, units))
    if found is None and not large(round_):
        found = prepare(round_, units)
    return found


def prepare(round_: Round, units: frozenset[str] | None, *, progress: Progress = lambda _: None) -> Statistics:
    """Count and keep."""
    progress("正在读取本期的判定和问题")
    judged = narrowed(fit_to_leave(Judged.of(Folder(round_.folder))).judged, units)
    titles = {check.id: check.title for check in all_checks().values()}
    before = _before(round_, units, progress)
    progress("正在统计")
    found = count_all(judged, before, titles)
    caches["kept"].set(_key("statistics", round_, units), found)
    return found


def _before(round_: Round, units: frozenset[str] | None, progress: Progress) -> list[Told]:
    """What the earlier rounds came to, oldest first: from the rounds of the console, behind them from the folder's own record."""
    told: list[Told] = []
    oldest = round_
    while oldest.previous is not None and len(told) < _ROUNDS:
        oldest = oldest.previous
        key = _key("round", oldest, units)
        one: Told | None = caches["kept"].get(key)
        if one is None:
            progress(f"正在读取{oldest.name}")
            one = round_of(narrowed(Judged.of(Folder(oldest.folder)), units))
            caches["kept"].set(key, one)
        told.insert(0, one)
    names = {one.name for one in told}
    recorded = earlier_rounds(Folder(oldest.folder)) if units is None else []
    return [*(one for one in recorded if one.name not in names), *told]


def _key(what: str, round_: Round, units: frozenset[str] | None) -> str:
    whose = "all" if units is None else hashlib.sha256("\x1f".join(sorted(units)).encode()).hexdigest()[:24]
    judged = round_.judged_at.timestamp() if round_.judged_at else 0
    return f"{what}:{round_.pk}:{judged}:{whose}"
