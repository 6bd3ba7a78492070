"""Which documents are pages of a site that carry its template."""

from __future__ import annotations

from duwang.model.material import Document

KINDS = ("home", "list", "article", "guide", "letter", "other")


def is_page(page: Document) -> bool:
    return page.medium == "page" and page.kind in KINDS
