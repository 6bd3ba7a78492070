"""Derives lexicons/严重表述.tsv: guiding expressions and names of top organs with one character wrong, missing or turned.

usage: python -m bench.text_serious OFFICIAL_FOLDER

A row is 严重, so its source is named: the right form stands in that official text (a law before any other), and the wrong form stands in
none of the official texts, is no word, and is no piece of a right form. Rows of other lexicons with the same wrong form are taken out.
"""

from __future__ import annotations

import csv
import gzip
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from daachorse import CharwiseDoubleArrayAhoCorasick

from bench.text_lists import LEXICONS, official
from duwang.checks.text.lexicon import COLUMNS
from duwang.checks.text.vocabulary import BOTH, SAME, SHAPE, confusable, words

OUT = LEXICONS / "严重表述.tsv"
GUIDING = [
    "习近平新时代中国特色社会主义思想", "新时代中国特色社会主义", "中国特色社会主义", "中国特色社会主义理论体系", "社会主义核心价值观",
    "马克思列宁主义", "毛泽东思想", "邓小平理论", "“三个代表”重要思想", "科学发展观", "中华民族伟大复兴", "中华民族共同体意识",
    "社会主义初级阶段", "社会主义现代化强国", "人类命运共同体", "总体国家安全观", "人民民主专政", "民族区域自治", "人民代表大会制度",
    "中国共产党领导的多党合作和政治协商制度", "习近平总书记", "以习近平同志为核心的党中央", "中国共产党", "中国共产党中央委员会",
    "中华人民共和国", "中华人民共和国主席", "中华人民共和国国务院", "中华人民共和国宪法", "全国人民代表大会", "全国人民代表大会常务委员会",
    "中央军事委员会", "国家监察委员会", "最高人民法院", "最高人民检察院", "中国人民政治协商会议", "中国人民解放军",
    "中国人民武装警察部队", "香港特别行政区", "澳门特别行政区", "新疆维吾尔自治区", "广西壮族自治区", "宁夏回族自治区", "内蒙古自治区",
    "台湾是中国的一部分",
]  # fmt: skip
_SCOPE = "引号外"
_COMMON = 9
# Stands only among the paragraphs that were set apart without their titles (formulas.txt.gz).
SET_APART = {
    "习近平新时代中国特色社会主义思想": ("国务院政府工作报告", ""),
    "全国人民代表大会常务委员会": ("中华人民共和国立法法", ""),
}
# Wordings that set a part of China beside states; the clause that says what it is.
STATES = [
    ("台湾等国家", "台湾地区等", "反分裂国家法第二条"),
    ("台湾等国", "台湾地区等", "反分裂国家法第二条"),
    ("台湾国家", "台湾地区", "反分裂国家法第二条"),
    ("香港等国家", "香港等地区", "中华人民共和国香港特别行政区基本法第一条"),
    ("澳门等国家", "澳门等地区", "中华人民共和国澳门特别行政区基本法第一条"),
    ("港澳台等国家", "港澳台地区", "反分裂国家法第二条"),
    ("港澳台国家", "港澳台地区", "反分裂国家法第二条"),
    ("港、澳、台等国家", "港澳台地区", "反分裂国家法第二条"),
]
_AND_REGIONS = "后忌:和地区|或地区|及地区|与地区|（地区|、地区|或者地区|家和地区|家或地区|家及地区|家、地区|家（地区|家或者地区|立|公园|队|图书馆"


def forms(right: str) -> Iterator[str]:
    """The expression with one character mistaken for an alike one, left out, or turned with its neighbour."""
    for at, character in enumerate(right):
        if not "\u4e00" <= character <= "\u9fff":
            continue
        for other in _alike(character):
            if not _word(right[at - 1 : at] + other) and not _word(other + right[at + 1 : at + 2]):
                yield right[:at] + other + right[at + 1 :]
        if 0 < at < len(right) - 1 and len(right) >= 6:
            yield right[:at] + right[at + 1 :]
        after = right[at + 1 : at + 2]
        if after and after != character and "\u4e00" <= after <= "\u9fff" and not _word(after + character):
            yield right[:at] + right[at + 1] + character + right[at + 2 :]


