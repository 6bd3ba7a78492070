"""系统: backups, sessions, locks and calendars; only the administrator, each act on record."""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile

import pytest
from django.test import Client
from django.urls import reverse

from duwang.console.audit.models import Entry
from duwang.console.people.roles import Role
from duwang.console.work import queue
from duwang.console.work.running import run

pytestmark = pytest.mark.django_db


def test_a_backup_is_made_as_a_job_and_fetching_it_is_noted(round_, as_role, data):
    admin = as_role(Role.ADMIN)
    admin.post(reverse("system-backup-new"))
    run(queue.take())
    (path,) = (data / "backups").glob("*.tar.gz")
    with tarfile.open(path) as archive:
        names = archive.getnames()
    assert {"rows.json", "backup.json", f"rounds/{round_.pk}/verdicts.json"} <= set(names)
    assert path.name in admin.get(reverse("system-backups")).content.decode()
    fetched = admin.get(reverse("system-backup", args=[path.name]))
    assert b"".join(fetched.streaming_content) == path.read_bytes()
    assert Entry.objects.filter(act="下载备份", target=path.name).exists()
    assert admin.get(reverse("system-backup", args=["secret.key"])).status_code == 404
    assert as_role(Role.INSPECTOR).get(reverse("system-backup", args=[path.name])).status_code == 403


def test_a_session_is_ended_and_its_key_is_never_shown(round_, people, as_role):
    admin, other = as_role(Role.ADMIN), as_role(Role.REVIEWER)
    assert other.get(reverse("overview")).status_code == 200
    page = admin.get(reverse("system-sessions")).content.decode()
    assert other.session.session_key not in page
    assert "本会话" in page
    from duwang.console.system.upkeep import sittings

    request = admin.get(reverse("system-sessions")).wsgi_request
    handle = next(one.handle for one in sittings(request) if one.person == people[Role.REVIEWER])
    assert as_role(Role.APPROVER).post(reverse("system-session-end", args=[handle])).status_code == 403
    assert admin.post(reverse("system-session-end", args=[handle])).status_code == 302
    assert other.get(reverse("overview")).status_code == 302
    assert admin.post(reverse("system-session-end", args=[handle])).status_code == 404


def test_who_is_locked_out_is_let_in_again(round_, people, as_role):
    stranger = Client(REMOTE_ADDR="10.1.2.3")
    form = {"username": people[Role.READER].username, "password": "不对"}
    answers = [stranger.post(reverse("login"), form).status_code for _ in range(6)]
    assert answers[-1] == 429
    admin = as_role(Role.ADMIN)
    page = admin.get(reverse("system-limits")).content.decode()
    assert "10.1.2.3" in page
    assert "已锁定" in page
    from axes.models import AccessAttempt

    admin.post(reverse("system-unlock", args=[AccessAttempt.objects.get().pk]))
    right = {**form, "password": "Mima-ceshi-123"}
    assert stranger.post(reverse("login"), right).status_code == 302


def test_known_years_are_listed_and_a_missing_one_is_told(round_, as_role, monkeypatch):
    page = as_role(Role.ADMIN).get(reverse("system-calendars")).content.decode()
    assert "2024" in page
    assert "10月1日" in page
    from duwang.console.system import upkeep

    monkeypatch.setattr(upkeep, "known_years", dict)
    assert "的放假安排还没有数据" in as_role(Role.ADMIN).get(reverse("system-calendars")).content.decode()


@pytest.mark.slow
def test_the_deployment_check_is_clean_with_the_documented_settings_and_no_migration_is_missing(tmp_path):
    known = {key: value for key, value in os.environ.items() if not key.startswith(("DUWANG_", "DJANGO_"))}
    env = {**known, "DUWANG_DATA": str(tmp_path), "DUWANG_HTTPS": "1", "DUWANG_HOSTS": "jiance.yunling.example"}
    for words in (("check", "--deploy", "--fail-level", "WARNING"), ("makemigrations", "--check", "--dry-run")):
        asked = [sys.executable, "-m", "duwang.console.manage", *words]
        told = subprocess.run(asked, env=env, capture_output=True, text=True, timeout=120, check=False)
        assert told.returncode == 0, told.stdout + told.stderr
