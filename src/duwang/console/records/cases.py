"""Cases in the database ↔ cases.jsonl of the round, and the acts of people on them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from duwang.cases.states import Event, State, after
from duwang.console.people.models import Person
from duwang.console.records.models import CaseRow, FindingRow, Round
from duwang.console.records.models.finding import Standing
from duwang.flow.folder import Folder
from duwang.flow.records import case_from, plain
from duwang.model.verdicts import Case


@transaction.atomic
def take_in(round_: Round) -> None:
    """Rows for every case of the folder. A case whose finding nobody confirmed yet waits without a row: units are never asked
    to mend what may be a false alarm."""
    kept = {row.number: row for row in CaseRow.objects.filter(round=round_)}
    known = {row.fingerprint: row for row in round_.findings.filter(fate__in=("new", "carried", "relapsed"))}
    for line in Folder(round_.folder).read_lines("cases.jsonl"):
        case = case_from(line)
        row = kept.get(case.id) or CaseRow.objects.filter(number=case.id).first()
        finding = known.get(case.fingerprint)
        if row is None and not _certain(finding):
            continue
        row = row or CaseRow(number=case.id, problem=_told(case))
        row.round, row.check_id = round_, finding.check_id if finding else row.check_id
        _set(row, case)


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
    _set(locked, case)
    return locked


def _set(row: CaseRow, case: Case) -> None:
    row.fingerprint, row.org, row.state, row.due = case.fingerprint, case.org, case.state, case.due
    row.body = plain(case)
    opened = next((event for event in case.events if event.get("event") == Event.OPENED.value), {})
    row.issued = date.fromisoformat(opened["at"]) if opened.get("at") else None
    row.relapsed = any(event.get("event") == Event.RELAPSE.value for event in case.events)
    row.save()


def _certain(finding: FindingRow | None) -> bool:
    """Confirmed by a person, or a fact that needs no judgement; an imported case has no finding and is somebody's word already."""
    from duwang.bulletin.kinds import machine_decided

    if finding is None:
        return True
    if finding.standing in (Standing.FALSE_ALARM,):
        return False
    if finding.standing != Standing.PENDING:
        return True
    return not finding.affects and machine_decided(finding.check_id, float(finding.body["certainty"]))


def _told(case: Case) -> str:
    return str(case.events[0].get("why", "")) if case.events else ""


OPEN_STATES = tuple(state.value for state in State if not state.closed)
