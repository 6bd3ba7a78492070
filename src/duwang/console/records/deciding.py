"""Decisions on findings: one for all equal ones or for a single one, with a reason, undone as it was made."""

from __future__ import annotations

import secrets
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import transaction
from django.db.models import F, Q, QuerySet

from duwang.console.people.models import Person
from duwang.console.records.indexing import batches, standings
from duwang.console.records.models import Answer, Decided, FindingRow, Round, Tally
from duwang.console.records.models.finding import Standing
from duwang.flow.folder import Folder
from duwang.model.verdicts import Decision, Review

_AT_ONCE = 400
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
    Round.objects.filter(pk=round_.pk).update(stale=True)  # first: whoever decides in the round next waits here
    total = 0
    for some in batches(_once(rows, single), _AT_ONCE):
        counted = _move(round_, _covered(round_, some, single), _STANDING[decision])
        total += counted.total()
        Decided.objects.bulk_create(
            [
                Decided(
                    round=round_, question="" if single else row.question, fingerprint=row.fingerprint if single else "",
                    check_id=row.check_id, quote=row.quote, decision=decision.value, reason=reason.strip(), by=by, batch=batch,
                    findings=counted[row.question],
                )
                for row in some
            ]
        )  # fmt: skip
    return batch, total


@transaction.atomic
def undo(batch: str, *, by: Person) -> int:
    """Take back one act; findings go back to what other decisions say of them."""
    held = Decided.objects.filter(batch=batch, undone_at=None)
    taken = list(held.select_for_update())
    held.update(undone_at=datetime.now(UTC), undone_by=by)
    total = 0
    for round_ in {one.round_id: one.round for one in taken}.values():
        Round.objects.filter(pk=round_.pk).update(stale=True)
        for some in batches((one for one in taken if one.round_id == round_.pk), _AT_ONCE):
            total += _fall_back(round_, some)
    return total


def _fall_back(round_: Round, taken: Sequence[Decided]) -> int:
    """What these decisions covered goes back to what the decisions still in force say of it."""
    asked = Q(question__in=[one.question for one in taken if one.question])
    asked |= Q(fingerprint__in=[one.fingerprint for one in taken if one.fingerprint])
    told = list(FindingRow.objects.filter(asked, round=round_).values_list("pk", "fingerprint", "question"))
    decided = standings(prints=[one[1] for one in told], questions=[one[2] for one in told])
    groups: dict[str, list[int]] = defaultdict(list)
    for key, fingerprint, question in told:
        groups[decided.get(fingerprint) or decided.get(question) or Standing.PENDING].append(key)
    return sum(
        _move(round_, FindingRow.objects.filter(pk__in=keys), Standing(standing)).total()
        for standing, keys in groups.items()
    )


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


def _covered(round_: Round, rows: Sequence[FindingRow], single: bool) -> QuerySet[FindingRow]:
    """A bulk decision leaves alone what somebody decided one by one."""
    if single:
        return FindingRow.objects.filter(pk__in=[row.pk for row in rows])
    alone = Decided.objects.filter(undone_at=None).exclude(fingerprint="").values("fingerprint")
    return FindingRow.objects.filter(round=round_, question__in=[row.question for row in rows]).exclude(
        fingerprint__in=alone
    )


def _move(round_: Round, rows: QuerySet[FindingRow], standing: str) -> Counter[str]:
    """Set the standing and shift the tallies; returns how many findings each question covered."""
    shifts: dict[tuple[Any, ...], list[int]] = defaultdict(lambda: [0, 0, 0])
    covered: Counter[str] = Counter()
    for question, *key, old, lead, lead_in_org in rows.values_list(
        "question", *_TALLIED, "standing", "lead", "lead_in_org"
    ):
        covered[question] += 1
        if old == standing:
            continue
        for place, sign in ((old, -1), (standing, 1)):
            shift = shifts[(*key, place)]
            shift[0] += sign
            shift[1] += sign * lead
            shift[2] += sign * lead_in_org
    rows.exclude(standing=standing).update(standing=standing)
    for key, (findings, leads, leads_in_org) in sorted(shifts.items()):
        known = dict(zip((*_TALLIED, "standing"), key, strict=True))
        changed = Tally.objects.filter(round=round_, **known).update(
            findings=F("findings") + findings, leads=F("leads") + leads, leads_in_org=F("leads_in_org") + leads_in_org
        )
        if not changed:
            Tally.objects.create(round=round_, findings=findings, leads=leads, leads_in_org=leads_in_org, **known)
    return covered
