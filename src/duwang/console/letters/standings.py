"""All letters of the ledger with how each stands today: worked out when the ledger or the day changes, not at every look."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max

from duwang.console.letters.clocks import Standing, letter_from, standing
from duwang.console.records.models import LedgerRow
from duwang.console.records.remembered import remembered
from duwang.model.registry import Letter

_FIRST = {"逾期未答复": 0, "待答复": 1, "等待补正": 2}


@dataclass(frozen=True, slots=True)
class Stood:
    """`pk` and `org` of the ledger's line."""

    pk: int
    org: str
    letter: Letter
    stands: Standing


def letters_on(today: date) -> Sequence[Stood]:
    """What is overdue first, then what waits, then the rest, each by the day it came."""
    rows = LedgerRow.objects.filter(sheet="信件", removed=False).order_by()
    changed = rows.aggregate(n=Count("id"), last=Max("changed_at"), newest=Max("id"))
    return remembered(("letters", today, *changed.values()), lambda: _stood(today))


def _stood(today: date) -> Sequence[Stood]:
    rows = LedgerRow.objects.filter(sheet="信件", removed=False).order_by("order", "id")
    found = []
    for key, org, line, cells in rows.values_list("pk", "org", "key", "cells"):
        letter = letter_from(cells, cells.get("编号", line))
        found.append(Stood(key, org, letter, standing(letter, at=today)))
    return tuple(sorted(found, key=lambda one: (_FIRST.get(one.stands.state, 9), one.letter.received or today)))
