"""Runs a command to its end and says what it cost: CPU seconds with its children, wall seconds, largest memory in MB."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Cost:
    """What one run took. `out` is its standard output; `failed` says why it gives no figure."""

    cpu: float
    wall: float
    memory_mb: float
    out: str
    failed: str = ""


def cost_of(
    command: Sequence[str | Path], *, log: Path, seconds: float = 900, env: Mapping[str, str] | None = None
) -> Cost:
    """Run and measure; a run beyond its seconds is ended and marked failed."""
    began = time.monotonic()
    with log.with_suffix(".out").open("w+b") as out, log.with_suffix(".err").open("wb") as err:
        process = subprocess.Popen(
            list(map(str, command)), stdout=out, stderr=err, env={**os.environ, **(env or {})}, start_new_session=True
        )
        failed = ""
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - began > seconds:
                os.killpg(process.pid, 9)
                failed = f"{seconds:g}秒没有做完"
                _, status, usage = os.wait4(process.pid, 0)
                break
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode("utf-8", "replace")
    if not failed and process.returncode not in (0, 1):
        failed = f"退出码{process.returncode}"
    return Cost(usage.ru_utime + usage.ru_stime, time.monotonic() - began, usage.ru_maxrss / 1024, text, failed)
