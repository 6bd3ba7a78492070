"""One host is asked at its pace; one budget of connections for all; busy hosts get the pause they ask for."""

from __future__ import annotations

import asyncio
import itertools
import threading
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from duwang.capture.politeness import Politeness, retry_after
from duwang.model.capturing import Failure
from kit.web import Asked, Reply, serve
from unit.capture.fetching_kit import fetch


def test_requests_to_one_host_keep_their_distance() -> None:
    with serve(lambda asked: "x") as web:
        fetch(*(f"{web.root}/{n}" for n in range(5)), delay=0.15)
        times = sorted(one.at for one in web.asked)
    gaps = [after - before for before, after in itertools.pairwise(times)]
    assert len(gaps) == 4
    assert min(gaps) >= 0.13


def test_other_hosts_do_not_wait() -> None:
    with serve(lambda asked: "x") as one, serve(lambda asked: "x") as two:
        began = time.monotonic()
        fetch(*(f"{web.root}/{n}" for n in range(3) for web in (one, two)), delay=0.3)
        took = time.monotonic() - began
    assert 0.6 <= took < 1.1


def test_a_redirect_waits_for_its_turn_and_the_wait_is_not_the_servers() -> None:
    with serve({"/": Reply(status=302, headers={"Location": "/b"}), "/b": "x"}) as web:
        (got,) = fetch(web.root + "/", delay=0.6, timeout=0.5)
        first, second = (one.at for one in web.asked)
    assert got.ok
    assert second - first >= 0.55
    assert got.ms < 300


def test_one_budget_of_connections_over_all_hosts() -> None:
    lock, running, most = threading.Lock(), 0, 0

    def counted(asked: Asked) -> str:
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
        time.sleep(0.1)
        with lock:
            running -= 1
        return "x"

    with serve(counted) as one, serve(counted) as two:
        got = fetch(*(f"{web.root}/{n}" for n in range(6) for web in (one, two)), connections=3)
    assert all(capture.ok for capture in got)
    assert most == 3


def test_waiting_for_the_budget_is_not_the_servers_fault() -> None:
    """Four answers of 0.3 s through one connection: each is within its own limit."""
    with serve(lambda asked: Reply(b"x", wait=0.3)) as web:
        got = fetch(*(f"{web.root}/{n}" for n in range(4)), connections=1, timeout=0.6)
    assert all(capture.ok for capture in got)
    assert all(capture.ms < 600 for capture in got)


@pytest.mark.parametrize("status", [429, 503])
def test_the_pause_that_a_host_asks_for(status: int) -> None:
    with serve({"/busy": Reply(status=status, headers={"Retry-After": "1"}), "/b": "x"}) as web:
        fetch(web.root + "/busy", web.root + "/b", one_by_one=True)
        busy, after = (one.at for one in web.asked)
    assert after - busy >= 0.95


def test_a_host_that_says_nothing_of_a_pause_gets_a_growing_one() -> None:
    async def run() -> list[float]:
        polite = Politeness(0.05)
        free = []
        for _ in range(4):
            polite.told("http://x/", status=429, wait=None, ms=5)
            free.append(polite.host("http://x/").free_at - time.monotonic())
        return free

    assert [round(gap) for gap in asyncio.run(run())] == [1, 2, 4, 8]


def test_pauses_end_at_thirty_seconds() -> None:
    polite = Politeness(0.5)
    polite.told("http://x/", status=429, wait=86400, ms=5)
    assert 29 < polite.host("http://x/").free_at - time.monotonic() <= 30


def test_a_slow_host_is_asked_more_slowly() -> None:
    polite = Politeness(0.5)
    for _ in range(40):
        polite.told("http://slow/", status=200, wait=None, ms=4000)
        polite.told("http://fast/", status=200, wait=None, ms=40)
    assert 1.9 < polite._pace(polite.host("http://slow/")) < 2.1
    assert polite._pace(polite.host("http://fast/")) == 0.5


@pytest.mark.slow
def test_a_host_that_limits_single_addresses_is_not_left_alone() -> None:
    """Twelve busy answers in a row, but what opened before still opens: the rest is asked for, with short pauses."""
    limited = {f"/limited/{n}": Reply(status=429, headers={"Retry-After": "1"}) for n in range(12)}
    with serve({"/": "home", "/after": "x", **limited}) as web:
        began = time.monotonic()
        got = fetch(web.root + "/", *(web.root + path for path in limited), web.root + "/after", one_by_one=True)
        took = time.monotonic() - began
    assert got[-1].ok
    assert [capture.status for capture in got[1:-1]] == [429] * 12
    assert took < 6


def test_a_host_that_never_answers_is_left_alone_after_six() -> None:
    with serve(lambda asked: Reply(b"late", wait=2)) as web:
        began = time.monotonic()
        got = fetch(*(f"{web.root}/{n}" for n in range(40)), timeout=0.2, one_by_one=True)
        took = time.monotonic() - began
        assert len(web.asked) == 6
    assert [capture.failure for capture in got[:6]] == [Failure.TIMEOUT] * 6
    assert {capture.failure for capture in got[6:]} == {Failure.SILENT}
    assert got[-1].reason == "主机连续没有响应，没有再访问"
    assert took < 3


def test_slow_addresses_of_a_host_that_is_well_do_not_silence_it() -> None:
    with serve(lambda asked: Reply(b"x", wait=1.0 if "slow" in asked.path else 0)) as web:
        slow = [f"{web.root}/slow/{n}" for n in range(14)]
        got = fetch(web.root + "/", *slow, web.root + "/after", timeout=0.15, one_by_one=True)
    assert [capture.failure for capture in got[1:-1]] == [Failure.TIMEOUT] * 14
    assert got[-1].ok


def test_how_a_pause_is_written() -> None:
    in_a_minute = format_datetime(datetime.now(UTC) + timedelta(seconds=60), usegmt=True)
    assert retry_after([("Retry-After", " 7 ")]) == 7
    assert 55 < (retry_after([("retry-after", in_a_minute)]) or 0) <= 60
    assert retry_after([("Retry-After", "Mon, 01 Jan 2001 00:00:00 GMT")]) == 0
    for odd in ("", "soon", "-3", "1.5", "٣", "99999999999999999999"):
        assert retry_after([("Retry-After", odd)]) in (None, 999999999.0)
    assert retry_after([]) is None
