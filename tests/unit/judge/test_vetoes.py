"""Every veto at n−1, n, n+1; bounds with unknowns; who decides."""

import pytest
from judging_kit import ACCOUNT, NATIONAL, SITE, column, found, judged, outcome, quiet, registry, review

from duwang.judge.edition import load_edition
from duwang.model.findings import Severity, Status
from duwang.model.registry import Account, Site
from duwang.model.verdicts import Decision, Review, VerdictKind

OK, FAILED, OPEN = VerdictKind.QUALIFIED, VerdictKind.FAILED, VerdictKind.OPEN


def stale(columns, category="其他", first_level=True):
    return [column(f"栏目{n}", category, first_level=first_level) for n in range(columns)]


def verdict_of(columns, check="update/column-stale", **more):
    outcomes = quiet(columns)
    return judged(outcomes, [found(check, one.ref) for one in columns], ledger=registry(columns), **more)


def test_quiet_site_and_account_are_qualified():
    assert judged(quiet([column("概况")]), ledger=registry([column("概况")])).verdict == OK
    assert judged(quiet(), target=ACCOUNT).verdict == OK


@pytest.mark.parametrize(
    ("category", "first_level", "code", "limit"),
    [
        ("动态要闻", True, "WV-4.1", 5),
        ("动态要闻", False, "WV-4.1", 5),
        ("通知公告", True, "WV-4.1", 5),
        ("政策文件", True, "WV-4.1", 5),
        ("通知公告", False, "WV-4.2", 10),
        ("政策文件", False, "WV-4.2", 10),
        ("政策解读", True, "WV-4.2", 10),
        ("其他", True, "WV-4.2", 10),
    ],
)
def test_stale_columns_strike_at_the_line(category, first_level, code, limit):
    below = verdict_of(stale(limit - 1, category, first_level))
    assert below.verdict == OK and not below.hits and code in below.examined
    for number in (limit, limit + 1):
        verdict = verdict_of(stale(number, category, first_level))
        assert verdict.verdict == FAILED
        assert [(hit.indicator, hit.count, hit.threshold) for hit in verdict.hits] == [(code, number, limit)]
        assert len(verdict.hits[0].fingerprints) == number


def test_news_and_notices_add_up_but_others_do_not():
    columns = [*stale(3, "动态要闻"), column("公告", "通知公告"), column("文件", "政策文件")]
    assert [hit.indicator for hit in verdict_of(columns).hits] == ["WV-4.1"]
    mixed = [*stale(4, "动态要闻"), *[column(f"其他{n}") for n in range(9)]]
    assert verdict_of(mixed).verdict == OK


def test_interaction_columns_never_count_as_stale():
    assert verdict_of(stale(30, "互动")).verdict == OK


@pytest.mark.parametrize(("number", "verdict"), [(4, OK), (5, FAILED), (6, FAILED)])
def test_blank_columns(number, verdict):
    assert verdict_of(stale(number), "update/column-blank").verdict == verdict


def test_blank_column_counts_only_as_blank():
    columns = stale(10)
    findings = [found("update/column-stale", one.ref) for one in columns]
    findings += [found("update/column-blank", one.ref) for one in columns[:1]]
    verdict = judged(quiet(columns), findings, ledger=registry(columns))
    assert verdict.verdict == OK
    left_out = {one["why"] for one in verdict.excluded if one["indicator"] == "WV-4.2"}
    assert left_out == {"已计入空白栏目，不重复计算"}


@pytest.mark.parametrize(
    ("check", "code"),
    [("update/home-stale", "WV-3"), ("reach/site-down", "WV-2"), ("interact/letter-overdue", "WV-5.2")],
)
def test_machine_decided_any_rule(check, code):
    verdict = judged(quiet([column("概况")]), [found(check)], ledger=registry([column("概况")]))
    assert verdict.verdict == FAILED and [hit.indicator for hit in verdict.hits] == [code]


@pytest.mark.parametrize(("share", "verdict"), [(0.049, OK), (0.05, FAILED), (0.051, FAILED)])
def test_share_of_failed_visits(share, verdict):
    finding = found("reach/site-down", facts={"share": share})
    assert judged(quiet([column("概况")]), [finding], ledger=registry([column("概况")])).verdict == verdict


