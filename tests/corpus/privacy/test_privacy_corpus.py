"""Floors: what is planted is found, what looks like it is left alone. The whole measure is `python -m bench.privacy`."""

from __future__ import annotations

from corpus.privacy.measuring import innocent_tally, planted_tally

FOUND, FALSE, PRECISE = 0.995, 0.005, 0.98


def test_planted_numbers_are_found_in_every_kind_of_file() -> None:
    tally = planted_tally(count=900, seed=11)
    worst = {kind: tally.found[kind] / count for kind, count in tally.planted.items()}
    assert tally.recall >= FOUND, tally.examples
    assert min(worst.values()) >= 0.98, (worst, tally.examples)
    assert tally.false.total() <= FALSE * tally.planted.total(), tally.false


def test_innocent_numbers_are_left_alone() -> None:
    tally = innocent_tally(count=900, seed=12)
    assert tally.planted.total() >= 900
    assert tally.false["privacy/id-number"] <= FALSE * tally.planted.total(), tally.examples
    assert tally.false.total() <= 2 * FALSE * tally.planted.total(), tally.examples


def test_veto_grade_findings_are_right() -> None:
    planted, innocent = planted_tally(count=300, seed=13), innocent_tally(count=300, seed=14)
    right, wrong = planted.serious[True], planted.serious[False] + innocent.serious[False]
    assert right >= 250 and right / (right + wrong) >= PRECISE
