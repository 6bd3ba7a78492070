"""Some objects of a finished round are read once more, with the ledger as it is now; what was read of the others stays."""

from __future__ import annotations

import sqlite3
from collections.abc import Mapping
from contextlib import closing
from typing import Any

from duwang.flow.folder import Folder, FolderFault
from duwang.flow.planning import plan, without_folder
from duwang.flow.records import plain
from duwang.flow.registry import in_full
from duwang.flow.settings import Settings
from duwang.model.registry import Registry

_TABLES = ("page", "item", "link", "place", "linkstate", "note")


def is_part_of_a_finished_round(folder: Folder, settings: Settings) -> bool:
    """True when the folder holds a finished round and a part of it is asked for. FolderFault when that round was another one:
    a fresh run would throw its results and its evidence away."""
    run = folder.run()
    if not run.get("complete") or not (settings.only or settings.checks):
        return False
    asked: Mapping[str, Any] = run.get("asked") or {}
    wanted = plain(settings.fixed())
    if asked == wanted:
        return False
    if {**asked, "only": wanted["only"]} != wanted:
        raise FolderFault(
            f"{folder.path} 里已有做完的检查（监测时间点、名录、指标或检查项不同），只查一部分会把其余的结果和证据删掉；请换一个目录"
        )
    return bool(settings.only)


def reopen(folder: Folder, registry: Registry, settings: Settings) -> tuple[str, ...]:
    """Forget what was read of the objects asked for, take the ledger as it is now; their refs. The round is then to be resumed."""
    planned = plan(in_full(registry), (), only=settings.only)
    refs = (*(site.ref for site in planned.sites), *(account.ref for account in planned.accounts))
    store = folder.path / "work" / "state.sqlite"
    if not store.is_file():
        raise FolderFault(f"{folder.path} 里没有检查时的工作记录（work），不能只补查一部分；请换一个目录")
    with closing(sqlite3.connect(store)) as base, base:
        for table in _TABLES:
            base.executemany(f"DELETE FROM {table} WHERE owner = ?", [(ref,) for ref in refs])
    folder.write_json("registry.json", without_folder(in_full(registry)))
    folder.write_json("run.json", {**folder.run(), "complete": False})
    return refs
