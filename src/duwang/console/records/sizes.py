"""How large a round is: what reads it whole is done within a request up to here, and by a job beyond."""

from __future__ import annotations

from django.db.models import Sum

from duwang.console.records.models import Round

AT_ONCE = 20_000


def large(round_: Round) -> bool:
    """By its tally: a few thousand rows for a million findings."""
    return int(round_.tallies.aggregate(n=Sum("findings"))["n"] or 0) > AT_ONCE
