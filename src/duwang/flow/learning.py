"""After a site is read: articles whose text was looked for in the wrong place are read again the way their column teaches."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from sys import intern

from duwang.flow.gather import digest, page_of, placed
from duwang.flow.looking import Looker
from duwang.flow.ports import Vault
from duwang.flow.sheets import SheetBook
from duwang.flow.work import WorkStore
from duwang.reading.learned import learned


def learn(owner: str, *, store: WorkStore, vault: Vault, looker: Looker) -> int:
    """Re-reads from the vault; the number of pages that read differently. The same set of pages always teaches the same."""
    columns: dict[str, list[str]] = defaultdict(list)
    for column, _, holder in _held(owner, store=store):
        columns[column].append(intern(holder))
    templates = {column: learned(holders) for column, holders in columns.items()}
    changed = 0
    differing = (
        [one for one in _held(owner, store=store) if templates[one[0]] not in ("", one[2])]
        if any(templates.values())
        else []
    )
    for column, key, _ in differing:
        changed += _again(owner, key, templates[column], store=store, vault=vault, looker=looker)
    return changed


def _held(owner: str, *, store: WorkStore) -> Iterator[tuple[str, str, str]]:
    """(column, key, the element that held the text) of every article of a column."""
    for row in store.results(owner):
        if row.column and row.result and row.result.get("kind") in ("article", "other") and row.result.get("holder"):
            yield row.column, row.key, str(row.result["holder"])


def _again(owner: str, key: str, template: str, *, store: WorkStore, vault: Vault, looker: Looker) -> bool:
    """True when the page has the element that its column teaches, and was read from it."""
    row = store.page(owner, key)
    if row is None or not row.result or not row.result.get("sha256"):
        return False
    page = page_of(vault.read(row.result["sha256"]), row, template=template)
    if page.holder != template:
        return False
    page.sheets = SheetBook(store, vault, None).of(owner, page)
    document = placed(page.document(), row)
    seen = looker.look(document, place="site")
    store.finish(owner, key, {**row.result, **digest(document), "holder": template, **seen})
    return True
