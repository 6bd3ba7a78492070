"""The outbox worked off: collected, scanned, handed over, tried again later and later, given up in the end."""

from __future__ import annotations

import logging
import threading
import time
from datetime import datetime, timedelta

from django.db import close_old_connections
from django.utils import timezone

from duwang.console.notices.collecting import collect
from duwang.console.notices.models import Message, Posting
from duwang.console.notices.quiet import next_loud
from duwang.console.notices.sending import NotSent, send
from duwang.flow.scanning import leaks

AGAIN = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=12))
_STUCK = timedelta(minutes=10)
_PAUSE = 20.0
_logger = logging.getLogger(__name__)


def start(stop: threading.Event) -> threading.Thread:
    """A postman beside the worker, until `stop`."""
    thread = threading.Thread(target=_work, args=(stop,), name="postman", daemon=True)
    thread.start()
    return thread


def round_trip(now: datetime) -> int:
    """Collect what is new and hand over what is due; returns how many messages arrived."""
    collect(now)
    return deliver(now)


def deliver(now: datetime) -> int:
    """Every message that is due; quiet hours hold back retries, too."""
    posting = Posting.load()
    if not posting.active:
        return 0
    Message.objects.filter(state=Message.State.SENDING, next_at__lt=now - _STUCK).update(state=Message.State.WAITING)
    arrived = 0
    due = Message.objects.filter(state=Message.State.WAITING, next_at__lte=now).order_by("next_at", "id")
    for key in list(due.values_list("pk", flat=True)[:200]):
        claimed = Message.objects.filter(pk=key, state=Message.State.WAITING).update(
            state=Message.State.SENDING, next_at=now
        )
        if claimed:
            arrived += _hand_over(Message.objects.select_related("channel").get(pk=key), posting, now)
    return arrived


def _hand_over(message: Message, posting: Posting, now: datetime) -> bool:
    local = timezone.localtime(now)
    loud = next_loud(local, since=posting.quiet_from, until=posting.quiet_until, working_days=posting.working_days)
    if loud > local:
        message.state, message.next_at = Message.State.WAITING, loud
    elif found := leaks(f"{message.subject}\n{message.body}", as_of=local.date()):
        message.state, message.error = Message.State.HELD, f"内容里有个人信息：{'；'.join(found[:3])}"
    elif not message.channel.active:
        message.state, message.error = Message.State.GIVEN_UP, "渠道已停用"
    else:
        message.tries += 1
        try:
            send(message, posting, at=int(now.timestamp()))
        except NotSent as fault:
            _later(message, str(fault), now)
        else:
            message.state, message.sent_at, message.error = Message.State.SENT, now, ""
    message.save()
    return message.state == Message.State.SENT


def _later(message: Message, why: str, now: datetime) -> None:
    message.error = why
    if message.tries > len(AGAIN):
        message.state = Message.State.GIVEN_UP
    else:
        message.state, message.next_at = Message.State.WAITING, now + AGAIN[message.tries - 1]


def _work(stop: threading.Event) -> None:
    while not stop.is_set():
        begun = time.monotonic()
        close_old_connections()
        try:
            round_trip(timezone.now())
        except Exception:
            _logger.exception("提醒没有发出")
        finally:
            close_old_connections()
        stop.wait(max(1.0, _PAUSE - (time.monotonic() - begun)))
