"""The server: waitress on one port, the worker in a thread beside it."""

from __future__ import annotations


def serve(*, host: str, port: int, threads: int = 8) -> None:
    """Serve until interrupted. OSError when the port is taken."""
    import waitress

    from duwang.console.work.worker import start_thread
    from duwang.console.wsgi import application

    stop = start_thread()
    try:
        waitress.serve(
            application, host=host, port=port, threads=threads, ident="duwang", clear_untrusted_proxy_headers=True
        )
    finally:
        stop.set()
