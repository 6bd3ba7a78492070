"""Notices: one merged message for each unit, only to addresses an administrator entered, never in quiet hours, signed, tried
again, and without anybody's data. Mail and webhooks go to sinks on loopback."""

from __future__ import annotations

import hashlib
import hmac
import json
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse

from console.scene import OFFICE, SCHOOL
from duwang.cases.states import Event
from duwang.console.notices import postman
from duwang.console.notices.collecting import collect
from duwang.console.notices.models import Channel, Message, Posting, Told, Topic
from duwang.console.notices.quiet import next_loud, quiet
from duwang.console.notices.sending import key_of
from duwang.console.people.roles import Role
from duwang.console.records import cases, deciding
from duwang.console.records.models import CaseRow, FindingRow
from duwang.flow.scanning import leaks
from duwang.model.verdicts import Decision
from kit.sinks import mail_sink, web_sink
from kit.small_county import id_number

HOURS = {"since": time(18, 0), "until": time(8, 30), "working_days": True}
ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2024, 10, 14, 10, 0, tzinfo=ZONE)


@pytest.fixture
def office(round_, people):
    """Every problem is confirmed, so that both units have cases; the office's own are due soon."""
    for row in FindingRow.objects.filter(round=round_, lead=1).exclude(severity="提示"):
        deciding.decide(round_, [row], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    cases.take_in(round_)
    CaseRow.objects.update(due=date(2024, 12, 2))
    Posting.objects.create(
        pk=1,
        active=True,
        site="http://10.0.0.5:8600",
        smtp_host="127.0.0.1",
        sender="duwang@yunling.example",
        gap_minutes=120,
    )
    return people[Role.ADMIN]


def address(by, org=SCHOOL, kind="邮件", where="jiaoyu@yunling.example", topics=tuple(Topic.values)):
    return Channel.objects.create(kind=kind, org=org, address=where, topics=list(topics), by=by)


def count(org):
    return CaseRow.objects.filter(org=org, state="待整改").count()


@pytest.mark.parametrize(
    ("hour", "minute", "day", "silent"),
    [
        (8, 29, 14, True),
        (8, 30, 14, False),
        (17, 59, 14, False),
        (18, 0, 14, True),
        (0, 0, 14, True),
        (10, 0, 12, False),
        (10, 0, 13, True),
    ],
)
def test_quiet_hours_end_to_the_minute_and_days_off_are_quiet(hour, minute, day, silent):
    """2024-10-12 is a Saturday that was worked, the 13th a Sunday."""
    assert quiet(datetime(2024, 10, day, hour, minute, tzinfo=ZONE), **HOURS) is silent


def test_the_next_loud_moment_is_after_the_holidays():
    assert next_loud(datetime(2024, 9, 30, 19, 5, tzinfo=ZONE), **HOURS) == datetime(2024, 10, 8, 8, 30, tzinfo=ZONE)
    assert next_loud(MONDAY, **HOURS) == MONDAY
    assert not quiet(MONDAY, since=time(9), until=time(9), working_days=False)


@pytest.mark.django_db
def test_one_merged_message_for_a_unit_and_each_thing_is_told_once(office):
    address(office)
    assert collect(MONDAY) == 1
    told = Message.objects.get()
    assert told.subject == f"【读网】{SCHOOL}：新工单{count(SCHOOL)}件"
    assert told.body.count("工单") >= count(SCHOOL)
    assert "http://10.0.0.5:8600/cases/" in told.body
    assert collect(MONDAY + timedelta(hours=5)) == 0
    assert not Told.objects.filter(case__org=OFFICE).exists(), "没有渠道的单位也记成了已提醒"


@pytest.mark.django_db
def test_soon_overdue_and_ruling_stand_in_one_message_after_the_gap(office):
    address(office)
    collect(MONDAY)
    first, second = CaseRow.objects.filter(org=SCHOOL).order_by("pk")[:2]
    cases.act(first, Event.CONTEST, by=office, at=date(2024, 10, 14), why="不是我们的")
    cases.act(first, Event.UPHELD, by=office, at=date(2024, 10, 14), why="是")
    CaseRow.objects.filter(pk=first.pk).update(due=date(2024, 10, 11))
    CaseRow.objects.filter(pk=second.pk).update(due=date(2024, 10, 17))
    assert collect(MONDAY + timedelta(minutes=119)) == 0
    assert collect(MONDAY + timedelta(minutes=121)) == 0, "间隔从消息生成的实际时间算起"
    Message.objects.update(created_at=MONDAY)
    assert collect(MONDAY + timedelta(minutes=119)) == 0
    assert collect(MONDAY + timedelta(minutes=120)) == 1
    told = Message.objects.first()
    assert told.subject == f"【读网】{SCHOOL}：即将到期1件，已逾期1件，申辩裁定1件"
    assert "期限10月11日，已逾期2个工作日" in told.body
    assert "期限10月17日，还有3个工作日" in told.body
    assert "申辩不成立" in told.body


@pytest.mark.django_db
def test_what_is_due_on_the_fourth_working_day_is_not_soon_and_answered_cases_are_left_alone(office):
    address(office, topics=(Topic.SOON, Topic.OVERDUE))
    CaseRow.objects.filter(org=SCHOOL).update(due=date(2024, 10, 18))
    assert collect(MONDAY) == 0
    CaseRow.objects.filter(org=SCHOOL).update(due=date(2024, 10, 14), state="已反馈")
    assert collect(MONDAY) == 0
    CaseRow.objects.filter(org=SCHOOL).update(due=date(2024, 10, 14), state="待整改")
    assert collect(MONDAY) == 1
    assert "即将到期" in Message.objects.get().subject, "期限当天还没有逾期"


@pytest.mark.django_db
def test_nothing_is_made_in_quiet_hours_and_all_of_it_in_the_morning(office):
    address(office)
    assert collect(MONDAY.replace(hour=20)) == 0
    assert collect(MONDAY + timedelta(days=1)) == 1


@pytest.mark.django_db
def test_a_message_holds_no_quote_and_a_leak_is_held_back(office):
    address(office, org="", where="all@yunling.example")
    collect(MONDAY)
    for message in Message.objects.all():
        text = message.subject + message.body + json.dumps(message.payload, ensure_ascii=False)
        assert "特设" not in text
        assert "53****" not in text
        assert leaks(text, as_of=MONDAY.date()) == []
    assert set(Message.objects.values_list("org", flat=True)) == {OFFICE, SCHOOL} | {
        org for org in CaseRow.objects.values_list("org", flat=True) if org
    }
    Message.objects.exclude(pk=Message.objects.first().pk).delete()
    Message.objects.update(body=f"张某某，身份证号码{id_number(7)}", next_at=MONDAY)
    assert postman.deliver(MONDAY) == 0
    held = Message.objects.get()
    assert (held.state, held.tries) == ("不能发", 0)
    assert id_number(7) not in held.error


@pytest.mark.django_db
def test_mail_arrives(office):
    address(office)
    collect(MONDAY)
    with mail_sink() as (port, letters):
        Posting.objects.update(smtp_port=port)
        Message.objects.update(next_at=MONDAY)
        assert postman.deliver(MONDAY) == 1
    (letter,) = letters
    assert "RCPT TO:<jiaoyu@yunling.example>" in letter["commands"]
    import email
    from email import policy

    parsed = email.message_from_bytes(letter["data"], policy=policy.default)
    assert parsed["Subject"] == Message.objects.get().subject
    assert parsed.get_content().strip() == Message.objects.get().body.strip()
    assert postman.deliver(MONDAY) == 0, "又发了一次"


@pytest.mark.django_db
def test_a_webhook_is_signed_and_never_follows_a_redirect(office):
    with web_sink([200, 302]) as (root, asked):
        channel = address(office, kind="回调", where=f"{root}/hook")
        collect(MONDAY)
        Message.objects.update(next_at=MONDAY)
        assert postman.deliver(MONDAY) == 1
        ((headers, body),) = asked
        stamp = headers["X-Duwang-Timestamp"]
        expected = hmac.new(key_of(channel).encode(), f"{stamp}.".encode() + body, hashlib.sha256).hexdigest()
        assert headers["X-Duwang-Signature"] == f"sha256={expected}"
        told = json.loads(body)
        assert told["org"] == SCHOOL
        assert len(told["cases"]["新工单"]) == count(SCHOOL)
        assert told["text"]["content"] == Message.objects.get().body
        old = key_of(channel)
        Channel.objects.update(generation=2)
        assert key_of(Channel.objects.get()) != old
        Message.objects.update(state="待发", next_at=MONDAY)
        assert postman.deliver(MONDAY) == 0
        assert len(asked) == 2
    assert Message.objects.get().error == "对方返回302"


@pytest.mark.django_db
def test_it_is_tried_again_later_and_later_and_given_up(office):
    address(office, kind="回调", where="http://127.0.0.1:9/none")
    collect(MONDAY)
    Message.objects.update(next_at=MONDAY)
    now, waits = MONDAY, []
    for _ in range(len(postman.AGAIN) + 1):
        postman.deliver(now)
        message = Message.objects.get()
        waits.append(message.next_at - now if message.state == "待发" else None)
        now = next_loud(max(message.next_at, now).astimezone(ZONE), **HOURS)
    assert waits[0] == timedelta(minutes=1)
    assert waits[-1] is None
    assert (message.state, message.tries) == ("已放弃", 6)
    assert "连不上对方" in message.error


@pytest.mark.django_db
def test_retries_wait_for_the_morning_and_a_closed_channel_is_not_used(office):
    channel = address(office, kind="回调", where="http://127.0.0.1:9/none")
    collect(MONDAY)
    late = MONDAY.replace(hour=18, minute=1)
    Message.objects.update(next_at=late)
    postman.deliver(late)
    message = Message.objects.get()
    assert (message.state, message.tries) == ("待发", 0)
    assert message.next_at == datetime(2024, 10, 15, 8, 30, tzinfo=ZONE)
    channel.active = False
    channel.save()
    postman.deliver(message.next_at)
    assert Message.objects.get().error == "渠道已停用"


@pytest.mark.django_db
def test_only_administrators_enter_addresses_and_bad_ones_are_refused(office, as_role):
    admin = as_role(Role.ADMIN)
    good = {
        "kind": "回调",
        "org": "",
        "address": "https://oa.yunling.example/hook",
        "topics": ["新工单"],
        "active": "on",
    }
    for role in (Role.REVIEWER, Role.APPROVER, Role.CONTACT):
        assert as_role(role).post(reverse("system-channels"), good).status_code == 403
    for kind, bad in (
        ("邮件", "不是邮箱"),
        ("邮件", "a@b.example\nBcc: c@d.example"),
        ("回调", "ftp://a/b"),
        ("回调", "http://u:p@host/"),
        ("回调", "javascript:alert(1)"),
    ):
        assert admin.post(reverse("system-channels"), {**good, "kind": kind, "address": bad}).status_code == 200, bad
    assert Channel.objects.count() == 0
    assert admin.post(reverse("system-channels"), good).status_code == 302
    channel = Channel.objects.get()
    assert key_of(channel) in admin.get(reverse("system-channel", args=[channel.pk])).content.decode()
    admin.post(reverse("system-channel-try", args=[channel.pk]))
    assert "试发提醒" in admin.get(reverse("system-notices")).content.decode()
    form = {
        "active": "on",
        "smtp_port": "25",
        "smtp_security": "不加密",
        "quiet_from": "18:30",
        "quiet_until": "08:00",
        "soon_days": "3",
        "gap_minutes": "60",
    }
    assert admin.post(reverse("system-notices-settings"), form).status_code == 302
    assert Posting.load().quiet_from == time(18, 30)
