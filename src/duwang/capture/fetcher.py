"""The one fetcher: per-host delay, one connection budget, limits on time, size and redirects; failures are values."""

from __future__ import annotations

import asyncio
import hashlib
import re
import socket
import ssl
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import Protocol

import aiohttp
from yarl import URL

from duwang.capture.addresses import AddressBlocked, connector_options, refuse_unless_public
from duwang.capture.politeness import BUSY, Host, Politeness, retry_after
from duwang.capture.swift import ACCEPT, LANGUAGES, USER_AGENT, Plain, SwiftHost
from duwang.model.capturing import Capture, Failure, Request

TEMPORARY = "域名服务器没有答复"
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ASCII = re.compile(r"[!-~]+")
_HEADERS = {
    "User-Agent": USER_AGENT,
    "Accept": ACCEPT,
    "Accept-Language": LANGUAGES,
    "Accept-Encoding": "gzip, deflate",
}


@dataclass(frozen=True, slots=True)
class FetchSettings:
    """`delay` seconds between two requests to one host; `timeout` seconds for a whole answer with its redirects;
    `max_bytes` after decompression; `max_ratio` most that compression may blow up beyond 1 MiB."""

    delay: float = 0.5
    timeout: float = 15
    max_redirects: int = 8
    max_bytes: int = 20 * 1024 * 1024
    max_ratio: int = 200
    connections: int = 20
    allow_private: bool = False


class _Stop(Exception):
    def __init__(self, failure: Failure, detail: str = "") -> None:
        super().__init__(detail)
        self.failure = failure
        self.detail = detail


@dataclass(slots=True)
class _Answer:
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    final_url: str = ""
    redirects: tuple[str, ...] = ()
    waited: float = 0.0


class _Inflater(Protocol):
    """The part of zlib's decompression object that is used."""

    @property
    def unconsumed_tail(self) -> bytes: ...

    @property
    def eof(self) -> bool: ...

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes: ...


