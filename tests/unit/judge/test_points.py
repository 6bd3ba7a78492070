"""Points of a portal: block sums, caps, the 60 and 80 lines, 4/3 without services, no double deduction, samples, answers."""

import pytest
from judging_kit import AS_OF, NATIONAL, SITE, column, found, judged, outcome, quiet, registry, review

from duwang.judge.sampling import draw, samples, seed_for, share
from duwang.model.findings import Status
from duwang.model.registry import Site
from duwang.model.verdicts import Decision, Review, VerdictKind

OK, FAILED, OPEN = VerdictKind.QUALIFIED, VerdictKind.FAILED, VerdictKind.OPEN
COLUMNS = [
    column("概况", "概况"), column("职能", "机构职能"), column("领导", "领导信息"), column("要闻", "动态要闻"),
    column("动态", "动态要闻"), column("文件", "政策文件"), column("解读", "政策解读"), column("人事", "人事"),
]  # fmt: skip
LEDGER = registry(COLUMNS)


def blocks(effect):
    sums = {}
    for one in NATIONAL.of("site", effect):
        sums[one.block] = sums.get(one.block, 0) + one.cap
    return sums


def test_blocks_add_up():
    assert blocks("points") == {"发布解读": 31, "办事服务": 25, "互动交流": 23, "功能设计": 21}
    assert blocks("bonus") == {"信息发布": 7, "办事服务": 6, "互动交流": 8, "功能设计": 6, "创新发展": 3}
    assert sum(blocks("points").values()) == 100 and sum(blocks("bonus").values()) == 30
    scoring = NATIONAL.scoring
    assert scoring.full - blocks("points")[scoring.service_block] == scoring.without_service == 75


def answer(code, word="是", count=None, at="2024-10-08"):
    return Review(target=SITE, indicator=code, answer=word, count=count, by="核", at=at)


def lose(points):
    """Answers that cost exactly so many points: whole clauses, the rest by single faults of D-14."""
    costs = {
        "D-16.1": 7,
        "D-19.1": 4,
        "D-11.1": 5,
        "D-17.1": 3,
        "D-26.1": 2,
        "D-4.1": 5,
        "D-5.1": 5,
        "D-6.1": 5,
        "D-18.1": 6,
    }
    chosen = []
    for code, cost in costs.items():
        if cost <= points:
            chosen.append(answer(code))
            points -= cost
    assert points <= 5
    return [*chosen, answer("D-14.1", count=points)]


def scored(findings=(), reviews=(), ledger=LEDGER, **more):
    return judged(quiet(COLUMNS), findings, reviews, ledger, **more)


def codes(verdict):
    return {line["item"]: line["points"] for line in verdict.deductions}


def test_quiet_portal_keeps_its_hundred():
    verdict = scored()
    assert (verdict.score, verdict.deductions, verdict.verdict) == (100.0, (), OK)


@pytest.mark.parametrize(("lost", "verdict"), [(39, OK), (40, OK), (41, FAILED)])
def test_sixty_passes_and_less_fails(lost, verdict):
    judgement = scored(reviews=lose(lost))
    assert judgement.verdict == verdict and judgement.score == 100 - lost
    assert sum(line["points"] for line in judgement.deductions) == lost
    if verdict == FAILED:
        assert [(hit.indicator, hit.count, hit.threshold) for hit in judgement.hits] == [("T-3", 59, 60)]


@pytest.mark.parametrize(("lost", "score"), [(19, 84.0), (20, 80.0), (21, 79.0)])
def test_bonus_only_above_eighty(lost, score):
    judgement = scored(reviews=[*lose(lost), answer("B-10.1")])
    assert judgement.score == score
    assert bool(judgement.bonus) == (lost == 19)


def test_all_bonus_makes_a_hundred_and_thirty():
    full = [answer(item.code, count=9) for one in NATIONAL.of("site", "bonus") for item in one.items]
    assert scored(reviews=full).score == 130.0


def test_every_deduction_at_once_makes_zero():
    full = [answer(item.code, count=99) for one in NATIONAL.of("site", "points") for item in one.items]
    judgement = scored(reviews=full)
    assert judgement.score == 0.0 and sum(line["points"] for line in judgement.deductions) == 100
    assert all(
        line["capped"] for line in judgement.deductions if line["indicator"] == "D-13" and line["item"][-1] != "1"
    )


def test_portal_without_services_is_counted_by_four_thirds():
    site = Site("5399210001", "某门户", "http://127.0.0.1/", "门户", serves_public=False)
    ledger = registry(COLUMNS, site=site)
    judgement = scored(reviews=[answer("D-16.1"), answer("D-11.1")], ledger=ledger)
    assert judgement.score == 90.67  # (75 − 7) × 4/3
    assert codes(judgement) == {"D-16.1": 7.0}
    assert scored(ledger=ledger).score == 100.0


