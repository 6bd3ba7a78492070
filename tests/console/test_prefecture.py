"""A prefecture's quarter on one desk: thousands of findings, none decided, to a signed 通报, by the console's own acts, counted."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest
from django.core.cache import caches
from django.test import Client
from django.urls import reverse

from duwang.console import starting
from duwang.console.people.models import Person
from duwang.console.people.roles import Role
from duwang.console.records.models import Notice, Round, VerdictRow
from duwang.console.records.models.finding import Standing
from duwang.console.work import queue
from duwang.console.work.running import run
from duwang.demo.prefecture.run import run as run_prefecture
from duwang.demo.prefecture.writing import spreads

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
MOST = 400
PLANTED = {(one.check, one.quote) for one in spreads()}


class Desk:
    """One person at the console; `acts` counts decisions and answers."""

    def __init__(self, role: Role) -> None:
        person = Person.objects.create_user(
            role.name,
            full_name=role.value,
            role=role,
            unit="仿真市人民政府办公室",
            sees_all=True,
            must_change_password=False,
        )
        self.client, self.acts = Client(), 0
        self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")

    def cards(self, query: str):
        return self.client.get(f"{reverse('findings-rows')}?{query}").context["rows"]

    def decide(self, decision: str, reason: str, **chosen: object) -> None:
        answer = self.client.post(reverse("findings-decide"), {"decision": decision, "reason": reason, **chosen})
        assert answer.status_code == 204, answer.content.decode()
        self.acts += 1


def is_true(row) -> bool:
    """Whether the generator planted it: what a person sees at a glance."""
    return (
        (row.check_id, row.quote) in PLANTED or row.check_id.startswith("privacy/") or row.check_id.startswith("reach/")
    )


def work_off() -> None:
    while job := queue.take():
        run(job)
        job.refresh_from_db()
        assert job.state == "完成", job.error


pytestmark = [
    *(pytestmark if isinstance(pytestmark, list) else [pytestmark]),
    pytest.mark.skipif(
        not os.environ.get("DUWANG_PREFECTURE"),
        reason="要先 duwang demo --scale prefecture --out 目录（几分钟到几十分钟），再设 DUWANG_PREFECTURE=目录",
    ),
]


@pytest.fixture
def round_(data: Path, tmp_path: Path, settings) -> Round:
    made = os.environ.get("DUWANG_PREFECTURE")
    place = Path(made) if made else tmp_path / "prefecture"
    if not made:
        run_prefecture(place)
    settings.ALLOW_LOOPBACK = True
    starting.take_in_folder(place)
    yield Round.objects.get()
    caches["kept"].clear()
    shutil.rmtree(data / "rounds", ignore_errors=True)


def judged_again(desk: Desk, round_: Round) -> None:
    desk.client.post(reverse("rounds-judge", args=[round_.pk]))
    work_off()


def verdicts_are_settled(desk: Desk, round_: Round) -> None:
    """A screen of what can change a verdict, most urgent first; then the round is judged again: much is moot by then."""
    while cards := desk.cards("tab=affects"):
        for row in cards:
            desk.decide(*said_of(row), pk=row.pk)
        judged_again(desk, round_)


def the_serious_are_settled(desk: Desk) -> None:
    """One wording after the other, each with its evidence opened."""
    asked = "tab=pending&severity=严重&fold=wording"
    while cards := desk.cards(asked):
        row = cards[0]
        desk.client.get(reverse("findings-evidence", args=[row.pk]))
        desk.decide(*said_of(row), pk=row.pk, worded="1", query=asked)


def the_rest_is_settled(desk: Desk) -> None:
    """Check by check, a page of wordings at a time: what is right is ticked and confirmed, what is wrong ticked and dismissed."""
    while cards := desk.cards("tab=pending&severity=一般"):
        asked = f"tab=pending&severity=一般&check={cards[0].check_id}&fold=wording"
        for answer in ("确认", "误报"):
            if ticked := [row for row in desk.cards(asked) if said_of(row)[0] == answer]:
                desk.decide(*said_of(ticked[0]), pk=[row.pk for row in ticked], worded="1", query=asked)


def said_of(row) -> tuple[str, str]:
    """Decision and reason."""
    return ("确认", "已逐条看过") if is_true(row) else ("误报", "读取有误")


def the_open_ones_are_answered(desk: Desk, round_: Round) -> None:
    for verdict in VerdictRow.objects.filter(round=round_, verdict="待核"):
        for one in verdict.body["open"]:
            answer = {"indicator": one["indicator"], "answer": "否", "reason": "逐页看过，没有这一情形"}
            desk.client.post(reverse("verdicts-answer", args=[verdict.pk]), answer)
            desk.acts += 1
    judged_again(desk, round_)


def every_verdict_explains_itself(desk: Desk, round_: Round) -> None:
    for verdict in VerdictRow.objects.filter(round=round_).exclude(verdict="合格"):
        answer = desk.client.get(reverse("verdicts-detail", args=[verdict.pk]))
        page = answer.content.decode()
        for part in ("hits", "open"):
            for one, found in answer.context[part]:
                assert one["title"] in page
                assert found["rows"] or one.get("unknown") or one.get("why") or not one["fingerprints"], (
                    verdict.name,
                    one,
                )
                assert all(row.message[:10] in page.replace("&quot;", '"') for row in found["rows"])


def test_a_prefecture_is_signed_with_at_most_four_hundred_decisions(round_: Round) -> None:
    present = round_.findings.filter(fate="new")
    assert present.count() >= 4000
    assert present.values("question").distinct().count() >= 900
    assert set(present.values_list("standing", flat=True)) == {Standing.PENDING}
    reviewer, approver = Desk(Role.REVIEWER), Desk(Role.APPROVER)
    every_verdict_explains_itself(reviewer, round_)
    verdicts_are_settled(reviewer, round_)
    first = reviewer.acts
    the_serious_are_settled(reviewer)
    second = reviewer.acts - first
    the_rest_is_settled(reviewer)
    third = reviewer.acts - first - second
    judged_again(reviewer, round_)
    the_open_ones_are_answered(reviewer, round_)
    told = f"影响判定{first}次，其余严重{second}次，一般{third}次，人工项{reviewer.acts - first - second - third}次"
    print(f"问题{present.count()}，不同的{present.values('question').distinct().count()}；{told}")
    assert not VerdictRow.objects.filter(round=round_, verdict="待核").exists()
    reviewer.client.post(reverse("bulletins-new"), {"round": round_.pk})
    notice = Notice.objects.get()
    reviewer.client.post(reverse("bulletins-papers", args=[notice.pk]))
    work_off()
    for desk, act in ((reviewer, "送审"), (approver, "签发")):
        desk.client.post(reverse("bulletins-advance", args=[notice.pk]), {"act": act})
    notice.refresh_from_db()
    assert notice.state == Notice.State.PUBLISHED
    assert reviewer.acts <= MOST, told
