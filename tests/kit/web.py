"""A website on loopback whose every answer is chosen by the test: statuses, headers, delays, drips, broken connections."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Reply:
    """One answer. `wait` seconds before the first byte; `stream` pieces sent one by one instead of `body`; `cut` closes the
    connection without an answer; `length` overrides Content-Length (-1 = send none and close)."""

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    wait: float = 0.0
    stream: Callable[[], Iterator[bytes]] | None = None
    cut: bool = False
    length: int | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as the server saw it; `at` in seconds of the monotonic clock."""

    at: float
    method: str
    path: str
    headers: Mapping[str, str]


@dataclass(slots=True)
class Web:
    """A running site: its root address and what it was asked."""

    root: str
    asked: list[Asked] = field(default_factory=list)

    def paths(self) -> list[str]:
        return [one.path for one in self.asked]

    def times(self, path: str) -> list[float]:
        return [one.at for one in self.asked if one.path == path]


Answer = Reply | str | bytes | Callable[[Asked], "Reply | str | bytes"]


def page(title: str, body: str, *, head: str = "") -> str:
    """A small HTML page."""
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'><title>{title}</title>{head}</head><body>{body}</body></html>"


@contextmanager
def serve(answers: Mapping[str, Answer] | Callable[[Asked], Answer | None], *, port: int = 0) -> Iterator[Web]:
    """Serve until the block ends. `answers` by path with query, or a function; what is not there is 404."""
    web = Web("")
    find = answers.get if isinstance(answers, Mapping) else None

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        server_version, sys_version = "kit", ""

        def do_GET(self) -> None:
            asked = Asked(time.monotonic(), self.command, self.path, dict(self.headers.items()))
            web.asked.append(asked)
            found = find(self.path) if find else answers(asked)  # type: ignore[operator]
            found = found(asked) if callable(found) else found
            self._send(_reply(found))

        do_HEAD = do_GET

        def _send(self, reply: Reply) -> None:
            if reply.wait:
                time.sleep(reply.wait)
            if reply.cut:
                self.close_connection = True
                return
            try:
                self._write(reply)
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def _write(self, reply: Reply) -> None:
            self.send_response(reply.status)
            headers = {"Content-Type": HTML, **reply.headers}
            for name, value in headers.items():
                self.send_header(name, value)
            length = len(reply.body) if reply.length is None else reply.length
            if reply.stream is None and length >= 0:
                self.send_header("Content-Length", str(length))
            else:
                self.send_header("Connection", "close")
                self.close_connection = True
            self.end_headers()
            if self.command == "HEAD":
                return
            for piece in reply.stream() if reply.stream else (reply.body,):
                self.wfile.write(piece)
            if length > len(reply.body):
                self.close_connection = True

        def log_message(self, format: str, *args: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            return

    server = Server(("127.0.0.1", port), Handler)
    web.root = f"http://127.0.0.1:{server.server_port}"
    thread = Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _reply(found: Answer | None) -> Reply:
    if found is None:
        return Reply(page("页面不存在", "<p>您访问的页面不存在。</p>").encode(), status=404)
    if isinstance(found, str):
        return Reply(found.encode())
    if isinstance(found, bytes):
        return Reply(found)
    assert isinstance(found, Reply)
    return found
