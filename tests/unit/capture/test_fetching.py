"""What a server or the network does becomes a value: body, status, failure. Nothing raises, nothing hangs."""

from __future__ import annotations

import gzip
import hashlib
import socket
import time
import zlib
from collections.abc import Iterator

import pytest

from duwang.capture.fetcher import USER_AGENT, Fetcher
from duwang.model.capturing import Failure
from kit.web import Asked, Reply, serve
from unit.capture.fetching_kit import fetch

MB = 1 << 20


def test_a_page_comes_with_status_headers_body_and_digest() -> None:
    with serve({"/": Reply(b"<p>hello</p>", headers={"ETag": '"1"'})}) as web:
        (got,) = fetch(web.root + "/")
    assert (got.ok, got.status, got.body, got.failure, got.header("etag")) == (True, 200, b"<p>hello</p>", None, '"1"')
    assert got.sha256 == hashlib.sha256(got.body).hexdigest()


def test_who_asks_is_said_honestly() -> None:
    with serve({"/": "x"}) as web:
        fetch(web.root + "/")
        said = web.asked[0].headers["User-Agent"]
    assert said == USER_AGENT
    assert "Duwang" in said and "Chrome" not in said


@pytest.mark.parametrize("status", [400, 403, 404, 410, 429, 500, 502, 503])
def test_an_error_status_is_a_failure_with_its_number(status: int) -> None:
    with serve({"/": Reply(b"sorry", status=status)}) as web:
        (got,) = fetch(web.root + "/")
    assert (got.ok, got.failure, got.status, got.body) == (False, Failure.STATUS, status, b"sorry")
    assert got.reason == f"服务器返回{status}"


def test_nobody_listens() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (got,) = fetch(f"http://127.0.0.1:{port}/")
    assert (got.failure, got.status, got.reason) == (Failure.REFUSED, None, "连接被拒绝")


def test_a_name_that_does_not_exist() -> None:
    (got,) = fetch("http://no-such-host.invalid/")
    assert (got.failure, got.status, got.reason) == (Failure.DNS, None, "域名无法解析")


def test_plain_text_where_tls_is_expected() -> None:
    with serve({"/": "x"}) as web:
        (got,) = fetch(web.root.replace("http:", "https:") + "/")
    assert got.failure is Failure.TLS


def test_a_connection_cut_before_the_answer() -> None:
    with serve({"/": Reply(cut=True)}) as web:
        (got,) = fetch(web.root + "/")
    assert (got.failure, got.status) == (Failure.DISCONNECTED, None)


def test_a_connection_cut_inside_the_body() -> None:
    with serve({"/": Reply(b"half", length=400)}) as web:
        (got,) = fetch(web.root + "/")
    assert got.failure is Failure.DISCONNECTED
    assert not got.ok


@pytest.mark.parametrize(
    "url",
    ["ftp://127.0.0.1/", "http://", "http:///x", "", "http://[::1", "http://u:p@127.0.0.1/", "http://127.0.0.1:99999/"],
)
def test_an_address_that_is_none(url: str) -> None:
    (got,) = fetch(url)
    assert got.failure is Failure.BAD_ADDRESS, got
    assert got.status is None


def test_too_slow_to_answer() -> None:
    with serve({"/": Reply(b"late", wait=1.5)}) as web:
        began = time.monotonic()
        (got,) = fetch(web.root + "/", timeout=0.4)
        took = time.monotonic() - began
    assert (got.failure, got.reason) == (Failure.TIMEOUT, "15秒内没有打开")
    assert took < 1.2


def test_a_body_that_drips_is_stopped_by_the_same_limit() -> None:
    def drip() -> Iterator[bytes]:
        for _ in range(30):
            time.sleep(0.1)
            yield b"."

    with serve({"/": Reply(stream=drip)}) as web:
        began = time.monotonic()
        (got,) = fetch(web.root + "/", timeout=0.5)
        took = time.monotonic() - began
    assert got.failure is Failure.TIMEOUT
    assert took < 1.2


def test_the_limit_is_15_seconds_unless_said_otherwise() -> None:
    settings = Fetcher().settings
    assert (settings.timeout, settings.max_redirects, settings.allow_private) == (15, 8, False)


def _chain(asked: Asked) -> Reply:
    n = int(asked.path[1:])
    return Reply(b"there") if n == 0 else Reply(status=302, headers={"Location": f"/{n - 1}"})


@pytest.mark.parametrize(("hops", "failure"), [(0, None), (7, None), (8, None), (9, Failure.LOOP)])
def test_at_most_eight_redirects(hops: int, failure: Failure | None) -> None:
    with serve(_chain) as web:
        (got,) = fetch(f"{web.root}/{hops}")
        assert len(web.asked) == min(hops, 8) + 1
    assert got.failure is failure
    assert got.body == (b"" if failure else b"there")
    if failure is None:
        assert got.final_url == web.root + "/0"
        assert len(got.redirects) == hops


