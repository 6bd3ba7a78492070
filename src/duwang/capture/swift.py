"""The quick way to one host: plain answers over connections that are kept open. Whatever is not plain is None, and the careful
fetcher is asked instead: redirects, odd encodings, errors of the connection, a server that is busy."""

from __future__ import annotations

import asyncio
import re
import socket
import ssl
import zlib
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote, urlsplit

_SECONDS = 15.0
_MOST_BYTES = 20 * 1024 * 1024
_PLAIN = frozenset({200, 401, 403, 404, 410, 429, 500, 502, 504})
_FINAL = frozenset(range(200, 600)) - {204, 205, 206, 304}
_SAFE = "!#$%&'()*+,/:;=?@[]~"
_READY = re.compile(r"[\w!$&'()*+,/:;=?@~.%-]+", re.ASCII)
_CRLF2 = b"\r\n\r\n"
_MOST_HEAD = 65536
_SIZE = re.compile(rb"[0-9A-Fa-f]{1,8}[ \t]*(?:;.*)?")
USER_AGENT = "Mozilla/5.0 (compatible; Duwang/0.1; government website inspection)"
ACCEPT, LANGUAGES = "text/html,application/xhtml+xml,*/*;q=0.8", "zh-CN,zh;q=0.9"


@dataclass(frozen=True, slots=True)
class Plain:
    """A plain answer: `body` decompressed, empty for HEAD; `headers` as they were sent."""

    status: int
    content_type: str
    body: bytes
    headers: tuple[tuple[str, str], ...] = field(default=(), compare=False)

    def header(self, name: str) -> str:
        """The first header of that name (in small letters); empty without one."""
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(slots=True)
class SwiftHost:
    """One origin. The address it speaks to is the one that was judged to be public. With `whole` redirects and answers of a busy
    server are given back as well, not only what a survey of links can judge at once."""

    origin: str
    allow_private: bool = False
    whole: bool = False
    cookies: dict[str, str] = field(default_factory=dict)
    _free: list[_Line] = field(default_factory=list)
    _address: tuple[str, int] | None = None
    _refused: bool = False

    async def ask(self, url: str, *, method: str = "GET") -> Plain | None:
        """The answer, or None when the careful fetcher must be asked."""
        if (
            self._refused
            or not url.startswith(self.origin)
            or url[len(self.origin) : len(self.origin) + 1] not in ("", "/")
        ):
            return None
        path = url[len(self.origin) :].partition("#")[0] or "/"
        if not _READY.fullmatch(path):
            path = quote(path, safe=_SAFE)
        line: _Line | None = None
        try:
            line = self._kept() or await self._open(self.origin.startswith("https:"))
            if line is None:
                return None
            answer = await line.ask(self._message(method, path), method)
        except (OSError, TimeoutError, ValueError, ssl.SSLError):
            return None
        except asyncio.CancelledError:
            if line is not None:
                line.shut()
            raise
        if line.open:
            self._free.append(line)
        for pair in line.cookies:
            name, _, value = pair.partition("=")
            self.cookies[name.strip()] = value.partition(";")[0].strip()
        return answer

    def _kept(self) -> _Line | None:
        """A connection that is still open."""
        while self._free:
            line = self._free.pop()
            if line.open:
                return line
        return None

    def close(self) -> None:
        for line in self._free:
            line.shut()
        self._free.clear()

    def _message(self, method: str, path: str) -> bytes:
        host = self.origin.partition("//")[2]
        cookie = (
            "Cookie: " + "; ".join(f"{name}={value}" for name, value in self.cookies.items()) + "\r\n"
            if self.cookies
            else ""
        )
        return (
            f"{method} {path} HTTP/1.1\r\nHost: {host}\r\nUser-Agent: {USER_AGENT}\r\nAccept: {ACCEPT}\r\n"
            f"Accept-Language: {LANGUAGES}\r\nAccept-Encoding: gzip\r\n{cookie}\r\n"
        ).encode("ascii", "ignore")

    async def _open(self, secure: bool) -> _Line | None:
        address = await self._resolved()
        if address is None:
            self._refused = True
            return None
        loop = asyncio.get_running_loop()
        tls = _tls() if secure else None
        name = urlsplit(self.origin).hostname if secure else None
        opening = loop.create_connection(lambda: _Line(whole=self.whole), *address, ssl=tls, server_hostname=name)
        return (await asyncio.wait_for(opening, _SECONDS))[1]

    async def _resolved(self) -> tuple[str, int] | None:
        """Where to connect: a public address, or any where that is allowed."""
        if self._address is None:
            parts = urlsplit(self.origin)
            port = parts.port or (443 if parts.scheme == "https" else 80)
            loop = asyncio.get_running_loop()
            found = await loop.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
            for *_, address in found:
                if self.allow_private or _is_public(str(address[0])):
                    self._address = str(address[0]), port
                    break
        return self._address


@lru_cache(maxsize=1)
def _tls() -> ssl.SSLContext:
    return ssl.create_default_context()


