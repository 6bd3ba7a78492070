"""What a whole sentence expects at a place: one recurrent layer has read what stands before it, another what stands behind it.

A small network (bench/text_context.py trained it), run with numpy alone and only at the few places that the language model already
doubts: it sees twelve characters to each side, where sequences of five see four.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Ids
from duwang.checks.text.language import EDGE, ODD, SPECIAL, Floats
from duwang.checks.text.proposals import Proposals
from duwang.checks.text.prose import Prose

REACH = 12
NAMES = ("seen_old", "seen_new", "seen_gain", "seen_left", "seen_right", "seen_total", "seen_best", "seen_best_alone")
State = tuple[Floats, Floats]


@dataclass(frozen=True, slots=True)
class Layer:
    """One direction: input and own weights (transposed, gates in the order in, forget, cell, out) and their bias."""

    read: Floats
    own: Floats
    bias: Floats

    def start(self, count: int) -> State:
        size = self.own.shape[0]
        return np.zeros((count, size), np.float32), np.zeros((count, size), np.float32)

    def step(self, letters: Floats, state: State) -> State:
        """The state after one more character."""
        return self._moved(letters @ self.read, state)

    def _moved(self, read: Floats, state: State) -> State:
        shown, cell = state
        gates = read + shown @ self.own
        gates += self.bias
        size = cell.shape[1]
        gates[:, : 2 * size] = _squashed(gates[:, : 2 * size])
        gates[:, 3 * size :] = _squashed(gates[:, 3 * size :])
        cell = gates[:, size : 2 * size] * cell + gates[:, :size] * np.tanh(gates[:, 2 * size : 3 * size])
        return gates[:, 3 * size :] * np.tanh(cell), cell

    def run(self, letters: Floats) -> tuple[State, State]:
        """The states before and after the last character of each row."""
        rows, length, width = letters.shape
        read = (letters.transpose(1, 0, 2).reshape(-1, width) @ self.read).reshape(length, rows, -1)
        state = last = self.start(rows)
        for n in range(length):
            last, state = state, self._moved(read[n], state)
        return last, state


def _squashed(values: Floats) -> Floats:
    made: Floats = np.tanh(values * np.float32(0.5))
    made += np.float32(1.0)
    made *= np.float32(0.5)
    return made


@dataclass(frozen=True, slots=True)
class Context:
    """`characters`: those it knows, in the order of its ids; `letters`: a row of numbers for each."""

    characters: str
    letters: Floats
    onward: Layer
    backward: Layer
    mix: Floats
    mix_bias: Floats
    bias: Floats

    def chances(self, before: Floats, behind: Floats) -> Floats:
        """Log chances of all characters between what was read before and behind."""
        half = before.shape[1]
        mixed: Floats = before @ self.mix[:half] + behind @ self.mix[half:] + self.mix_bias
        odds: Floats = np.tanh(mixed) * np.float32(2.0) @ self.letters.T + self.bias
        top = odds.max(axis=1, keepdims=True)
        odds -= top + np.log(np.exp(odds - top).sum(axis=1, keepdims=True))
        return odds

    def features(self, prose: Prose, made: Proposals) -> Floats:
        """One row for every proposal: see NAMES."""
        own = _own_ids(prose.language.characters, self.characters)
        ids, written = np.concatenate((np.full(REACH, EDGE), own[prose.ids], np.full(REACH, EDGE))), own[made.new]
        at, end = made.at + REACH, made.at + made.old + REACH
        reach = np.arange(REACH)
        places, of_at = np.unique(at, return_inverse=True)
        ends, of_end = np.unique(end, return_inverse=True)
        before = self.onward.run(self.letters[ids[places[:, None] - REACH + reach]])
        behind = self.backward.run(self.letters[ids[ends[:, None] + REACH - 1 - reach]])
        left = [(a[of_at], b[of_at]) for a, b in before]
        right = [(a[of_end], b[of_end]) for a, b in behind]
        rows = np.zeros((len(at), len(NAMES)), np.float32)
        new_count = (made.new > 0).sum(axis=1)
        old_now = np.stack((ids[at], ids[at + 1]), axis=1)
        sides = np.stack((ids[at - 1], ids[end]), axis=1)
        for count in (0, 1, 2):
            for column, number, middle in ((0, made.old, old_now), (1, new_count, written)):
                some = np.flatnonzero(number == count)
                if len(some):
                    found = self._read(
                        [(a[some], b[some]) for a, b in left], [(a[some], b[some]) for a, b in right],
                        middle[some, :count], sides[some],
                    )  # fmt: skip
                    sign = 1.0 if column else -1.0
                    rows[some, column] = found[:, 1]
                    rows[some, 2] += sign * found[:, 1]
                    rows[some, 3] += sign * found[:, 0]
                    rows[some, 4] += sign * found[:, 2]
                    rows[some, 6 + column] = found[:, 3]
        rows[:, 5] = rows[:, 2] + rows[:, 3] + rows[:, 4]
        return rows

    def _read(self, left: list[State], right: list[State], middle: Ids, sides: Ids) -> Floats:
        """Log chances of the left neighbour, of the characters between (sum), of the right neighbour, and the best chance between, when
        `middle` stands there."""
        count = middle.shape[1]
        onward, backward = [left[1]], [right[1]]
        for n in range(count):
            onward.append(self.onward.step(self.letters[middle[:, n]], onward[-1]))
            backward.append(self.backward.step(self.letters[middle[:, count - 1 - n]], backward[-1]))
        pairs = [(left[0][0], backward[count][0], sides[:, 0])]
        pairs += [(onward[n][0], backward[count - 1 - n][0], middle[:, n]) for n in range(count)]
        pairs += [(onward[count][0], right[0][0], sides[:, 1])]
        chances = self.chances(np.concatenate([p[0] for p in pairs]), np.concatenate([p[1] for p in pairs]))
        wanted = np.concatenate([p[2] for p in pairs])
        own = chances[np.arange(len(chances)), wanted].reshape(count + 2, -1)
        best = chances.max(axis=1).reshape(count + 2, -1)
        between = best[1:-1].sum(axis=0) if count else np.zeros(len(middle), np.float32)
        return np.stack((own[0], own[1:-1].sum(axis=0), own[-1], between), axis=1).astype(np.float32)


@lru_cache(maxsize=4)
def _own_ids(theirs: str, ours: str) -> Ids:
    """The network's id for every id of a language model."""
    known = {character: n for n, character in enumerate(ours)}
    return np.array([n if n < SPECIAL else known.get(character, ODD) for n, character in enumerate(theirs)], np.int64)


@lru_cache(maxsize=1)
def context() -> Context:
    """The network of the package."""
    return load(Path(str(resources.files("duwang.checks.text") / "models" / "context.npz")))


def load(path: Path) -> Context:
    """Weights are stored as bytes with one scale for every row."""
    with np.load(path) as file:

        def weights(name: str) -> NDArray[np.float32]:
            made: NDArray[np.float32] = file[name].astype(np.float32)
            made *= file[f"{name}_scale"][:, None]
            return made

        layers = [
            Layer(
                np.ascontiguousarray(weights(f"{name}_read").T), np.ascontiguousarray(weights(f"{name}_own").T),
                file[f"{name}_bias"],
            )
            for name in ("onward", "backward")
        ]  # fmt: skip
        mix = np.ascontiguousarray(weights("mix").T)
        characters = bytes(file["characters"]).decode()
        return Context(characters, weights("letters"), layers[0], layers[1], mix, file["mix_bias"], file["bias"])
