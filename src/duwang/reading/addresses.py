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
    def _origin(self) -> str:
        found = _HOST.fullmatch(self.url)
        return found[1] if found else ""

    @cached_property
    def _folders(self) -> list[str]:
        found = _HOST.fullmatch(self.url)
        path = (found[2] or "/") if found else "/"
        return [] if "//" in path or "/." in path else path[1:].split("/")[:-1]

    @cached_property
    def _plain(self) -> bool:
        """False for an address whose folders must be left to urllib."""
        found = _HOST.fullmatch(self.url)
        return bool(found) and "//" not in (found[2] or "/") and "/." not in (found[2] or "/")

    def absolute(self, raw: str) -> str:
        """Empty for what is no http(s) address. A fragment is dropped unless it routes (`#12`, `#/…`)."""
        raw = raw.strip()
        if not raw or raw.startswith(_OTHER):
            return ""
        if _WHOLE.fullmatch(raw):
            return raw
        if self._plain:
            if _ROOTED.fullmatch(raw):
                return self._origin + raw
            if beside := _BESIDE.fullmatch(raw):
                up = len(beside[1]) // 3
                folders = self._folders[: max(0, len(self._folders) - up)] if up else self._folders
                return "/".join((self._origin, *folders, beside[2]))
        if raw.startswith("//") and _WHOLE.fullmatch(there := self.url.partition(":")[0] + ":" + raw):
            return there
        return self._joined(raw)

    def _joined(self, raw: str) -> str:
        try:
            url = urljoin(self.url, raw)
            parts = urlsplit(url)
            if parts.scheme not in ("http", "https") or not parts.hostname or parts.port == 0:
                return ""
        except ValueError:
            return ""
        return url.partition("#")[0] if not _ROUTES.search(url) else url