@pytest.mark.parametrize(
    ("missing", "guides", "verdict"),
    [(3, 6, OK), (4, 4, OK), (4, 5, FAILED), (4, 6, FAILED), (["甲", "乙", "丙", "丁"], 5, FAILED), (["甲"], 9, OK)],
)
def test_guides_with_four_missing_elements(missing, guides, verdict):
    findings = [
        found("service/guide-elements", f"{SITE}/page/{n}", n=n, facts={"missing": missing, "total": 12})
        for n in range(guides)
    ]
    assert judged(quiet([column("概况")]), findings, ledger=registry([column("概况")])).verdict == verdict


@pytest.mark.parametrize(("bad", "total", "verdict"), [(4, 4, FAILED), (3, 4, OK), (1, 1, FAILED), (4, 5, OK)])
def test_fewer_than_five_guides_all_bad(bad, total, verdict):
    findings = [
        found("service/guide-elements", f"{SITE}/page/{n}", n=n, facts={"missing": 4, "total": total})
        for n in range(bad)
    ]
    assert judged(quiet([column("概况")]), findings, ledger=registry([column("概况")])).verdict == verdict


def test_sites_without_public_service_are_spared_services():
    site = Site("5399210001", "某局", "http://127.0.0.1/", serves_public=False)
    verdict = judged(quiet(), [found("service/service-missing")], ledger=registry(site=site))
    assert verdict.verdict == OK
    assert "对外服务职能" in next(one["why"] for one in verdict.not_examined if one["indicator"] == "WV-6.1")


@pytest.mark.parametrize(
    ("check", "target", "code"),
    [
        ("text/fixed-phrase", SITE, "WV-1.1"),
        ("security/hidden-link", SITE, "WV-1.3"),
        ("security/injected-content", SITE, "WV-1.4"),
        ("update/date-forged", SITE, "WV-1.5"),
        ("interact/channel-missing", SITE, "WV-5.1"),
        ("service/service-missing", SITE, "WV-6.1"),
        ("text/leader-fault", ACCOUNT, "MV-1.1"),
        ("reach/illicit-outlink", ACCOUNT, "MV-1.3"),
        ("media/interaction-missing", ACCOUNT, "MV-3.1"),
        ("document/secret-mark", SITE, "WV-1.2"),
        ("document/secret-mark", ACCOUNT, "MV-1.2"),
    ],
)
def test_people_decide_seriousness(check, target, code):
    finding = found(check, target, severity=Severity.SERIOUS)
    columns = [column("概况")]
    ledger = registry(columns)
    unreviewed = judged(quiet(columns), [finding], ledger=ledger, target=target)
    assert unreviewed.verdict == OPEN
    assert [(one.indicator, one.fingerprints) for one in unreviewed.open] == [(code, (finding.fingerprint,))]
    for decision, expected in [
        (Decision.CONFIRMED, FAILED),
        (Decision.FALSE_ALARM, OK),
        (Decision.NO_EFFECT, OK),
    ]:
        reviews = [review(finding, decision)]
        assert judged(quiet(columns), [finding], reviews, ledger, target).verdict == expected


def test_only_serious_wording_counts():
    finding = found("text/fixed-phrase", severity=Severity.ORDINARY)
    assert judged(quiet([column("概况")]), [finding], ledger=registry([column("概况")])).verdict == OK


def test_people_only_vetoes_never_open_a_verdict():
    verdict = judged(quiet([column("概况")]), ledger=registry([column("概况")]))
    assert {one["indicator"] for one in verdict.manual if one["indicator"][0] == "W"} == {"WV-1.2", "WV-1.6"}
    assert {"WV-1.2", "WV-1.6"} <= {one["indicator"] for one in verdict.not_examined}
    unread = [outcome("document/secret-mark", status=Status.UNKNOWN, reason="只读到一半")]
    kept = [one for one in quiet([column("概况")]) if one.check != "document/secret-mark"]
    assert judged([*kept, *unread], ledger=registry([column("概况")])).verdict == OK


@pytest.mark.parametrize(("answer", "verdict"), [("是", FAILED), ("否", OK), ("说不清", OK)])
def test_person_answers_a_people_only_veto(answer, verdict):
    reviews = [Review(target=SITE, indicator="WV-1.6", answer=answer, by="核", at="2024-10-08")]
    judgement = judged(quiet([column("概况")]), reviews=reviews, ledger=registry([column("概况")]))
    assert judgement.verdict == verdict
    assert ("WV-1.6" in judgement.examined) == (answer != "说不清")


