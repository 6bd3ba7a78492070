"""Rounds on screen: samples can be drawn again, comparisons are those of the records, everybody compares their own units."""

from __future__ import annotations

import pytest
from django.urls import reverse

from console.scene import SCHOOL, STRANGER_OFFICE, findings, two_towns
from duwang.console.people.models import Person
from duwang.console.people.roles import Role
from duwang.console.records import cases, indexing
from duwang.console.records.models import Job, Round
from duwang.console.rounds.comparing import by_check, fates_by_unit, verdict_changes
from duwang.console.rounds.sampling import draw
from duwang.console.work import queue
from duwang.flow.folder import Folder
from kit.judged_folder import AS_OF, WEIXIN, finding, judged_folder

REFS = [f"account/微博/{n}" for n in range(40)]
FORM = {
    "name": "抽查",
    "edition": "national-2019",
    "max_pages": "100",
    "delay": "0",
    "sample_sites": "100",
    "sample_accounts": "100",
}


def test_the_same_seed_draws_the_same_and_another_one_something_else():
    first = draw(REFS, 20, seed="a1")
    assert first == draw(list(reversed(REFS)), 20, seed="a1")
    assert len(first) == 8
    assert first != draw(REFS, 20, seed="a2")


@pytest.mark.parametrize(("share", "number"), [(0, 0), (1, 1), (20, 8), (21, 9), (100, 40)])
def test_shares_are_rounded_up(share, number):
    assert len(draw(REFS, share, seed="b")) == number


def test_what_is_always_in_counts_towards_the_share():
    drawn = draw(REFS, 5, seed="c", always=REFS[:3])
    assert drawn == sorted(REFS[:3])
    assert draw([], 20, seed="c") == []


@pytest.mark.django_db
def test_a_sampled_round_keeps_its_seed_and_what_was_drawn(round_, people, as_role):
    client = as_role(Role.INSPECTOR)
    answer = client.post(
        reverse("rounds-new"), {**FORM, "sample_accounts": "50", "sample_sites": "0", "seed": "2024q4"}
    )
    made = Round.objects.get(name="抽查")
    assert answer["Location"] == reverse("rounds-detail", args=[made.pk])
    assert made.options["sample"] == {"seed": "2024q4", "sites": [0, 2], "accounts": [1, 2]}
    assert len(made.options["only"]) == 1
    assert "2024q4" in client.get(answer["Location"]).content.decode()
    assert Job.objects.filter(kind="检查", args={"round": made.pk}).exists()
    wrong = client.post(reverse("rounds-new"), {**FORM, "sample_accounts": "50", "only": "70001"})
    assert "抽查和指定对象不能同时使用" in wrong.content.decode()


@pytest.fixture
def later(round_, data):
    """The next round: the equal footers are gone, the school's account has a veto, something new turned up in the other town."""
    made = Round.objects.create(
        name="第四季度", period="2024Q4", as_of=AS_OF.replace(month=12, day=31), state=Round.State.DONE, previous=round_
    )
    stale = finding(
        "update/account-stale", WEIXIN, quote="云岭发布", message="超过14天未更新", org=SCHOOL, org_by="account", n=1
    )
    kept = [one for one in findings() if one.check != "function/footer-mark"]
    judged_folder(
        made.folder,
        [*kept, stale],
        ledger=two_towns(),
        period="2024Q4",
        as_of=made.as_of,
        previous=Folder(round_.folder),
    )
    indexing.index(made)
    cases.take_in(made)
    return made


@pytest.mark.django_db
def test_a_comparison_tells_verdicts_fates_and_checks(later, people):
    everybody = people[Role.REVIEWER]
    everybody.sees_all = True
    changed = {
        one["name"]: (one["was"], one["is"], one["worse"]) for one in verdict_changes(everybody, later, later.previous)
    }
    assert changed["云岭发布"][1:] == ("不合格", True)
    units, totals = fates_by_unit(everybody, later)
    rounds = later.summary["rounds"]
    assert totals == [rounds[fate] for fate in ("new", "carried", "relapsed", "rectified", "cannot_tell")]
    assert dict(units)[SCHOOL][0] == 1
    checks = {check: (was, now) for check, was, now, _ in by_check(everybody, later, later.previous)}
    assert checks["function/footer-mark"] == (5, 0)
    assert checks["update/account-stale"] == (0, 1)


@pytest.mark.django_db
def test_everybody_compares_their_own_units(later, people, as_role):
    page = as_role(Role.CONTACT).get(reverse("rounds-compare", args=[later.pk])).content.decode()
    assert SCHOOL in page
    assert STRANGER_OFFICE not in page
    Person.objects.filter(role=Role.READER).update(sees_all=True)
    assert STRANGER_OFFICE in as_role(Role.READER).get(reverse("rounds-compare", args=[later.pk])).content.decode()
    assert as_role(Role.READER).get(reverse("rounds-compare", args=[later.previous.pk])).status_code == 404


@pytest.mark.django_db
def test_the_page_reloads_itself_when_the_work_is_done(round_, as_role, people):
    client, address = as_role(Role.REVIEWER), reverse("rounds-progress", args=[round_.pk])
    assert client.get(address, headers={"HX-Request": "true"})["HX-Refresh"] == "true"
    client.post(reverse("rounds-judge", args=[round_.pk]))
    assert "HX-Refresh" not in client.get(address, headers={"HX-Request": "true"})


@pytest.mark.django_db
def test_a_round_under_way_is_not_started_twice_and_its_log_has_local_times(round_, as_role, people):
    Round.objects.update(state=Round.State.WAITING)
    job = queue.ask("检查", by=None, round=round_.pk)
    Job.objects.update(state=Job.State.RUNNING, log=[{"at": "2024-10-01T00:30:00+00:00", "text": "正在读取"}])
    client = as_role(Role.INSPECTOR)
    page = client.get(reverse("rounds-detail", args=[round_.pk])).content.decode()
    assert "接着检查" not in page
    assert "08:30:00" in page
    client.post(reverse("rounds-run", args=[round_.pk]))
    assert list(Job.objects.values_list("pk", flat=True)) == [job.pk]
