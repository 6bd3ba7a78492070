"""Derives lexicons/地名误写.tsv: short names of counties and prefectures with one character mistaken for an alike one (来阳 for 耒阳).

usage: python -m bench.text_stems OFFICIAL_FOLDER

A row is made when the right name holds a rare character that is changed for a commoner one, and the wrong form is no word, no part of any other
place's name, and never stands in official texts. Right names come from places.tsv (National Bureau of Statistics, state of 2023-06-30),
likeness from the package's table of confusable characters.
"""

from __future__ import annotations

import csv
import re
import sys
from collections import Counter
from pathlib import Path

from daachorse import CharwiseDoubleArrayAhoCorasick

from bench.text_lists import official, write_rows
from duwang.checks.text.lexicon import shipped
from duwang.checks.text.vocabulary import BOTH, confusable, words

FILE = "地名误写.tsv"
_LEVEL = re.compile(r"(?:自治[州县旗]|[市县区旗州盟]|地区|林区|特区)$")
_NATION = re.compile(r"(?:[\u4e00-\u9fff]族|蒙古|哈萨克|柯尔克孜|锡伯|塔吉克)+$")
_SELDOM, _MOST, _KNOWN = 400, {BOTH: 4}, 10


def stem(name: str) -> str:
    """A division's short name."""
    short = _LEVEL.sub("", name)
    return _NATION.sub("", short) if name.endswith(("自治县", "自治州", "自治旗")) else short


def alike(character: str) -> list[str]:
    table = confusable()
    row = int(table.row[ord(character)])
    if not row:
        return []
    span = range(int(table.starts[row - 1]), int(table.starts[row]))
    return [
        chr(int(table.others[n]))
        for kind, most in _MOST.items()
        for n in [n for n in span if table.kinds[n] == kind][:most]
    ]


def rows(folder: Path) -> list[tuple[str, str]]:
    """(wrong, right) of every row that holds."""
    with (folder / "places.tsv").open(encoding="utf-8") as lines:
        listed = [(row["name"], row["level"]) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
    corpus = official(folder)
    seen, everywhere = Counter(corpus), "\n".join(name for name, _ in listed)
    known = {entry.wrong for entry in shipped().entries if not entry.place.startswith(FILE)}
    struck = {hit for name, _ in listed for hit in (stem(name),) if any(shipped().hits(hit))}
    right = {stem(name) for name, level in listed if level in ("prefecture", "county")} - struck
    made: dict[str, str] = {}
    for name in sorted(n for n in right if 2 <= len(n) <= 3):
        for at, character in enumerate(name):
            if seen[character] > _SELDOM:
                continue
            for other in alike(character):
                wrong = name[:at] + other + name[at + 1 :]
                if seen[other] > seen[character] and wrong not in known and words().code(wrong) < _KNOWN:
                    made[wrong] = name if wrong not in made else ""
    wrongs = sorted(wrong for wrong, name in made.items() if name)
    automaton = CharwiseDoubleArrayAhoCorasick(wrongs)
    forms = "\n".join(form for entry in shipped().entries if not entry.place.startswith(FILE) for form in entry.right)
    standing = {n for text in (corpus, everywhere, forms) for _, _, n in automaton.find_overlapping(text)}
    return [(wrong, made[wrong]) for n, wrong in enumerate(wrongs) if n not in standing]


def main(folder: Path) -> None:
    write_rows(
        FILE,
        rows(folder),
        kind="地名",
        severity="提示",
        source="国家统计局区划代码",
        source_date="2023-06-30",
        note="由地名推出",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
