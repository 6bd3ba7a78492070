"""Builds models/language.bin.gz: counts of character sequences of two to five in official texts.

usage: python -m bench.text_language OFFICIAL_FOLDER [OUT_FILE] [--without-formulas] [--leave-out K/N]

Only train-*.txt.gz and formulas.txt.gz are read, dev files never. `--without-formulas` makes the model whose figures on public
sentences may be quoted (see the corpus's README); `--leave-out 0/8` leaves out every eighth document, for training a ranker on it.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path

import numpy as np

from bench.text_fuse import fuse
from duwang.checks.text.language import DIGIT, EDGE, LATIN, SPECIAL, key

HERE = Path(__file__).resolve().parents[1] / "src" / "duwang" / "checks" / "text" / "models"
FILES = (("train-01", 1), ("train-02", 1), ("train-03", 3), ("formulas", 1))
CHARACTERS = 4095
LEAST = {3: 1, 4: 1, 5: 2}
TABLES = "0123456789", "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", "\n\r\t \u3000"


def texts(folder: Path, *, formulas: bool = True, leave_out: tuple[int, int] | None = None) -> str:
    """The training texts as one string; policy prose counts three times, because law hides it."""
    parts = []
    for name, times in FILES:
        if name == "formulas" and not formulas:
            continue
        with gzip.open(folder / f"{name}.txt.gz", "rt", encoding="utf-8") as file:
            text = file.read()
        if leave_out:
            documents = text.split("\n\n") if name != "formulas" else text.split("\n")
            text = "\n\n".join(d for n, d in enumerate(documents) if n % leave_out[1] != leave_out[0])
        parts += [text] * times
    return "\n".join(parts)


def lists(folder: Path) -> str:
    """Word lists as text: dictionary words (by frequency up to 12 times), places with their parents, titles and organs."""
    lines = []
    words = Path(__file__).resolve().parent / "out" / "words.txt"
    for line in words.read_text(encoding="utf-8").splitlines():
        word, frequency = line.split("\t")
        if len(word) >= 2 and int(frequency) >= 3:
            lines += [word] * max(1, min(12, int(frequency) // 6))
    names = {}
    for row in (line.split("\t") for line in (folder / "places.tsv").read_text(encoding="utf-8").splitlines()[1:]):
        code, name, parent, level = row[:4]
        names[code] = name
        if level != "grouping":
            lines += [names.get(parent, "") + name] * (2 if level == "township" else 4)
    for file in ("organisations.tsv", "laws.tsv"):
        lines += [line.split("\t")[0] for line in (folder / file).read_text(encoding="utf-8").splitlines()[1:]] * 2
    return "\n".join(lines)


def build(text: str) -> bytes:
    """The file's bytes from the training text."""
    points = np.frombuffer(text.encode("utf-32-le"), np.uint32)
    characters, of_code = alphabet(points)
    stream = of_code[np.minimum(points, 0xFFFF)].astype(np.int64)
    width = len(characters)
    singles = np.bincount(stream, minlength=width).astype(np.float64) + 0.5
    pairs, pair_counts = np.unique(stream[:-1] * width + stream[1:], return_counts=True)
    wanted = (pairs // width != 0) & (pairs % width != 0)
    pairs, pair_counts = pairs[wanted], pair_counts[wanted]
    pair_codes = np.minimum(255, 1 + np.floor(8 * np.log2(pair_counts))).astype(np.uint8)
    keys, codes = [], []
    for order, least in LEAST.items():
        found, counted = sequences(stream, order)
        kept = counted >= least
        keys.append(found[kept])
        codes.append(np.minimum(31, 1 + np.floor(2 * np.log2(counted[kept]))).astype(np.uint16))
        print(order, len(found), int(kept.sum()), flush=True)
    slots, segment, segments = fuse(np.concatenate(keys), np.concatenate(codes))
    parts = [
        characters.encode(),
        np.log(singles / singles.sum()).astype(np.float32).tobytes(),
        pairs.astype(np.uint32).tobytes(),
        pair_codes.tobytes(),
        slots.tobytes(),
    ]
    head = {
        "sizes": [len(p) for p in parts],
        "segment": segment,
        "segments": segments,
        "source": "official train-01..03, formulas, places, laws, organisations; words of jieba and pypinyin",
    }
    return gzip.compress(json.dumps(head).encode() + b"\n" + b"".join(parts), 6, mtime=0)


def alphabet(points: np.ndarray) -> tuple[str, np.ndarray]:
    """Characters by frequency behind the four special ones, and code point → id."""
    counted = np.bincount(np.minimum(points, 0xFFFF), minlength=0x10000)
    for table in TABLES:
        counted[[ord(c) for c in table]] = 0
    order = [int(c) for c in np.argsort(-counted, kind="stable")[: CHARACTERS - SPECIAL] if counted[c] > 1]
    of_code = np.zeros(0x10000, np.uint16)
    of_code[order] = np.arange(SPECIAL, SPECIAL + len(order))
    for table, number in zip(TABLES, (DIGIT, LATIN, EDGE), strict=True):
        of_code[[ord(c) for c in table]] = number
    return "?0A^" + "".join(map(chr, order)), of_code


def sequences(stream: np.ndarray, order: int) -> tuple[np.ndarray, np.ndarray]:
    """Distinct sequences without unknown characters, without a line end inside, and their counts."""
    length = len(stream) - order + 1
    columns = tuple(stream[i : length + i] for i in range(order))
    good = np.ones(length, bool)
    for n, column in enumerate(columns):
        good &= column != 0
        if 0 < n < order - 1:
            good &= column != EDGE
    return np.unique(key(tuple(c[good] for c in columns)), return_counts=True)


def main(arguments: list[str]) -> None:
    began = time.time()
    formulas = "--without-formulas" not in arguments
    leave_out = None
    if "--leave-out" in arguments:
        k, n = arguments.pop(arguments.index("--leave-out") + 1).split("/")
        leave_out = (int(k), int(n))
    names = [a for a in arguments if not a.startswith("--")]
    out = Path(names[1]) if len(names) > 1 else HERE / "language.bin.gz"
    folder = Path(names[0])
    blob = build(texts(folder, formulas=formulas, leave_out=leave_out) + "\n" + lists(folder))
    out.write_bytes(blob)
    print(out.name, len(blob), f"{time.time() - began:.0f}s")


if __name__ == "__main__":
    main(sys.argv[1:])
