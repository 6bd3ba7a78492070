"""robots.txt as RFC 9309 says: own group before everybody's, longest rule wins, wildcards count."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from duwang.capture.robots import Robots, RobotsBook
from duwang.model.capturing import Capture, Failure, Request


def _file(text: str | bytes, status: int | None = 200) -> Capture:
    body = text.encode() if isinstance(text, str) else text
    failure = None if status == 200 else Failure.STATUS if status else Failure.DNS
    return Capture("http://x/robots.txt", "http://x/robots.txt", status, (), body, failure, "", datetime.now(UTC), 1)


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("User-agent: *\nDisallow: /inner/", "/inner/a.html", False),
        ("User-agent: *\nDisallow: /inner/", "/inners", True),
        ("User-agent: *\nDisallow:", "/a", True),
        ("User-agent: *\nDisallow: /", "/", False),
        ("User-agent: *\nDisallow: /\nAllow: /open/", "/open/a", True),
        ("User-agent: *\nDisallow: /a\nAllow: /a", "/a", True),
        ("User-agent: *\nDisallow: /*?sort=", "/list?sort=1", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf", False),
        ("User-agent: *\nDisallow: /*.pdf$", "/a/b.pdf.html", True),
        ("User-agent: Baiduspider\nDisallow: /", "/a", True),
        ("User-agent: Duwang\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/y", True),
        ("User-agent: Duwang\nDisallow: /x\n\nUser-agent: *\nDisallow: /", "/x", False),
        ("User-agent: Baiduspider\nUser-agent: *\nDisallow: /x", "/x", False),
        ("user-agent : * # all\n disallow : /x # no", "/x", False),
        ("\ufeffUser-agent: *\nDisallow: /x", "/x", False),
        ("Disallow: /x", "/x", True),
        ("<html>404</html>", "/x", True),
        ("", "/x", True),
    ],
)
def test_rules(text: str, path: str, allowed: bool) -> None:
    assert Robots(_file(text)).allows("http://x" + path) is allowed


@pytest.mark.parametrize(
    ("status", "allowed"), [(404, True), (403, True), (500, True), (503, False), (429, False), (None, True)]
)
def test_a_file_that_does_not_come(status: int | None, allowed: bool) -> None:
    assert Robots(_file("User-agent: *\nDisallow: /", status)).allows("http://x/a") is allowed


def test_binary_rubbish_is_no_rule() -> None:
    assert Robots(_file(b"\xff\xfe\x00Dis: \x80allow: /\n" * 1000)).allows("http://x/a")


def test_each_file_is_asked_for_once() -> None:
    asked: list[str] = []

    async def answer(request: Request) -> Capture:
        asked.append(request.url)
        await asyncio.sleep(0.01)
        return _file("User-agent: *\nDisallow: /no")

    async def run() -> list[bool]:
        book = RobotsBook(answer)
        urls = ["http://a.gov.cn/no", "http://a.gov.cn/yes", "http://a.gov.cn:8080/no", "http://a.gov.cn/no/2"]
        return list(await asyncio.gather(*(book.allows(url) for url in urls)))

    assert asyncio.run(run()) == [False, True, False, False]
    assert sorted(asked) == ["http://a.gov.cn/robots.txt", "http://a.gov.cn:8080/robots.txt"]
