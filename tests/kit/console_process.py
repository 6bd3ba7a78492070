"""The console as an office starts it: `duwang serve` in a process of its own, on a free port and a folder of its own."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Console:
    """`root` is its address, `data` its folder."""

    root: str
    data: Path

    @property
    def setup_path(self) -> str:
        """Where the first administrator is made; good once."""
        return f"/setup/{(self.data / 'setup.token').read_text('ascii').strip()}"


@contextmanager
def running(data: Path, *words: str, env: Mapping[str, str] | None = None) -> Iterator[Console]:
    """A console until the end of the block; whatever it wrote to stderr is told when it did not come up."""
    port = _free_port()
    known = {key: value for key, value in os.environ.items() if not key.startswith(("DUWANG_", "DJANGO_"))}
    asked = [sys.executable, "-m", "duwang.cli", "serve", *words, "--data", str(data), "--port", str(port)]
    log = data.parent / "console.log"
    with log.open("wb") as stream:
        process = subprocess.Popen(
            asked, stdout=stream, stderr=stream, env={**known, "DUWANG_ALLOW_LOOPBACK": "1", **(env or {})}
        )
    try:
        root = f"http://127.0.0.1:{port}"
        _wait(f"{root}/healthz", process, log)
        yield Console(root, data)
    finally:
        process.terminate()
        process.wait(20)


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    end = time.monotonic() + 60
    while time.monotonic() < end:
        assert process.poll() is None, log.read_text("utf-8", "replace")[-3000:]
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except OSError:
            time.sleep(0.2)
    raise AssertionError(f"控制台没有起来：{log.read_text('utf-8', 'replace')[-3000:]}")
