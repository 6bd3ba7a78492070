"""A host that has opened before is asked the quick way: the captures are the same as with care, and nothing plain is asked twice."""

from __future__ import annotations

import gzip
import time
from collections.abc import Iterator

import pytest

from duwang.model.capturing import Capture
from kit.web import Asked, Reply, Web, serve
from unit.capture.fetching_kit import fetch

HOME = {"/": "<p>home</p>", "/there": "<p>there</p>"}


def drops() -> Iterator[bytes]:
    yield b"<p>one</p>"
    yield b"<p>two</p>"


def told(got: Capture, web: Web) -> tuple[object, ...]:
    headers = tuple((name.lower(), value) for name, value in got.headers if name != "Date")
    return got.status, got.failure, got.body, headers, got.final_url.replace(web.root, ""), len(got.redirects)


@pytest.mark.parametrize(
    ("reply", "times"),
    [
        (Reply(b"<p>x</p>", headers={"ETag": '"1"', "Content-Type": "text/html; charset=gbk"}), 1),
        (Reply(b"no", status=403), 1),
        (Reply(b"gone", status=410), 1),
        (Reply(b"busy", status=429, headers={"Retry-After": "0"}), 1),
        (Reply(b"busy", status=503), 1),
        (Reply(status=302, headers={"Location": "/there"}), 1),
        (Reply(status=301, headers={"Location": "/there"}), 1),
        (Reply(gzip.compress(b"packed"), headers={"Content-Encoding": "gzip"}), 1),
        (Reply(b"x", headers={"X-Name": "信息公开".encode().decode("latin-1")}), 1),
        (Reply(b"not packed", headers={"Content-Encoding": "gzip"}), 2),
        (Reply(b"x", headers={"Content-Encoding": "br"}), 2),
        (Reply(b"half", length=400), 2),
        (Reply(stream=drops), 2),
        (Reply(cut=True), 3),  # the library itself asks once more on a connection that was kept
    ],
)  # fmt: skip
def test_the_same_capture_as_with_care(reply: Reply, times: int) -> None:
    with serve({**HOME, "/x": reply}) as web:
        (careful,) = fetch(web.root + "/x")
        before = web.paths().count("/x")
        *_, quick = fetch(web.root + "/", web.root + "/x", one_by_one=True)
        asked = web.paths().count("/x") - before
        assert told(quick, web) == told(careful, web)
    assert asked <= times


def test_one_connection_and_the_same_words_about_ourselves() -> None:
    with serve(HOME) as web:
        fetch(web.root + "/", web.root + "/there", one_by_one=True)
        careful, quick = (one.headers for one in web.asked)
    same = ("User-Agent", "Accept", "Accept-Language", "Host")
    assert [careful[name] for name in same] == [quick[name] for name in same]


def test_cookies_are_kept_with_care() -> None:
    def answer(asked: Asked) -> Reply:
        known = "id=7" in asked.headers.get("Cookie", "")
        return Reply(b"in" if known else b"out", headers={} if known else {"Set-Cookie": "id=7; Path=/"})

    with serve(answer) as web:
        first, *rest = fetch(web.root + "/", web.root + "/a", web.root + "/b", one_by_one=True)
    assert [first.body, *(one.body for one in rest)] == [b"out", b"in", b"in"]


def test_a_cookie_that_comes_later_is_kept_too() -> None:
    def answer(asked: Asked) -> Reply:
        if asked.path == "/login":
            return Reply(b"hello", headers={"Set-Cookie": "id=7; Path=/"})
        return Reply(b"in" if "id=7" in asked.headers.get("Cookie", "") else b"out")

    with serve(answer) as web:
        *_, last = fetch(web.root + "/", web.root + "/login", web.root + "/a", one_by_one=True)
    assert last.body == b"in"


def test_too_slow_and_too_large_are_said_as_ever() -> None:
    with serve({**HOME, "/late": Reply(b"late", wait=1.5), "/large": Reply(b"x" * 5000)}) as web:
        began = time.monotonic()
        *_, late = fetch(web.root + "/", web.root + "/late", one_by_one=True, timeout=0.4)
        took = time.monotonic() - began
        *_, large = fetch(web.root + "/", web.root + "/large", one_by_one=True, max_bytes=1000)
    assert late.failure is not None and late.failure.value == "timeout" and took < 1.2
    assert large.failure is not None and large.failure.value == "too-large" and large.body == b""
