"""`python -m bench.scale --sizes 1000,5000,50000`: whole inspections of a generated site, and what each takes in memory and CPU.

The command that users type is run (`duwang inspect`, documents included, no browser) in a process of its own; memory is its own peak,
that of its largest child, and the peak of all together, looked at while it runs. The site's pages are made from their numbers and are no files.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent / "tests"))

from bench.memory import Watch  # noqa: E402
from bench.peers.ours import SPELLING  # noqa: E402
from duwang.checks.check import all_checks  # noqa: E402
from kit.wide_process import served  # noqa: E402
from kit.wide_site import AS_OF, WideSite  # noqa: E402


@dataclass(frozen=True, slots=True)
class Run:
    """One inspection. `own_mb` is the peak of the inspecting process, `judged_mb` that until the documents are begun, `other_mb` that of
    the largest child (the documents of a large site), `tree_mb` of it and its children together (shared memory counted once);
    `reading_mb` is what it held when the last page was read."""

    pages: int
    cpu: float
    wall: float
    own_mb: float
    judged_mb: float
    other_mb: float
    tree_mb: float
    reading_mb: float
    findings: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", default="1000,5000,10000,20000,50000", help="articles of the site, one run each")
    parser.add_argument("--chars", type=int, default=200, help="characters of an article")
    parser.add_argument("--all", action="store_true", help="with the spelling checks")
    options = parser.parse_args()
    head = ("网页", "处理器", "速度", "读完时", "到判定完的峰值", "本进程峰值", "最大的子进程", "同时合计", "问题")
    print(f"| {' | '.join(head)} |\n|{'---|' * len(head)}")
    runs = []
    for size in map(int, options.sizes.split(",")):
        runs.append(run := measured(size, chars=options.chars, spelling=options.all))
        print(
            f"| {run.pages} | {1000 * run.cpu / run.pages:.2f} 毫秒/页 | {run.pages / run.wall:.0f} 页/秒 | {run.reading_mb:.0f} MB "
            f"| {run.judged_mb:.0f} MB | {run.own_mb:.0f} MB | {run.other_mb:.0f} MB | {run.tree_mb:.0f} MB | {run.findings} |",
            flush=True,
        )
    if len(runs) > 1:
        first, last = runs[0], runs[-1]
        slope = 1024 * (last.own_mb - first.own_mb) / (last.pages - first.pages)
        print(f"\n每多一页，内存峰值增加 {slope:.2f} KB（{first.pages}页到{last.pages}页）")


def measured(size: int, *, chars: int, spelling: bool) -> Run:
    """Serve a site of so many articles and inspect it once."""
    site = WideSite(articles=size, columns=8, chars=chars, leaks=5)
    with served(site) as root, tempfile.TemporaryDirectory() as place:
        ledger, out = site.ledger(Path(place) / "ledger", root), Path(place) / "out"
        command = [sys.executable, "-m", "duwang.cli", "inspect", str(ledger), "--out", str(out), "--as-of", AS_OF.isoformat(),
                   "--allow-loopback", "--delay", "0", "--max-pages", "1000000", "--all"]  # fmt: skip
        if not spelling:
            command += [word for check in all_checks() if check not in SPELLING for word in ("--check", check)]
        began = time.monotonic()
        quiet = {**os.environ, "DUWANG_CHROMIUM": "no"}  # a browser's memory is not what is asked
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, env=quiet)
        assert process.stderr
        watch = Watch(process.pid)
        reading = judged = 0.0
        for line in _lines(process):
            if "读取完毕" in line:
                reading = watch.now_mb()
            elif "正在写通报" in line:
                judged = watch.peak_mb()
        watch.end()
        if process.wait():
            raise SystemExit(f"检查没有做完，退出码{process.returncode}")
        coverage = json.loads((out / "coverage.json").read_text("utf-8"))
        findings = sum(1 for _ in (out / "findings.jsonl").open("rb"))
        pages = sum(one["pages"]["read"] for one in coverage.values())
        return Run(
            pages, watch.cpu, time.monotonic() - began, watch.own_mb, judged, watch.other_mb, watch.tree_mb, reading, findings,
        )  # fmt: skip


def _lines(process: subprocess.Popen[str]) -> Iterator[str]:
    assert process.stderr
    for line in process.stderr:
        sys.stderr.write(line)
        yield line


if __name__ == "__main__":
    main()
