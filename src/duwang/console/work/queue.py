"""The queue of jobs: asked in a request, taken by one worker, its log readable while it runs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
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
        Job.objects.filter(pk=job.pk).update(log=job.log, beat=now)

    return tell


def beat(job: Job) -> None:
    Job.objects.filter(pk=job.pk).update(beat=datetime.now(UTC))


def finish(job: Job, *, error: str = "") -> None:
    state = Job.State.FAILED if error else Job.State.DONE
    Job.objects.filter(pk=job.pk).update(state=state, error=error, finished_at=datetime.now(UTC), log=job.log)


def _locks() -> bool:
    from django.db import connection

    return connection.features.has_select_for_update_skip_locked