def test_department_sites_and_vetoed_portals_have_no_score():
    plain = registry(COLUMNS, site=Site("5399210001", "某局", "http://127.0.0.1/", "部门"))
    judgement = scored(reviews=lose(41), ledger=plain)
    assert (judgement.score, judgement.verdict) == (None, OK)
    vetoed = scored([found("update/home-stale")], lose(41))
    assert (vetoed.score, vetoed.deductions) == (None, ()) and [hit.indicator for hit in vetoed.hits] == ["WV-3"]


def test_class_costs_only_when_no_column_of_it_is_fresh():
    stale = [found("update/column-stale", one.ref) for one in COLUMNS[3:5]]
    assert codes(scored(stale[:1])) == {"D-9.2": 1.0}
    assert codes(scored(stale)) == {"D-4.2": 5.0}


def test_stale_or_blank_column_is_deducted_once():
    findings = [found("update/column-stale", COLUMNS[5].ref), found("update/column-stale", COLUMNS[7].ref)]
    judgement = scored(findings)
    assert codes(judgement) == {"D-5.2": 5.0, "D-9.2": 1.0}
    assert any(one["indicator"] == "D-9.2" and "不重复扣分" in one["why"] for one in judgement.excluded)
    assert codes(scored([found("update/column-blank", COLUMNS[7].ref)])) == {"D-9.1": 2.0}


def test_second_level_document_columns_go_under_other_columns():
    columns = [*COLUMNS[:5], column("文件二级", "政策文件", first_level=False)]
    judgement = judged(quiet(columns), [found("update/column-stale", columns[-1].ref)], ledger=registry(columns))
    assert codes(judgement) == {"D-9.2": 1.0}


def test_cap_holds_and_the_lines_add_up_to_it():
    columns = [*COLUMNS, column("甲"), column("乙"), column("丙")]
    findings = [found("update/column-blank", one.ref) for one in columns[-3:-1]]
    findings += [found("update/column-stale", one.ref) for one in (columns[-1], COLUMNS[7])]
    judgement = judged(quiet(columns), findings, ledger=registry(columns))
    assert codes(judgement) == {"D-9.1": 4.0, "D-9.2": 0.0}
    assert [line["capped"] for line in judgement.deductions] == [False, True]


def test_links_on_the_homepage_cost_more():
    findings = [
        found("reach/broken-link", n=1, facts={"places": ["http://127.0.0.1/a.html", "http://127.0.0.1/"]}),
        found("reach/broken-image", n=2, facts={"places": ["http://127.0.0.1/a.html"]}),
    ]
    assert codes(scored(findings)) == {"D-22.1": 0.2, "D-22.2": 0.1}
    assert scored(findings).score == 99.7
    many = [found("reach/broken-link", n=n, facts={"places": ["http://127.0.0.1/x"]}) for n in range(30)]
    assert codes(scored(many)) == {"D-22.2": 1.0}


def test_missing_marks_and_elements_are_counted_by_the_fact():
    footer = found("function/footer-mark", facts={"missing": ["ICP备案编号", "联系方式"]})
    guide = found("service/guide-elements", f"{SITE}/page/1", facts={"missing": ["收费标准"], "total": 9})
    assert codes(scored([footer, guide])) == {"D-21.1": 1.0, "D-13.2": 0.5}


def test_clauses_take_the_findings_that_the_checks_make():
    vague = found("service/guide-vague", f"{SITE}/page/1", facts={"kind": "clause"})
    unclear = found("service/guide-vague", f"{SITE}/page/2", facts={"kind": "format"})
    confirmed = [review(one, Decision.CONFIRMED) for one in (vague, unclear)]
    assert codes(scored([vague, unclear], confirmed)) == {"D-13.3": 1.0, "D-13.4": 2.0}
    for kind in ("missing", "unusable"):
        assert codes(scored([found("function/site-search", facts={"kind": kind})])) == {"D-25.1": 4.0}
    lost = found("function/site-search", facts={"kind": "not-found", "missing": ["甲", "乙"]})
    assert codes(scored([lost])) == {"D-25.2": 2.0}
    letter = found("interact/letter-fields", facts={"missing": ["答复时间", "答复单位"]})
    assert codes(scored([letter])) == {"D-18.2": 2.0}


def test_sample_decides_which_guides_count():
    pages = [f"{SITE}/page/{n:02d}" for n in range(40)]
    findings = [found("service/guide-elements", page, facts={"missing": ["甲"], "total": 40}) for page in pages]
    judgement = scored(findings, populations={SITE: {"办事指南": pages}})
    (line,) = judgement.deductions
    expected = draw(pages, 5, seed=seed_for(NATIONAL, as_of=AS_OF, target=SITE, what="办事指南"))
    assert (line["count"], line["points"], tuple(line["sample"]), line["seed"]) == (
        5,
        2.5,
        expected.chosen,
        expected.seed,
    )
    assert scored(findings).deductions[0]["points"] == 8.0


