"""The watch beside the worker: runs while it is switched on, begins anew when its settings change."""

from __future__ import annotations

import asyncio
import logging
import threading
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import close_old_connections
from django.forms.models import model_to_dict

from duwang.capture.fetcher import Fetcher, FetchSettings
from duwang.console.records import ledger
from duwang.console.watch.models import Watching, folder
from duwang.console.watch.telling import tell_units
from duwang.flow.faults import USER_FAULTS
from duwang.flow.folder import FolderFault
from duwang.flow.monitoring import Event, Record
from duwang.flow.watching import Watch, Watcher, alone, in_its_own_process
from duwang.model.registry import Registry

LEDGER, SAID = "名录", "读取记录.txt"
_PAUSE = 20.0
_logger = logging.getLogger(__name__)


def start(stop: threading.Event) -> threading.Thread:
    """A watch beside the worker, until `stop`."""
    thread = threading.Thread(target=_keep, args=(stop,), name="watch", daemon=True)
    thread.start()
    return thread


def _keep(stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            asked = _asked()
            if asked["active"]:
                _watch(asked, stop)
        except USER_FAULTS as fault:
            _logger.warning("值守没有运行：%s", fault)
        except Exception:
            _logger.exception("值守出错，稍后重新开始")
        stop.wait(_PAUSE)


def _asked() -> dict[str, Any]:
    close_old_connections()
    try:
        return model_to_dict(Watching.load())
    finally:
        close_old_connections()


def _watch(asked: dict[str, Any], stop: threading.Event) -> None:
    """Until `stop`, or until other settings are saved. Where a second server or a command watches already, it is left to that one."""
    begun = _ledger()
    if not begun.sites and not begun.accounts:
        return
    try:
        with alone(folder()) as lock:
            asyncio.run(_run(asked, begun, stop, lock))
    except FolderFault:
        return


async def _run(asked: dict[str, Any], begun: Registry, stop: threading.Event, lock: int) -> None:
    watch = Watch(
        timedelta(minutes=asked["every"]), timedelta(hours=asked["reading"]) if asked["reading"] else None,
        tuple(asked["controls"].split()),
    )  # fmt: skip
    words = ["--edition", asked["edition"], "--delay", str(asked["delay"])]
    words += [word for name in asked["overlays"] for word in ("--overlay", name)]
    words += ["--allow-loopback"] if asked["allow_loopback"] else []
    ended = asyncio.Event()
    async with Fetcher(FetchSettings(delay=0, allow_private=asked["allow_loopback"])) as fetcher:
        reading = in_its_own_process(folder() / LEDGER, folder(), words, lock=lock, said=folder() / SAID)
        watcher = Watcher(
            Record.open(folder()), watch, begun, _ledger, fetcher, reading, lambda: datetime.now(UTC), _noted, _heard
        )  # fmt: skip
        running = asyncio.create_task(watcher.run(ended))
        while not running.done() and not stop.is_set() and await asyncio.to_thread(_asked) == asked:
            await asyncio.wait([running], timeout=5)
        ended.set()
        await running


def _noted(message: str) -> None:
    _logger.info("%s", message)


def _ledger() -> Registry:
    """The ledger of the database, written where a reading in its own process finds it."""
    close_old_connections()
    try:
        return ledger.registry(folder() / LEDGER)
    finally:
        close_old_connections()


def _heard(events: Sequence[Event]) -> None:
    close_old_connections()
    try:
        tell_units(events, at=datetime.now(UTC))
    finally:
        close_old_connections()
