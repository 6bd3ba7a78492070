"""For every address and every role: exactly the allowed ones answer, and nobody of another town sees anything."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from console.scene import SCHOOL, stranger
from duwang.console.people.roles import RIGHTS, Right, Role
from duwang.console.records.models import CaseRow, FindingRow, LedgerRow, Notice

pytestmark = pytest.mark.django_db
PUBLIC = {"login", "logout", "setup", "password", "second-factor", "healthz"}


def addresses(round_):
    """Name → path of every address, with arguments that exist."""
    school = FindingRow.objects.filter(round=round_, org=SCHOOL).first()
    case = CaseRow.objects.filter(org=SCHOOL).first()
    account = round_.verdicts.get(org=SCHOOL)
    row = LedgerRow.objects.get(sheet="单位", name=SCHOOL)
    known = {
        "findings-undo": ["abc"], "findings-detail": [school.pk], "findings-evidence": [school.pk], "findings-raw": [school.pk],
        "rounds-detail": [round_.pk], "rounds-progress": [round_.pk], "rounds-judge": [round_.pk], "rounds-run": [round_.pk],
        "rounds-seal": [round_.pk], "verdicts-detail": [account.pk], "verdicts-answer": [account.pk], "cases-detail": [case.pk],
        "cases-act": [case.pk], "cases-slip": [SCHOOL], "ledger-row": [row.pk],
    }  # fmt: skip
    return known


def views():
    """(name, view) of every address of the console."""

    def walk(patterns):
        for one in patterns:
            if getattr(one, "namespace", None) == "api":
                continue
            if hasattr(one, "url_patterns"):
                yield from walk(one.url_patterns)
            elif one.name:
                yield one.name, one.callback

    return dict(walk(get_resolver().url_patterns))


def test_every_address_names_the_right_it_needs():
    missing = [
        name
        for name, view in views().items()
        if name not in PUBLIC and not name.startswith("api-") and not hasattr(view, "right")
    ]
    assert missing == []


@pytest.mark.parametrize("role", list(Role))
def test_get_answers_exactly_those_with_the_right(role, round_, as_role):
    client, known = as_role(role), addresses(round_)
    for name, view in views().items():
        if name in PUBLIC or name.startswith("api-"):
            continue
        try:
            path = reverse(name, args=known.get(name, []))
        except Exception:
            continue  # needs an object that this scene has not got; covered by the tests of its area
        status = client.get(path).status_code
        if role not in RIGHTS[view.right]:
            assert status in (403, 405), (name, status)
        else:
            assert status != 403 or name == "findings-raw", (name, status)


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.CONTACT, Role.READER, Role.SUPERIOR, Role.ADMIN])
def test_a_stranger_of_another_town_sees_nothing_of_ours(role, round_):
    client, known = Client(), addresses(round_)
    client.force_login(stranger(role), backend="django.contrib.auth.backends.ModelBackend")
    for name in (
        "findings-detail",
        "findings-evidence",
        "findings-raw",
        "verdicts-detail",
        "cases-detail",
        "cases-slip",
        "ledger-row",
    ):
        assert client.get(reverse(name, args=known[name])).status_code == 404, name
    board = client.get(reverse("findings") + "?tab=all").content.decode()
    assert SCHOOL not in board
    assert "特设" not in board
    assert (
        client.post(reverse("cases-act", args=known["cases-act"]), {"event": "反馈", "why": "已改"}).status_code == 404
    )


def test_nobody_gets_in_without_a_login(round_):
    client, known = Client(), addresses(round_)
    for name in views():
        if name in PUBLIC or name.startswith("api-"):
            continue
        try:
            path = reverse(name, args=known.get(name, []))
        except Exception:
            continue
        answer = client.get(path)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/login"), name


def test_rights_table_has_no_role_without_seeing():
    assert RIGHTS[Right.SEE] == frozenset(Role)
    assert Notice._meta.label == "records.Notice"
