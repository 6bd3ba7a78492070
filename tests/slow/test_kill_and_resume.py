"""kill -9 at random moments and --resume: the results are those of an uninterrupted run, byte for byte."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from kit.wide_process import duwang, served, start
from kit.wide_site import CODE, WideSite

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


@pytest.fixture(scope="module")
def two_sites(root: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Path, Path]]:
    """A ledger of two sites that are read side by side: while one is still read, the links of the other are tried."""
    folder = tmp_path_factory.mktemp("two")
    small = replace(SITE, articles=40, dead=30)
    with served(small) as other:
        ledger = SITE.ledger(folder / "ledger", root)
        second = small.ledger(folder / "second", other)
        for name in ("网站", "栏目"):
            rows = (second / f"{name}.csv").read_text("utf-8-sig").replace(CODE, "5399210099").splitlines()[1:]
            with (ledger / f"{name}.csv").open("a", encoding="utf-8") as stream:
                stream.write("\n".join([*rows, ""]))
        status, _, said = duwang(*_inspect(ledger, folder / "out"))
        assert status == 0, said
        yield ledger, folder / "out"


@pytest.mark.parametrize(("chain", "by"), [(11, signal.SIGKILL), (12, signal.SIGINT)])
def test_two_sites_stopped_and_taken_up_again(
    chain: int, by: signal.Signals, two_sites: tuple[Path, Path], tmp_path: Path
) -> None:
    ledger, expected = two_sites
    moments = random.Random(chain)
    out, statuses = tmp_path / "out", []
    for _ in range(KILLS):
        process = start(*_inspect(ledger, out), "--resume")
        assert process.stderr
        if any("正在读取" in line for line in process.stderr):  # from here on it reads for a second or more
            time.sleep(moments.uniform(0.05, 0.5))
            if process.poll() is None:
                os.kill(process.pid, by) if by == signal.SIGINT else os.killpg(process.pid, by)
        process.communicate()
        statuses.append(process.returncode)
    assert (3 if by == signal.SIGINT else -by) in statuses, statuses
    assert set(statuses) <= {0, 3, -by}, statuses
    status, _, said = duwang(*_inspect(ledger, out), "--resume")
    assert (status, "Traceback" in said) == (0, False), said
    for name in SAME:
        assert (out / name).read_bytes() == (expected / name).read_bytes(), name
