"""Derives lexicons/机构误写.tsv: names of organs with 与 for 和 (or the other way round).

usage: python -m bench.text_swaps OFFICIAL_FOLDER

A row is made when the wrong form never stands in official texts. Names come from organisations.tsv and from the package's expressions.
"""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from daachorse import CharwiseDoubleArrayAhoCorasick

from bench.text_lists import official, write_rows
from duwang.checks.text.lexicon import shipped
from duwang.checks.text.phrases import canon

FILE = "机构误写.tsv"
_LINKS, _SHORTEST = {"和": "与", "与": "和"}, 6


def rows(folder: Path) -> list[tuple[str, str]]:
    """(wrong, right) of every row that holds."""
    with (folder / "organisations.tsv").open(encoding="utf-8") as lines:
        names = {row["name"] for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)}
    names |= {one.text for one in canon().listed if one.kind == "organisation"}
    known = {entry.wrong for entry in shipped().entries if not entry.place.startswith(FILE)}
    made: dict[str, str] = {}
    for name in sorted(n for n in names if len(n) >= _SHORTEST and "有关" not in n and "街道" not in n):
        for at, character in enumerate(name[1:-1], 1):
            wrong = name[:at] + _LINKS.get(character, character) + name[at + 1 :]
            if wrong != name and wrong not in names and wrong not in known:
                made[wrong] = name
    automaton = CharwiseDoubleArrayAhoCorasick(list(made))
    standing = {n for _, _, n in automaton.find_overlapping(official(folder))}
    struck = {right for right in made.values() if any(shipped().hits(right))}
    return [(w, r) for n, (w, r) in enumerate(made.items()) if n not in standing and r not in struck]


def main(folder: Path) -> None:
    write_rows(FILE, rows(folder), kind="机构名", severity="提示", source="官方文件语料", note="由机构名称推出")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
