"""The measure is fair: a miss lowers recall, a finding out of the key lowers precision, a hint does neither."""

from __future__ import annotations

from datetime import date

from duwang.demo.key import Entry, Ruled
from duwang.demo.measuring import measure, wrong_after, wrong_verdicts
from duwang.model.findings import Finding, Severity
from duwang.model.verdicts import Hit, OpenQuestion, Verdict, VerdictKind


def _finding(
    print_: str, target: str, quote: str, *, severity: Severity = Severity.ORDINARY, org: str = "", by: str = ""
) -> Finding:
    return Finding(
        print_, "text/typo", target, "", "", quote, None, None, None, "", "", org, by, severity, 1.0, 1, date(2026, 6, 30), {}, ()
    )  # fmt: skip


_ENTRY = Entry("a", "text/typo", ("site/1/page/x",), "布署", "县水务局", "printed")


def test_found_missed_and_extra() -> None:
    missed = Entry("b", "text/typo", ("site/1/page/y",), "按装")
    found = [
        _finding("1", "site/1/page/x", "布署", org="县水务局", by="printed"),
        _finding("2", "site/1/page/z", "其他"),
    ]
    scores, owners = measure(found, [_ENTRY, missed], ["text/typo"])
    score = scores["text/typo"]
    assert (score.recall, score.precision, score.missed) == (0.5, 0.5, ["b"])
    assert (owners.right, owners.wrong) == (1, [])


def test_the_right_words_on_the_wrong_page_are_no_find() -> None:
    scores, _ = measure([_finding("1", "site/1/page/z", "布署")], [_ENTRY], ["text/typo"])
    assert scores["text/typo"].missed == ["a"]


def test_a_hint_is_neither_a_find_nor_a_false_alarm() -> None:
    scores, _ = measure([_finding("1", "site/1/page/x", "布署", severity=Severity.HINT)], [_ENTRY], ["text/typo"])
    assert (scores["text/typo"].found, scores["text/typo"].wrong, scores["text/typo"].hints) == (0, [], 1)


def test_a_near_miss_that_is_reported_is_named_and_counted_against_precision() -> None:
    near = Entry("n", "text/typo", ("site/1/page/x",), near=True)
    scores, _ = measure([_finding("1", "site/1/page/x", "布署")], [near], ["text/typo"])
    assert scores["text/typo"].loud == ["n"]
    assert scores["text/typo"].precision == 0.0


def test_a_wrong_unit_is_counted_even_when_the_fault_is_found() -> None:
    _, owners = measure([_finding("1", "site/1/page/x", "布署", org="县财政局", by="printed")], [_ENTRY], ["text/typo"])
    assert owners.share == 0.0


def test_a_verdict_is_right_only_with_the_vetoes_of_the_key() -> None:
    def verdict(kind: VerdictKind, hits: tuple[str, ...] = (), left: tuple[str, ...] = ()) -> Verdict:
        struck = tuple(Hit(code, "", "veto", 5, 5, ()) for code in hits)
        questions = tuple(OpenQuestion(code, "", "", 0, 1, 1) for code in left)
        return Verdict("site/1", "site", "", "", kind, struck, questions)

    answer = [Ruled("site/1", hits=("WV-4.1",), after="合格")]
    assert wrong_verdicts([verdict(VerdictKind.FAILED, ("WV-4.1",))], answer, names={}) == []
    assert wrong_verdicts([verdict(VerdictKind.FAILED, ("WV-3",))], answer, names={})
    assert wrong_verdicts([verdict(VerdictKind.OPEN, left=("WV-4.1",))], answer, names={})
    assert wrong_verdicts([], answer, names={}) == ["site/1：没有判定"]
    assert wrong_after([verdict(VerdictKind.QUALIFIED)], answer, names={}) == []
