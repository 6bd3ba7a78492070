"""Cases in the database ↔ cases.jsonl of the round, and the acts of people on them."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.cache import caches
from django.db import transaction
from django.utils import timezone

from duwang.cases.states import Event, State, after
from duwang.console.people.models import Person
from duwang.console.records.indexing import PRESENT, batches
from duwang.console.records.models import CaseRow, Round
from duwang.console.records.models.finding import Standing
from duwang.flow.folder import Folder
from duwang.flow.records import case_from, plain
from duwang.model.verdicts import Case

_BATCH = 500
_WRITTEN = ("round", "check_id", "fingerprint", "org", "state", "due", "body", "issued", "relapsed", "changed_at")


@dataclass(frozen=True, slots=True)
class _Finding:
    """What taking a case in asks of its finding."""

    check_id: str
    standing: str
    affects: bool
    certainty: float


@transaction.atomic
def take_in(round_: Round) -> None:
    """Rows for every case of the folder. A case whose finding nobody confirmed yet waits without a row: units are never asked
    to mend what may be a false alarm."""
    for cases in batches(map(case_from, Folder(round_.folder).read_lines("cases.jsonl")), _BATCH):
        kept = {row.number: row for row in CaseRow.objects.filter(number__in=[case.id for case in cases])}
        known = _findings_of(round_, [case.fingerprint for case in cases])
        made: list[CaseRow] = []
        changed: list[CaseRow] = []
        for case in cases:
            row, finding = kept.get(case.id), known.get(case.fingerprint)
            if row is None and not _certain(finding):
                continue
            (changed if row else made).append(row := row or CaseRow(number=case.id, problem=_told(case)))
            row.round, row.check_id = round_, finding.check_id if finding else row.check_id
            _fill(row, case)
        CaseRow.objects.bulk_create(made)
        CaseRow.objects.bulk_update(changed, _WRITTEN)
    transaction.on_commit(counts_changed)


def _findings_of(round_: Round, prints: Sequence[str]) -> dict[str, _Finding]:
    """By the fingerprint alone: a second condition leads databases without statistics to walk the whole round."""
    rows = round_.findings.filter(fingerprint__in=prints)
    told = rows.values_list("fingerprint", "fate", "check_id", "standing", "affects", "body__certainty")
    return {
        key: _Finding(check, standing, affects, float(sure))
        for key, fate, check, standing, affects, sure in told
        if fate in PRESENT
    }


def write_out(round_: Round) -> None:
    """cases.jsonl with what people did since; cases without a row stay as they are in the folder."""
    folder = Folder(round_.folder)
    lines = {line["id"]: line for line in folder.read_lines("cases.jsonl")}
    lines |= {row.number: row.body for row in CaseRow.objects.filter(round=round_)}
    folder.write_lines("cases.jsonl", sorted(lines.values(), key=lambda line: (line["org"], line["id"])))


@transaction.atomic
def act(row: CaseRow, event: Event, *, by: Person, at: date, why: str, **facts: Any) -> CaseRow:
    """One act of a person; NotAllowed (a Chinese sentence) when the case's state does not admit it."""
    locked = CaseRow.objects.select_for_update().get(pk=row.pk)
    case = after(case_from(locked.body), event, at=at, why=why, by=str(by), **facts)
    if event is Event.EXTENDED and facts.get("due"):
        case = case_from({**plain(case), "due": facts["due"]})
    _fill(locked, case)
    locked.save()
    transaction.on_commit(counts_changed)
    return locked


def counts_changed() -> None:
    """Whatever was counted of the cases is to be counted anew, in every process."""
    caches["kept"].set("cases", secrets.token_hex(8))


def counts_stamp() -> str:
    """Names the cases as they are now, for what is counted of them."""
    return str(caches["kept"].get("cases") or "")


def _fill(row: CaseRow, case: Case) -> None:
    row.fingerprint, row.org, row.state, row.due = case.fingerprint, case.org, case.state, case.due
    row.body = plain(case)
    opened = next((event for event in case.events if event.get("event") == Event.OPENED.value), {})
    row.issued = date.fromisoformat(opened["at"]) if opened.get("at") else None
    row.relapsed = any(event.get("event") == Event.RELAPSE.value for event in case.events)
    row.changed_at = timezone.now()


def _certain(finding: _Finding | None) -> bool:
    """Confirmed by a person, or a fact that needs no judgement; an imported case has no finding and is somebody's word already."""
    from duwang.bulletin.kinds import machine_decided

    if finding is None:
        return True
    if finding.standing in (Standing.FALSE_ALARM,):
        return False
    if finding.standing != Standing.PENDING:
        return True
    return not finding.affects and machine_decided(finding.check_id, finding.certainty)


def _told(case: Case) -> str:
    return str(case.events[0].get("why", "")) if case.events else ""


OPEN_STATES = tuple(state.value for state in State if not state.closed)
