"""抽查: a part of the ledger drawn by a seed that is kept with the round, so that anybody can draw it again."""

from __future__ import annotations

import random
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from duwang.console.records.models import LedgerRow


@dataclass(frozen=True, slots=True)
class Sample:
    """What was drawn: refs in order, and out of how many."""

    seed: str
    refs: tuple[str, ...]
    sites: tuple[int, int]
    accounts: tuple[int, int]


def new_seed() -> str:
    return secrets.token_hex(4)


def draw(refs: Sequence[str], share: int, *, seed: str, always: Sequence[str] = ()) -> list[str]:
    """`share` percent of the refs, rounded up, drawn from their sorted order by the seed; `always` are in it whatever is drawn."""
    ordered = sorted(set(refs))
    wanted = min(len(ordered), -(-len(ordered) * share // 100))
    kept = [ref for ref in ordered if ref in set(always)]
    left = [ref for ref in ordered if ref not in set(kept)]
    drawn = random.Random(f"读网抽查{seed}").sample(left, max(0, min(len(left), wanted - len(kept))))
    return sorted((*kept, *drawn))


def sample(*, sites: int, accounts: int, seed: str) -> Sample:
    """A part of the ledger's living sites and accounts by percent; portals are always in it."""
    rows = LedgerRow.objects.filter(removed=False)
    places = rows.filter(sheet="网站").exclude(state="关停")
    all_sites, portals = (
        list(places.values_list("key", flat=True)),
        list(places.filter(kind="门户").values_list("key", flat=True)),
    )
    all_accounts = list(rows.filter(sheet="新媒体").exclude(state="已注销").values_list("key", flat=True))
    drawn_sites = draw(all_sites, sites, seed=seed, always=portals if sites else ())
    drawn_accounts = draw(all_accounts, accounts, seed=seed)
    return Sample(
        seed,
        (*drawn_sites, *drawn_accounts),
        (len(drawn_sites), len(all_sites)),
        (len(drawn_accounts), len(all_accounts)),
    )
