"""The whole demo over loopback: the figures that the project promises, from one real run."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from duwang.demo.outcome import Outcome
from duwang.demo.run import run

pytestmark = pytest.mark.slow
_FLOOR = 0.97


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Outcome, Path]:
    out = tmp_path_factory.mktemp("demo")
    return run(out), out


def test_recall_of_every_check(demo: tuple[Outcome, Path]) -> None:
    assert {check: score.recall for check, score in demo[0].scores.items() if score.recall < _FLOOR} == {}


def test_precision_of_every_check(demo: tuple[Outcome, Path]) -> None:
    assert {check: score.precision for check, score in demo[0].scores.items() if score.precision < _FLOOR} == {}


def test_near_misses_stay_silent(demo: tuple[Outcome, Path]) -> None:
    assert {check: score.loud for check, score in demo[0].scores.items() if score.loud} == {}


def test_every_verdict_before_and_after_the_reviews(demo: tuple[Outcome, Path]) -> None:
    assert demo[0].verdicts[1] == []
    assert demo[0].reviewed_verdicts[1] == []


def test_units_are_right_and_guesses_are_marked(demo: tuple[Outcome, Path]) -> None:
    owners = demo[0].owners
    assert owners.share >= 0.98, owners.wrong
    assert owners.guessed > 0


def test_nothing_unknown_counts_as_fine(demo: tuple[Outcome, Path]) -> None:
    _, out = demo
    for number in (1, 2):
        folder = out / f"round-{number}"
        coverage = json.loads((folder / "coverage.json").read_text("utf-8"))
        unseen = {target for target, one in coverage.items() if one["seen"] == 0.0}
        verdicts = json.loads((folder / "verdicts.json").read_text("utf-8"))
        fine = {one["target"] for one in verdicts if one["verdict"] == "合格"}
        answered = {
            json.loads(line).get("target") for line in (folder / "reviews.jsonl").read_text("utf-8").splitlines()
        }
        assert unseen and unseen & fine <= answered


def test_the_rounds_tell_new_carried_relapsed_rectified_and_cannot_tell_apart(demo: tuple[Outcome, Path]) -> None:
    fates = demo[0].rounds[2].summary["rounds"]
    assert all(fates[name] for name in ("new", "carried", "relapsed", "rectified", "cannot_tell"))


def test_the_documents_are_there(demo: tuple[Outcome, Path]) -> None:
    _, out = demo
    names = {path.name for path in (out / "round-2").iterdir()}
    assert {"通报.docx", "通报.pdf", "附件.xlsx", "问题清单.xlsx", "index.html"} <= names
    assert (out / "index.html").is_file()
