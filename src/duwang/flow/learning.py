"""After a site is read: articles whose text was looked for in the wrong place are read again the way their column teaches."""

from __future__ import annotations

from collections import defaultdict

from duwang.flow.gather import digest, page_of, placed
from duwang.flow.looking import Looker
from duwang.flow.ports import Vault
from duwang.flow.sheets import SheetBook
from duwang.flow.work import WorkStore
from duwang.reading.learned import learned


def learn(owner: str, *, store: WorkStore, vault: Vault, looker: Looker) -> int:
    """Re-reads from the vault; the number of pages that read differently. The same set of pages always teaches the same."""
    columns: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for row in store.results(owner):
        if row.column and row.result and row.result.get("kind") in ("article", "other") and row.result.get("holder"):
            columns[row.column].append((row.key, str(row.result["holder"])))
    changed = 0
    for pages in columns.values():
        template = learned(holder for _, holder in pages)
        for key, holder in pages if template else ():
            changed += holder != template and _again(owner, key, template, store=store, vault=vault, looker=looker)
    return changed


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
