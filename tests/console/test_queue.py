"""The queue of background work: its log is written from wherever a verb tells something, a dead worker's job is taken up again."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from duwang.console.records.models import Job
from duwang.console.work import queue
from duwang.console.work.running import run


@pytest.mark.django_db(transaction=True)
def test_progress_told_inside_an_event_loop_reaches_the_log():
    """Sites are read in an event loop, where Django refuses to touch the database; a round once died of its first message."""
    queue.ask("检查", by=None, round=1)
    job = queue.take()

    async def reads() -> None:
        queue.teller(job)("正在读取")

    asyncio.run(reads())
    queue._WRITER.submit(lambda: None).result()
    queue.teller(job)("读取完毕")
    job.refresh_from_db()
    assert [line["text"] for line in job.log] == ["正在读取", "读取完毕"]


@pytest.mark.django_db
def test_a_job_whose_worker_died_is_taken_up_and_given_up_after_three_tries():
    queue.ask("检查", by=None, round=1)
    for number in range(1, 4):
        job = queue.take()
        assert job.tries == number
        assert queue.take() is None, "同一件事被做了两次"
        Job.objects.filter(pk=job.pk).update(beat=datetime.now(UTC) - queue.DEAD_AFTER - timedelta(seconds=1))
    assert queue.take() is None
    assert Job.objects.get().state == "失败"


@pytest.mark.django_db
def test_what_goes_wrong_is_said_and_the_worker_lives():
    queue.ask("判定", by=None, round=999)
    run(queue.take())
    failed = Job.objects.get()
    assert failed.state == "失败"
    assert "DoesNotExist" in failed.error
