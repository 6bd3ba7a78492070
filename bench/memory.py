"""Watches a process and its children while they run: the largest memory of the process, and of all of them together."""

from __future__ import annotations

import os
import threading
from pathlib import Path

_EVERY = 0.5
_TICKS = os.sysconf("SC_CLK_TCK")


class Watch:
    """`own_mb`: the kernel's own peak of the process; `tree_mb`: the largest sum over it and its children seen at once, memory that
    they share counted once (PSS); `other_mb`: the kernel's peak of the largest child; `cpu`: seconds of all of them as last seen."""

    def __init__(self, pid: int) -> None:
        self.own_mb = self.tree_mb = self.other_mb = self.cpu = 0.0
        self._pid = pid
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def now_mb(self) -> float:
        """What the process itself holds at this moment."""
        return _field(self._pid, "status", "VmRSS")

    def peak_mb(self) -> float:
        """The kernel's own peak of the process so far."""
        return _field(self._pid, "status", "VmHWM")

    def end(self) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            self.own_mb = max(self.own_mb, _field(self._pid, "status", "VmHWM"))
            tree = _tree(self._pid)
            self.other_mb = max(self.other_mb, *(_field(pid, "status", "VmHWM") for pid in tree[1:]), 0.0)
            together = sum(_field(pid, "smaps_rollup", "Pss") for pid in tree)
            self.tree_mb = max(self.tree_mb, together)
            self.cpu = max(self.cpu, _seconds(self._pid))


def _tree(pid: int) -> list[int]:
    try:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []
    return [pid, *(one for child in children for one in _tree(int(child)))]


def _field(pid: int, file: str, name: str) -> float:
    """MB of one line of a /proc file; 0 when the process is gone."""
    try:
        lines = Path(f"/proc/{pid}/{file}").read_text().splitlines()
    except OSError:
        return 0.0
    return next((float(line.split()[1]) / 1024 for line in lines if line.startswith(f"{name}:")), 0.0)


def _seconds(pid: int) -> float:
    """Processor seconds of a process and of its children that ended."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, fields[11:15])) / _TICKS
