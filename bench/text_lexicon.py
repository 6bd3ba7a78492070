"""Derives lexicons/易混字.tsv: dictionary words written with a character that is often mistaken for the right one.

usage: python -m bench.text_lexicon            (needs bench/out/words.txt, see bench/text_models.py)

A row is made when the right word is in jieba's dictionary and stands in official texts, and the wrong form is no word and never stands
there. Which characters are often mistaken is our own knowledge (PAIRS, 编者) and the package's table of confusable characters; the right
words are the dictionary's.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
from daachorse import CharwiseDoubleArrayAhoCorasick

from duwang.checks.text.hashing import Rolling, points_of
from duwang.checks.text.language import official
from duwang.checks.text.lexicon import COLUMNS, shipped
from duwang.checks.text.vocabulary import BOTH, SAME, confusable, words

HERE = Path(__file__).resolve().parent
OUT = HERE.parent / "src" / "duwang" / "checks" / "text" / "lexicons" / "易混字.tsv"
MOST = 16000

# Wrong and right, often mistaken (编者); both ways where both happen.
PAIRS = (HERE / "易混字对.txt").read_text("utf-8").split()


def rows() -> list[tuple[int, str, str, str]]:
    """(count code, wrong, right, pair) of every row that holds, most frequent first."""
    of_right: dict[str, set[str]] = {}
    for pair in PAIRS:
        if len(pair) == 2 and pair[0] != pair[1]:
            of_right.setdefault(pair[1], set()).add(pair[0])
    listed = {entry.wrong for entry in shipped().entries if not entry.place.startswith("易混字")}
    right = []
    for line in (HERE / "out" / "words.txt").read_text(encoding="utf-8").splitlines():
        word, frequency = line.split("\t")
        if 2 <= len(word) <= 4 and int(frequency) >= 20:
            right.append(word)
    seen = {word: code for word, code in zip(right, codes(right), strict=True) if code >= 6 - (len(word) > 2)}
    alike = {c: of_right.get(c, set()) | _alike(c) for c in {c for word in seen for c in word}}
    made: dict[str, tuple[int, str, str, str]] = {}
    for word, code in sorted(seen.items(), key=lambda pair: (-pair[1], pair[0])):
        for at, c in enumerate(word):
            for other in sorted(alike[c]):
                wrong = word[:at] + other + word[at + 1 :]
                if wrong not in listed:
                    made.setdefault(wrong, (code, wrong, word, f"{other}/{c}"))
    known = words().codes(hashes(list(made)))
    never = [
        row for row, word, code in zip(made.values(), known, codes(list(made)), strict=True) if not word and not code
    ]
    automaton = CharwiseDoubleArrayAhoCorasick([row[1] for row in never])
    standing = {number for _, _, number in automaton.find_overlapping(_training())}
    kept = [row for number, row in enumerate(never) if number not in standing][:MOST]
    return [row for row in kept if not accidental(row[1], row[2])]


NUMERALS = frozenset("一二三四五六七八九十百千万亿第零〇两")
FREE, OFTEN, ALONE, ANYWHERE = 26, 24, 17, 28


def accidental(wrong: str, right: str) -> bool:
    """Whether the wrong form may well stand where two words meet (她|到, 戳|进, 三十|起): one of its characters is a word that stands
    beside any other."""
    if set(right) <= NUMERALS:
        return True
    at = next(n for n, (a, b) in enumerate(zip(wrong, right, strict=True)) if a != b)
    changed = words().code(wrong[at])
    if len(wrong) > 2:
        return changed >= ANYWHERE
    return changed >= FREE or (words().code(wrong[1 - at]) >= OFTEN and changed >= ALONE)


def hashes(listed: list[str]) -> np.ndarray:
    made = []
    for block in range(0, len(listed), 10_000):
        some = listed[block : block + 10_000]
        ends = np.cumsum([len(word) for word in some])
        starts = np.r_[0, ends[:-1]]
        made.append(Rolling.of(points_of("".join(some))).spans(starts, ends))
    return np.concatenate(made)


def codes(listed: list[str]) -> list[int]:
    """How often each stands in official texts (half the log2 of the count, 0 = never or with an unknown character)."""
    language = official()
    made = [0] * len(listed)
    for length in (2, 3, 4):
        rows_of = [n for n, word in enumerate(listed) if len(word) == length]
        if not rows_of:
            continue
        ids = language.ids("".join(listed[n] for n in rows_of)).reshape(-1, length)
        columns = [ids[:, n] for n in range(length)]
        found = language.pair(*columns) // 4 if length == 2 else language.codes(*columns)
        for n, code, odd in zip(rows_of, found, (ids == 0).any(axis=1), strict=True):
            made[n] = 0 if odd else int(code)
    return made


def _alike(c: str) -> set[str]:
    """The characters that both sound and look like it, and the six commonest that sound the same."""
    table = confusable()
    row = int(table.row[ord(c)])
    if not row:
        return set()
    first, last = int(table.starts[row - 1]), int(table.starts[row])
    kinds = table.kinds[first:last]
    both = np.flatnonzero(kinds == BOTH)[:8]
    same = np.flatnonzero(kinds == SAME)[:6]
    return {chr(table.others[first + n]) for n in (*both, *same)}


def _training() -> str:
    folder = HERE.parents[1] / "shared" / "corpora" / "official"
    return "\n".join(gzip.open(folder / f"train-0{n}.txt.gz", "rt", encoding="utf-8").read() for n in (1, 2, 3))


def main() -> None:
    made = rows()
    lines = ["\t".join(COLUMNS)]
    for _, wrong, right, pair in made:
        lines.append("\t".join((wrong, right, "错别字", "一般", "词典:jieba", "", "", "", "", "", f"易混字{pair}")))
    OUT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(made), OUT.name, np.bincount([len(row[1]) for row in made]))


if __name__ == "__main__":
    main()
