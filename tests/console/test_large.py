"""What reads a whole round is done by a job when the round is large: the page says so, watches, and then shows the same."""

from __future__ import annotations

import pytest
from django.urls import reverse

from duwang.console.people.roles import Role
from duwang.console.records import sizes
from duwang.console.records.models import Job, Notice
from duwang.console.work import queue
from duwang.console.work.running import run

pytestmark = pytest.mark.django_db


@pytest.fixture
def large(monkeypatch):
    monkeypatch.setattr(sizes, "AT_ONCE", 3)


def work_off():
    while job := queue.take():
        run(job)
        job.refresh_from_db()
        assert job.state == "完成", job.error


@pytest.mark.parametrize(("most", "is_large"), [(10, True), (11, False), (12, False)])
def test_a_round_is_large_above_the_bound(round_, monkeypatch, most, is_large):
    monkeypatch.setattr(sizes, "AT_ONCE", most)
    assert sizes.large(round_) is is_large
    assert round_.findings.count() == 11


def test_statistics_wait_for_one_job_and_are_then_shown(round_, as_role, large):
    client = as_role(Role.INSPECTOR)
    first, second = client.get(reverse("statistics")), client.get(reverse("statistics"))
    assert "可以离开本页" in first.content.decode() and "可以离开本页" in second.content.decode()
    job = Job.objects.get(kind="统计")
    assert client.get(reverse("job-progress", args=[job.pk])).status_code == 200
    work_off()
    assert client.get(reverse("job-progress", args=[job.pk]))["HX-Refresh"] == "true"
    assert "各单位情况" in client.get(reverse("statistics")).content.decode()
    assert client.get(reverse("statistics-export")).status_code == 200


def test_a_job_that_failed_is_told_and_done_again_only_when_asked(round_, as_role, large):
    client = as_role(Role.INSPECTOR)
    client.get(reverse("statistics"))
    Job.objects.update(state="失败", error="磁盘满了")
    assert "磁盘满了" in client.get(reverse("statistics")).content.decode()
    assert Job.objects.count() == 1
    client.get(reverse("statistics") + "?again=1")
    assert Job.objects.count() == 2


def test_a_notice_is_composed_by_a_job_and_its_version_keeps_the_texts(round_, as_role, large):
    client = as_role(Role.REVIEWER)
    client.post(reverse("bulletins-new"), {"round": round_.pk})
    notice = Notice.objects.get()
    assert notice.versions.get().texts == []
    for name in ("edit", "texts", "problems", "preview"):
        page = client.get(reverse(f"bulletins-{name}", args=[notice.pk])).content.decode()
        assert "可以离开本页" in page, name
    assert Job.objects.filter(kind="起草").count() == 1
    work_off()
    assert notice.versions.get().texts
    for name in ("edit", "texts", "problems", "preview"):
        page = client.get(reverse(f"bulletins-{name}", args=[notice.pk])).content.decode()
        assert "可以离开本页" not in page, name


def test_the_log_of_other_jobs_is_not_watched_here(round_, as_role):
    job = Job.objects.create(kind="备份")
    assert as_role(Role.CONTACT).get(reverse("job-progress", args=[job.pk])).status_code == 404
