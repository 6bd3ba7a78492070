"""Decisions fold over equal findings, need a reason to dismiss, and go back as they came; the tally never drifts."""

from __future__ import annotations

import pytest
from django.db.models import Sum

from duwang.console.people.roles import Role
from duwang.console.records import deciding
from duwang.console.records.indexing import retally
from duwang.console.records.models import FindingRow, Tally
from duwang.console.records.models.finding import Standing
from duwang.model.verdicts import Decision

pytestmark = pytest.mark.django_db


def tallied(round_):
    rows = Tally.objects.filter(round=round_).values_list("standing").annotate(n=Sum("findings"), leads=Sum("leads"))
    return sorted((standing, n, leads) for standing, n, leads in rows if n or leads)


def footer(round_):
    return FindingRow.objects.filter(round=round_, check_id="function/footer-mark", lead=1).get()


def test_one_decision_covers_all_equal_findings(round_, people):
    batch, total = deciding.decide(round_, [footer(round_)], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    assert total == 5
    assert FindingRow.objects.filter(round=round_, standing=Standing.CONFIRMED).count() == 5
    before = tallied(round_)
    retally(round_)
    assert tallied(round_) == before
    assert deciding.undo(batch, by=people[Role.REVIEWER]) == 5
    assert not FindingRow.objects.filter(round=round_, standing=Standing.CONFIRMED).exists()


def test_dismissing_needs_a_reason(round_, people):
    with pytest.raises(deciding.NeedsReason, match="须写明理由"):
        deciding.decide(round_, [footer(round_)], Decision.FALSE_ALARM, by=people[Role.REVIEWER], reason="  ")
    assert not FindingRow.objects.filter(round=round_, standing=Standing.FALSE_ALARM).exists()


def test_a_single_decision_is_not_swept_away_by_a_later_bulk_one(round_, people):
    one = FindingRow.objects.filter(round=round_, check_id="function/footer-mark").order_by("id").last()
    deciding.decide(round_, [one], Decision.FALSE_ALARM, by=people[Role.REVIEWER], reason="此页是打印页", single=True)
    _, total = deciding.decide(round_, [footer(round_)], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    one.refresh_from_db()
    assert (total, one.standing) == (4, Standing.FALSE_ALARM)


def test_reviews_reach_the_folder_and_decide_the_verdict(round_, people):
    from duwang.console.work import queue
    from duwang.console.work.running import run

    wording = FindingRow.objects.get(round=round_, check_id="text/fixed-phrase")
    assert wording.affects
    verdict = round_.verdicts.get(target=wording.owner)
    assert verdict.verdict == "待核"
    deciding.decide(round_, [wording], Decision.CONFIRMED, by=people[Role.REVIEWER], reason="")
    round_.refresh_from_db()
    assert round_.stale
    job = queue.ask("判定", by=people[Role.REVIEWER], round=round_.pk)
    run(queue.take())
    job.refresh_from_db()
    assert (job.state, job.error) == ("完成", "")
    round_.refresh_from_db()
    assert round_.verdicts.get(target=wording.owner).verdict == "不合格"
    assert not round_.stale
