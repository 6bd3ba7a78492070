"""From cases to messages: everything a unit has not been told yet goes into one message for each of its addresses."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from duwang.cases.states import Event, State
from duwang.console.notices.models import Channel, Message, Posting, Told, Topic
from duwang.console.notices.quiet import quiet
from duwang.console.notices.wording import Line, body_of, payload_of, subject_of
from duwang.console.records.cases import OPEN_STATES
from duwang.console.records.models import CaseRow
from duwang.model.calendar import working_days_after

_RULINGS = (Event.UPHELD.value, Event.GRANTED.value)
_RECENT = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something about a case that its unit is told of once."""

    case: int
    org: str
    topic: str
    mark: str
    line: Line


def collect(now: datetime) -> int:
    """Put messages into the outbox; returns how many. Nothing in quiet hours, and not twice within the gap for one unit: what
    happens meanwhile waits and is merged."""
    posting = Posting.load()
    local = timezone.localtime(now)
    if not posting.active or quiet(
        local, since=posting.quiet_from, until=posting.quiet_until, working_days=posting.working_days
    ):
        return 0
    channels = list(Channel.objects.filter(active=True))
    if not channels:
        return 0
    waiting: dict[str, list[Occasion]] = defaultdict(list)
    told = set(Told.objects.values_list("case_id", "topic", "mark"))
    for one in occasions(local.date(), posting.soon_days):
        if (one.case, one.topic, one.mark) not in told:
            waiting[one.org].append(one)
    last = dict(Message.objects.values_list("org").annotate(at=Max("created_at")))
    gap = timedelta(minutes=posting.gap_minutes)
    made = 0
    for org, news in waiting.items():
        if org in last and now - last[org] < gap:
            continue
        made += _tell(org, news, [one for one in channels if one.org in ("", org)], posting=posting, now=now)
    return made


def occasions(today: date, soon_days: int) -> Iterator[Occasion]:
    """Everything that is worth telling today, told before or not."""
    soon = working_days_after(today, soon_days).date
    rows = CaseRow.objects.exclude(org="").filter(state__in=OPEN_STATES).defer("problem")
    for row in rows.iterator():
        line = Line(row.number, row.check_id, row.due)
        if row.state == State.TO_RECTIFY.value:
            opened = sum(
                one.get("event") in (Event.OPENED.value, Event.RELAPSE.value) for one in row.body.get("events", ())
            )
            yield Occasion(row.pk, row.org, Topic.NEW.value, f"第{opened}次", line)
        if row.due is not None and row.state not in (State.ANSWERED.value, State.CONTESTED.value):
            topic = Topic.OVERDUE if row.due < today else Topic.SOON if row.due <= soon else None
            if topic is not None:
                yield Occasion(row.pk, row.org, topic.value, row.due.isoformat(), line)
    since = today - _RECENT
    for row in CaseRow.objects.exclude(org="").filter(changed_at__date__gte=since).defer("problem").iterator():
        for n, event in enumerate(row.body.get("events", ())):
            if event.get("event") in _RULINGS and event.get("at", "") >= since.isoformat():
                line = Line(row.number, row.check_id, row.due, outcome=str(event["event"]))
                yield Occasion(row.pk, row.org, Topic.RULED.value, f"第{n}步", line)


@transaction.atomic
def _tell(org: str, news: list[Occasion], channels: list[Channel], *, posting: Posting, now: datetime) -> int:
    """One message for each channel that wants any of it; what no channel wants stays untold."""
    on, wanted = timezone.localtime(now).date(), {topic for one in channels for topic in one.topics}
    news = [one for one in news if one.topic in wanted]
    if not news:
        return 0
    Told.objects.bulk_create([Told(case_id=one.case, topic=one.topic, mark=one.mark) for one in news])
    made = 0
    for channel in channels:
        topics: dict[str, list[Line]] = {}
        for topic in Topic.values:
            lines = sorted((one.line for one in news if one.topic == topic and topic in channel.topics), key=_in_order)
            if lines:
                topics[topic] = lines
        if topics:
            body = body_of(org, topics, on=on, site=posting.site)
            Message.objects.create(
                channel=channel, org=org, subject=subject_of(org, topics), body=body, next_at=now,
                payload=payload_of(org, topics, on=on, body=body),
            )  # fmt: skip
            made += 1
    return made


def _in_order(line: Line) -> tuple[date, str]:
    return line.due or date.max, line.number
