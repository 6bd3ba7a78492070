"""The quick way answers what is plain, and leaves everything else to the careful fetcher."""

from __future__ import annotations

import asyncio
import gzip
import time
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duwang.capture import swift
from duwang.capture.swift import Plain, SwiftHost
from kit.web import Answer, Asked, Reply, Web, serve


def ask(web: Web, *paths: str, method: str = "GET", private: bool = True) -> list[Plain | None]:
    async def run() -> list[Plain | None]:
        host = SwiftHost(web.root, private)
        found = [await host.ask(web.root + path, method=method) for path in paths]
        host.close()
        return found

    return asyncio.run(run())


def drops() -> Iterator[bytes]:
    yield b"<p>one</p>"
    yield b"<p>two</p>"


@pytest.mark.parametrize(
    ("reply", "wanted"),
    [
        (Reply(b"<p>x</p>"), (200, b"<p>x</p>")),
        (Reply(b"", status=404), (404, b"")),
        (Reply(b"no", status=403), (403, b"no")),
        (Reply(gzip.compress(b"packed"), headers={"Content-Encoding": "gzip"}), (200, b"packed")),
        (Reply(status=302, headers={"Location": "/a"}), None),
        (Reply(b"x", status=500), (500, b"x")),
        (Reply(b"x", status=503), None),
        (Reply(b"x", status=429, headers={"Retry-After": "3"}), None),
        (Reply(b"x", headers={"Content-Encoding": "br"}), None),
        (Reply(b"not packed", headers={"Content-Encoding": "gzip"}), None),
        (Reply(gzip.compress(b"0" * 30_000_000), headers={"Content-Encoding": "gzip"}), None),
        (Reply(gzip.compress(b"cut short")[:-9], headers={"Content-Encoding": "gzip"}), None),
        (Reply(b"x", length=100), None),
        (Reply(cut=True), None),
        (Reply(stream=drops), None),
    ],
)  # fmt: skip
def test_answers(reply: Reply, wanted: tuple[int, bytes] | None) -> None:
    with serve({"/a": reply}) as web:
        (found,) = ask(web, "/a")
    assert (None if found is None else (found.status, found.body)) == wanted


def test_one_connection_for_many_questions() -> None:
    with serve({f"/{n}": Reply(str(n).encode()) for n in range(5)}) as web:
        found = ask(web, *(f"/{n}" for n in range(5)))
    assert [one.body for one in found if one] == [b"0", b"1", b"2", b"3", b"4"]


def test_a_head_has_no_body() -> None:
    with serve({"/a": Reply(b"12345")}) as web:
        (found,) = ask(web, "/a", method="HEAD")
    assert found == Plain(200, "text/html; charset=utf-8", b"")


def test_a_session_is_kept() -> None:
    def counting(asked: Asked) -> Reply:
        return Reply(asked.headers.get("Cookie", "-").encode(), headers={"Set-Cookie": "id=7; Path=/; HttpOnly"})

    with serve({"/a": counting}) as web:
        assert [one.body for one in ask(web, "/a", "/a") if one] == [b"-", b"id=7"]


def test_chinese_addresses_are_written_as_browsers_do() -> None:
    def echo(asked: Asked) -> Reply:
        return Reply(asked.path.encode())

    answers: dict[str, Answer] = {"/%E6%96%B0%E9%97%BB?a=%E4%B8%AD": echo}
    with serve(answers) as web:
        (found,) = ask(web, "/新闻?a=中")
    assert found and found.body == b"/%E6%96%B0%E9%97%BB?a=%E4%B8%AD"


def test_private_addresses_are_refused() -> None:
    with serve({"/a": Reply(b"x")}) as web:
        assert ask(web, "/a", private=False) == [None]
        assert web.asked == []


def test_another_origin_is_none_of_its_business() -> None:
    with serve({"/a": Reply(b"x")}) as web:
        host = SwiftHost(web.root, True)
        for url in ("http://127.0.0.1:1/a", web.root + "0/a", web.root.replace("http", "https") + "/a"):
            assert asyncio.run(host.ask(url)) is None
        assert web.asked == []


def test_a_silent_server_is_left_in_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(swift, "_SECONDS", 0.3)
    began = time.monotonic()
    with serve({"/a": Reply(b"x", wait=1.0)}) as web:
        assert ask(web, "/a") == [None]
        assert time.monotonic() - began < 0.9


@pytest.mark.parametrize("size", [b"-6", b"-5", b"+3", b"1_0", b"0x3", b"", b"zz", b"ffffffffff"])
def test_a_size_that_is_no_number_is_left_to_the_careful_fetcher(size: bytes) -> None:
    """int() takes a sign: a negative size once led back to its own line, for ever."""
    assert answer_to([_CHUNKED + size + b"\r\nabcdefgh\r\n0\r\n\r\n"]) is None


def test_pieces_however_the_network_cuts_them() -> None:
    whole = _CHUNKED + b"3\r\none\r\n4;x=1\r\n two\r\n0\r\n\r\n"
    for cut in range(1, len(whole)):
        told = answer_to([whole[:cut], whole[cut:]])
        assert told is not None and told.body == b"one two", cut
    single = answer_to([whole[n : n + 1] for n in range(len(whole))])
    assert single is not None and single.body == b"one two"


@given(st.binary(max_size=200), st.integers(1, 7))
@settings(max_examples=150, deadline=None)
def test_any_bytes_end_at_once(rest: bytes, step: int) -> None:
    for head in (b"", _CHUNKED, b"HTTP/1.1 200 OK\r\nContent-Length: "):
        whole = head + rest
        answer_to([whole[n : n + step] for n in range(0, len(whole), step)])


_CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"


class Wire(asyncio.Transport):
    """A connection that goes nowhere."""

    def write(self, data: object) -> None:
        return

    def is_closing(self) -> bool:
        return False

    def close(self) -> None:
        return


def answer_to(parts: list[bytes]) -> Plain | None:
    """What a connection makes of these pieces of an answer; None while it is not whole."""

    async def run() -> Plain | None:
        line = swift._Line()
        line.connection_made(Wire())
        waiting = line.ask(b"GET / HTTP/1.1\r\n\r\n", "GET")
        for part in parts:
            line.data_received(part)
        line.connection_lost(None)
        return await waiting

    return asyncio.run(run())
