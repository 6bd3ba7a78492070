"""The queue of jobs: asked in a request, taken by one worker, its log readable while it runs."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from duwang.console.people.models import Person
from duwang.console.records.models import Job
from duwang.flow.ports import Progress

DEAD_AFTER = timedelta(minutes=2)
MOST_TRIES = 3
_LOG_LINES = 200


def ask(kind: str, *, by: Person | None, **args: Any) -> Job:
    """Queue a job unless the same one is waiting already."""
    waiting = Job.objects.filter(kind=kind, args=args, state=Job.State.WAITING).first()
    return waiting or Job.objects.create(kind=kind, args=args, asked_by=by)


def joined(kind: str, *, by: Person | None, again: bool = False, **args: Any) -> Job:
    """The latest such job whoever asked for it; a new one when there is none, or `again` and the last one failed."""
    last = Job.objects.filter(kind=kind, args=args).first()
    done = last is None or last.state == Job.State.DONE or (again and last.state == Job.State.FAILED)
    return Job.objects.create(kind=kind, args=args, asked_by=by) if done or last is None else last


def take() -> Job | None:
    """The oldest waiting job, or one whose worker died; marked as running in the same transaction."""
    now = datetime.now(UTC)
    with transaction.atomic():
        ready = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, beat__lt=now - DEAD_AFTER)
        job = Job.objects.select_for_update(skip_locked=True).filter(ready).order_by("id").first() if _locks() else None
        if not _locks():
            job = Job.objects.filter(ready).order_by("id").first()
        if job is None:
            return None
        if job.tries >= MOST_TRIES:
            job.state, job.error, job.finished_at = Job.State.FAILED, "运行多次都没有完成", now
            job.save()
            return None
        job.state, job.beat, job.tries = Job.State.RUNNING, now, job.tries + 1
        job.started_at = job.started_at or now
        job.save()
        return job


def teller(job: Job) -> Progress:
    """Writes what a verb tells into the job's log."""

    def tell(message: str) -> None:
        now = datetime.now(UTC)
        job.log = [*job.log, {"at": now.isoformat(timespec="seconds"), "text": message}][-_LOG_LINES:]
        if _in_event_loop():
            _WRITER.submit(_write_apart, job.pk, job.log, now)
        else:
            _write(job.pk, job.log, now)

    return tell


_WRITER = ThreadPoolExecutor(1, thread_name_prefix="job-log")


def _write(key: int, log: list[dict[str, str]], now: datetime) -> None:
    Job.objects.filter(pk=key, state=Job.State.RUNNING).update(log=log, beat=now)


def _write_apart(key: int, log: list[dict[str, str]], now: datetime) -> None:
    try:
        _write(key, log, now)
    finally:
        connection.close()


def _in_event_loop() -> bool:
    """Sites are read in an event loop, where Django refuses to touch the database."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


def beat(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(beat=datetime.now(UTC))


def finish(job: Job, *, error: str = "") -> None:
    state = Job.State.FAILED if error else Job.State.DONE
    Job.objects.filter(pk=job.pk).update(state=state, error=error, finished_at=datetime.now(UTC), log=job.log)


def _locks() -> bool:
    return connection.features.has_select_for_update_skip_locked
