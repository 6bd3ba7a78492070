"""Making the static tables that `duwang.checks.text.fuse` reads."""

from __future__ import annotations

import math

import numpy as np

from duwang.checks.text.fuse import mark, mixed, places


def fuse(keys: np.ndarray, codes: np.ndarray) -> tuple[np.ndarray, int, int]:
    """A binary fuse table: slots such that the three slots of every key XOR to its mark and code."""
    count = len(keys)
    segment = 1 << int(math.log(count) / math.log(3.33) + 2.25)
    capacity = int(count * max(1.125, 0.875 + 0.25 * math.log(1e6) / math.log(count)))
    segments = max(1, -(-capacity // segment) - 2 + 1)
    hashes = mixed(keys)
    of_key = np.stack(places(hashes, segment, segments), axis=1)
    size = (segments + 2) * segment
    degree = np.bincount(of_key.ravel(), minlength=size)
    numbers = np.zeros(size, np.int64)
    for column in range(3):
        numbers += np.bincount(of_key[:, column], weights=np.arange(count), minlength=size).astype(np.int64)
    queue = np.flatnonzero(degree == 1)
    rounds = []
    done = 0
    while len(queue):
        peeled, where = np.unique(numbers[queue], return_index=True)
        own = queue[where]
        rounds.append((peeled, own))
        done += len(peeled)
        touched = of_key[peeled]
        np.subtract.at(degree, touched.ravel(), 1)
        np.subtract.at(numbers, touched.ravel(), np.repeat(peeled, 3))
        queue = np.unique(touched.ravel())
        queue = queue[degree[queue] == 1]
    if done != count:
        raise SystemExit(f"fuse table failed: {done} of {count}")
    slots = np.zeros(size, np.uint16)
    values = mark(hashes) << np.uint16(5) | codes
    for peeled, own in reversed(rounds):
        three = of_key[peeled]
        rest = slots[three[:, 0]] ^ slots[three[:, 1]] ^ slots[three[:, 2]] ^ slots[own]
        slots[own] = values[peeled] ^ rest
    return slots, segment, segments