def test_a_loop_is_named_at_once() -> None:
    with serve(
        {"/a": Reply(status=301, headers={"Location": "/b"}), "/b": Reply(status=301, headers={"Location": "/a"})}
    ) as web:
        (got,) = fetch(web.root + "/a")
        assert web.paths() == ["/a", "/b"]
    assert (got.failure, got.reason) == (Failure.LOOP, "跳转次数过多或循环跳转")


def test_a_site_that_sets_a_cookie_and_sends_back_is_no_loop() -> None:
    def door(asked: Asked) -> Reply:
        if "seen=1" in asked.headers.get("Cookie", ""):
            return Reply(b"welcome")
        return Reply(status=302, headers={"Location": "/", "Set-Cookie": "seen=1; Path=/"})

    with serve({"/": door}) as web:
        (got,) = fetch(web.root + "/")
    assert got.ok
    assert got.body == b"welcome"


def test_a_redirect_to_something_that_is_no_web_address() -> None:
    with serve({"/": Reply(status=302, headers={"Location": "file:///etc/passwd"})}) as web:
        (got,) = fetch(web.root + "/")
    assert got.failure is Failure.BAD_ADDRESS


def test_a_redirect_written_in_raw_chinese_bytes() -> None:
    with serve({"/": Reply(status=302, headers={"Location": "/公告".encode("gb18030").decode("latin-1")})}) as web:
        (got,) = fetch(web.root + "/")
        assert web.paths()[1] == "/%E5%85%AC%E5%91%8A"
    assert got.status == 404


def test_a_declared_size_above_the_limit_is_not_read() -> None:
    with serve({"/": Reply(b"x", headers={}, length=30 * MB)}) as web:
        (got,) = fetch(web.root + "/")
    assert (got.failure, got.body) == (Failure.TOO_LARGE, b"")


def test_a_stream_of_two_gigabytes_is_stopped_at_the_limit() -> None:
    sent = 0

    def stream() -> Iterator[bytes]:
        nonlocal sent
        for _ in range(2048):
            sent += MB
            yield b"\0" * MB

    with serve({"/": Reply(stream=stream)}) as web:
        began = time.monotonic()
        (got,) = fetch(web.root + "/", max_bytes=8 * MB)
        took = time.monotonic() - began
    assert (got.failure, got.reason) == (Failure.TOO_LARGE, "内容超过大小上限")
    assert got.body == b""
    assert sent < 64 * MB
    assert took < 5


def test_a_gzip_bomb_is_stopped_by_its_ratio() -> None:
    bomb = gzip.compress(b"\0" * (300 * MB), 9)
    with serve({"/": Reply(bomb, headers={"Content-Encoding": "gzip"})}) as web:
        began = time.monotonic()
        (got,) = fetch(web.root + "/")
        took = time.monotonic() - began
    assert got.failure is Failure.TOO_LARGE
    assert took < 3


@pytest.mark.parametrize("size", [MB, 3 * MB])
def test_a_page_that_merely_compresses_well_is_read(size: int) -> None:
    text = ("<tr><td>" + "县人民政府关于印发实施方案的通知" * 3 + "</td></tr>\n").encode()
    whole = b"".join(text[: 40 + n % 90] + str(n * 7919).encode() for n in range(size // 80))
    with serve({"/": Reply(gzip.compress(whole), headers={"Content-Encoding": "gzip"})}) as web:
        (got,) = fetch(web.root + "/")
    assert got.ok
    assert got.body == whole


@pytest.mark.parametrize("wrapped", [True, False])
def test_deflate_with_and_without_its_head(wrapped: bool) -> None:
    pressed = zlib.compress(b"text") if wrapped else zlib.compress(b"text")[2:-4]
    with serve({"/": Reply(pressed, headers={"Content-Encoding": "deflate"})}) as web:
        (got,) = fetch(web.root + "/")
    assert got.body == b"text"


@pytest.mark.parametrize(
    ("encoding", "body", "failure"),
    [("gzip", b"no gzip", Failure.BAD_CONTENT), ("gzip", gzip.compress(b"x" * 999)[:-9], Failure.BAD_CONTENT),
     ("br", b"x", Failure.BAD_CONTENT), ("utf-8", b"x", None), ("identity", b"x", None)],
)  # fmt: skip
def test_broken_unknown_and_misused_encodings(encoding: str, body: bytes, failure: Failure | None) -> None:
    with serve({"/": Reply(body, headers={"Content-Encoding": encoding})}) as web:
        (got,) = fetch(web.root + "/")
    assert got.failure is failure


def test_head_reads_no_body() -> None:
    with serve({"/": Reply(b"long " * 1000)}) as web:
        (got,) = fetch(web.root + "/", method="HEAD")
    assert (got.ok, got.body, got.sha256) == (True, b"", "")


def test_only_the_beginning_is_read_when_that_is_enough() -> None:
    with serve({"/": Reply(b"x" * (30 * MB))}) as web:
        (got,) = fetch(web.root + "/", most_bytes=1000)
    assert (got.ok, len(got.body)) == (True, 1000)
