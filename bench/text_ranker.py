"""Trains the ranker of the spelling stage on errors that are planted in official texts, and writes models/ranker.npz.

usage: python -m bench.text_ranker OFFICIAL_FOLDER [OUT_FOLDER] [--without-formulas]

The language model used here leaves out every sixth document; the errors are planted in those, so that the ranker sees texts as new
as a user's. Same sound and look-alike characters, both characters of a word, missing, extra and turned characters, in the
shares of PLANTED. Nothing from dev files or spelling sets is used.
"""

from __future__ import annotations

import random
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import lightgbm
import numpy as np

from bench.text_documents import PARTS, POLICY, held_out
from bench.text_language import HERE, build, lists, texts
from bench.text_models import OUT
from bench.text_slips import WordSlips
from duwang.checks.text import language as languages
from duwang.checks.text.context import context
from duwang.checks.text.nearness import Near
from duwang.checks.text.phrases import canon
from duwang.checks.text.proposals import Proposals
from duwang.checks.text.prose import PAD, Prose, prepared
from duwang.checks.text.spelling import SECOND, Speller
from duwang.checks.text.vocabulary import BOTH, NEARLY, SAME, SHAPE, Confusable, confusable, words
from duwang.checks.text.weighing import NAMES

PLANTED = (
    ("same", 27),
    ("nearly", 10),
    ("shape", 17),
    ("pair", 14),
    ("word", 14),
    ("any", 1),
    ("missing", 9),
    ("extra", 6),
    ("turned", 5),
)


