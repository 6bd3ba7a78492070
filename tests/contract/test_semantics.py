"""Semantics fixed once, on a real run: who owns a finding, what is not seen, what became of earlier findings, what people wrote stays."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner

from duwang.cli import main
from duwang.flow.folder import Folder
from duwang.flow.records import case_from
from duwang.model.findings import Finding, Status
from duwang.model.period import Span
from duwang.model.refs import page_ref
from kit.small_county import AS_OF, OFFICE, PORTAL

pytestmark = pytest.mark.slow
SITE = f"site/{PORTAL}"


def on_page(folder: Folder, root: str, path: str, family: str) -> Finding:
    (one,) = [f for f in folder.findings() if f.target == page_ref(SITE, root + path) and f.check.startswith(family)]
    return one


def fates(folder: Folder) -> dict[str, str]:
    rounds = folder.read_json("summary.json")["rounds"]
    return {key: fate for fate, keys in rounds.items() for key in keys}


def test_a_page_belongs_to_the_unit_it_prints_and_says_so(county, first: Folder) -> None:
    leak = on_page(first, county.root, "/a/1/2.html", "privacy/id-number")
    assert (leak.org, leak.org_by) == ("云岭县教育局", "printed")
    assert leak.quote.count("*") >= 10 and leak.evidence and len(leak.evidence[0]) == 64
    site_wide = [f for f in first.findings() if f.target == SITE and f.check.startswith("function/")]
    assert site_wide and {(f.org, f.org_by) for f in site_wide} == {("云岭县人民政府办公室", "site")}
    posts = [f for f in first.findings() if f.check == "update/account-stale"]
    assert [(f.target, f.org_by) for f in posts] == [("account/微博/70002", "account")]


def test_a_repeat_on_every_page_is_one_finding_with_a_count(first: Folder) -> None:
    repeated = [f for f in first.findings() if f.target == SITE and f.count > 1 and f.check.startswith("function/")]
    assert repeated and all(1 < len(f.facts["places"]) <= 20 for f in repeated)


def test_a_dead_link_names_its_page_the_address_and_the_class(county, first: Folder) -> None:
    (dead,) = [f for f in first.findings() if f.check == "reach/broken-link" and f.target.startswith(SITE)]
    assert dead.url == f"{county.root}/a/" and dead.facts["dead_url"] == f"{county.root}/a/gone.html"
    assert dead.facts["class"] == "dead" and dead.facts["places"] == [f"{county.root}/a/"] and dead.count == 1


def test_an_account_that_was_not_read_is_never_qualified(first: Folder) -> None:
    verdicts = {one.target: one for one in first.verdicts()}
    unread = verdicts["account/抖音/70003"]
    assert unread.verdict == "待核" and any("404" in q.why for q in unread.open)
    assert verdicts["account/微信公众号/70004"].verdict == "待核"
    statuses = {
        o.status for o in first.outcomes() if o.target == "account/抖音/70003" and o.check != "media/filing-missing"
    }
    assert statuses <= {Status.UNKNOWN, Status.SKIPPED, Status.CLEAN} and Status.UNKNOWN in statuses
    assert not any(
        o.status is Status.CLEAN
        for o in first.outcomes()
        if o.target == "account/抖音/70003" and o.check.startswith(("text/", "update/"))
    )


def test_a_verdict_lists_what_was_examined_and_what_was_not(first: Folder) -> None:
    for verdict in first.verdicts():
        left_out = {one["indicator"] for one in verdict.not_examined}
        assert not left_out & set(verdict.examined)
        assert all(one["why"] for one in verdict.not_examined)
    portal = next(v for v in first.verdicts() if v.target == SITE)
    down = [one["why"] for one in portal.not_examined if one["indicator"] == "WV-2"]
    assert down and "WV-2" not in portal.examined


def test_coverage_has_the_promised_keys_and_adds_up(first: Folder) -> None:
    coverage = first.read_json("coverage.json")
    assert set(coverage) == {v.target for v in first.verdicts()}
    for record in coverage.values():
        pages = record["pages"]
        assert pages["read"] + sum(pages["failed"].values()) == pages["known"]
        there = pages["known"] - pages["failed"].get("服务器返回404", 0)
        assert record["seen"] == pytest.approx(pages["read"] / there if there else 0, abs=1e-4)
    assert coverage[SITE]["columns"] == {"known": 3, "read": 3}
    assert coverage["account/抖音/70003"]["route"] == "订阅" and coverage["account/抖音/70003"]["seen"] == 0


def test_too_little_seen_is_unknown_never_clean(county, tmp_path: Path) -> None:
    kept = dict(county.web.pages)
    for path in [p for p in kept if p.startswith("/b/") and p.endswith(".html")]:
        county.web.pages[path] = (503, "")
    try:
        folder = county.inspect(tmp_path / "out", only=(f"site/{OFFICE}",))
    finally:
        county.web.pages.update(kept)
    pages = [o for o in folder.outcomes() if o.target == f"site/{OFFICE}" and o.check.startswith(("text/", "privacy/"))]
    assert pages and all(o.status is Status.UNKNOWN and "不足90%" in o.reason for o in pages if not o.findings)
    assert {v.target for v in folder.verdicts()} == {f"site/{OFFICE}"}
    assert folder.run()["planned"] == [f"site/{OFFICE}"]


def test_first_round_is_all_new(first: Folder) -> None:
    assert set(fates(first).values()) == {"new"} and len(fates(first)) == len(first.findings())
    assert {f.first_seen for f in first.findings()} == {AS_OF}


def test_a_withdrawn_page_is_rectified_a_broken_one_cannot_tell(county, first: Folder, second: Folder) -> None:
    told = fates(second)
    gone = on_page(first, county.root, "/a/1/2.html", "privacy/id-number")
    broken = on_page(first, county.root, "/a/1/3.html", "privacy/id-number")
    mended = on_page(first, county.root, "/a/1/4.html", "privacy/mobile-number")
    assert told[gone.fingerprint] == "rectified" and told[broken.fingerprint] == "cannot_tell"
    why = {line["fingerprint"]: line["why"] for line in second.read_lines("history.jsonl")}
    assert why[gone.fingerprint] == "页面已撤下" and "500" in why[broken.fingerprint]
    assert told[mended.fingerprint] == "rectified" and why[mended.fingerprint] == "重新检查未再发现"
    standing = next(f for f in second.findings() if f.check == "update/home-stale")
    assert told[standing.fingerprint] == "carried" and standing.first_seen == AS_OF


def test_a_mended_problem_that_comes_back_is_a_relapse(county, first: Folder, third: Folder) -> None:
    told = fates(third)
    gone = on_page(first, county.root, "/a/1/2.html", "privacy/id-number")
    broken = on_page(first, county.root, "/a/1/3.html", "privacy/id-number")
    assert told[gone.fingerprint] == "relapsed" and told[broken.fingerprint] == "carried"
    again = on_page(third, county.root, "/a/1/2.html", "privacy/id-number")
    assert again.first_seen == AS_OF
    kept = {line["fingerprint"]: line["fates"] for line in third.read_lines("history.jsonl")}
    assert kept[gone.fingerprint] == ["new", "rectified", "relapsed"]


def test_cases_follow_the_rounds(county, first: Folder, second: Folder, third: Folder) -> None:
    gone = on_page(first, county.root, "/a/1/2.html", "privacy/id-number").fingerprint
    states = [
        next(c for c in map(case_from, f.read_lines("cases.jsonl")) if c.fingerprint == gone)
        for f in (first, second, third)
    ]
    assert [case.state for case in states] == ["待整改", "已整改", "待整改"]
    assert states[0].due and states[0].due > AS_OF and len({case.id for case in states}) == 1
    assert [event["event"] for event in states[2].events] == ["交办", "复查已整改", "复发"]


def test_imported_cases_and_answers_outlive_judging_and_a_fresh_run(county, tmp_path: Path) -> None:
    folder = county.inspect(tmp_path / "out")
    other = tmp_path / "上级反馈.csv"
    other.write_text("责任单位,问题,来源\n县教育局,附件打不开,上级检测反馈\n", "utf-8-sig")
    said = CliRunner().invoke(main, ["cases", "import", str(other), "--into", str(folder.path)])
    assert said.exit_code == 0, said.output

    def kept() -> list[str]:
        return [c.org for c in map(case_from, folder.read_lines("cases.jsonl")) if c.events[0]["why"] == "附件打不开"]

    assert kept() == ["云岭县教育局"]
    assert CliRunner().invoke(main, ["judge", str(folder.path)]).exit_code == 0 and kept() == ["云岭县教育局"]
    next_round = county.inspect(tmp_path / "next", previous=folder.path, as_of=date(2024, 10, 8))
    assert any(c.events[0]["why"] == "附件打不开" for c in map(case_from, next_round.read_lines("cases.jsonl")))
    county.inspect(folder.path)
    assert kept() == ["云岭县教育局"]


def test_a_persons_words_outlive_a_fresh_run(county, tmp_path: Path) -> None:
    folder = county.inspect(tmp_path / "out")
    leak = on_page(folder, county.root, "/a/1/2.html", "privacy/id-number")
    folder.write_lines(
        "reviews.jsonl", [{"fingerprint": leak.fingerprint, "decision": "误报", "by": "王某", "at": "2024-10-08"}]
    )
    county.inspect(folder.path)
    assert folder.reviews()[0].by == "王某"
    assert leak.fingerprint not in fates(folder)


def test_json_on_stdout_is_the_summary_and_nothing_else(county, tmp_path: Path) -> None:
    asked = ["inspect", str(county.ledger), "--out", str(tmp_path / "out"), "--as-of", "2024-09-30", "--period", "2024Q3", "--delay", "0",
             "--allow-loopback", "--only", "accounts", "--json"]  # fmt: skip
    result = CliRunner().invoke(main, asked)
    assert result.exit_code == 0, result.output
    assert json.loads(result.stdout) == Folder(tmp_path / "out").read_json("summary.json")


def test_next_quarter_reads_again_what_was_not_mended(county, first: Folder, tmp_path: Path) -> None:
    """The articles lie outside the new period; nobody opened them for their own sake, and yet they are not called mended."""
    kept = dict(county.web.pages)
    county.web.pages["/a/1/3.html"] = (500, "")
    status, text = kept["/a/1/4.html"]
    county.web.pages["/a/1/4.html"] = (status, text.replace("13912340000", ""))
    try:
        folder = county.inspect(
            tmp_path / "out", previous=first.path, period=Span.parse("2024Q4"), as_of=date(2024, 12, 31)
        )
    finally:
        county.web.pages.update(kept)
    told, why = fates(folder), {line["fingerprint"]: line["why"] for line in folder.read_lines("history.jsonl")}
    standing = on_page(first, county.root, "/a/1/2.html", "privacy/id-number")
    broken = on_page(first, county.root, "/a/1/3.html", "privacy/id-number")
    mended = on_page(first, county.root, "/a/1/4.html", "privacy/mobile-number")
    assert told[standing.fingerprint] == "carried"
    assert on_page(folder, county.root, "/a/1/2.html", "privacy/id-number").first_seen == AS_OF
    assert told[broken.fingerprint] == "cannot_tell" and "500" in why[broken.fingerprint]
    assert told[mended.fingerprint] == "rectified"
    case = next(c for c in map(case_from, folder.read_lines("cases.jsonl")) if c.fingerprint == standing.fingerprint)
    assert case.state == "未整改" and case.events[-1]["event"] == "复查未整改"
