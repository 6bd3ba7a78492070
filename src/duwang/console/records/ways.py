"""Where SQLite, which keeps no statistics here, would take the wrong index: the condition or the order is written so that no index
answers it. PostgreSQL knows its tables and is left to choose. SQLite's rows come one by one, the interpreter being handed over in between."""

from __future__ import annotations

import json
from typing import Any

from django.core.exceptions import EmptyResultSet
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


def at_once(rows: QuerySet[Any]) -> list[tuple[Any, ...]]:
    """The rows of a `values_list` of texts and numbers. From SQLite as one value: with twenty requests at work each row that is fetched by
    itself waits until the others let go."""
    if connection.vendor != "sqlite":
        return list(rows)
    try:
        sql, params = rows.query.sql_with_params()
    except EmptyResultSet:
        return []
    width = len(rows.query.values_select) + len(rows.query.annotation_select)
    columns = ", ".join(f"c{number}" for number in range(width))
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH told({columns}) AS ({sql}) SELECT json_group_array(json_array({columns})) FROM told", params
        )
        return [tuple(one) for one in json.loads(cursor.fetchone()[0])]