class Fetcher:
    """Async context manager. `fetch` never raises for what the network or a server does."""

    def __init__(
        self, settings: FetchSettings | None = None, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC)
    ) -> None:
        self.settings = settings or FetchSettings()
        self._clock = clock
        self._politeness = Politeness(self.settings.delay, self.settings.connections)
        self._session: aiohttp.ClientSession | None = None
        self._quick = _Quick(self.settings.allow_private)

    async def __aenter__(self) -> Fetcher:
        connector = aiohttp.TCPConnector(
            limit=0,
            **connector_options(allow_private=self.settings.allow_private),
        )
        self._session = aiohttp.ClientSession(
            connector=connector, headers=_HEADERS, auto_decompress=False, cookie_jar=aiohttp.CookieJar(unsafe=True),
            max_line_size=32768, max_field_size=32768, timeout=aiohttp.ClientTimeout(total=None),
        )  # fmt: skip
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._quick.close()
        if self._session is not None:
            await self._session.close()

    async def fetch(self, request: Request) -> Capture:
        """One capture: the answer after at most `max_redirects` redirects, within `timeout` seconds from its turn on."""
        host = self._politeness.host(request.url)
        if host.silent:
            return Capture(request.url, request.url, None, (), b"", Failure.SILENT, "", self._clock(), 0)
        capture = await self._asked(request)
        if host.troubled:
            alive = bool(host.good) and (await self._asked(Request(host.good, request.role, most_bytes=65536))).ok
            host.felt(alive=alive)
        return capture

    async def _asked(self, request: Request) -> Capture:
        answer = _Answer(final_url=request.url)
        async with self._politeness.turn(request.url):
            began, at = time.perf_counter(), self._clock()
            failure, detail = await self._attempt(request, answer)
            ms = round((time.perf_counter() - began - answer.waited) * 1000)
        if failure is None and answer.status is not None and answer.status >= 400:
            failure = Failure.STATUS
        self._politeness.told(
            request.url, status=answer.status, wait=retry_after(answer.headers) if answer.status in BUSY else None, ms=ms,
            timed_out=failure is Failure.TIMEOUT,
        )  # fmt: skip
        digest = hashlib.sha256(answer.body).hexdigest() if answer.body else ""
        return Capture(
            request.url, answer.final_url, answer.status, answer.headers, answer.body, failure, detail, at, ms, digest,
            answer.redirects,
        )  # fmt: skip

    async def _attempt(self, request: Request, answer: _Answer) -> tuple[Failure | None, str]:
        try:
            async with asyncio.timeout(self.settings.timeout) as limit:
                await self._follow(request, answer, limit)
        except _Stop as stop:
            return stop.failure, stop.detail
        except TimeoutError:
            return Failure.TIMEOUT, ""
        except AddressBlocked as blocked:
            return Failure.BLOCKED, str(blocked)
        except aiohttp.ClientConnectorDNSError as error:
            return (Failure.BLOCKED if _is_blocked(error) else Failure.DNS), _name_fault(error)
        except (aiohttp.ClientSSLError, ssl.SSLError, aiohttp.ServerFingerprintMismatch) as error:
            return Failure.TLS, str(error)[:200]
        except aiohttp.ClientConnectorError as error:
            return _connect_failure(error), str(error)[:200]
        except (aiohttp.InvalidURL, ValueError, UnicodeError) as error:
            return Failure.BAD_ADDRESS, str(error)[:200]
        except aiohttp.ClientPayloadError as error:
            return Failure.DISCONNECTED, str(error)[:200]
        except (aiohttp.ClientError, ConnectionError, OSError) as error:
            return Failure.DISCONNECTED, str(error)[:200]
        return None, ""

    async def _follow(self, request: Request, answer: _Answer, limit: asyncio.Timeout) -> None:
        url = _parsed(request.url)
        seen: set[str] = set()
        for _ in range(self.settings.max_redirects + 1):
            location = await self._once(request, url, answer)
            if location is None:
                return
            seen.add(str(url))
            url = _parsed(_next(url, location))
            answer.redirects = (*answer.redirects, str(url))
            if str(url) in seen and not any(key.lower() == "set-cookie" for key, _ in answer.headers):
                raise _Stop(Failure.LOOP, str(url))
            deadline = limit.when() or 0.0
            limit.reschedule(None)
            waited = await self._politeness.hop(str(url))
            answer.waited += waited
            limit.reschedule(deadline + waited)
        raise _Stop(Failure.LOOP, f"超过{self.settings.max_redirects}次跳转")

    async def _once(self, request: Request, url: URL, answer: _Answer) -> str | None:
        """One hop; the address of the next one, or None when this was the answer."""
        assert self._session is not None, "use the fetcher as a context manager"
        if not self.settings.allow_private:
            refuse_unless_public(url)
        headers = _headers(request)
        if not headers and request.method == "GET" and not request.most_bytes:
            plain = await self._quick.ask(url, self._politeness.host(str(url)))
            if plain is not None and len(plain.body) <= self.settings.max_bytes:
                answer.status, answer.final_url, answer.headers = plain.status, str(url), plain.headers
                answer.body = b"" if (location := _location(plain)) else plain.body
                return location
        async with self._session.request(request.method, url, headers=headers, allow_redirects=False) as response:
            answer.status, answer.final_url = response.status, str(url)
            answer.headers = tuple(response.headers.items())
            self._quick.told(url, response.headers.getall("Set-Cookie", ()))
            if response.status in _REDIRECTS and (location := response.headers.get("Location")):
                return location
            answer.body = b"" if request.method == "HEAD" else await self._body(response, request.most_bytes)
            return None

    async def _body(self, response: aiohttp.ClientResponse, most: int) -> bytes:
        limit = self.settings.max_bytes
        if not most and (response.content_length or 0) > limit:
            raise _Stop(Failure.TOO_LARGE, f"{response.content_length}字节")
        inflater = _inflater(response.headers.get("Content-Encoding", ""))
        parts: list[bytes] = []
        size = raw = 0
        async for chunk in response.content.iter_any():
            raw += len(chunk)
            for part in _inflated(inflater, chunk, limit):
                size += len(part)
                parts.append(part)
                if most and size >= most:
                    return b"".join(parts)[:most]
                if size > limit or (inflater and size > max(1 << 20, raw * self.settings.max_ratio)):
                    raise _Stop(Failure.TOO_LARGE, f"超过{limit}字节或压缩比异常")
        if inflater is not None and raw and not inflater.eof:
            raise _Stop(Failure.BAD_CONTENT, "压缩内容不完整")
        return parts[0] if len(parts) == 1 else b"".join(parts)


class _Quick:
    """The quick way for hosts that have opened before and keep no cookies; whatever is not plain is asked again with care."""

    def __init__(self, allow_private: bool) -> None:
        self._allow_private = allow_private
        self._hosts: dict[str, SwiftHost] = {}
        self._careful: set[str] = set()
        self._none = False

    async def ask(self, url: URL, host: Host) -> Plain | None:
        """The answer, or None when the careful way must be taken."""
        if self._none or not host.good or host.trouble:
            return None
        origin = f"{url.scheme}://{url.raw_authority}"
        if origin in self._careful:
            return None
        quick = self._hosts.get(origin)
        if quick is None:
            quick = self._hosts[origin] = SwiftHost(origin, self._allow_private, whole=True)
        plain = await quick.ask(origin + url.raw_path_qs)
        if plain is not None and plain.header("set-cookie"):
            self._careful.add(origin)  # it asks again, with the jar
            return None
        return plain

    def told(self, url: URL, cookies: Sequence[str]) -> None:
        """A host that sets cookies is spoken to with a jar; where one is set for a whole domain, every host is."""
        if cookies:
            self._careful.add(f"{url.scheme}://{url.raw_authority}")
            self._none |= any("domain=" in one.lower() for one in cookies)

    def close(self) -> None:
        for host in self._hosts.values():
            host.close()


