"""The style sheets of a site: each fetched once, kept as evidence, asked what it hides, what it imports and which pictures it shows."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any

from duwang.flow.linking import state_of
from duwang.flow.ports import Fetcher, Vault
from duwang.flow.work import WorkStore
from duwang.model.capturing import Capture, Request, Role
from duwang.model.refs import address_key, host_of
from duwang.reading import resources
from duwang.reading.addresses import Base
from duwang.reading.charset import decode
from duwang.reading.page import Page
from duwang.reading.stylesheet import imports, pictures
from duwang.reading.styling import Sheets, joined, sheet

_MOST_SHEETS = 40
_MOST_BYTES = 600_000
_DEEPEST = 3


@dataclass(slots=True)
class SheetBook:
    """The sheets of all sites of a run. What it fetched is recorded as a look at that link, so that nobody asks twice."""

    store: WorkStore
    vault: Vault
    fetcher: Fetcher | None
    _asked: dict[tuple[str, str], asyncio.Task[None]] = field(default_factory=dict)
    _read: dict[tuple[str, str], tuple[Sheets, tuple[str, ...]]] = field(default_factory=dict)
    _joined: dict[tuple[str, ...], Sheets] = field(default_factory=dict)

    async def fetch(self, owner: str, page: Page) -> None:
        """Fetch what the page links and has not been fetched for this site."""
        for url in page.linked_sheets:
            if host_of(url) == host_of(page.url):
                await self._fetched(owner, url, depth=0)

    def of(self, owner: str, page: Page) -> Sheets | None:
        """What the page's linked sheets say, as far as they are known; None when the page links none."""
        urls = page.linked_sheets
        if not urls:
            return None
        key = (owner, *urls)
        if key not in self._joined:
            self._joined[key] = joined(self._known(owner, url, depth=0) for url in urls)
        return self._joined[key]

    async def _fetched(self, owner: str, url: str, *, depth: int) -> None:
        key = (owner, address_key(url))
        if key not in self._asked:
            if sum(one == owner for one, _ in self._asked) >= _MOST_SHEETS or depth > _DEEPEST:
                return
            self._asked[key] = asyncio.ensure_future(self._fetch(owner, url))
        await asyncio.shield(self._asked[key])
        for inner in self._read_from_store(owner, url)[1]:
            if host_of(inner) == host_of(url) and (owner, address_key(inner)) not in self._asked:
                await self._fetched(owner, inner, depth=depth + 1)

    async def _fetch(self, owner: str, url: str) -> None:
        if self.fetcher is None or _held(self.store, owner, url):
            return
        capture = await self.fetcher.fetch(Request(url, Role.LINK, owner, most_bytes=_MOST_BYTES))
        state = state_of(capture, url, "style", None)
        if capture.ok and capture.body and _is_sheet(capture):
            state["sheet"] = self.vault.append(capture)
            css, base = decode(capture.body, content_type=capture.content_type)[0], Base(capture.final_url or url)
            self.store.add_links(owner, address_key(url), [*_shown(css, base), *_imported(css, base)])
        self.store.set_link_state(owner, url, 1, state)

    def _known(self, owner: str, url: str, *, depth: int) -> Sheets:
        read, inner = self._read_from_store(owner, url)
        if depth >= _DEEPEST or not inner:
            return read
        return joined([*(self._known(owner, one, depth=depth + 1) for one in inner), read])

    def _read_from_store(self, owner: str, url: str) -> tuple[Sheets, tuple[str, ...]]:
        """A sheet's rules and the addresses it imports; what was not read makes the whole uncertain."""
        key = (owner, address_key(url))
        if key not in self._read:
            digest = _held(self.store, owner, url).get("sheet", "")
            if not digest:
                return Sheets(whole=False), ()
            css = decode(self.vault.read(digest))[0]
            self._read[key] = sheet(css), tuple(one for one, _, _, _ in _imported(css, Base(url)))
        return self._read[key]


def _held(store: WorkStore, owner: str, url: str) -> dict[str, Any]:
    return store.link_state(owner, url) or {}


def _is_sheet(capture: Capture) -> bool:
    kind = capture.content_type.partition(";")[0].strip().lower()
    return "css" in kind or (kind in ("", "text/plain", "application/octet-stream") and b"{" in capture.body)


def _shown(css: str, base: Base) -> list[tuple[str, str, str, str]]:
    """Pictures as links; their text is the selector that shows them."""
    found: dict[str, list[str]] = {}
    for one in pictures(css):
        if (url := resources.address(one.url, base)) and one.selector:
            found.setdefault(url, []).append(one.selector)
    return [(url, "background", ",".join(selectors)[:600], "") for url, selectors in found.items()]


def _imported(css: str, base: Base) -> list[tuple[str, str, str, str]]:
    return [(url, "style", "", "") for raw in imports(css) if (url := resources.address(raw, base))]