@pytest.mark.parametrize(
    ("low", "unknown", "verdict"),
    [(9, 0, OK), (9, 1, OPEN), (8, 1, OK), (8, 2, OPEN), (10, 5, FAILED), (0, 10, OPEN), (0, 9, OK)],
)
def test_unread_columns_keep_the_bounds_apart(low, unknown, verdict):
    columns = stale(low + unknown)
    findings = [found("update/column-stale", one.ref) for one in columns[:low]]
    outcomes = [
        outcome(one.check, one.target, Status.UNKNOWN, "打不开")
        if one.check == "update/column-stale" and one.target in {late.ref for late in columns[low:]}
        else one
        for one in quiet(columns)
    ]
    judgement = judged(outcomes, findings, ledger=registry(columns))
    assert judgement.verdict == verdict
    if verdict == OPEN:
        (question,) = judgement.open
        assert (question.low, question.high, question.threshold) == (low, low + unknown, 10)
        assert question.unknown == tuple(sorted(late.ref for late in columns[low:]))
        assert "打不开" in question.why


def test_unknown_of_any_rule_leaves_the_verdict_open():
    for check, target in [("reach/site-down", SITE), ("text/fixed-phrase", SITE), ("update/account-stale", ACCOUNT)]:
        outcomes = [
            outcome(check, target, Status.UNKNOWN, "没有打开") if (one.check, one.target) == (check, target) else one
            for one in quiet([column("概况")])
        ]
        judgement = judged(outcomes, ledger=registry([column("概况")]), target=target)
        assert judgement.verdict == OPEN and judgement.open[0].unknown == (target,)


def test_failed_verdict_asks_nothing_more():
    findings = [found("update/home-stale"), found("text/fixed-phrase", severity=Severity.SERIOUS)]
    verdict = judged(quiet([column("概况")]), findings, ledger=registry([column("概况")]))
    assert verdict.verdict == FAILED and verdict.open == ()


def test_skipped_and_unplanned_are_not_examined():
    outcomes = [
        outcome("reach/site-down", status=Status.SKIPPED, reason="没有连续一周的访问记录"),
        outcome("update/home-stale"),
    ]
    verdict = judged(outcomes)
    why = {one["indicator"]: one["why"] for one in verdict.not_examined}
    assert verdict.examined == ("WV-3",)
    assert why["WV-2"] == "没有连续一周的访问记录"
    assert why["WV-4.1"] == "名录中没有相应栏目" and why["WV-5.1"] == "本次没有安排相应检查"


def test_quiet_week_without_probes_is_not_examined():
    verdict = judged(quiet([column("概况")]), ledger=registry([column("概况")]), probes_seen=False)
    assert "WV-2" not in verdict.examined and verdict.verdict == OK


def test_nothing_examined_is_never_qualified():
    assert judged([]).verdict == OPEN
    assert judged([], target=ACCOUNT).verdict == OPEN


def test_account_without_interaction_data_is_not_open():
    outcomes = [one for one in quiet() if one.check != "media/interaction-missing"]
    outcomes.append(outcome("media/interaction-missing", ACCOUNT, Status.UNKNOWN, "没有互动数据"))
    verdict = judged(outcomes, target=ACCOUNT)
    assert verdict.verdict == OK and "MV-3.1" not in verdict.examined


def test_app_veto_only_for_apps():
    app = Account("70743", "移动客户端", "仿真通", owner="仿真县人民政府办公室")
    target = app.ref
    finding = found("media/app-unusable", target)
    verdict = judged([outcome("update/account-stale", target)], [finding], ledger=registry(account=app), target=target)
    assert verdict.verdict == OPEN
    assert judged(quiet(), [found("media/app-unusable", ACCOUNT)], target=ACCOUNT).verdict == OK


def test_overlay_lowers_the_line():
    columns = stale(5)
    assert verdict_of(columns).verdict == OK
    strict = verdict_of(columns, edition=load_edition("national-2019", ["青海"]))
    assert strict.verdict == FAILED and strict.hits[0].threshold == 5
    assert verdict_of(stale(4), edition=load_edition("national-2019", ["qinghai"])).verdict == OK


def test_every_national_veto_is_there():
    codes = {one.code for one in NATIONAL.indicators if one.effect == "veto"}
    assert codes == {
        *(f"WV-1.{n}" for n in range(1, 7)), "WV-2", "WV-3", "WV-4.1", "WV-4.2", "WV-4.3", "WV-5.1", "WV-5.2",
        "WV-6.1", "WV-6.2", "WV-6.3", *(f"MV-1.{n}" for n in range(1, 5)), "MV-2.1", "MV-2.2", "MV-3.1", "MV-3.2",
    }  # fmt: skip
