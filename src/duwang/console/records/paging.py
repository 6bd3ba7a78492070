"""Pages of a long list whose length is known: the keys of a page first, which an index holds, then the page's rows."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet


class Paged(Paginator):  # type: ignore[type-arg]
    """Rows come without `body` and without their round."""

    def __init__(self, rows: QuerySet[Any], size: int, number: int) -> None:
        super().__init__(rows, size)
        self.rows, self.count = rows, number

    def page(self, number: Any) -> Any:
        number = self.validate_number(number)
        start = (number - 1) * self.per_page
        keys = list(self.rows.values_list("pk", flat=True)[start : start + self.per_page])
        found = self.rows.model._default_manager.filter(pk__in=keys).defer("body").in_bulk()
        return Page([found[key] for key in keys if key in found], number, self)
