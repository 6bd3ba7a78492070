"""Declarations, reviews and their precedence, targets that are not judged, determinism."""

from datetime import date

import pytest
from judging_kit import ACCOUNT, AS_OF, NATIONAL, SITE, column, found, judged, outcome, quiet, registry, review

from duwang.judge.judging import judge
from duwang.model.findings import Severity, Status
from duwang.model.registry import Account, Declaration, Site
from duwang.model.verdicts import Decision, Review, VerdictKind

OK, FAILED, OPEN = VerdictKind.QUALIFIED, VerdictKind.FAILED, VerdictKind.OPEN


def declared(target, kind, start=date(2024, 9, 1), end=date(2024, 9, 30)):
    return Declaration(target, kind, start, end, "机构改革")


@pytest.mark.parametrize(
    ("start", "end", "verdict"),
    [
        (date(2024, 9, 1), date(2024, 9, 30), OK),
        (date(2024, 9, 30), date(2024, 10, 9), OK),
        (date(2024, 9, 1), date(2024, 9, 29), FAILED),
        (date(2024, 10, 1), date(2024, 10, 9), FAILED),
    ],
)
def test_declaration_counts_within_its_dates(start, end, verdict):
    ledger = registry(declarations=[declared(ACCOUNT, "确无更新", start, end)])
    judgement = judged(quiet(), [found("update/account-stale", ACCOUNT)], ledger=ledger, target=ACCOUNT)
    assert judgement.verdict == verdict
    if verdict == OK:
        assert "已报备确无更新" in judgement.excluded[0]["why"] and "机构改革" in judgement.excluded[0]["why"]


def test_column_declaration_takes_one_column_off():
    columns = [column(f"栏目{n}") for n in range(10)]
    findings = [found("update/column-stale", one.ref) for one in columns]
    ledger = registry(columns, [declared(columns[3].ref, "确无更新")])
    assert judged(quiet(columns), findings, ledger=registry(columns)).verdict == FAILED
    assert judged(quiet(columns), findings, ledger=ledger).verdict == OK


def test_site_declaration_covers_its_columns_and_home():
    columns = [column(f"栏目{n}") for n in range(12)]
    findings = [found("update/column-stale", one.ref) for one in columns] + [found("update/home-stale")]
    ledger = registry(columns, [declared(SITE, "确无更新")])
    assert judged(quiet(columns), findings, ledger=ledger).verdict == OK


def test_outage_declaration_honours_only_the_outage():
    ledger = registry([column("概况")], [declared(SITE, "停机")])
    outcomes = quiet([column("概况")])
    assert judged(outcomes, [found("reach/site-down")], ledger=ledger).verdict == OK
    assert judged(outcomes, [found("update/home-stale")], ledger=ledger).verdict == FAILED
    unread = [
        outcome("reach/site-down", status=Status.UNKNOWN, reason="没有打开") if one.check == "reach/site-down" else one
        for one in outcomes
    ]
    assert judged(unread, ledger=ledger).verdict == OK
    assert judged(unread, ledger=registry([column("概况")])).verdict == OPEN


def test_declaration_never_excuses_wording():
    ledger = registry([column("概况")], [declared(SITE, "确无更新")])
    finding = found("text/fixed-phrase", severity=Severity.SERIOUS)
    assert judged(quiet([column("概况")]), [finding], ledger=ledger).verdict == OPEN


@pytest.mark.parametrize("state", ["关停", "临时下线"])
def test_closed_sites_are_not_judged(state):
    site = Site("5399210001", "某局", "http://127.0.0.1/", state=state)
    verdicts = judge(
        registry=registry(site=site, account=Account("1", "微博", "某", state="已注销")),
        outcomes=(), findings=(), reviews=(), edition=NATIONAL, as_of=AS_OF,
    )  # fmt: skip
    assert verdicts == ()


def test_temporary_closure_by_declaration_is_not_judged():
    ledger = registry(declarations=[declared(SITE, "临时下线")])
    verdicts = judge(registry=ledger, outcomes=(), findings=(), reviews=(), edition=NATIONAL, as_of=AS_OF)
    assert [one.target for one in verdicts] == [ACCOUNT]


def test_machine_decided_finding_can_be_dismissed():
    columns = [column(f"栏目{n}") for n in range(10)]
    findings = [found("update/column-stale", one.ref) for one in columns]
    for decision, verdict in [(Decision.CONFIRMED, FAILED), (Decision.FALSE_ALARM, OK), (Decision.NO_EFFECT, OK)]:
        judgement = judged(quiet(columns), findings, [review(findings[0], decision)], registry(columns))
        assert judgement.verdict == verdict


@pytest.mark.parametrize(
    ("bulk", "single", "verdict"),
    [
        (Decision.CONFIRMED, Decision.FALSE_ALARM, OK),
        (Decision.FALSE_ALARM, Decision.CONFIRMED, FAILED),
    ],
)
def test_fingerprint_beats_question_even_when_older(bulk, single, verdict):
    finding = found("text/fixed-phrase", severity=Severity.SERIOUS)
    reviews = [review(finding, bulk, "2024-10-09", bulk=True), review(finding, single, "2024-10-01")]
    assert judged(quiet([column("概况")]), [finding], reviews, registry([column("概况")])).verdict == verdict


@pytest.mark.parametrize("order", [1, -1])
def test_last_decision_wins_whatever_the_order(order):
    finding = found("text/fixed-phrase", severity=Severity.SERIOUS)
    reviews = [
        review(finding, Decision.CONFIRMED, "2024-10-08 09:00"),
        review(finding, Decision.FALSE_ALARM, "2024/10/08 10:00"),
    ][::order]
    assert judged(quiet([column("概况")]), [finding], reviews, registry([column("概况")])).verdict == OK


def test_bulk_decision_covers_equal_findings():
    one, two = (found("text/fixed-phrase", n=n, severity=Severity.SERIOUS, question="同一问题") for n in (1, 2))
    reviews = [review("同一问题", Decision.FALSE_ALARM)]
    assert judged(quiet([column("概况")]), [one, two], reviews, registry([column("概况")])).verdict == OK


def test_answer_settles_an_unread_indicator():
    outcomes = [
        outcome("reach/site-down", status=Status.UNKNOWN, reason="没有打开") if one.check == "reach/site-down" else one
        for one in quiet([column("概况")])
    ]
    reviews = [Review(target=SITE, indicator="WV-2", answer="否", by="核", at="2024-10-08")]
    assert judged(outcomes, reviews=reviews, ledger=registry([column("概况")])).verdict == OK


def test_order_of_input_never_changes_the_verdicts():
    columns = [column(f"栏目{n}") for n in range(12)]
    findings = [found("update/column-stale", one.ref) for one in columns]
    findings += [found("text/typo", f"{SITE}/page/{n}", n=n) for n in range(5)]
    settings = {"registry": registry(columns), "reviews": (), "edition": NATIONAL, "as_of": AS_OF}
    forth = judge(outcomes=quiet(columns), findings=findings, **settings)
    back = judge(outcomes=quiet(columns)[::-1], findings=findings[::-1], **settings)
    assert forth == back and [one.target for one in forth] == sorted(one.target for one in forth)
    assert {line["title"]: line["count"] for line in forth[1].reported} == {"文字表述问题": 5, "栏目与首页更新问题": 12}
