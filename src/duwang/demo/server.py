"""The county on loopback: one small HTTP server for each site, its answers exchanged between rounds."""

from __future__ import annotations

import http.server
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from urllib.parse import parse_qs

from duwang.demo.scene import Answer

HOST = "127.0.0.1"
PORTS = 10
_FIRST, _STEP, _TRIES = 18650, 20, 40
_NOT_FOUND = Answer(404, body="页面不存在".encode())


@dataclass(slots=True)
class Stage:
    """What is served at the moment; `first_port` is the portal's."""

    first_port: int
    world: Mapping[int, Mapping[str, Answer]] = field(default_factory=dict)

    def answer(self, port: int, path: str) -> Answer:
        pages = self.world.get(port - self.first_port, {})
        if path.startswith("/search?") and path not in pages and "*" not in pages:
            return _results(pages, parse_qs(path.partition("?")[2]).get("q", [""])[0])
        return pages.get(path) or pages.get("*") or _NOT_FOUND


def _results(pages: Mapping[str, Answer], words: str) -> Answer:
    """The page of results of a site's own search: every page that has the words in its title."""
    found = []
    for path, answer in pages.items():
        head = answer.body[:4000].partition(b"<title>")[2].partition(b"</title>")[0].decode("utf-8", "ignore")
        if answer.status == 200 and words and words in head:
            found.append(f'<li><a href="{escape(path)}">{escape(words)}</a></li>')
    body = f"<html><head><title>搜索结果</title></head><body><p>共{len(found)}条</p><ul>{''.join(found[:20])}</ul></body></html>"
    return Answer(body=body.encode())


class PortsTaken(OSError):
    """No block of free ports was found on loopback."""


@contextmanager
def serving(*, ports: int = PORTS) -> Iterator[Stage]:
    """Bind a block of ports and serve until the block ends; the same ports in every run unless they are taken."""
    stage, servers = _bound(ports)
    threads = [threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True) for server in servers]
    for thread in threads:
        thread.start()
    try:
        yield stage
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()
        for thread in threads:
            thread.join()


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 64
    stage: Stage


class _Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: _Server
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        answer = self.server.stage.answer(self.server.server_port, self.path)
        self.send_response(answer.status)
        if answer.location:
            self.send_header("Location", answer.location)
        self.send_header("Content-Type", answer.kind)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    def do_HEAD(self) -> None:
        self.do_GET()

    def log_message(self, format: str, *args: object) -> None:
        return


def _bound(ports: int) -> tuple[Stage, list[_Server]]:
    for attempt in range(_TRIES):
        stage = Stage(_FIRST + attempt * max(_STEP, ports))
        servers: list[_Server] = []
        try:
            for number in range(ports):
                server = _Server((HOST, stage.first_port + number), _Handler)
                server.stage = stage
                servers.append(server)
        except OSError:
            for server in servers:
                server.server_close()
            continue
        return stage, servers
    raise PortsTaken(f"本机{_FIRST}起找不到{ports}个连续的空闲端口")
