"""Figures of the summary and what became of last round's findings."""

from datetime import date

import pytest
from judging_kit import ACCOUNT, AS_OF, SITE, found, outcome, review

from duwang.judge.rounds import Past, compare
from duwang.judge.summary import rate, summarise
from duwang.model.findings import Severity, Status
from duwang.model.verdicts import Decision, Hit, Verdict, VerdictKind

LATER = date(2024, 12, 31)


@pytest.mark.parametrize(
    ("checked", "failed", "printed"),
    [(48, 1, "97.92%"), (180, 2, "98.89%"), (135, 4, "97.04%"), (1163, 26, "97.76%"), (3, 0, "100%"), (0, 0, None),
     (800, 1, "99.88%"), (1600, 1, "99.94%"), (4000, 1, "99.98%"), (2000, 1, "99.95%"), (20000, 1, "100.00%"),
     (20000, 3, "99.99%"), (1, 1, "0.00%")],
)  # fmt: skip
def test_rates_as_printed(checked, failed, printed):
    assert rate(checked, failed) == printed


def test_half_is_rounded_up():
    assert rate(800, 1, 1) == "99.9%" and rate(400, 1, 1) == "99.8%" and rate(8, 1, 0) == "88%"


def verdict(target, kind, word, org="甲局", hits=()):
    return Verdict(target, kind, target, org, word, hits=hits)


def test_figures_add_up():
    hit = Hit("WV-1.6", "严重负面舆情", "veto", 1, 1, ())
    verdicts = [
        verdict("site/1", "site", VerdictKind.FAILED, hits=(hit,)),
        verdict("site/2", "site", VerdictKind.QUALIFIED),
        verdict("site/3", "site", VerdictKind.QUALIFIED, "乙局"),
        verdict("site/4", "site", VerdictKind.OPEN),
        verdict(ACCOUNT, "account", VerdictKind.QUALIFIED),
    ]
    findings = [
        found("text/typo", "site/2/page/a"),
        found("text/punctuation", "site/3", severity=Severity.HINT),
        dismissed := found("text/typo", "site/4"),
        found("privacy/id-number", f"{ACCOUNT}/page/b"),
    ]
    summary = summarise(verdicts, findings, None, reviews=[review(dismissed, Decision.FALSE_ALARM)])
    assert summary["site"] == {
        "checked": 4, "qualified": 2, "failed": 1, "open": 1, "with_problems": 2, "rate": None,
        "rate_range": ["50.00%", "75.00%"],
    }  # fmt: skip
    assert summary["account"]["with_problems"] == 1 and summary["account"]["rate"] == "100%"
    assert summary["check"] == {"privacy/id-number": 1, "text/punctuation": 1, "text/typo": 1}
    assert summary["org"]["甲局"] == {"checked": 4, "qualified": 2, "failed": 1, "open": 1, "findings": 0}
    assert summary["org"]["乙局"]["checked"] == 1
    assert set(summary["rounds"]) == {"carried", "relapsed", "rectified", "new", "cannot_tell"}


def test_empty_inspection_has_no_rate():
    assert summarise([], [], None)["site"] == {
        "checked": 0, "qualified": 0, "failed": 0, "open": 0, "with_problems": 0, "rate": None,
        "rate_range": None,
    }  # fmt: skip


def first_round(*findings):
    return compare(findings, [], [], as_of=AS_OF)[1]


def test_fates_over_four_rounds():
    fault = found("text/typo", f"{SITE}/page/aa")
    rounds, history = compare([fault], [], [], as_of=AS_OF)
    assert rounds.new == (fault.fingerprint,)
    rounds, history = compare([fault], [], history, as_of=LATER)
    assert rounds.carried == (fault.fingerprint,) and history[0].last_seen == LATER
    clean = [outcome("text/typo")]
    rounds, history = compare([], clean, history, as_of=LATER, pages={fault.target: "read"})
    assert rounds.rectified == (fault.fingerprint,)
    rounds, history = compare([], clean, history, as_of=LATER, pages={fault.target: "read"})
    assert rounds.rectified == () and not history[0].outstanding
    rounds, history = compare([fault], [], history, as_of=LATER)
    assert rounds.relapsed == (fault.fingerprint,) and rounds.new == ()
    assert history[0].first_seen == AS_OF
    assert history[0].fates == ("new", "carried", "rectified", "rectified", "relapsed")


