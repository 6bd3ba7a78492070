"""24小时读网 in the console: what its page shows to whom, its settings, the watch itself on sites that answer and then do not."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.urls import reverse

from console.scene import OFFICE, PORTAL, SCHOOL, STRANGER_OFFICE, STRANGER_SITE, import_ledger
from duwang.console.notices.models import Channel, Message, Posting
from duwang.console.people.roles import Role
from duwang.console.records.models import LedgerRow
from duwang.console.watch import keeper
from duwang.console.watch.models import Watching, folder, visits_on_record
from duwang.console.watch.telling import tell_units
from duwang.flow.folder import Folder
from duwang.flow.monitoring import EVENTS, PROBES, ROUNDS, Event, Happening
from duwang.flow.upcoming import FILE, Upcoming
from duwang.model.material import Probe
from kit import small_county

NOW = datetime.now(UTC)


@pytest.fixture
def seen(db, data):
    """A week of visits of the portal, 9 of 168 failed; a stranger's site down; an early warning of the school."""
    import_ledger(data)
    week = [NOW - timedelta(hours=n) for n in range(168)]
    bad = set(range(1, 168, 18)[:9])
    probes = [Probe(PORTAL, at, n not in bad, 120, 200, "") for n, at in enumerate(week)][::-1]
    probes.append(Probe(STRANGER_SITE, NOW, False, 15000, None, "15秒内没有打开"))
    watch = Folder(folder())
    watch.write_lines(PROBES, probes)
    told = [
        (Happening.DOWN, STRANGER_SITE, STRANGER_OFFICE, "远江市人民政府网首页连续2次打不开"),
        (Happening.UP, PORTAL, OFFICE, "门户恢复访问"), (Happening.READ, f"{ROUNDS}/20260901-0200", "", "读取完成，新发现2个问题"),
    ]  # fmt: skip
    watch.write_lines(EVENTS, [Event(NOW, *one) for one in told])
    reading = Folder(folder() / ROUNDS / "20260901-0200")
    reading.write_json("run.json", {"complete": True, "as_of": NOW.date(), "started": NOW})
    reading.write_json("summary.json", {"rounds": {"new": ["a", "b"], "rectified": []}})
    day = datetime.now().date() + timedelta(days=2)
    reading.write_lines(
        FILE,
        [
            Upcoming(
                "account/微信公众号/70001", "“云岭教育”（微信公众号）", SCHOOL, day - timedelta(days=14), "14天", day
            )
        ],
    )


def test_an_empty_console_is_told_what_to_do_next(db, data, as_role):
    page = as_role(Role.INSPECTOR).get(reverse("watch")).content.decode()
    assert "未开启" in page and "开启值守" in page and "导入名录" in page


def test_the_office_sees_its_sites_and_the_share_that_decides_the_veto(seen, as_role):
    page = as_role(Role.INSPECTOR).get(reverse("watch")).content.decode()
    assert "9 / 168" in page and "5.36%" in page
    assert "云岭教育" in page and "读取完成" not in page, "what concerns everything is for those who see everything"
    assert "远江" not in page


def test_a_contact_sees_only_what_is_theirs(seen, as_role):
    page = as_role(Role.CONTACT).get(reverse("watch")).content.decode()
    assert "云岭教育" in page and "门户恢复访问" not in page and "9 / 168" not in page and "开启值守" not in page


def test_settings_are_checked_and_kept(db, data, as_role):
    inspector, good = (
        as_role(Role.INSPECTOR),
        {"active": "on", "every": 60, "reading": 24, "edition": "national-2019", "delay": 0.5},
    )
    for wrong in ({"every": 0}, {"every": 1441}, {"controls": "不是网址"}, {"edition": "没有"}, {"overlays": ["没有"]}):
        assert inspector.post(reverse("watch-settings"), {**good, **wrong}).status_code == 200
    assert not Watching.load().active
    sent = {**good, "controls": "https://www.example.com/\nhttp://example.net/", "overlays": ["qinghai"]}
    assert inspector.post(reverse("watch-settings"), sent).status_code == 302
    assert Watching.load().active and Watching.load().overlays == ["qinghai"]
    assert as_role(Role.REVIEWER).post(reverse("watch-settings"), good).status_code == 403


def test_units_are_told_of_their_own_sites_without_quotes(db, data, people):
    Posting.objects.create(pk=1, active=True)
    by = people[Role.ADMIN]
    Channel.objects.create(kind="邮件", org="", address="a@example.com", topics=["值守"], by=by)
    Channel.objects.create(kind="邮件", org=SCHOOL, address="b@example.com", topics=["新工单"], by=by)
    events = [
        Event(NOW, Happening.DOWN, PORTAL, OFFICE, "门户首页连续2次打不开"),
        Event(NOW, Happening.NEW, PORTAL, OFFICE, "门户新发现1个问题，其中严重1个：公开了完整的身份证号码"),
        Event(NOW, Happening.READ, "rounds/1", "", "读取完成"), Event(NOW, Happening.DUE, "account/1", SCHOOL, "账号还有2天到期"),
    ]  # fmt: skip
    assert tell_units(events, at=NOW) == 2
    office, school = Message.objects.order_by("id")
    assert (office.org, school.org) == tuple(sorted((OFFICE, SCHOOL))) or {office.org, school.org} == {OFFICE, SCHOOL}
    mine = Message.objects.get(org=OFFICE)
    assert "打不开" in mine.body and "新发现1个问题" in mine.body and "身份证" not in mine.body
    Posting.objects.update(active=False)
    assert tell_units(events, at=NOW) == 0


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_watch_visits_reads_and_stops(data, tmp_path):
    web = small_county.Web()
    small_county.build(web)
    with small_county.serving(web) as root:
        from duwang.console.records import ledger

        ledger.apply(ledger.preview(small_county.ledger(tmp_path / "名录来源", root)), by=None, source="测试")
        assert LedgerRow.objects.filter(sheet="网站").count() == 2 and visits_on_record() is None
        Watching.objects.create(pk=1, active=True, every=60, reading=24, delay=0, allow_loopback=True)
        stop = threading.Event()
        running = threading.Thread(target=keeper._watch, args=(keeper._asked(), stop))
        running.start()
        until = time.monotonic() + 90
        while time.monotonic() < until and not _told("读取完成"):
            time.sleep(0.1)
        stop.set()
        running.join(30)
    assert not running.is_alive() and _told("读取完成")
    assert [one.ok for one in Folder(folder()).probes()] == [True, True]
    assert visits_on_record() == folder() / PROBES


def _told(kind: str) -> bool:
    return any(line["kind"] == kind for line in Folder(folder()).read_lines(EVENTS))
