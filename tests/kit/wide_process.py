"""Starts the wide site in its own process and runs `duwang` against it as a user would."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path

from kit.wide_site import WideSite

_TESTS = str(Path(__file__).resolve().parents[1])


@contextmanager
def served(site: WideSite, *, port: int = 0) -> Iterator[str]:
    """The root address, until the block ends."""
    environment = {**os.environ, "PYTHONPATH": _TESTS}
    options = [f"{name}={value}" for name, value in asdict(site).items()]
    command = [sys.executable, "-m", "kit.wide_server", str(port), *options]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True)
    try:
        assert process.stdout
        yield process.stdout.readline().strip()
    finally:
        process.kill()
        process.wait()


def start(*arguments: str | Path) -> subprocess.Popen[str]:
    """`duwang …`, running; in its own group, so that a kill takes its children along."""
    command = [sys.executable, "-m", "duwang.cli", *map(str, arguments)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)


def duwang(*arguments: str | Path, seconds: float = 120) -> tuple[int, str, str]:
    """Exit status, stdout and stderr of `duwang …`; a run beyond its seconds is an error of the test."""
    process = start(*arguments)
    try:
        out, err = process.communicate(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
    return process.returncode, out, err
