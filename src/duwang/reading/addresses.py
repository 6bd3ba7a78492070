"""Addresses as pages write them → absolute http(s) addresses. The common forms are joined here; the rest by urllib."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
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
    def _parts(self) -> tuple[str, list[str]] | None:
        """Scheme with host, and the folders; None for an address that must be left to urllib."""
        found = _HOST.fullmatch(self.url)
        path = (found[2] or "/") if found else "//"
        return (found[1], path[1:].split("/")[:-1]) if found and "//" not in path and "/." not in path else None

    def absolute(self, raw: str) -> str:
        """Empty for what is no http(s) address. A fragment is dropped unless it routes (`#12`, `#/…`). On a page whose own address
        nobody knows (a saved file), relative ones stay as written."""
        raw = raw.strip()
        if not raw or raw.startswith(_OTHER):
            return ""
        if _WHOLE.fullmatch(raw):
            return raw
        if self._parts:
            origin, folders = self._parts
            if _ROOTED.fullmatch(raw):
                return origin + raw
            if beside := _BESIDE.fullmatch(raw):
                if up := len(beside[1]) // 3:
                    folders = folders[: max(0, len(folders) - up)]
                return "/".join((origin, *folders, beside[2]))
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
