"""How a search is answered: by the pairs of its characters, by the rows that the other filters leave, or — the words being too
common for both — of a part of the rows, which the page then says."""

from __future__ import annotations

from enum import Enum

from django.db.models import F, Q, QuerySet

from duwang.console.records.models import FindingRow
from duwang.console.records.searching import FINDINGS, holding, too_many

FEW = 20_000


class Way(Enum):
    PAIRS = "pairs"
    LOOKING = "looking"
    PARTLY = "partly"


def way(text: str, *, round_id: int, covered: int) -> Way:
    """`covered`: how many findings the other filters leave."""
    if not too_many(FINDINGS, text, within=round_id):
        return Way.PAIRS
    return Way.LOOKING if covered <= FEW else Way.PARTLY


def of_round(round_id: int, *, by_pairs: bool) -> QuerySet[FindingRow]:
    """The round's findings. Few rows hold the pairs: the planner is kept from walking the round instead."""
    if by_pairs:
        return FindingRow.objects.alias(of=F("round_id") + 0).filter(of=round_id)
    return FindingRow.objects.filter(round=round_id)


def worded(rows: QuerySet[FindingRow], text: str, *, round_id: int, by_pairs: bool) -> QuerySet[FindingRow]:
    """Rows whose title, quote or message holds the text."""
    found = Q(title__icontains=text) | Q(quote__icontains=text) | Q(message__icontains=text)
    return (holding(rows, FINDINGS, text, within=round_id) if by_pairs else rows).filter(found)
