"""The API: a token, its scopes, its owner's units; the same findings as on screen."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from console.scene import SCHOOL, stranger
from duwang.console.api.tokens import PER_MINUTE, Scope, issue
from duwang.console.people.roles import Role

pytestmark = pytest.mark.django_db


def client_of(person, *scopes, **more):
    _, secret = issue(person, name="测试", scopes=scopes, **more)
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_without_a_token_nothing_is_answered(round_):
    for path in (
        "/api/rounds",
        f"/api/rounds/{round_.pk}/findings",
        "/api/cases",
        "/api/registry/单位",
        "/api/bulletins",
    ):
        assert Client().get(path).status_code == 401
    assert Client(headers={"authorization": "Bearer dw_wrong"}).get("/api/rounds").status_code == 401


def test_a_scope_that_was_not_given_is_refused(round_, people):
    client = client_of(people[Role.INSPECTOR], Scope.VERDICTS)
    assert client.get("/api/rounds").status_code == 200
    answer = client.get(f"/api/rounds/{round_.pk}/findings")
    assert (answer.status_code, answer.json()["detail"]) == (403, "令牌没有“读取问题”的范围")


def test_expired_and_revoked_tokens_are_refused(round_, people):
    client = client_of(people[Role.INSPECTOR], Scope.VERDICTS, expires_at=datetime.now(UTC) - timedelta(seconds=1))
    assert client.get("/api/rounds").status_code == 401
    token, secret = issue(people[Role.INSPECTOR], name="停用", scopes=[Scope.VERDICTS])
    token.revoked = True
    token.save()
    assert Client(headers={"authorization": f"Bearer {secret}"}).get("/api/rounds").status_code == 401


def test_findings_are_those_of_the_owners_units(round_, people):
    ours = client_of(people[Role.INSPECTOR], Scope.FINDINGS).get(f"/api/rounds/{round_.pk}/findings").json()
    theirs = client_of(stranger(Role.INSPECTOR), Scope.FINDINGS).get(f"/api/rounds/{round_.pk}/findings").json()
    school = client_of(people[Role.CONTACT], Scope.FINDINGS).get(f"/api/rounds/{round_.pk}/findings").json()
    assert {one["org"] for one in school["items"]} == {SCHOOL}
    assert ours["count"] + theirs["count"] == round_.findings.count()
    assert not {one["fingerprint"] for one in ours["items"]} & {one["fingerprint"] for one in theirs["items"]}


def test_a_text_is_checked_like_the_command_does(round_, people):
    client = client_of(people[Role.EDITOR], Scope.TEXT)
    answer = client.post("/api/text", {"text": "各单位要认真布署，抓好落实。"}, content_type="application/json").json()
    assert [(one["quote"], one["suggestion"]) for one in answer["findings"]] == [("布署", "部署")]
    assert answer["chars"] == 14


def test_a_manuscript_goes_into_review_and_only_its_unit_sees_it(round_, people):
    client = client_of(people[Role.EDITOR], Scope.MANUSCRIPTS)
    body = {"title": "通知", "text": "各单位要认真布署，抓好落实。"}
    made = client.post("/api/manuscripts", body, content_type="application/json").json()
    assert (made["state"], made["left"]) == ("拟稿", 1)
    assert client.get(f"/api/manuscripts/{made['id']}").status_code == 200
    other = client_of(stranger(Role.EDITOR), Scope.MANUSCRIPTS)
    assert other.get(f"/api/manuscripts/{made['id']}").status_code == 404


def test_too_many_requests_in_a_minute_are_slowed_down(round_, people, monkeypatch):
    monkeypatch.setattr("duwang.console.api.tokens.PER_MINUTE", 3)
    client = client_of(people[Role.INSPECTOR], Scope.VERDICTS)
    statuses = [client.get("/api/rounds").status_code for _ in range(8)]
    assert 429 in statuses
    assert PER_MINUTE > 3
