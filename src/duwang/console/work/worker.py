"""The worker: takes jobs one after another, in a thread beside the server or in a process of its own."""

from __future__ import annotations

import threading
from collections.abc import Callable

from django.db import close_old_connections

from duwang.console.notices import postman
from duwang.console.watch import keeper
from duwang.console.work import queue
from duwang.console.work.running import run

_PAUSE = 1.0


def work(stop: threading.Event, *, once: bool = False, idle: Callable[[], None] = lambda: None) -> None:
    """Until `stop`: take a job and run it, keeping its heart beating. `once`: end when nothing is waiting."""
    while not stop.is_set():
        close_old_connections()
        job = queue.take()
        if job is None:
            if once:
                return
            idle()
            stop.wait(_PAUSE)
            continue
        done = threading.Event()
        heart = threading.Thread(target=_beat, args=(job, done), daemon=True)
        heart.start()
        try:
            run(job)
        finally:
            done.set()
            heart.join()


def start_thread() -> threading.Event:
    """A worker in the background of the server; set the returned event to end it."""
    stop = threading.Event()
    threading.Thread(target=work, args=(stop,), name="worker", daemon=True).start()
    postman.start(stop)
    keeper.start(stop)
    return stop


def _beat(job: object, done: threading.Event) -> None:
    while not done.wait(20):
        close_old_connections()
        queue.beat(job)  # type: ignore[arg-type]
    close_old_connections()
