"""Row visibility: a person sees the units below their scope in the ledger's unit tree, and nothing else."""

from __future__ import annotations

from typing import Any, TypeVar

from django.db.models import Model, Q, QuerySet

from duwang.console.people.models import Person

M = TypeVar("M", bound=Model)


def units_of(person: Person) -> frozenset[str] | None:
    """Names of the units a person sees; None = all."""
    if person.sees_all:
        return None
    from duwang.console.records.ledger import subtree

    root = person.scope or person.unit
    return frozenset(subtree(root)) if root else frozenset()


def visible(person: Person, rows: QuerySet[M], *, field: str = "org") -> QuerySet[M]:
    """Only the rows whose unit the person sees."""
    units = units_of(person)
    return rows if units is None else rows.filter(seen_by(units, field=field))


def seen_by(units: frozenset[str] | None, *, field: str = "org") -> Q:
    return Q() if units is None else Q(**{f"{field}__in": sorted(units)})


def sees(person: Person, org: Any) -> bool:
    units = units_of(person)
    return units is None or str(org) in units
