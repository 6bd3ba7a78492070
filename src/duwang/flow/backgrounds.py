"""Pictures that style sheets name: a dead one is missed by readers only where its rule matches something on a page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

from selectolax.lexbor import LexborHTMLParser

from duwang.flow.gather import page_of
from duwang.flow.linking import PLACES
from duwang.flow.ports import Vault
from duwang.flow.work import PageRow
from duwang.model.material import LinkState
from duwang.model.refs import address_key
from duwang.reading.resources import matches

Rows = Callable[[str], PageRow | None]


def used(states: Iterable[LinkState], row_of: Rows, *, vault: Vault) -> tuple[LinkState, ...]:
    """Pictures of sheets become pictures of the pages that use them, of the first 20 that link the sheet; unused ones are left out.
    `row_of` gives the page of a key."""
    found: list[LinkState] = []
    trees: dict[str, LexborHTMLParser | None] = {}
    for state in states:
        if state.kind != "background":
            found.append(state)
            continue
        places = tuple(url for url in state.places if _shows(url, state.text, row_of, vault, trees))
        if places:
            whole = len(places) == len(state.places) == PLACES
            found.append(
                replace(state, kind="image", text="", places=places, count=state.count if whole else len(places))
            )
    return tuple(found)


def _shows(url: str, selector: str, row_of: Rows, vault: Vault, trees: dict[str, LexborHTMLParser | None]) -> bool:
    if url not in trees:
        row = row_of(address_key(url))
        digest = (row.result or {}).get("sha256") if row is not None else ""
        trees[url] = page_of(vault.read(digest), row).tree if row is not None and digest else None
    tree = trees[url]
    return tree is not None and any(matches(tree, one) for one in selector.split(","))