@pytest.mark.parametrize(
    ("status", "state", "fate"),
    [
        (Status.CLEAN, None, "rectified"),
        (Status.CLEAN, "read", "rectified"),
        (Status.FOUND, "read", "rectified"),
        (Status.FOUND, None, "cannot_tell"),
        (Status.FOUND, "404", "rectified"),
        (Status.UNKNOWN, "410", "rectified"),
        (Status.CLEAN, "服务器返回500", "cannot_tell"),
        (Status.CLEAN, "timeout", "cannot_tell"),
        (Status.UNKNOWN, None, "cannot_tell"),
        (Status.UNKNOWN, "read", "cannot_tell"),
        (Status.SKIPPED, "read", "cannot_tell"),
    ],
)
def test_what_was_not_read_is_never_rectified(status, state, fate):
    fault = found("text/typo", f"{SITE}/page/aa")
    pages = {} if state is None else {fault.target: state}
    rounds, history = compare([], [outcome("text/typo", status=status)], first_round(fault), as_of=LATER, pages=pages)
    assert rounds.as_dict()[fate] == [fault.fingerprint] and history[0].fates[-1] == fate


def test_unplanned_check_cannot_tell_and_stays_outstanding():
    fault = found("update/column-stale", f"{SITE}/column/aa")
    rounds, history = compare([], [], first_round(fault), as_of=LATER)
    assert rounds.cannot_tell == (fault.fingerprint,)
    rounds, _ = compare([fault], [], history, as_of=LATER)
    assert rounds.carried == (fault.fingerprint,)


def test_column_finding_goes_by_its_own_outcome():
    fault = found("update/column-stale", f"{SITE}/column/aa")
    clean = [outcome("update/column-stale", fault.target)]
    assert compare([], clean, first_round(fault), as_of=LATER)[0].rectified == (fault.fingerprint,)


def test_history_is_sorted_and_keeps_what_is_settled():
    past = [
        Past("b", "text/typo", SITE, AS_OF, AS_OF, ("new", "rectified")),
        Past("a", "text/typo", SITE, AS_OF, AS_OF),
    ]
    rounds, history = compare([], [outcome("text/typo")], past, as_of=LATER)
    assert [one.fingerprint for one in history] == ["a", "b"] and rounds.rectified == ("a",)


def test_false_alarms_are_neither_new_nor_carried():
    fault = found("text/typo", f"{SITE}/page/aa")
    said = [review(fault, Decision.FALSE_ALARM)]
    rounds, history = compare([fault], [], [], as_of=AS_OF, reviews=said)
    assert not any(rounds.as_dict().values()) and history == ()
    rounds, history = compare([fault], [], first_round(fault), as_of=LATER, reviews=said)
    assert not any(rounds.as_dict().values()) and history[0].why == "复核为误报" and not history[0].outstanding


@pytest.mark.parametrize(
    ("states", "fate"),
    [
        ({"a": "read", "b": "read"}, "rectified"),
        ({"a": "read", "b": "404"}, "rectified"),
        ({"a": "404", "b": "410"}, "rectified"),
        ({"a": "read"}, "cannot_tell"),
        ({"a": "read", "b": "服务器返回503"}, "cannot_tell"),
        ({"other": "read"}, "cannot_tell"),
    ],
)
def test_a_finding_on_many_pages_is_rectified_only_when_each_was_seen(states, fate):
    fault = found("text/typo", SITE)
    rounds, _ = compare(
        [],
        [outcome("text/typo")],
        first_round(fault),
        as_of=LATER,
        pages=states,
        places={fault.fingerprint: ("a", "b")},
    )
    assert rounds.as_dict()[fate] == [fault.fingerprint]


def test_a_page_nobody_opened_this_round_cannot_tell():
    fault = found("text/typo", f"{SITE}/page/aa")
    pages = {f"{SITE}/page/bb": "read"}
    rounds, history = compare([], [outcome("text/typo")], first_round(fault), as_of=LATER, pages=pages)
    assert rounds.cannot_tell == (fault.fingerprint,) and history[0].why == "本次没有读到该页面"