def _location(plain: Plain) -> str | None:
    return plain.header("location") or None if plain.status in _REDIRECTS else None


def _headers(request: Request) -> dict[str, str]:
    if not (request.referer or request.etag or request.modified):
        return {}
    wanted = {"Referer": _ascii(request.referer), "If-None-Match": request.etag, "If-Modified-Since": request.modified}
    return {name: value for name, value in wanted.items() if value}


def _next(url: URL, location: str) -> str:
    """Where a Location header leads; raw bytes in it are UTF-8 or GB18030."""
    raw = location.encode("utf-8", "surrogateescape")
    try:
        text = raw.decode()
    except UnicodeDecodeError:
        text = raw.decode("gb18030", "replace")
    return str(url.join(URL(text.strip())))


def _inflated(inflater: _Inflater | None, chunk: bytes, limit: int) -> list[bytes]:
    """Decompress piece by piece so that a bomb is stopped at the limit."""
    if inflater is None:
        return [chunk]
    parts, total, rest = [], 0, chunk
    try:
        while rest and not inflater.eof:
            part = inflater.decompress(rest, 262144)
            rest = inflater.unconsumed_tail
            if part:
                parts.append(part)
                total += len(part)
            if total > limit or (not part and not rest):
                break
    except zlib.error as error:
        raise _Stop(Failure.BAD_CONTENT, str(error)) from None
    return parts


class _Deflate:
    """`deflate` as servers send it: with the zlib head or, against the rule, without."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj()
        self._begun = False

    @property
    def unconsumed_tail(self) -> bytes:
        return self._inner.unconsumed_tail

    @property
    def eof(self) -> bool:
        return self._inner.eof

    def decompress(self, data: bytes, max_length: int = 0, /) -> bytes:
        try:
            part = self._inner.decompress(data, max_length)
        except zlib.error:
            if self._begun:
                raise
            self._inner = zlib.decompressobj(-zlib.MAX_WBITS)
            part = self._inner.decompress(data, max_length)
        self._begun = True
        return part


def _inflater(encoding: str) -> _Inflater | None:
    name = encoding.strip().lower()
    if name in ("gzip", "x-gzip"):
        return zlib.decompressobj(16 + zlib.MAX_WBITS)
    if name == "deflate":
        return _Deflate()
    if name in ("br", "zstd", "compress") or "," in name:
        raise _Stop(Failure.BAD_CONTENT, f"不认识的压缩方式{name}")
    return None  # a charset written into the wrong header, say: browsers ignore it, too


def _parsed(text: str) -> URL:
    url = URL(text.strip())
    if url.scheme not in ("http", "https") or not url.host:
        raise _Stop(Failure.BAD_ADDRESS, text[:200])
    if url.user is not None or url.password is not None:
        raise _Stop(Failure.BAD_ADDRESS, "地址里带有用户名或口令")
    return url


def _connect_failure(error: aiohttp.ClientConnectorError) -> Failure:
    cause = error.os_error
    if isinstance(cause, AddressBlocked):
        return Failure.BLOCKED
    if isinstance(cause, socket.gaierror):
        return Failure.DNS
    if isinstance(cause, ssl.SSLError):
        return Failure.TLS
    if isinstance(cause, TimeoutError):
        return Failure.TIMEOUT
    return Failure.REFUSED


def _is_blocked(error: BaseException) -> bool:
    cause: BaseException | None = error
    while cause is not None:
        if isinstance(cause, AddressBlocked) or isinstance(getattr(cause, "os_error", None), AddressBlocked):
            return True
        cause = cause.__cause__
    return False


def _name_fault(error: aiohttp.ClientConnectorDNSError) -> str:
    """`TEMPORARY` when no name server answered: that says something of our own line, nothing of the host."""
    cause: BaseException | None = error
    while cause is not None:
        for one in (cause, getattr(cause, "os_error", None)):
            if isinstance(one, socket.gaierror) and one.errno == socket.EAI_AGAIN:
                return TEMPORARY
        cause = cause.__cause__
    return str(error)[:200]


def _ascii(url: str) -> str:
    return url if not url or _ASCII.fullmatch(url) else str(URL(url))
