"""Captured pages are never run or shown in the console's origin; raw bytes only with the right, logged each time."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

import pytest
from django.urls import reverse

from duwang.capture.vault import WarcVault
from duwang.console.audit.models import Entry
from duwang.console.people.roles import Role
from duwang.console.records.models import FindingRow
from duwang.model.capturing import Capture

pytestmark = pytest.mark.django_db
EVIL = '"><script>alert(1)</script><img src=x onerror=alert(2)>'


@pytest.fixture
def hostile(round_):
    row = FindingRow.objects.get(round=round_, check_id="text/fixed-phrase")
    row.quote, row.title, row.message = EVIL, EVIL, EVIL
    row.body = {
        **row.body,
        "quote": EVIL,
        "title": EVIL,
        "url": f"javascript:alert(1)//{EVIL}",
        "facts": {"context": EVIL},
    }
    row.save()
    return row


@pytest.mark.parametrize("name", ["findings", "findings-rows", "findings-detail", "findings-evidence"])
def test_hostile_text_is_only_text(hostile, as_role, name):
    args = [hostile.pk] if name in ("findings-detail", "findings-evidence") else []
    page = as_role(Role.REVIEWER).get(reverse(name, args=args) + ("" if args else "?tab=all")).content.decode()
    assert "<script>alert" not in page
    assert "<img src=x" not in page
    assert 'href="javascript:' not in page


def test_evidence_has_an_origin_of_its_own(hostile, as_role):
    answer = as_role(Role.REVIEWER).get(reverse("findings-evidence", args=[hostile.pk]))
    policy = answer["Content-Security-Policy"]
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert "script-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


def test_every_page_has_the_strict_policy(round_, as_role):
    policy = as_role(Role.REVIEWER).get("/findings/")["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "script-src 'self'" in policy


def test_raw_evidence_needs_the_right_and_is_logged(round_, as_role, people):
    row = FindingRow.objects.get(round=round_, check_id="text/fixed-phrase")
    client = as_role(Role.REVIEWER)
    assert client.get(reverse("findings-raw", args=[row.pk])).status_code == 403
    person = people[Role.REVIEWER]
    person.raw_allowed = True
    person.save()
    assert client.get(reverse("findings-raw", args=[row.pk])).status_code == 404  # this round kept no page
    body, address = b"<html>raw</html>", "http://127.0.0.1/1.html"
    sha256 = hashlib.sha256(body).hexdigest()
    vault = WarcVault(round_.folder / "vault")
    vault.append(Capture(address, address, 200, (), body, None, "", datetime.now(UTC), 1, sha256))
    vault.close()
    row.body = {**row.body, "evidence": [sha256]}
    row.save()
    answer = client.get(reverse("findings-raw", args=[row.pk]))
    assert (answer.status_code, answer.content, answer["Content-Type"]) == (200, body, "application/octet-stream")
    entry = Entry.objects.get(act="打开原始证据")
    assert (entry.who, entry.detail["sha256"]) == (person.username, sha256)


@pytest.mark.parametrize(
    "path",
    [
        "/findings/undo/..%2f..%2fetc",
        "/bulletins/paper/999",
        "/cases/proof/999",
        "/ledger/import/..%2f..%2fsecret",
        "/static/../settings.py",
    ],
)
def test_paths_that_lead_out_are_not_found(round_, as_role, path):
    assert as_role(Role.ADMIN).get(path).status_code in (403, 404, 405)


def test_login_does_not_redirect_to_other_hosts(round_, people, client):
    answer = client.post(
        "/login",
        {"username": people[Role.READER].username, "password": "Mima-ceshi-123", "next": "https://evil.example/"},
    )
    assert answer.status_code == 302
    assert answer["Location"] == "/"


def test_posts_without_the_token_are_refused(round_, people):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(people[Role.REVIEWER], backend="django.contrib.auth.backends.ModelBackend")
    row = FindingRow.objects.filter(round=round_).first()
    assert client.post("/findings/decide", {"pk": row.pk, "decision": "确认"}).status_code == 403
