"""Boosted trees as arrays: what a training library learnt, applied with numpy alone."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Trees:
    """One row per tree, one column per node; leaves point at themselves."""

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]
    depth: int

    def scores(self, rows: NDArray[np.float32]) -> NDArray[np.float32]:
        """The log odds of every row."""
        trees = np.arange(len(self.feature))[:, None]
        made = np.empty(len(rows), np.float32)
        for block in range(0, len(rows), 256):
            some = rows[block : block + 256]
            number = np.arange(len(some))[None, :]
            node = np.zeros((len(self.feature), len(some)), np.int64)
            for _ in range(self.depth):
                smaller = some[number, self.feature[trees, node]] <= self.threshold[trees, node]
                node = np.where(smaller, self.left[trees, node], self.right[trees, node])
            made[block : block + 256] = self.value[trees, node].sum(axis=0)
        return made


@lru_cache(maxsize=2)
def ranker(name: str = "ranker") -> Trees:
    """The ranker of the package (bench/text_ranker.py trained it)."""
    return load(Path(str(resources.files("duwang.checks.text") / "models" / f"{name}.npz")))


def load(path: Path) -> Trees:
    with np.load(path) as file:
        return Trees(*(file[name] for name in ("feature", "threshold", "left", "right", "value")), int(file["depth"]))
