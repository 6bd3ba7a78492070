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
        """The log odds of every row. Pairs of tree and row that reached their leaf are dropped on the way down."""
        flat = _flat(self)
        trees, made = len(self.feature), np.empty(len(rows), np.float32)
        for block in range(0, len(rows), _BLOCK):
            some = np.ascontiguousarray(rows[block : block + _BLOCK])
            count, width = some.shape
            values = some.ravel()
            node = np.repeat(flat.roots, count)
            at = np.tile(np.arange(count) * width, trees)
            last = np.empty(trees * count, np.int64)
            open_ = np.arange(trees * count)
            for step in range(self.depth + 1):
                smaller = values.take(at + flat.feature.take(node)) <= flat.threshold.take(node)
                node = flat.children.take(2 * node + smaller)
                if step % 2 or step == self.depth:
                    done = flat.leaf.take(node)
                    last[open_[done]] = node[done]
                    open_, node, at = open_[~done], node[~done], at[~done]
                    if not len(open_):
                        break
            made[block : block + _BLOCK] = flat.value.take(last).reshape(trees, count).sum(axis=0)
        return made


_BLOCK = 128


@dataclass(frozen=True, slots=True)
class _Flat:
    """All nodes of all trees in one line; `children` holds the right and the left child of each."""

    roots: NDArray[np.int64]
    feature: NDArray[np.int64]
    threshold: NDArray[np.float32]
    children: NDArray[np.int64]
    leaf: NDArray[np.bool_]
    value: NDArray[np.float32]


_flats: dict[int, tuple[Trees, _Flat]] = {}


def _flat(trees: Trees) -> _Flat:
    known = _flats.get(id(trees))
    if known is not None and known[0] is trees:
        return known[1]
    number, nodes = trees.feature.shape
    roots = np.arange(number) * nodes
    left = (trees.left.astype(np.int64) + roots[:, None]).ravel()
    right = (trees.right.astype(np.int64) + roots[:, None]).ravel()
    made = _Flat(
        roots, trees.feature.astype(np.int64).ravel(), trees.threshold.ravel(), np.stack([right, left], axis=1).ravel(),
        left == np.arange(number * nodes), trees.value.ravel(),
    )  # fmt: skip
    _flats[id(trees)] = (trees, made)
    return made


@lru_cache(maxsize=2)
def ranker(name: str = "ranker") -> Trees:
    """The ranker of the package (bench/text_ranker.py trained it)."""
    return load(Path(str(resources.files("duwang.checks.text") / "models" / f"{name}.npz")))


def load(path: Path) -> Trees:
    with np.load(path) as file:
        return Trees(file["feature"], file["threshold"], file["left"], file["right"], file["value"], int(file["depth"]))