def _is_public(address: str) -> bool:
    from duwang.capture.addresses import is_public  # it brings the careful fetcher's library along

    return is_public(address)


class _Pieces:
    """A body that comes in pieces: each is looked at once, however the network cuts it."""

    __slots__ = ("_at", "_body")

    def __init__(self) -> None:
        self._at = 0
        self._body = bytearray()

    def taken(self, data: bytearray, start: int) -> bytes | None:
        """The whole body; None while its end has not come. ValueError for a size that is no number or a piece that does not end."""
        at = self._at or start
        while (end := data.find(b"\r\n", at)) >= 0:
            if not _SIZE.fullmatch(data, at, end):
                raise ValueError("size of a piece")
            size = int(bytes(data[at:end]).partition(b";")[0], 16)
            if not size:
                return bytes(self._body) if data.find(b"\r\n", end + 2) >= 0 else None
            if len(data) < end + 4 + size:
                return None
            if data[end + 2 + size : end + 4 + size] != b"\r\n":
                raise ValueError("end of a piece")
            self._body += data[end + 2 : end + 2 + size]
            self._at = at = end + 4 + size
        return None


class _Line(asyncio.Protocol):
    """One connection; one question at a time."""

    __slots__ = ("_buffer", "_clock", "_method", "_pieces", "_transport", "_waiting", "_whole", "cookies", "open")

    def __init__(self, *, whole: bool = False) -> None:
        self._whole = whole
        self._buffer = bytearray()
        self._pieces = _Pieces()
        self._method = "GET"
        self._clock: asyncio.TimerHandle | None = None
        self._transport: asyncio.Transport | None = None
        self._waiting: asyncio.Future[Plain | None] | None = None
        self.cookies: list[str] = []
        self.open = True

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def connection_lost(self, error: Exception | None) -> None:
        self.open = False
        if self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

    def shut(self) -> None:
        self.open = False
        if self._transport is not None:
            self._transport.close()

    def ask(self, message: bytes, method: str) -> asyncio.Future[Plain | None]:
        loop = asyncio.get_running_loop()
        self._waiting = loop.create_future()
        self._method, self._buffer, self._pieces, self.cookies = method, bytearray(), _Pieces(), []
        if self._transport is None or not self.open or self._transport.is_closing():
            self._waiting.set_result(None)
        else:
            self._transport.write(message)
            self._clock = loop.call_later(_SECONDS, self.shut)
        return self._waiting

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if self._waiting is None or self._waiting.done():
            return self.shut()
        try:
            done, answer = self._read()
        except (ValueError, IndexError, zlib.error):
            done, answer = True, None
        if done:
            if answer is None:
                self.shut()
            if self._clock is not None:
                self._clock.cancel()
            if not self._waiting.done():
                self._waiting.set_result(answer)

    def _read(self) -> tuple[bool, Plain | None]:
        """(whether the answer is whole, the answer or None for one that is not plain)."""
        end = self._buffer.find(_CRLF2)
        if end < 0:
            return len(self._buffer) > _MOST_HEAD, None
        head = self._buffer[:end].decode("utf-8", "surrogateescape")
        version, _, rest = head.partition(" ")
        status = int(rest[:3])
        if version not in ("HTTP/1.1", "HTTP/1.0") or status not in (_FINAL if self._whole else _PLAIN):
            return True, None
        lines = [line.partition(":") for line in head.split("\r\n")[1:]]
        headers = tuple((name, value.strip(" \t")) for name, _, value in lines)
        fields = {name.lower(): value for name, value in headers}
        self.cookies = [value for name, value in headers if name.lower() == "set-cookie"]
        if ("retry-after" in fields and not self._whole) or any(not name or name[0] in " \t" for name in fields):
            return True, None
        if self._method == "HEAD":
            body: bytes | None = b""
        elif fields.get("transfer-encoding", "").lower() == "chunked":
            body = self._pieces.taken(self._buffer, end + 4)
        else:
            size = int(fields["content-length"]) if "content-length" in fields else -1
            if not 0 <= size <= _MOST_BYTES:
                return True, None
            body = bytes(self._buffer[end + 4 : end + 4 + size]) if len(self._buffer) >= end + 4 + size else None
        if body is None:
            return len(self._buffer) > _MOST_BYTES, None
        if fields.get("connection", "").lower() == "close" or version == "HTTP/1.0":
            self.shut()
        packed = fields.get("content-encoding", "").lower()
        if packed not in ("", "identity", "gzip") or (packed == "gzip" and (body := _inflated(body)) is None):
            return True, None
        return True, Plain(status, fields.get("content-type", ""), body, headers)


def _inflated(body: bytes) -> bytes | None:
    """None when it would be too large: the careful fetcher knows what to do with bombs."""
    if not body:
        return body
    unpacker = zlib.decompressobj(16 + zlib.MAX_WBITS)
    plain = unpacker.decompress(body, max(1 << 20, min(_MOST_BYTES, 200 * len(body))))
    return plain if unpacker.eof else None
