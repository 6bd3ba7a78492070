"""For every address and every role: exactly the allowed ones answer, and nobody of another town sees anything."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import get_resolver, reverse

from console.addresses import API, NEEDED, PUBLIC
from console.scene import COUNTY, OFFICE, SCHOOL, stranger
from duwang.console.api.routes import api
from duwang.console.api.tokens import Scope, issue
from duwang.console.notices.models import Channel, Message
from duwang.console.people.models import Person
from duwang.console.people.roles import RIGHTS, Right, Role
from duwang.console.records.models import CaseRow, FindingRow, Job, LedgerRow, Notice, Proof

pytestmark = pytest.mark.django_db
_NOBODY = 10**9


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
        "cases-act": [case.pk], "cases-slip": [SCHOOL], "cases-slip-document": [SCHOOL], "ledger-row": [row.pk], "ledger-edit": [row.pk], "ledger-remove": [row.pk],
    }  # fmt: skip
    notice = a_notice(round_)
    paper = notice.papers.create(version=1, name="通报.docx", path="papers/none.docx", sha256="0" * 64)
    known |= {
        name: [notice.pk]
        for name in views()
        if name.startswith("bulletins-") and name not in ("bulletins-new", "bulletins-page")
    }
    known |= {"bulletins-paper": [paper.pk], "bulletins-page": [paper.pk, 1]}
    channel = Channel.objects.get_or_create(kind="回调", address="http://127.0.0.1:9/", by=notice.created_by)[0]
    message = Message.objects.create(channel=channel, org=SCHOOL, subject="甲", body="乙", next_at=notice.changed_at)
    known |= {name: [channel.pk] for name in ("system-channel", "system-channel-try", "system-channel-key")}
    known |= {"system-notice": [message.pk], "system-notice-again": [message.pk]}
    job, proof = Job.objects.get_or_create(kind="统计")[0], Proof.objects.filter(case=case).first()
    account_row = LedgerRow.objects.get(sheet="新媒体", org=SCHOOL)
    known |= {
        "job-progress": [job.pk],
        "accounts-detail": [account_row.pk],
        "words-rule": ["text/typo"],
        "rounds-compare": [round_.pk],
    }
    known |= {name: [_NOBODY] for name in views() if name.startswith("proofing-") and name != "proofing-new"}
    known |= {"letters-detail": [_NOBODY], "cases-proof": [proof.pk if proof else _NOBODY], "words-remove": [_NOBODY]}
    known |= {
        name: [_NOBODY] for name in ("system-person", "system-person-reset", "system-token-revoke", "system-unlock")
    }
    known |= {
        "system-backup": ["没有.tar.gz"],
        "system-session-end": ["0"],
        "ledger-confirm": ["0"],
        "ledger-errors": ["0"],
    }
    return known


def a_notice(round_):
    """A draft of the county office."""
    author = Person.objects.filter(unit=OFFICE).first() or stranger_free_author()
    return Notice.objects.get_or_create(round=round_, title="通报", defaults={"created_by": author})[0]


def stranger_free_author():
    return Person.objects.create_user("author", full_name="拟稿人", role=Role.REVIEWER, unit=OFFICE, scope=COUNTY)


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


def test_every_address_needs_exactly_the_right_of_the_table():
    assert {name: getattr(view, "right", None) for name, view in views().items() if name not in PUBLIC} == NEEDED


def routes():
    """(method, path) of every route of the API."""
    return {
        (method, path)
        for _, router in api._routers
        for path, view in router.path_operations.items()
        for operation in view.operations
        for method in operation.methods
    }


def test_every_route_of_the_api_stands_in_the_table():
    assert routes() == {(method, path) for method, path, _ in API}


@pytest.mark.parametrize(("method", "path", "body"), list(API))
def test_a_route_wants_a_token_with_its_own_scope(round_, people, method, path, body):
    address = "/api" + path.format(pk=round_.pk, sheet="单位")
    scope = API[method, path, body]

    def ask(scopes):
        headers = {}
        if scopes is not None:
            _, secret = issue(people[Role.INSPECTOR], name="测试", scopes=scopes)
            headers = {"authorization": f"Bearer {secret}"}
        return Client(headers=headers).generic(method, address, body, content_type="application/json").status_code

    assert ask(None) == 401
    assert ask([one for one in Scope if one is not scope]) == 403
    assert ask([scope]) in (200, 404)


@pytest.mark.parametrize("role", list(Role))
def test_get_answers_exactly_those_with_the_right(role, round_, as_role):
    client, known = as_role(role), addresses(round_)
    for name, view in views().items():
        if name in PUBLIC or name.startswith("api-"):
            continue
        path = reverse(name, args=known.get(name, []))
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
        "cases-slip-document",
        "ledger-row",
        *(
            name
            for name in known
            if name.startswith("bulletins-") and not name.endswith(("-edit", "-move", "-out", "-papers", "-advance"))
        ),
        "bulletins-edit",
    ):
        status = client.get(reverse(name, args=known[name])).status_code
        assert status == 404 or (status == 403 and role not in RIGHTS[views()[name].right]), (name, status)
    board = client.get(reverse("findings") + "?tab=all").content.decode()
    assert SCHOOL not in board
    assert "特设" not in board
    assert (
        client.post(reverse("cases-act", args=known["cases-act"]), {"event": "反馈", "why": "已改"}).status_code == 404
    )


@pytest.mark.parametrize("role", [Role.INSPECTOR, Role.REVIEWER, Role.APPROVER, Role.ADMIN])
def test_a_stranger_changes_nothing_of_ours(role, round_):
    client, known = Client(), addresses(round_)
    client.force_login(stranger(role), backend="django.contrib.auth.backends.ModelBackend")
    changing = [name for name in known if name.startswith(("bulletins-", "ledger-", "cases-act", "verdicts-answer"))]
    for name in changing:
        answer = client.post(
            reverse(name, args=known[name]),
            {"act": "送审", "event": "延期", "why": "甲", "key": "开头#1", "text": "甲"},
        )
        assert answer.status_code in (403, 404, 405), (name, answer.status_code)
    assert Notice.objects.get().version == 1


def test_nobody_gets_in_without_a_login(round_):
    client, known = Client(), addresses(round_)
    for name in views():
        if name in PUBLIC or name.startswith("api-"):
            continue
        path = reverse(name, args=known.get(name, []))
        answer = client.get(path)
        assert answer.status_code == 302, name
        assert answer["Location"].startswith("/login"), name


def test_rights_table_has_no_role_without_seeing():
    assert RIGHTS[Right.SEE] == frozenset(Role)
    assert Notice._meta.label == "records.Notice"
