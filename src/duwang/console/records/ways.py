"""Where SQLite, which keeps no statistics here, would take the wrong index: the condition or the order is written so that no index
answers it. PostgreSQL knows its tables and is left to choose."""

from __future__ import annotations

from typing import Any

from django.db import connection
from django.db.models import F, QuerySet
from django.db.models.functions import Coalesce


def unindexed(rows: QuerySet[Any], **where: Any) -> QuerySet[Any]:
    """The rows that a plain filter on columns would give."""
    if connection.vendor != "sqlite":
        return rows.filter(**where)
    fields = {name.partition("__")[0] for name in where}
    bare: QuerySet[Any] = rows.alias(**{f"bare_{field}": Coalesce(F(field), F(field)) for field in fields})
    found: QuerySet[Any] = bare.filter(**{f"bare_{name}": value for name, value in where.items()})
    return found


def found_first(rows: QuerySet[Any], *order: str) -> QuerySet[Any]:
    """In this order, but found by the conditions and then sorted, never walked in the order."""
    if connection.vendor != "sqlite":
        return rows.order_by(*order)
    first, *rest = order
    found: QuerySet[Any] = rows.alias(bare_order=Coalesce(F(first), F(first))).order_by("bare_order", *rest)
    return found
