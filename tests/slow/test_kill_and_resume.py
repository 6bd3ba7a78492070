"""kill -9 at random moments and --resume: the results are those of an uninterrupted run, byte for byte."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from kit.wide_process import duwang, served, start
from kit.wide_site import WideSite

pytestmark = pytest.mark.slow
SITE = WideSite(articles=160, columns=4, chars=300, dead=12, forbidden=3, limited=2, leaks=5, attachments=8)
SAME = (
    "findings.jsonl",
    "verdicts.json",
    "outcomes.jsonl",
    "coverage.json",
    "pages.jsonl",
    "cases.jsonl",
    "history.jsonl",
    "summary.json",
)
CHAINS, KILLS = 4, 5


@pytest.fixture(scope="module")
def root() -> Iterator[str]:
    with served(SITE) as address:
        yield address


def _inspect(ledger: Path, out: Path) -> list[str | Path]:
    return ["inspect", ledger, "--out", out, "--as-of", "2024-09-30", "--delay", "0", "--allow-loopback"]


@pytest.fixture(scope="module")
def whole(root: str, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path, float]:
    """The ledger, the folder of a run without interruption, and how long it took."""
    folder = tmp_path_factory.mktemp("whole")
    ledger = SITE.ledger(folder / "ledger", root)
    began = time.monotonic()
    status, _, said = duwang(*_inspect(ledger, folder / "out"))
    assert status == 0, said
    return ledger, folder / "out", time.monotonic() - began


@pytest.mark.parametrize("chain", range(CHAINS))
def test_killed_five_times(chain: int, whole: tuple[Path, Path, float], tmp_path: Path) -> None:
    ledger, expected, seconds = whole
    moments = random.Random(chain)
    out, done = tmp_path / "out", 0
    for _ in range(KILLS):
        process = start(*_inspect(ledger, out), "--resume")
        try:
            process.wait(timeout=moments.uniform(0.15, max(1.5, seconds * 0.6)))
            done += 1
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
    assert done < KILLS, "no run was killed before its end"
    status, _, said = duwang(*_inspect(ledger, out), "--resume")
    assert status == 0, said
    for name in SAME:
        assert (out / name).read_bytes() == (expected / name).read_bytes(), name
    assert "Traceback" not in said


def test_a_finished_run_is_not_done_again(whole: tuple[Path, Path, float]) -> None:
    ledger, out, _ = whole
    before = (out / "run.json").read_bytes()
    status, _, said = duwang(*_inspect(ledger, out), "--resume")
    assert (status, "已经做完" in said) == (0, True)
    assert (out / "run.json").read_bytes() == before


def test_another_question_is_not_a_resumption(whole: tuple[Path, Path, float]) -> None:
    ledger, out, _ = whole
    arguments = [*_inspect(ledger, out), "--resume"]
    arguments[arguments.index("2024-09-30")] = "2024-09-29"
    status, _, said = duwang(*arguments)
    assert status == 2
    assert "另一次检查" in said and "Traceback" not in said