class Planter:
    """Plants errors in lines; remembers the right text."""

    def __init__(self, alike: Confusable, seed: int) -> None:
        self.random = random.Random(seed)
        self.alike = alike
        self.kinds = [kind for kind, _ in PLANTED]
        self.shares = [share for _, share in PLANTED]
        self.words = WordSlips(OUT / "words.txt")

    def line(self, line: str) -> tuple[str, list[tuple[int, int, str]]]:
        """The line with errors, and for each [start, end) of the new line and what belongs there."""
        if self.random.random() < 0.35:
            return line, []
        wanted = [i for i, c in enumerate(line) if "\u4e00" <= c <= "\u9fff"]
        if len(wanted) < 8:
            return line, []
        number = max(1, round(len(wanted) / self.random.choice((25, 50, 100))))
        chosen = sorted(self.random.sample(wanted, min(number, len(wanted) // 8)))
        made, truths, at = [], [], 0
        length = 0
        for place in chosen:
            if place < at + 2 or place + 2 >= len(line):
                continue
            old, new = self.error(line, place)
            if new is None or line[place : place + len(old)] == new:
                continue
            made.append(line[at:place])
            length += place - at
            truths.append((length, length + len(new), old))
            made.append(new)
            length += len(new)
            at = place + len(old)
        made.append(line[at:])
        return "".join(made), truths

    def error(self, line: str, at: int) -> tuple[str, str | None]:
        kind = self.random.choices(self.kinds, self.shares)[0]
        c, d = line[at], line[at + 1]
        if kind in ("same", "nearly", "shape"):
            wanted = {"same": (SAME, BOTH), "nearly": (NEARLY, BOTH), "shape": (SHAPE, BOTH)}[kind]
            return c, self.other(c, wanted)
        if kind == "pair":
            for start in (at, at - 1):
                pair = line[start : start + 2]
                if words().code(pair) >= 5:
                    a, b = (
                        self.other(pair[0], (SAME, NEARLY, BOTH, SHAPE)),
                        self.other(pair[1], (SAME, NEARLY, BOTH, SHAPE)),
                    )
                    if start == at and a and b:
                        return pair, a + b
            return c, self.other(c, (SAME, BOTH))
        if kind == "word":
            return self.words.other(line, at, self.random) or (c, self.other(c, (SAME, BOTH)))
        if kind == "any":
            return c, self.random.choice(line)
        if kind == "missing":
            return (c, "") if c != d else (c, None)
        if kind == "extra":
            return c, c + (
                c
                if self.random.random() < 0.55
                else self.random.choice("的了和在是有一中为人对于及与等个行要不" + line[at : at + 4])
            )
        return (c + d, d + c) if "\u4e00" <= d <= "\u9fff" else (c, None)

    def other(self, c: str, kinds: tuple[int, ...]) -> str | None:
        row = int(self.alike.row[ord(c)]) if ord(c) < 0x10000 else 0
        if not row:
            return None
        first, last = self.alike.starts[row - 1], self.alike.starts[row]
        places = [i for i in range(first, last) if self.alike.kinds[i] in kinds]
        if not places:
            return None
        weights = [1.0 / (4 + i - first) for i in places]
        return chr(self.alike.others[self.random.choices(places, weights)[0]])


def labels(prose_text: str, truths: list[tuple[int, int, str]], made: Proposals, characters: str) -> np.ndarray:
    """1 where carrying the proposal out gives the right text around it."""
    marked = np.zeros(len(made), np.float32)
    starts = np.array([t[0] for t in truths], np.int64)
    ends = np.array([t[1] for t in truths], np.int64)
    for n in range(len(made)):
        start = int(made.at[n]) - PAD
        end = start + int(made.old[n])
        near = np.flatnonzero((starts <= end + 1) & (ends >= start - 1))
        if len(near) != 1:
            continue
        a, b, right = truths[near[0]]
        low, high = max(0, min(a, start) - 3), max(b, end) + 3
        new = "".join(characters[c] for c in made.new[n] if c)
        ours = prose_text[low:start] + new + prose_text[end:high]
        theirs = prose_text[low:a] + right + prose_text[b:high]
        marked[n] = ours == theirs
    return marked


@dataclass
class Spoilt:
    """One document with planted errors: what was proposed for it, the features, which proposals are right."""

    source: str
    prose: Prose
    made: Proposals
    behind: list[Near | None]
    features: np.ndarray
    right: np.ndarray


def spoilt(text: str, language: languages.Language, planter: Planter) -> Spoilt:
    lines, truths, at = [], [], 0
    for line in text.split("\n"):
        changed, found = planter.line(line)
        truths += [(a + at, b + at, right) for a, b, right in found]
        lines.append(changed)
        at += len(changed) + 1
    prose = prepared("\n".join(lines)[:60000], language)
    made, behind, features = Speller(language, confusable(), words(), canon()).proposals(prose)
    return Spoilt(text, prose, made, behind, features, labels(prose.text, truths, made, language.characters))


def documents(folder: Path, *, formulas: bool, most: int, seeds: tuple[int, ...]) -> list[Spoilt]:
    """The documents that the language model here does not know, spoilt once for every seed."""
    began = time.time()
    cache = OUT / f"language-held-out{'' if formulas else '-plain'}.gz"
    if not cache.is_file():
        cache.parent.mkdir(exist_ok=True)
        cache.write_bytes(build(texts(folder, formulas=formulas, leave_out=(0, PARTS)) + "\n" + lists(folder)))
    language = languages.load(cache.read_bytes())
    print(f"language without a sixth: {time.time() - began:.0f}s", flush=True)
    made = []
    for seed in seeds:
        planter, total = Planter(confusable(), seed), 0
        listed = [text for text, _ in held_out(folder)]
        planter.random.shuffle(listed)
        for document in listed:
            made.append(spoilt(document, language, planter))
            total += len(document)
            if total > most:
                break
        print(
            f"{total} characters, {sum(len(d.right) for d in made)} proposals, {time.time() - began:.0f}s", flush=True
        )
    return made


def learnt(x: np.ndarray, y: np.ndarray, names: tuple[str, ...], trees: int) -> lightgbm.Booster:
    parameters = {
        "objective": "binary", "num_leaves": 31, "learning_rate": 0.1, "min_data_in_leaf": 60, "feature_fraction": 0.7,
        "bagging_fraction": 0.8, "bagging_freq": 1, "lambda_l2": 5.0, "verbose": -1, "num_threads": 1, "seed": 3,
    }  # fmt: skip
    data = lightgbm.Dataset(x, y, feature_name=list(names), categorical_feature=[])
    return lightgbm.train(parameters, data, trees)


def out_of_fold(made: list[Spoilt]) -> list[np.ndarray]:
    """The first ranker's scores of every document from trees that have not seen it."""
    scores: list[np.ndarray] = [np.zeros(0)] * len(made)
    for fold in (0, 1):
        others = [d for d in made if len(d.prose.text) % 2 != fold]
        trees = learnt(
            np.concatenate([d.features for d in others]), np.concatenate([d.right for d in others]), NAMES, 300
        )
        for n, d in enumerate(made):
            if len(d.prose.text) % 2 == fold:
                scores[n] = trees.predict(d.features, raw_score=True) if len(d.right) else np.zeros(0)
    return scores


def second_rows(made: list[Spoilt], scores: list[np.ndarray], speller: Speller) -> tuple[np.ndarray, np.ndarray]:
    """What the second ranker learns from: proposals that the first one does not rule out, with what the context model says."""
    features, marks = [], []
    for d, score in zip(made, scores, strict=True):
        kept, rows = speller.doubted(d.prose, d.made, d.behind, d.features, score.astype(np.float32))
        features.append(rows)
        marks.append(d.right[kept])
    return np.concatenate(features), np.concatenate(marks)


def exported(booster: lightgbm.Booster) -> dict[str, np.ndarray]:
    """The trees as arrays: every tree padded to the same number of nodes; leaves point at themselves."""
    trees = [tree["tree_structure"] for tree in booster.dump_model()["tree_info"]]
    flat = [flattened(tree) for tree in trees]
    size = max(len(one) for one in flat)
    shape = (len(flat), size)
    feature, threshold = np.zeros(shape, np.int16), np.zeros(shape, np.float32)
    left, right, value = np.zeros(shape, np.int16), np.zeros(shape, np.int16), np.zeros(shape, np.float32)
    for t, nodes in enumerate(flat):
        for n, (f, limit, a, b, v) in enumerate(nodes):
            feature[t, n], threshold[t, n], left[t, n], right[t, n], value[t, n] = f, limit, a, b, v
    depth = max(depth_of(tree) for tree in trees)
    return {
        "feature": feature,
        "threshold": threshold,
        "left": left,
        "right": right,
        "value": value,
        "depth": np.array(depth),
    }


def flattened(tree: dict) -> list[tuple[int, float, int, int, float]]:
    nodes: list[tuple[int, float, int, int, float]] = []

    def add(node: dict) -> int:
        here = len(nodes)
        nodes.append((0, 0.0, here, here, 0.0))
        if "leaf_value" in node:
            nodes[here] = (0, np.inf, here, here, node["leaf_value"])
        else:
            nodes[here] = (
                node["split_feature"],
                node["threshold"],
                add(node["left_child"]),
                add(node["right_child"]),
                0.0,
            )
        return here

    add(tree)
    return nodes


def depth_of(node: dict) -> int:
    return 0 if "leaf_value" in node else 1 + max(depth_of(node["left_child"]), depth_of(node["right_child"]))


def main(folder: Path, target: Path, *, formulas: bool, most: int = 3_400_000) -> None:
    """Both rankers. The second one sees policy prose three times more, each time with other errors and twice the weight, scored by first
    trees that do not know these documents."""
    made = documents(folder, formulas=formulas, most=most, seeds=(7,))
    first = learnt(np.concatenate([d.features for d in made]), np.concatenate([d.right for d in made]), NAMES, 300)
    np.savez_compressed(target / "ranker.npz", **exported(first))
    speller = Speller(made[0].prose.language, confusable(), words(), canon(), None, context())
    x, y = second_rows(made, out_of_fold(made), speller)
    policy = [text for text, kind in held_out(folder) if kind in POLICY]
    known = {text[:40] for text in policy}
    others = [d for d in made if d.source[:40] not in known]
    strange = learnt(
        np.concatenate([d.features for d in others]), np.concatenate([d.right for d in others]), NAMES, 300
    )
    more = [spoilt(text, speller.language, planter) for planter in policy_planters() for text in policy if text]
    scores = [strange.predict(d.features, raw_score=True) if len(d.right) else np.zeros(0) for d in more]
    x2, y2 = second_rows(more, scores, speller)
    print(f"second: {len(y)} + {len(y2)} proposals, {int(y.sum() + y2.sum())} right", flush=True)
    second = learnt(np.concatenate((x, x2, x2)), np.concatenate((y, y2, y2)), SECOND, 250)
    np.savez_compressed(target / "second.npz", **exported(second))
    for booster in (first, second):
        print(sorted(zip(booster.feature_importance("gain").round(), booster.feature_name(), strict=True))[::-1][:20])


def policy_planters() -> list[Planter]:
    return [Planter(confusable(), seed) for seed in (11, 12, 13)]


if __name__ == "__main__":
    folders = [Path(one) for one in sys.argv[1:] if not one.startswith("--")]
    main(folders[0], folders[1] if len(folders) > 1 else HERE, formulas="--without-formulas" not in sys.argv)
