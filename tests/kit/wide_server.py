"""Serves a WideSite from its own process: `python -m kit.wide_server PORT key=value …`; prints the root when it listens."""

from __future__ import annotations

import asyncio
import sys
from dataclasses import fields
from typing import Any

from kit.wide_site import WideSite


class Protocol(asyncio.Protocol):
    """As little HTTP/1.1 as a crawler needs, so that the server costs next to nothing; `asked` counts requests."""

    asked = 0

    def __init__(self, site: WideSite) -> None:
        self.site, self.rest = site, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        self.rest += data
        while b"\r\n\r\n" in self.rest:
            head, _, self.rest = self.rest.partition(b"\r\n\r\n")
            method, path, _ = head.split(b" ", 2)
            Protocol.asked += 1
            name = path.decode()
            if name == "/-/asked":
                self.transport.write(_message(200, {}, str(Protocol.asked).encode()))
                continue
            status, headers, body, wait = self.site.answer(name.partition("#")[0])
            if headers.get("ETag") and f"If-None-Match: {headers['ETag']}".encode().lower() in head.lower():
                status, body = 304, b""
            message = _message(status, headers, body, head=method == b"HEAD")
            if wait:
                asyncio.get_running_loop().call_later(wait, self._late, message)
            else:
                self.transport.write(message)

    def _late(self, message: bytes) -> None:
        if not self.transport.is_closing():
            self.transport.write(message)


def _message(status: int, headers: dict[str, str], body: bytes, *, head: bool = False) -> bytes:
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"HTTP/1.1 {status} X\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + (b"" if head else body)


async def run(port: int, site: WideSite) -> None:
    server = await asyncio.get_running_loop().create_server(lambda: Protocol(site), "127.0.0.1", port, backlog=256)
    print(f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
    await server.serve_forever()


def main() -> None:
    kinds: dict[str, Any] = {field.name: type(field.default) for field in fields(WideSite)}
    given = dict(one.split("=", 1) for one in sys.argv[2:])
    asyncio.run(run(int(sys.argv[1]), WideSite(**{name: kinds[name](value) for name, value in given.items()})))


if __name__ == "__main__":
    main()
