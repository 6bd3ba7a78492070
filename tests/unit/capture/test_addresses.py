"""Loopback and private addresses are refused: spelled as numbers, behind names, behind redirects; and allowed on request."""

from __future__ import annotations

import asyncio
import socket

import pytest
from aiohttp.abc import ResolveResult

from duwang.capture.addresses import AddressBlocked, GuardedResolver, is_public, literal_address
from duwang.model.capturing import Failure
from kit.web import Reply, serve
from unit.capture.fetching_kit import fetch


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "224.0.0.1",
     "255.255.255.255", "::1", "::", "fe80::1", "fe80::1%eth0", "fc00::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "2002:7f00:1::",
     "nonsense"],
)  # fmt: skip
def test_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize(
    "address", ["114.114.114.114", "8.8.8.8", "172.15.0.1", "172.32.0.1", "2400:3200::1", "::ffff:8.8.8.8"]
)
def test_public(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    ("host", "number"),
    [("127.1", "127.0.0.1"), ("0x7f000001", "127.0.0.1"), ("2130706433", "127.0.0.1"), ("0177.0.0.1", "127.0.0.1"),
     ("[::1]", "::1"), ("www.fangzhen.gov.cn", None), ("1.2.3.4.5", None), ("", None)],
)  # fmt: skip
def test_numbers_in_disguise(host: str, number: str | None) -> None:
    assert literal_address(host) == number


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "2130706433",
        "localhost",
        "LOCALHOST",
        "a.localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
    ],
)
def test_refused_without_a_single_packet(host: str) -> None:
    with serve({"/": "secret"}) as web:
        port = web.root.rpartition(":")[2]
        (got,) = fetch(f"http://{host}:{port}/", allow_private=False)
        assert web.asked == []
    assert (got.failure, got.status, got.body) == (Failure.BLOCKED, None, b"")
    assert got.reason == "地址指向本机或内网，未获准访问"


def test_refused_behind_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def inside(host: str, port: int, *args: object, **named: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    with serve({"/": "secret"}) as web:
        port = web.root.rpartition(":")[2]
        monkeypatch.setattr(socket, "getaddrinfo", inside)
        (got,) = fetch(f"http://inner.fangzhen.gov.cn:{port}/", allow_private=False)
        assert web.asked == []
    assert got.failure is Failure.BLOCKED


def test_of_several_addresses_only_public_ones_are_kept() -> None:
    async def answers(host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
        return [
            ResolveResult(hostname=host, host=number, port=port, family=family, proto=0, flags=0) for number in mixed
        ]

    async def run() -> list[str]:
        guarded = GuardedResolver()
        guarded._inner.resolve = answers  # type: ignore[method-assign]
        return [found["host"] for found in await guarded.resolve("x.gov.cn", 80)]

    mixed = ["10.0.0.1", "114.114.114.114", "127.0.0.1"]
    assert asyncio.run(run()) == ["114.114.114.114"]
    mixed = ["10.0.0.1"]
    with pytest.raises(AddressBlocked):
        asyncio.run(run())


def test_refused_after_a_redirect(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first host is let through as if it were public; where it sends us is judged again."""
    import duwang.capture.addresses as addresses

    judged = addresses.is_public
    monkeypatch.setattr(addresses, "is_public", lambda address: address == "127.0.0.1" or judged(address))
    with serve({"/": "secret"}) as inner:
        target = inner.root.replace("127.0.0.1", "localhost") + "/"
        with serve({"/": Reply(status=302, headers={"Location": target})}) as outer:
            (got,) = fetch(outer.root + "/", allow_private=False)
            assert outer.paths() == ["/"]
        assert inner.asked == []
    assert (got.failure, got.final_url, got.redirects) == (Failure.BLOCKED, outer.root + "/", (target,))


def test_allowed_on_request() -> None:
    with serve({"/": "inside"}) as web:
        (got,) = fetch(web.root + "/", allow_private=True)
    assert got.body == b"inside"