def _word(pair: str) -> bool:
    return len(pair) == 2 and words().code(pair) >= _COMMON


def _alike(character: str) -> list[str]:
    """Four that sound and look like it, three that sound the same, two that look like it."""
    table = confusable()
    row = int(table.row[ord(character)])
    if not row:
        return []
    first, last = int(table.starts[row - 1]), int(table.starts[row])
    kinds = table.kinds[first:last]
    chosen = [np.flatnonzero(kinds == kind)[:most] for kind, most in ((BOTH, 4), (SAME, 3), (SHAPE, 2))]
    return [chr(int(table.others[first + n])) for some in chosen for n in some]


def attested(folder: Path) -> dict[str, tuple[str, str]]:
    """Guiding expression → title and year of the official text that has it: a law in force before others, the newest."""
    with (folder / "documents.tsv").open(encoding="utf-8") as lines:
        rows = [row for row in csv.DictReader(lines, delimiter="\t") if row["split"] == "train"]
    named = [row["kind"] == "law" and row["title"].startswith("中华人民共和国") for row in rows]
    texts = "".join(
        gzip.decompress((folder / f"train-0{n}.txt.gz").read_bytes()).decode().rstrip("\n") + "\n\n" for n in (1, 2, 3)
    )
    found: dict[str, list[tuple[int, str, str]]] = {}
    for row, law, text in zip(rows, named, texts.split("\n\n"), strict=False):
        rank = 2 * law + (row["year"] <= "2024")
        for right in GUIDING:
            if right in text:
                found.setdefault(right, []).append((rank, row["year"] or "0", row["title"]))
    return SET_APART | {right: max(listed)[:0:-1] for right, listed in found.items()}


def main(folder: Path) -> None:
    sources, corpus = attested(folder), official(folder)
    made: dict[str, tuple[str, str]] = {}
    for right in sorted(GUIDING, key=len):
        for wrong in forms(right):
            shorter = any(piece in wrong for piece in made)
            if (
                right in sources
                and not shorter
                and not words().code(wrong)
                and all(wrong not in one for one in GUIDING)
            ):
                made[wrong] = (right, sources[right][0])
    automaton = CharwiseDoubleArrayAhoCorasick(list(made))
    standing = {number for _, _, number in automaton.find_overlapping(corpus)}
    rows = [("\t".join(COLUMNS))]
    listed = [pair for number, pair in enumerate(made.items()) if number not in standing]
    for wrong, (right, title) in listed:
        cells = {
            "wrong": wrong,
            "right": right,
            "kind": "固定表述",
            "severity": "严重",
            "source": title,
            "scope": _SCOPE,
        }
        cells |= {
            "source_date": sources[right][1],
            "note": f"“{right.strip('“”').replace('“', '‘').replace('”', '’')}”误写",
        }
        rows.append("\t".join({**dict.fromkeys(COLUMNS, ""), **cells}.values()))
    for wrong, right, clause in STATES:
        cells = {"wrong": wrong, "right": right, "kind": "港澳台", "severity": "严重", "source": clause}
        rows.append("\t".join({**dict.fromkeys(COLUMNS, ""), **cells, "context": _AND_REGIONS}.values()))
    OUT.write_text("\n".join(rows) + "\n", encoding="utf-8")
    taken = {row.split("\t")[0] for row in rows[1:]}
    for path in LEXICONS.glob("*.tsv"):
        if path != OUT:
            lines = path.read_text(encoding="utf-8").split("\n")
            path.write_text("\n".join(line for line in lines if line.split("\t")[0] not in taken), encoding="utf-8")
    print(len(listed), "rows;", "not attested:", [right for right in GUIDING if right not in sources])


if __name__ == "__main__":
    main(Path(sys.argv[1]))
