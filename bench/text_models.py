"""Builds the data files of the text checks: character n-grams from official texts, words, confusable characters, canonical phrases.

usage: python bench/text_models.py ngrams OFFICIAL_FOLDER
       python bench/text_models.py words JIEBA_DICT PYPINYIN_PHRASES_JSON IDIOM_CSV
       python bench/text_models.py confusions PYPINYIN_FOLDER CHAR_SIMILAR_DATA_FOLDER
       python bench/text_models.py phrases OFFICIAL_FOLDER

Files go to src/duwang/checks/text/models/. Only train-*.txt.gz and formulas.txt.gz are read; dev files never.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
import sys
from array import array
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

HERE = Path(__file__).resolve().parents[1] / "src" / "duwang" / "checks" / "text" / "models"
HAN = re.compile(r"[\u4e00-\u9fff]+")
CHARACTERS = 6400
SLOTS = 1 << 22


def paragraphs(folder: Path) -> Iterator[str]:
    """Lines of the training texts; policy prose counts three times, because law hides it."""
    for name, times in (("train-01", 1), ("train-02", 1), ("train-03", 3), ("formulas", 1)):
        with gzip.open(folder / f"{name}.txt.gz", "rt", encoding="utf-8") as lines:
            text = lines.read()
        for _ in range(times):
            yield from text.split("\n")


def ngrams(folder: Path) -> None:
    """ngrams.bin.gz: header line of JSON, the characters, bigram nibbles, trigram slots (12 bits of hash, 4 bits of log2 count)."""
    singles: Counter[str] = Counter()
    pairs: Counter[str] = Counter()
    triples: Counter[str] = Counter()
    for line in paragraphs(folder):
        for run in HAN.findall(line):
            singles.update(run)
            pairs.update(map("".join, pairwise(run)))
            edged = f"^{run}$"
            triples.update(map("".join, zip(edged, edged[1:], edged[2:], strict=False)))
    characters = "^$" + "".join(c for c, n in singles.most_common(CHARACTERS - 3) if n > 1)
    index = {c: i for i, c in enumerate(characters, 1)}
    width = len(characters) + 1
    nibbles = bytearray((width * width + 1) // 2)
    for pair, count in pairs.items():
        first, second = index.get(pair[0]), index.get(pair[1])
        if first and second:
            at = first * width + second
            nibbles[at >> 1] |= min(15, 1 + int(math.log2(count))) << (4 * (at & 1))
    slots = array("H", bytes(2 * SLOTS))
    kept = 0
    for triple, count in triples.items():
        ids = [index.get(c) for c in triple]
        if count < 2 or not all(ids):
            continue
        key = trigram_hash(*ids)
        at, mark = key & (SLOTS - 1), (key >> 22 & 0xFFF) or 1
        while slots[at]:
            at = at + 1 & (SLOTS - 1)
        slots[at] = mark << 4 | min(15, int(math.log2(count)))
        kept += 1
    head = {
        "characters": len(characters),
        "width": width,
        "slots": SLOTS,
        "trigrams": kept,
        "source": "official train-01..03, formulas",
    }
    blob = json.dumps(head).encode() + b"\n" + characters.encode() + b"\n" + bytes(nibbles) + slots.tobytes()
    (HERE / "ngrams.bin.gz").write_bytes(gzip.compress(blob, 9, mtime=0))
    print(head, len(blob), (HERE / "ngrams.bin.gz").stat().st_size)


def trigram_hash(a: int, b: int, c: int) -> int:
    """The hash that the reader repeats (checks/text/ngrams.py)."""
    key = (a * 0x9E3779B1 ^ b * 0x85EBCA6B ^ c * 0xC2B2AE35) & 0xFFFFFFFFFF
    return (key ^ key >> 17) * 0x27D4EB2F >> 3


def words(jieba: Path, pypinyin: Path, idioms: Path) -> None:
    """words.txt.gz: word, tab, frequency (jieba's; 2 where only another dictionary has the word), tab, `i` for idioms."""
    known: dict[str, int] = {}
    idiomatic: set[str] = set()
    for line in jieba.read_text(encoding="utf-8").splitlines():
        word, frequency, tag = line.split(" ")
        if HAN.fullmatch(word) and 1 <= len(word) <= 8 and (int(frequency) >= 3 or len(word) >= 3):
            known[word] = int(frequency)
            if tag in ("i", "l") and len(word) >= 4:
                idiomatic.add(word)
    for word in json.loads(pypinyin.read_text(encoding="utf-8")):
        if HAN.fullmatch(word) and 2 <= len(word) <= 8:
            known.setdefault(word, 2)
            if len(word) >= 4:
                idiomatic.add(word)
    with idioms.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            for word in re.split("[，,]", row["word"]):
                if HAN.fullmatch(word) and 4 <= len(word) <= 8:
                    known.setdefault(word, 2)
                    idiomatic.add(word)
    text = "".join(
        f"{word}\t{frequency}\t{'i' if word in idiomatic else ''}\n" for word, frequency in sorted(known.items())
    )
    (HERE / "words.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(len(known), len(idiomatic), (HERE / "words.txt.gz").stat().st_size)


def confusions(pypinyin: Path, similar: Path) -> None:
    """confusions.txt.gz: character, tab, same-sounding, tab, look-alikes (most frequent first)."""
    frequency = json.loads((similar / "char_frequency.dict").read_text(encoding="utf-8"))
    strokes = json.loads((similar / "char_order.dict").read_text(encoding="utf-8"))
    corners = json.loads((similar / "char_fourangle.dict").read_text(encoding="utf-8"))
    readings = json.loads((pypinyin / "pinyin_dict.json").read_text(encoding="utf-8"))
    with gzip.open(HERE / "words.txt.gz", "rt", encoding="utf-8") as lines:
        seen = Counter(c for word in lines for c in word if HAN.match(c))
    characters = [c for c, n in seen.most_common(6500) if n >= 2]
    sounds: dict[str, set[str]] = {}
    shapes: dict[str, set[str]] = {}
    for c in characters:
        for reading in readings.get(str(ord(c)), "").split(",")[:3]:
            for sound in blurred(plain(reading)):
                sounds.setdefault(sound, set()).add(c)
        order = strokes.get(c, "")
        for key in {corners.get(c, "?" + c)[:4], *shortened(order)}:
            shapes.setdefault(key, set()).add(c)
    rank = {c: i for i, c in enumerate(sorted(characters, key=lambda c: -frequency.get(c, 0)))}
    lines = []
    for c in characters:
        alike = {d for group in sounds.values() if c in group for d in group if d != c}
        order = strokes.get(c, "")
        looks = {d for key in {corners.get(c, "?")[:4], *shortened(order)} for d in shapes.get(key, ())}
        looks |= {d for d in characters if order and part_shared(order, strokes.get(d, ""))}
        looks.discard(c)
        lines.append(
            f"{c}\t{''.join(sorted(alike, key=rank.__getitem__)[:90])}\t{''.join(sorted(looks, key=rank.__getitem__)[:40])}\n"
        )
    (HERE / "confusions.txt.gz").write_bytes(gzip.compress("".join(lines).encode(), 9, mtime=0))
    print(len(lines), sum(map(len, lines)) / len(lines), (HERE / "confusions.txt.gz").stat().st_size)


_MARKS = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü", "aaaaeeeeiiiioooouuuuvvvvv")


def plain(reading: str) -> str:
    """A pinyin syllable without its tone."""
    return reading.translate(_MARKS)


def blurred(sound: str) -> set[str]:
    """The syllable in the form shared by those often confused: zh/z, ch/c, sh/s, -ng/-n, n-/l-."""
    flat = re.sub("^([zcs])h", r"\1", sound)
    flat = re.sub("([ie])ng$", r"\1n", flat)
    return {flat}


def shortened(order: str) -> set[str]:
    """Stroke sequences with up to two strokes left out, for characters of five strokes or more."""
    if not 5 <= len(order) <= 16:
        return {order}
    once = {order[:i] + order[i + 1 :] for i in range(len(order))}
    if len(order) < 7:
        return {order, *once}
    return {order, *once, *(o[:i] + o[i + 1 :] for o in once for i in range(len(o)))}


def part_shared(order: str, other: str) -> bool:
    """Whether two stroke sequences share their beginning or end over two thirds of both."""
    if abs(len(order) - len(other)) > 4 or min(len(order), len(other)) < 6:
        return False
    need = max(5, round(max(len(order), len(other)) * 0.62))
    return order[-need:] == other[-need:] or (order[:need] == other[:need] and len(order) == len(other))


def phrases(folder: Path) -> None:
    """phrases.txt.gz: canonical expression, tab, kind (phrase, law, organisation), tab, count in the training texts."""
    kept: dict[str, tuple[str, int]] = {}
    with (folder / "phrases.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if HAN.fullmatch(row["phrase"]):
                kept[row["phrase"]] = ("phrase", int(row["count"]))
    with (folder / "organisations.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            if HAN.fullmatch(row["name"]) and len(row["name"]) >= 4 and row["group"] != "mined":
                kept[row["name"]] = ("organisation", int(row["count"]))
    with (folder / "laws.tsv").open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE):
            for title, count in ((row["title"], row["count"]), (row["short_title"], row["count_short"])):
                if len(title) >= 4 and HAN.search(title):
                    kept[title] = ("law", int(count or 0))
    text = "".join(f"{phrase}\t{kind}\t{count}\n" for phrase, (kind, count) in sorted(kept.items()))
    (HERE / "phrases.txt.gz").write_bytes(gzip.compress(text.encode(), 9, mtime=0))
    print(Counter(kind for kind, _ in kept.values()), (HERE / "phrases.txt.gz").stat().st_size)


if __name__ == "__main__":
    task, *folders = sys.argv[1:]
    {"ngrams": ngrams, "words": words, "confusions": confusions, "phrases": phrases}[task](*map(Path, folders))
