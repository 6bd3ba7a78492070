"""Attachments in an inspection: what was read is looked at; pictures and scans are recognised after everything else, within a budget."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from typing import Any

from duwang.flow.looking import Looker
from duwang.flow.ports import Progress, Vault
from duwang.flow.work import PageRow, WorkStore
from duwang.model.capturing import Role
from duwang.model.material import Document, Image
from duwang.model.refs import address_key, page_ref
from duwang.reading.attachment import AttachmentText
from duwang.reading.garbled import is_garbled
from duwang.reading.isolated import read_isolated, recognise_isolated
from duwang.reading.recognition import not_installed

_SCANS = ("image", "no-text-layer")
_OVER = "识别张数达到上限，没有识别"


def looked_at(row: PageRow, read: AttachmentText, looker: Looker) -> dict[str, Any]:
    """What is recorded of an attachment: how it was read and what the checks say. Recognised text is judged by its numbers only."""
    detail = read.detail
    if read.status in _SCANS and (why := not_installed()):
        detail = f"{detail}；{why}"
    result: dict[str, Any] = {
        "attachment": read.status,
        "detail": detail,
        "kind": "attachment",
        "chars": len(read.text),
    }
    if read.recognised:
        result["recognised"] = True
    if read.status == "text" or read.marks:
        document = Document(
            url=row.url, body=read.text, kind="attachment", medium="attachment", title=row.url.rsplit("/", 1)[-1],
            owner=row.owner, ref=page_ref(row.owner, row.url), page_url=row.referer, tables=read.tables, garbled=read.recognised or is_garbled(read.text),
            images=(Image(row.url, marks=read.marks),) if read.marks else (),
        )  # fmt: skip
        result.update(looker.look(document, place="site"))
    return result


def settle(owner: str, level: int, *, store: WorkStore) -> None:
    """Each file of a level is reported with the first page, by address, that holds it."""
    if store.note(owner, f"settled-attachments-{level}"):
        return
    if wanted := {row.key for row in store.waiting(owner, level)}:
        store.set_referers(owner, _referers(owner, wanted, store=store))
    store.set_note(owner, f"settled-attachments-{level}", True)


def _referers(owner: str, wanted: Collection[str], *, store: WorkStore) -> dict[str, str]:
    """Key of a file → the first page, by address, that holds it."""
    ids = {link.id: key for link in store.links(owner) if (key := address_key(link.url)) in wanted}
    referers: dict[str, str] = {}
    for key, held in store.places(owner):
        if not ids.keys().isdisjoint(held) and (page := store.page(owner, key)) is not None and page.state == "done":
            for target in (ids[n] for n in held if n in ids):
                referers[target] = min(referers.get(target, page.url), page.url)
    return referers


def recognise_scans(
    owner: str, *, store: WorkStore, vault: Vault, looker: Looker, most: int, progress: Progress
) -> int:
    """Recognise a site's pictures and scans by address, the first `most` of them, however often the run was killed. How many
    gave text. Without the extra `ocr` nothing is done: the reason stands where they were read."""
    scans = [row for row in store.results(owner) if row.role == Role.ATTACHMENT and row.result and _is_scan(row.result)]
    waiting = [
        (n, row)
        for n, row in enumerate(scans)
        if row.result and not row.result.get("tried") and row.result.get("sha256")
    ]
    if not waiting or not_installed():
        return 0
    progress(f"正在识别{min(len(waiting), most)}个图片和扫描件")
    found = 0
    for n, row in waiting:
        known: Mapping[str, Any] = row.result or {}
        asked = vault.read(str(known["sha256"])), row.url.rsplit("/", 1)[-1], str(known.get("type", ""))
        if n < most:
            read = recognise_isolated(*asked)
        else:
            read = read_isolated(*asked)
            read = replace(read, detail=f"{read.detail}；{_OVER}")
        store.finish(owner, row.key, {**known, **looked_at(row, read, looker), "tried": True})
        store.commit(vault_position=vault.position())
        found += read.recognised
    return found


def _is_scan(result: Mapping[str, Any]) -> bool:
    return bool(result.get("tried")) or result.get("attachment") in _SCANS
