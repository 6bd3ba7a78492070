"""Addresses as pages write them → absolute http(s) addresses. The common forms are joined here; the rest by urllib."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from urllib.parse import urljoin, urlsplit

_HOST = re.compile(r"(https?://[a-zA-Z0-9.-]+(?::[1-9]\d{0,4})?)(?:(/[^?#\s]*)?(?:[?#].*)?)?")
_WHOLE = re.compile(r"https?://[a-zA-Z0-9.-]+(?::[1-9]\d{0,3})?/[^\s#\\]*(?<!\?)")
_ROOTED = re.compile(r"(?:/(?![/.])[^\s#\\/?]*)+(?:\?[^\s#\\]+)?")
_BESIDE = re.compile(r"(?:\./)?((?:\.\./)*)(\w[^\s#:\\/?]*(?:/(?![/.])[^\s#:\\/?]*)*(?:\?[^\s#\\]+)?)", re.ASCII)
_ROUTES = re.compile(r"#(\d+$|[!/])")
_OTHER = ("javascript:", "mailto:", "tel:", "data:", "#")


@dataclass
class Base:
    """The address that relative ones on a page start from."""

    url: str

    @cached_property
    def _folder(self) -> str:
        """The address up to the last slash of its path; empty for one that must be left to urllib."""
        found = _HOST.fullmatch(self.url)
        path = (found[2] or "/") if found else "//"
        return found[1] + path[: path.rfind("/")] if found and "//" not in path and "/." not in path else ""

    def absolute(self, raw: str) -> str:
        """Empty for what is no http(s) address. A fragment is dropped unless it routes (`#12`, `#/…`). On a page whose own address
        nobody knows (a saved file), relative ones stay as written."""
        return _common(raw, self._folder) or self._seldom(raw.strip())

    def _seldom(self, raw: str) -> str:
        if not raw or raw.startswith(_OTHER):
            return ""
        if raw.startswith("//") and _WHOLE.fullmatch(there := self.url.partition(":")[0] + ":" + raw):
            return there
        return self._joined(raw)

    def _joined(self, raw: str) -> str:
        try:
            url = urljoin(self.url, raw)
            parts = urlsplit(url)
            relative = not self.url and not parts.scheme and not parts.netloc
            if not relative and (parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0):
                return ""
        except ValueError:
            return ""
        return url.partition("#")[0] if not _ROUTES.search(url) else url


@lru_cache(maxsize=8192)
def _common(raw: str, folder: str) -> str:
    """The common forms, joined; empty for all others. The pages of one folder repeat their menus' addresses."""
    raw = raw.strip()
    if _WHOLE.fullmatch(raw):
        return raw
    if not folder or raw.startswith(_OTHER):
        return ""
    if _ROOTED.fullmatch(raw):
        return folder[: folder.find("/", 8)] + raw if folder.count("/") > 2 else folder + raw
    if beside := _BESIDE.fullmatch(raw):
        for _ in range(len(beside[1]) // 3):
            folder = folder.rpartition("/")[0] if folder.count("/") > 2 else folder
        return f"{folder}/{beside[2]}"
    return ""
