"""duwang monitor as it is really run: visits, readings, a kill, a second one beside it, its record judged."""

from __future__ import annotations

import signal
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from duwang.flow.folder import Folder
from duwang.flow.monitoring import rounds
from kit import small_county
from kit.wide_process import duwang, start

pytestmark = pytest.mark.slow


def wait_for(told: str, *, seconds: float, seen: Path) -> None:
    """Until the events say it."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if seen.is_file() and told in seen.read_text("utf-8"):
            return
        time.sleep(0.1)
    raise AssertionError(f"{told} was not told within {seconds} s")


def test_a_watch_from_first_visit_to_the_second_reading(tmp_path: Path) -> None:
    web, out = small_county.Web(), tmp_path / "值守"
    small_county.build(web)
    with small_county.serving(web) as root:
        ledger = small_county.ledger(tmp_path / "名录", root)
        asked = ["monitor", ledger, "--out", out, "--allow-loopback", "--delay", "0", "--reread", "0.0001"]
        running = start(*asked)
        wait_for("读取完成，发现", seconds=60, seen=out / "events.jsonl")
        status, _, said = duwang(*asked, "--once")
        assert status == 2 and "已有一个值守在运行" in said
        running.send_signal(signal.SIGTERM)
        _, said = running.communicate(timeout=20)
        assert running.returncode == 0 and "已停止，再次运行会接着做" in said and "访问2个网站，0个打不开" in said
        assert len(Folder(out).probes()) == 2
        _publish_a_leak(web)
        status, _, said = duwang(*asked, "--once")
        assert status == 0 and "Traceback" not in said, said
        assert len(Folder(out).probes()) == 2, "not an hour since the last visit"
    first, second = (Folder(one).require() for one in rounds(out)[-2:])
    assert second.run()["previous"] and first.run()["as_of"] == second.run()["as_of"]
    told = [event["text"] for event in Folder(out).read_lines("events.jsonl") if event["kind"] == "新问题"]
    assert any("云岭县人民政府网新发现" in text and "严重1个" in text and "身份证" in text for text in told), told


def _publish_a_leak(web: small_county.Web) -> None:
    """A new article of today with somebody's number, at the head of its column."""
    today, title = datetime.now(UTC).date(), "救助对象名单公示"
    body = f"<p>王某某，身份证号码{small_county.id_number(31)}，已纳入救助范围，公示期七天，如有异议请反映。</p>"
    web.put("/a/1/new.html", small_county.page(title, body, published=today, source="云岭县教育局"))
    status, html = web.pages["/a/1/"]
    row = f"<ul class='list'><li><a href=\"/a/1/new.html\">{title}</a><span>{today}</span></li>"
    web.put("/a/1/", html.replace("<ul class='list'>", row), status=status)


def test_a_reading_that_is_killed_goes_on_where_it_stood(tmp_path: Path) -> None:
    web, out = small_county.Web(), tmp_path / "值守"
    small_county.build(web)
    with small_county.serving(web) as root:
        ledger = small_county.ledger(tmp_path / "名录", root)
        asked = ["monitor", ledger, "--out", out, "--allow-loopback", "--delay", "0.05"]
        running = start(*asked)
        until = time.monotonic() + 30
        while not rounds(out) and time.monotonic() < until:
            time.sleep(0.02)
        running.kill()
        running.wait(timeout=20)
        until = time.monotonic() + 120
        while (status := duwang(*asked, "--once", seconds=120)[0]) == 2 and time.monotonic() < until:
            time.sleep(0.2)  # the reading that is left alone still holds the folder
        assert status == 0
    assert len(rounds(out)) == 1 and Folder(rounds(out)[0]).run()["complete"]
    assert [event["kind"] for event in Folder(out).read_lines("events.jsonl")].count("读取完成") == 1


def test_a_week_of_visits_decides_the_veto(tmp_path: Path) -> None:
    """The record of the watch is what `inspect --probes` judges by: 9 failures of 168 are 5.36 %, 8 are 4.76 %."""
    web = small_county.Web()
    small_county.build(web)
    with small_county.serving(web) as root:
        ledger = small_county.ledger(tmp_path / "名录", root)
        for failed, verdict in ((9, "FOUND"), (8, "CLEAN")):
            out = tmp_path / f"{failed}"
            out.mkdir()
            _week(out / "probes.jsonl", failed)
            status, _, said = duwang(
                "inspect", ledger, "--out", out / "检查", "--as-of", "2024-09-30", "--probes", out / "probes.jsonl", "--allow-loopback",
                "--delay", "0", "--check", "reach/site-down", "--no-links",
            )  # fmt: skip
            assert status == 0, said
            found = {
                line["status"]
                for line in Folder(out / "检查").read_lines("outcomes.jsonl")
                if small_county.PORTAL in line["target"]
            }
            assert found == {verdict}


def _week(path: Path, failed: int) -> None:
    begin = datetime(2024, 9, 22, 16, 30, tzinfo=UTC)
    visits = [
        {"target": f"site/{small_county.PORTAL}", "at": (begin + timedelta(hours=n)).isoformat(), "ok": n % 18 != 0 or n // 18 >= failed,
         "ms": 300, "status": 200, "failure": ""}
        for n in range(24 * 7)
    ]  # fmt: skip
    folder = Folder(path.parent)
    folder.write_lines(path.name, visits)
