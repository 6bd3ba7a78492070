"""24小时读网: what is recorded, when people are told, what a dead line of our own must not do."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from duwang.flow.folder import Folder
from duwang.flow.monitoring import EVENTS, PROBES, Happening, Record, Sweep, news, next_visit, sites_of, sweep
from duwang.flow.upcoming import FILE, Upcoming, due_soon
from duwang.flow.watching import Watch, Watcher
from duwang.model.capturing import Capture, Failure, Request
from duwang.model.registry import Declaration, Registry, Site

START = datetime(2026, 9, 1, tzinfo=UTC)
SITES = tuple(Site(f"539921000{n}", f"第{n}网", f"http://{n}.gov.cn/", owner=f"第{n}局") for n in range(1, 5))
CONTROL = "http://control.cn/"


@dataclass
class World:
    """A clock that stands until it is moved, and sites that answer as told: a status, or a failure."""

    answers: Mapping[str, int | Failure] = field(default_factory=dict)
    now: datetime = START
    asked: list[str] = field(default_factory=list)

    def clock(self) -> datetime:
        return self.now

    async def fetch(self, request: Request) -> Capture:
        self.asked.append(request.url)
        told = self.answers.get(request.url, 200)
        failure = told if isinstance(told, Failure) else None if told == 200 else Failure.STATUS
        status = told if isinstance(told, int) else None
        return Capture(request.url, request.url, status, (), b"", failure, "", self.now, 120)


def visited(record: Record, world: World, *, hours: int = 1, sites: tuple[Site, ...] = SITES, controls: tuple[str, ...] = ()) -> Sweep:  # fmt: skip
    """One sweep, some hours later."""
    world.now += timedelta(hours=hours)
    return asyncio.run(sweep(record, sites, fetcher=world, clock=world.clock, controls=controls))


def down(number: int, told: int | Failure = Failure.TIMEOUT) -> dict[str, int | Failure]:
    return {site.home: told for site in SITES[:number]}


def test_an_alarm_after_two_failed_visits_and_one_word_when_the_site_is_back(tmp_path: Path) -> None:
    record, world = Record.open(tmp_path), World(down(1))
    assert not visited(record, world).events
    (alarm,) = visited(record, world).events
    assert (alarm.kind, alarm.target, alarm.org) == (Happening.DOWN, SITES[0].ref, "第1局")
    assert alarm.text == "第1网首页连续2次打不开（15秒内没有打开）：http://1.gov.cn/"
    assert not visited(record, world).events, "told once"
    world.answers = {}
    (back,) = visited(record, world).events
    assert (back.kind, back.text) == (Happening.UP, "第1网恢复访问，此前连续3次打不开")
    lines = [json.loads(line) for line in (tmp_path / PROBES).read_text("utf-8").splitlines()]
    assert len(lines) == 16 and sum(not line["ok"] for line in lines) == 3
    assert [one.ok for one in Folder(tmp_path).probes()][:4] == [False, True, True, True]


def test_a_single_failure_is_recorded_but_raises_no_alarm(tmp_path: Path) -> None:
    record, world = Record.open(tmp_path), World(down(1, 502))
    first = visited(record, world)
    world.answers = {}
    assert (first.failed, first.events, visited(record, world).events) == (1, (), ())
    assert first.probes[0].status == 502 and first.probes[0].failure == "服务器返回502"


def test_our_own_dead_line_is_no_visit_of_anybody(tmp_path: Path) -> None:
    record, world = Record.open(tmp_path), World(down(4, Failure.DNS))
    (told,) = visited(record, world).events
    assert told.kind is Happening.OFFLINE and not (tmp_path / PROBES).exists()
    assert not visited(record, world).events, "told once"
    world.answers = {}
    assert [one.kind for one in visited(record, world).events] == [Happening.ONLINE]
    assert len(Folder(tmp_path).probes()) == 4


@pytest.mark.parametrize("sites,recorded", [(2, 2), (3, 0)])
def test_without_a_control_three_silent_sites_are_our_line_two_are_not(
    sites: int, recorded: int, tmp_path: Path
) -> None:
    seen = visited(Record.open(tmp_path), World(down(sites)), sites=SITES[:sites])
    assert len(seen.probes) == recorded


@pytest.mark.parametrize("control,recorded", [(200, 4), (503, 4), (Failure.TIMEOUT, 0)])
def test_a_control_address_tells_whose_line_it_is(control: int | Failure, recorded: int, tmp_path: Path) -> None:
    world = World({**down(4), CONTROL: control})
    assert len(visited(Record.open(tmp_path), world, controls=(CONTROL,)).probes) == recorded
    assert world.asked.count(CONTROL) == 1


def test_a_server_that_answers_with_an_error_was_reached(tmp_path: Path) -> None:
    assert visited(Record.open(tmp_path), World(down(4, 500))).failed == 4


def test_what_was_known_survives_a_restart_and_a_line_cut_off(tmp_path: Path) -> None:
    world = World(down(1))
    for _ in range(2):
        visited(Record.open(tmp_path), world)
    with (tmp_path / PROBES).open("a") as stream:
        stream.write('{"target": "site/5399')
    again = Record.open(tmp_path)
    assert again.failing[SITES[0].ref] == 2 and again.down == {SITES[0].ref}
    assert not visited(again, world).events, "no second alarm after a restart"
    assert len(Folder(tmp_path).probes()) == 12
    assert [one["kind"] for one in Folder(tmp_path).read_lines(EVENTS)] == ["打不开"]


def test_a_restart_does_not_visit_twice_in_one_interval(tmp_path: Path) -> None:
    world = World()
    visited(Record.open(tmp_path), world)
    every = timedelta(minutes=60)
    record = Record.open(tmp_path)
    assert next_visit(record, every=every, now=world.now + timedelta(minutes=10)) == world.now + every
    late = world.now + timedelta(hours=5)
    assert next_visit(record, every=every, now=late) == late


def test_closed_and_declared_sites_are_left_alone() -> None:
    sites = (SITES[0], Site("5399210009", "旧网", "http://9.gov.cn/", state="关停"), SITES[1])
    resting = Declaration(SITES[1].ref, "停机", date(2026, 9, 1), date(2026, 9, 2), "机房检修", "")
    registry = Registry(sites=sites, declarations=(resting,))
    assert sites_of(registry, at=date(2026, 9, 2)) == (SITES[0],)
    assert sites_of(registry, at=date(2026, 9, 3)) == (SITES[0], SITES[1])


def test_soon_is_three_days_for_weeks_and_half_a_month_for_months(tmp_path: Path) -> None:
    at = date(2026, 9, 10)
    rows = [
        Upcoming(f"site/1/column/{n}", f"栏目{n}", "局", date(2026, 8, 1), limit, at + timedelta(days=left))
        for n, (limit, left) in enumerate(
            [("14天", 3), ("14天", 4), ("6个月", 15), ("1年", 16), ("14天", 0), ("14天", -1)]
        )
    ]
    folder = Folder(tmp_path)
    folder.write_lines(FILE, rows)
    assert [one.name for one in due_soon(folder, at=at)] == ["栏目4", "栏目0", "栏目2"]
    assert rows[0].in_words(at) == "栏目0最近更新于8月1日，更新期限14天，还有3天到期（9月13日以后算未更新）"
    assert "今天到期" in rows[4].in_words(at)


def test_the_first_reading_is_told_in_one_line_a_later_one_by_site(tmp_path: Path) -> None:
    folder = Folder(tmp_path)
    base = {"check": "reach/broken-link", "url": "", "title": "", "quote": "", "start": 0, "end": 0, "suggestion": None, "question": "q",
            "org": "第1局", "org_by": "site", "certainty": 1.0, "count": 1, "first_seen": "2026-09-01", "facts": {}, "evidence": []}  # fmt: skip
    folder.write_lines(
        "findings.jsonl",
        [
            {**base, "fingerprint": "a", "target": SITES[0].ref, "message": "链接打不开", "severity": "一般"},
            {**base, "fingerprint": "b", "target": SITES[0].ref + "/page/1", "message": "身份证号", "severity": "严重"},
            {**base, "fingerprint": "c", "target": SITES[1].ref, "message": "旧问题", "severity": "一般"},
        ],
    )
    folder.write_json("summary.json", {"rounds": {"new": ["a", "b"]}})
    registry = Registry(sites=SITES)
    assert news(folder, registry, at=START, first=True)[0].target == f"rounds/{tmp_path.name}"
    (one,) = news(folder, registry, at=START, first=True)
    assert one.text == "读取完成，发现3个问题，其中严重1个"
    later = news(folder, registry, at=START, first=False)
    assert [(event.kind, event.org) for event in later] == [(Happening.READ, ""), (Happening.NEW, "第1局")]
    assert later[1].text == "第1网新发现2个问题，其中严重1个：身份证号；链接打不开"


def test_visits_go_on_while_everything_is_read_and_a_reading_that_failed_is_taken_up_again(tmp_path: Path) -> None:
    world, told, readings, heard = World(), [], [], []

    async def read(folder: Path, before: Path | None, now: datetime) -> int:
        readings.append((folder.name, before))
        await asyncio.sleep(0.02)
        done = len(readings) > 1
        Folder(folder).write_json("run.json", {"as_of": "2026-09-01", "complete": done, "started": now})
        Folder(folder).write_lines("findings.jsonl", [])
        return 0 if done else 4

    def watcher() -> Watcher:
        watch = Watch(timedelta(minutes=60), timedelta(hours=24), once=True)
        return Watcher(
            Record.open(tmp_path),
            watch,
            Registry(sites=SITES),
            lambda: Registry(sites=SITES),
            world,
            read,
            world.clock,
            told.append,
            heard.extend,
        )

    for hours in (0, 1, 2, 25):
        world.now = START + timedelta(hours=hours)
        asyncio.run(watcher().run(asyncio.Event()))
    assert len(Folder(tmp_path).probes()) == 16
    assert [name for name, _ in readings[:2]] == [readings[0][0]] * 2, "the same folder is taken up again"
    assert (
        len(readings) == 3
        and readings[2][0] != readings[0][0]
        and readings[2][1] == tmp_path / "rounds" / readings[0][0]
    )
    assert any("读取没有完成（退出码4）" in line for line in told)
    assert sum("读取完成" in line for line in told) == 2, "each reading is told once"
    assert [event.kind for event in heard] == [Happening.UNREAD, Happening.READ, Happening.READ]
