"""Trying a site's own search with titles that the site published, and asking for its addresses."""

from __future__ import annotations

import asyncio
import hashlib
import socket
from collections.abc import Iterable, Iterator, Sequence
from ipaddress import ip_address
from typing import Any

from duwang.flow.gather import page_of
from duwang.flow.ports import Fetcher, Vault
from duwang.flow.work import PageRow, WorkStore
from duwang.model.capturing import Request, Role
from duwang.model.material import SearchTry
from duwang.model.refs import address_key, host_of
from duwang.model.registry import Site
from duwang.reading.page import read_page
from duwang.reading.search_form import result_titles, search_address

TITLES = 4
_SEARCHES, _ADDRESSES = "searches", "addresses"
_MOST_RESULTS = 60


async def try_out(site: Site, *, store: WorkStore, vault: Vault, fetcher: Fetcher) -> None:
    """What only trying shows of a portal: its search and its addresses; noted once, so that a resumed run does not ask again."""
    if site.kind != "门户" or store.note(site.ref, _SEARCHES) is not None:
        return
    store.set_note(site.ref, _ADDRESSES, await _addresses(host_of(site.home)))
    store.set_note(site.ref, _SEARCHES, await _searched(site, store, vault, fetcher))
    store.commit(vault_position=vault.position())


def tries_of(owner: str, *, store: WorkStore) -> tuple[SearchTry, ...] | None:
    """The tries that were made; None when none could be: no form that works without a script, or results that only a script shows."""
    noted = store.note(owner, _SEARCHES)
    if not noted:
        return None
    return tuple(SearchTry(one["words"], one["answered"], tuple(one["titles"]), one["url"]) for one in noted)


def addresses_of(owner: str, *, store: WorkStore) -> dict[str, tuple[str, ...]]:
    """Kind of record → addresses; empty when nobody asked, or the host is no public name."""
    return {kind: tuple(found) for kind, found in (store.note(owner, _ADDRESSES) or {}).items()}


async def _searched(site: Site, store: WorkStore, vault: Vault, fetcher: Fetcher) -> list[dict[str, Any]]:
    home = store.page(site.ref, address_key(site.home))
    if home is None or not (home.result or {}).get("sha256"):
        return []
    page = page_of(vault.read(str((home.result or {})["sha256"])), home)
    tries: list[dict[str, Any]] = []
    for title in _drawn(site, store.results(site.ref)):
        address = search_address(page, title)
        if not address:
            return []
        capture = await fetcher.fetch(Request(address, Role.LIST, site.ref, referer=site.home))
        titles: list[str] = []
        if capture.ok:
            shown = read_page(capture.body, url=capture.final_url or address, content_type=capture.content_type)
            titles = list(result_titles(shown))[:_MOST_RESULTS]
        tries.append({"words": title, "answered": capture.ok, "titles": titles, "url": address})
    if any(one["answered"] for one in tries) and not any(_new(one["titles"], tries) for one in tries):
        return []
    return tries


def _new(titles: Sequence[str], tries: Sequence[dict[str, Any]]) -> bool:
    """Whether a page of results shows anything that is not on every one of them: else a script makes the results."""
    everywhere = set.intersection(*(set(one["titles"]) for one in tries))
    return bool(set(titles) - everywhere)


def _drawn(site: Site, rows: Iterable[PageRow]) -> Iterator[str]:
    """Four titles of articles in an order that is the same every time and not the site's own."""
    titles = {
        str(row.result["title"])
        for row in rows
        if row.result
        and row.result.get("ok")
        and row.result.get("kind") == "article"
        and 8 <= len(str(row.result.get("title", ""))) <= 40
    }
    yield from sorted(titles, key=lambda title: hashlib.sha256(f"{site.code}{title}".encode()).hexdigest())[:TITLES]


async def _addresses(host: str) -> dict[str, list[str]]:
    name = host.partition(":")[0]
    if not name or name == "localhost" or _is_number(name):
        return {}
    loop = asyncio.get_running_loop()
    found: dict[str, list[str]] = {}
    for kind, family in (("A", socket.AF_INET), ("AAAA", socket.AF_INET6)):
        try:
            answers = await loop.getaddrinfo(name, None, family=family, type=socket.SOCK_STREAM)
        except OSError:
            answers = []
        found[kind] = sorted({str(answer[4][0]) for answer in answers})
    return found


def _is_number(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
