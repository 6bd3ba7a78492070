"""Decisions on findings: one for all equal ones or for a single one, with a reason, undone as it was made."""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, QuerySet

from duwang.console.people.models import Person
from duwang.console.records.indexing import standings
from duwang.console.records.models import Answer, Decided, FindingRow, Round, Tally
from duwang.console.records.models.finding import Standing
from duwang.flow.folder import Folder
from duwang.model.verdicts import Decision, Review

_TALLIED = ("org", "kind", "check_id", "severity", "fate", "affects")
_STANDING = {
    Decision.CONFIRMED: Standing.CONFIRMED,
    Decision.FALSE_ALARM: Standing.FALSE_ALARM,
    Decision.NO_EFFECT: Standing.NO_EFFECT,
}


class NeedsReason(ValueError):
    """Dismissing needs a reason."""


@transaction.atomic
def decide(
    round_: Round, rows: Sequence[FindingRow], decision: Decision, *, by: Person, reason: str, single: bool = False
) -> tuple[str, int]:
    """Decide on the findings' questions (or on just these findings); returns the batch to undo and how many findings it settled."""
    if decision is not Decision.CONFIRMED and not reason.strip():
        raise NeedsReason("标为误报或不影响判定，须写明理由")
    batch = secrets.token_hex(8)
    total = 0
    for row in _once(rows, single):
        hit = _covered(round_, row, single)
        number = _move(round_, hit, _STANDING[decision])
        Decided.objects.create(
            round=round_, question="" if single else row.question, fingerprint=row.fingerprint if single else "",
            check_id=row.check_id, quote=row.quote, decision=decision.value, reason=reason.strip(), by=by, batch=batch, findings=number,
        )  # fmt: skip
        total += number
    Round.objects.filter(pk=round_.pk).update(stale=True)
    return batch, total


@transaction.atomic
def undo(batch: str, *, by: Person) -> int:
    """Take back one act; findings go back to what other decisions say of them."""
    taken = list(Decided.objects.select_for_update().filter(batch=batch, undone_at=None))
    now = datetime.now(UTC)
    for one in taken:
        one.undone_at, one.undone_by = now, by
        one.save(update_fields=["undone_at", "undone_by"])
    decided = standings()
    total = 0
    for one in taken:
        rows = FindingRow.objects.filter(round=one.round)
        rows = rows.filter(fingerprint=one.fingerprint) if one.fingerprint else rows.filter(question=one.question)
        groups: dict[str, list[int]] = defaultdict(list)
        for key, fingerprint, question in rows.values_list("pk", "fingerprint", "question"):
            groups[decided.get(fingerprint) or decided.get(question) or Standing.PENDING].append(key)
        for standing, keys in groups.items():
            total += _move(one.round, FindingRow.objects.filter(pk__in=keys), Standing(standing))
        Round.objects.filter(pk=one.round_id).update(stale=True)
    return total


def write_reviews(round_: Round) -> int:
    """reviews.jsonl of the round's folder from the decisions and answers in force; returns how many lines."""
    prints = set(round_.findings.values_list("fingerprint", flat=True))
    questions = set(round_.findings.values_list("question", flat=True))
    reviews = [
        Review(
            decision=Decision(one.decision), fingerprint=one.fingerprint, question=one.question, reason=one.reason, by=str(one.by),
            at=one.at.isoformat(),
        )
        for one in Decided.objects.filter(undone_at=None).select_related("by").order_by("id")
        if one.fingerprint in prints or one.question in questions
    ]  # fmt: skip
    latest = {
        (one.target, one.indicator): one
        for one in Answer.objects.filter(round=round_).select_related("by").order_by("id")
    }
    reviews += [
        Review(
            target=one.target, indicator=one.indicator, answer=one.answer, count=one.count, reason=one.reason, by=str(one.by),
            at=one.at.isoformat(),
        )
        for one in latest.values()
    ]  # fmt: skip
    Folder(round_.folder).write_lines("reviews.jsonl", reviews)
    return len(reviews)


def _once(rows: Iterable[FindingRow], single: bool) -> list[FindingRow]:
    kept: dict[str, FindingRow] = {}
    for row in rows:
        kept.setdefault(row.fingerprint if single else row.question, row)
    return list(kept.values())


def _covered(round_: Round, row: FindingRow, single: bool) -> QuerySet[FindingRow]:
    """A bulk decision leaves alone what somebody decided one by one."""
    if single:
        return FindingRow.objects.filter(pk=row.pk)
    alone = Decided.objects.filter(undone_at=None).exclude(fingerprint="").values("fingerprint")
    return FindingRow.objects.filter(round=round_, question=row.question).exclude(fingerprint__in=alone)


def _move(round_: Round, rows: QuerySet[FindingRow], standing: str) -> int:
    """Set the standing and shift the tallies; returns how many findings were covered."""
    shifts: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    covered = 0
    for *key, old, lead, lead_in_org in rows.values_list(*_TALLIED, "standing", "lead", "lead_in_org"):
        covered += 1
        if old == standing:
            continue
        for place, sign in ((old, -1), (standing, 1)):
            shift = shifts[(*key, place)]
            shift[0] += sign
            shift[1] += sign * lead
            shift[2] += sign * lead_in_org
    rows.update(standing=standing)
    for key, (findings, leads, leads_in_org) in shifts.items():
        known = dict(zip((*_TALLIED, "standing"), key, strict=True))
        changed = Tally.objects.filter(round=round_, **known).update(
            findings=F("findings") + findings, leads=F("leads") + leads, leads_in_org=F("leads_in_org") + leads_in_org
        )
        if not changed:
            Tally.objects.create(round=round_, findings=findings, leads=leads, leads_in_org=leads_in_org, **known)
    return covered