def test_letters_are_drawn_by_their_number():
    letters = [
        found("interact/letter-fields", n=n, facts={"missing": ["答复时间"], "letter": f"letter/{n}"}) for n in range(9)
    ]
    everyone = [f"letter/{n}" for n in range(30)]
    judgement = scored(letters, populations={SITE: {"留言": everyone}})
    drawn = draw(everyone, 5, seed=seed_for(NATIONAL, as_of=AS_OF, target=SITE, what="留言")).chosen
    assert codes(judgement).get("D-18.2", 0) == len({f"letter/{n}" for n in range(9)} & set(drawn))


def test_people_are_told_what_was_drawn_for_them():
    guides = [f"http://127.0.0.1/bszn/{n}.html" for n in range(40)]
    asked = {one["indicator"]: one["why"] for one in scored(populations={SITE: {"办事指南": guides}}).manual}
    drawn = draw(guides, 5, seed=seed_for(NATIONAL, as_of=AS_OF, target=SITE, what="办事指南")).chosen
    assert asked["D-14.1"].endswith(f"（抽中：{'；'.join(drawn)}）") and "抽中" not in asked["D-16.1"]


def test_samples_are_on_record_whether_or_not_anything_was_found():
    record = samples(NATIONAL, {SITE: {"政策文件": ["甲", "乙"]}}, as_of=AS_OF)
    assert record[SITE]["D-7.1"].chosen == ("乙", "甲") and record[SITE]["D-7.1"].of == 2
    assert AS_OF.isoformat() in record[SITE]["D-7.1"].seed


def test_proposals_wait_for_a_person():
    finding = found("policy/interpretation-missing", f"{SITE}/page/1")
    waiting = scored([finding])
    assert waiting.score == 100.0 and any("1个问题等待复核" in one["why"] for one in waiting.manual)
    assert codes(scored([finding], [review(finding, Decision.CONFIRMED)])) == {"D-7.1": 1.0}
    assert codes(scored([finding], [review(finding, Decision.FALSE_ALARM)])) == {}


def test_possible_points_leave_a_portal_open_only_around_the_line():
    finding = found("policy/interpretation-missing", f"{SITE}/page/1")
    reviews = lose(40)
    judgement = scored([finding], reviews)
    assert judgement.verdict == OPEN
    (question,) = judgement.open
    assert (question.indicator, question.low, question.high) == ("T-3", 59, 60)
    assert question.fingerprints == (finding.fingerprint,)
    assert scored([finding], lose(39)).verdict == OK


def test_unread_checks_count_as_possible_points():
    unread = [outcome("function/footer-mark", status=Status.UNKNOWN, reason="只读到一半")]
    verdict = judged([*quiet(COLUMNS), *unread], reviews=lose(38), ledger=LEDGER)
    assert verdict.verdict == OPEN and verdict.open[0].unknown == (SITE,)
    assert judged([*quiet(COLUMNS), *unread], reviews=lose(37), ledger=LEDGER).verdict == OK


def test_missing_class_is_asked_not_deducted():
    verdict = judged(quiet(COLUMNS[:1]), ledger=registry(COLUMNS[:1]))
    assert verdict.score == 100.0
    asked = {one["indicator"]: one["why"] for one in verdict.manual}
    assert "没有登记“动态要闻”类栏目" in asked["D-4.1"] and "D-1.1" not in asked


def test_latest_answer_holds_and_whole_indicators_can_be_settled():
    assert scored(reviews=[answer("D-16.1"), answer("D-16.1", "否", at="2024-10-09")]).score == 100.0
    verdict = scored(reviews=[answer("D-11", "否")])
    assert "D-11" in verdict.examined and not any(one["indicator"].startswith("D-11") for one in verdict.manual)
    assert scored(reviews=[answer("D-14", "是", count=3)]).score == 97.0


def test_draws_are_repeatable_and_take_all_when_few():
    population = [f"ref{n}" for n in range(50)]
    one = draw(population, 5, seed="种子")
    assert one == draw([*population[::-1], "ref1"], 5, seed="种子") and len(one.chosen) == 5 and one.of == 50
    assert draw(population, 5, seed="另一种子").chosen != one.chosen
    assert draw(population[:2], 5, seed="种子").chosen == ("ref0", "ref1")
    assert set(draw(population, 3, seed="种子").chosen) < set(one.chosen)
    assert len(share(population, 0.12, seed="种子").chosen) == 6
    assert len(share(population[:49], 0.5, seed="种子").chosen) == 25
