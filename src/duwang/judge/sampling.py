"""Random samples that anybody can draw again: the seed is recorded, the order comes from SHA-256."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from math import ceil

from duwang.judge.edition import Edition


@dataclass(frozen=True, slots=True)
class Draw:
    """A sample of `of` many with its seed; when fewer exist than asked for, all were taken."""

    seed: str
    chosen: tuple[str, ...]
    of: int


def draw(population: Iterable[str], n: int, *, seed: str) -> Draw:
    """`n` members in the order of SHA-256(seed, member); the same whatever the order or repetition of the input."""
    members = sorted(set(population))
    ranked = sorted(members, key=lambda member: (_rank(seed, member), member))
    return Draw(seed, tuple(sorted(ranked[: max(n, 0)])), len(members))


def share(population: Iterable[str], ratio: float | Fraction, *, seed: str) -> Draw:
    """At least that share of a population, e.g. 0.12 of the accounts; rounded up."""
    members = sorted(set(population))
    return draw(members, ceil(Fraction(str(ratio)) * len(members)), seed=seed)


def seed_for(edition: Edition, *, as_of: date, target: str, what: str) -> str:
    """The default seed: nothing in it can be chosen to suit a result."""
    return f"{edition.name}|{as_of.isoformat()}|{target}|{what}"


def samples(
    edition: Edition, populations: Mapping[str, Mapping[str, Sequence[str]]], *, as_of: date
) -> dict[str, dict[str, Draw]]:
    """Target → clause code → what was drawn, whether or not anything was found there: the record of samples.json."""
    return {target: dict(draws_for(edition, target, kinds, as_of=as_of)) for target, kinds in populations.items()}


def draws_for(
    edition: Edition, target: str, populations: Mapping[str, Sequence[str]], *, as_of: date
) -> Mapping[str, Draw]:
    """Clause code → sample, for every sampled clause whose population (办事指南, 政策文件 …) was collected."""
    drawn: dict[str, Draw] = {}
    for effect in ("points", "bonus"):
        for indicator in edition.of("site", effect):
            for item in indicator.items:
                if item.sample and item.of in populations:
                    seed = seed_for(edition, as_of=as_of, target=target, what=item.of)
                    drawn[item.code] = draw(populations[item.of], item.sample, seed=seed)
    return drawn


def _rank(seed: str, member: str) -> str:
    return hashlib.sha256(f"{seed}\x1f{member}".encode()).hexdigest()
