"""How a search is answered: by the pairs of its characters, by the rows that the other filters leave, or — the words being too
common for both — of a part of the rows, which the page then says."""

from __future__ import annotations

from enum import Enum

from django.db.models import QuerySet

from duwang.console.records.models import FindingRow
from duwang.console.records.searching import FINDINGS, holding, told, too_many
from duwang.console.records.ways import unindexed

FEW = 10_000


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
    rows = FindingRow.objects.all()
    return unindexed(rows, round_id=round_id) if by_pairs else rows.filter(round_id=round_id)


def worded(rows: QuerySet[FindingRow], text: str, *, round_id: int, by_pairs: bool) -> QuerySet[FindingRow]:
    """Rows whose title, quote or message holds the text."""
    rows = holding(rows, FINDINGS, text, within=round_id) if by_pairs else rows
    return rows.filter(told(text, *FINDINGS.columns))
