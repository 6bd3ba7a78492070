"""What the watch heard, as messages to the units: one for each address, whatever happened in the same visit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.utils import timezone

from duwang.console.notices.models import Channel, Message, Posting, Topic
from duwang.flow.monitoring import Event, Happening

_TOLD = (Happening.DOWN, Happening.UP, Happening.DUE, Happening.NEW)


def tell_units(events: Sequence[Event], *, at: datetime) -> int:
    """Into the outbox; returns how many. New findings are counted there, not quoted: a message leaves the building."""
    if not Posting.load().active:
        return 0
    lines: dict[str, list[str]] = defaultdict(list)
    for event in events:
        if event.org and event.kind in _TOLD:
            lines[event.org].append(event.text.partition("：")[0] if event.kind is Happening.NEW else event.text)
    made = 0
    for org, told in sorted(lines.items()):
        for channel in Channel.objects.filter(active=True, org__in=("", org)):
            if Topic.WATCH.value in channel.topics:
                _message(channel, org, told, at)
                made += 1
    return made


def _message(channel: Channel, org: str, told: Sequence[str], at: datetime) -> None:
    day = timezone.localtime(at).date()
    numbered = [f"{n}. {line}" for n, line in enumerate(told, 1)]
    head = f"24小时读网提醒（{day.year}年{day.month}月{day.day}日）"
    body = "\n".join([f"{org}：", head, "", *numbered, "", "本提醒由系统自动发出，请勿回复。"])
    payload = {"org": org, "on": day.isoformat(), "told": list(told), "msgtype": "text", "text": {"content": body}}
    subject = f"【读网】{org}：值守提醒{len(told)}件"[:200]
    Message.objects.create(channel=channel, org=org, subject=subject, body=body, next_at=at, payload=payload)
