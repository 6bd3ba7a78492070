"""抽查: the sites and accounts that one round looks at, drawn by the shares of the rules in force with a seed nobody can choose."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from duwang.flow.planning import account_off, site_off
from duwang.judge.edition import Edition
from duwang.judge.sampling import seed_for, share
from duwang.model.registry import Registry

RECORD = "drawn.json"
_KINDS = {"site": ("网站", "sample_sites"), "account": ("新媒体", "sample_accounts")}


@dataclass(frozen=True, slots=True)
class Drawn:
    """One entry of drawn.json: of so many running sites or accounts these were drawn."""

    kind: str
    ratio: float
    of: int
    seed: str
    chosen: tuple[str, ...]

    def in_words(self) -> str:
        """`新媒体300个，按12%抽查36个`."""
        return f"{_KINDS[self.kind][0]}{self.of}个，按{self.ratio * 100:g}%抽查{len(self.chosen)}个"


def draw_round(registry: Registry, edition: Edition, *, as_of: date) -> tuple[Drawn, ...]:
    """Sites, then accounts: at least the share of the running ones, all of them where the rules name none."""
    return tuple(_drawn(kind, refs, edition, as_of) for kind, refs in _running(registry, as_of) if refs)


def _running(registry: Registry, as_of: date) -> Iterator[tuple[str, list[str]]]:
    yield "site", [site.ref for site in registry.sites if not site_off(site, registry, as_of)]
    yield "account", [account.ref for account in registry.accounts if not account_off(account)]


def _drawn(kind: str, refs: list[str], edition: Edition, as_of: date) -> Drawn:
    ratio = float(edition.practice.get(_KINDS[kind][1], 1.0))
    seed = seed_for(edition, as_of=as_of, target=kind, what="抽查")
    made = share(refs, ratio, seed=seed)
    return Drawn(kind, ratio, made.of, seed, made.chosen)
