"""Which addresses may be asked at all: public ones, unless loopback and private ones are allowed explicitly."""

from __future__ import annotations

import ipaddress
import socket
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from yarl import URL


class AddressBlocked(OSError):
    """A name or number that leads to this machine or a private network."""


def is_public(address: str) -> bool:
    """True for an address of the open internet; IPv4 inside IPv6 is judged as IPv4."""
    try:
        ip = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(ip, ipaddress.IPv6Address):
        inner = ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else None)
        if inner is not None:
            return is_public(str(inner))
    return ip.is_global and not ip.is_multicast and not ip.is_reserved


def literal_address(host: str) -> str | None:
    """The number a host spells (127.1, 0x7f000001, 2130706433 and [::1] included), or None for a name."""
    bare = host.strip("[]")
    try:
        return str(ipaddress.ip_address(bare))
    except ValueError:
        pass
    if bare and all(part.lower().startswith("0x") or part.isdigit() for part in bare.split(".")):
        try:
            return socket.inet_ntoa(socket.inet_aton(bare))
        except OSError:
            return None
    return None


def refuse_unless_public(url: URL) -> None:
    """AddressBlocked when the host is a number that is not public; names are judged when they are resolved."""
    host = url.host or ""
    number = literal_address(host)
    if number is not None and not is_public(number):
        raise AddressBlocked(host)
    if host.lower() == "localhost" or host.lower().endswith(".localhost"):
        raise AddressBlocked(host)


class GuardedResolver(AbstractResolver):
    """Resolves names and keeps only public addresses: what is connected to is what was judged."""

    def __init__(self) -> None:
        self._inner = ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        public = [result for result in found if is_public(result["host"])]
        if found and not public:
            raise AddressBlocked(host)
        return public

    async def close(self) -> None:
        await self._inner.close()


def connector_options(*, allow_private: bool) -> dict[str, Any]:
    """Keyword arguments for the connector that keep the promise above."""
    return {} if allow_private else {"resolver": GuardedResolver(), "use_dns_cache": False}
