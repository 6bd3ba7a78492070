"""Where a page's meta refresh leads."""

from __future__ import annotations

import re

from duwang.reading.addresses import Base
from duwang.reading.elements import Elements

_REFRESH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*([^\"'>]+)", re.IGNORECASE)


def refresh_address(elements: Elements, base: Base, *, within: float = 3600) -> str:
    """The address that the page leads to by itself within so many seconds; empty when it only loads itself again."""
    for node in elements.of("meta"):
        if (node.attributes.get("http-equiv") or "").strip().lower() != "refresh":
            continue
        found = _REFRESH.match(node.attributes.get("content") or "")
        if found and float(found[1]) <= within:
            there = base.absolute(found[2])
            return there if there != base.url else ""
    return ""
