"""The server: waitress on one port, the worker in a thread beside it."""

from __future__ import annotations

import gc
import sys

THREADS = 4  # at work at once; more only take the interpreter from each other, what comes meanwhile waits its turn
_SWITCH = 0.001  # seconds until a thread at work lets another one, that only fetches a row, pass


def serve(*, host: str, port: int, threads: int = THREADS) -> None:
    """Serve until interrupted. OSError when the port is taken."""
    import waitress

    from duwang.console.work.worker import start_thread
    from duwang.console.wsgi import application

    settle()
    stop = start_thread()
    try:
        waitress.serve(
            application, host=host, port=port, threads=threads, ident="duwang", clear_untrusted_proxy_headers=True
        )
    finally:
        stop.set()


def settle() -> None:
    """What is loaded by now stays: the collector need not look through it again and again, a tenth of a second each time, while
    somebody waits for a page."""
    from django.urls import get_resolver

    assert get_resolver().url_patterns  # every view and what it needs
    gc.collect()
    gc.freeze()
    sys.setswitchinterval(_SWITCH)
