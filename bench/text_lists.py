"""Adds rows to a hand-written lexicon from a compact table, each one held against the official texts first.

usage: python -m bench.text_lists FOLDER LEXICON KIND [--grade 提示] [--source 编者] [--rival] TABLE…      (FOLDER: the official corpus)

A table holds either `right:wrong,wrong right:wrong …`, or lines `right wrong | collocation collocation …`: in every collocation the right
word is changed for the wrong one. A row is left out when the lists strike the wrong form already, when it is a dictionary word, or when
official texts have it; a short form that stands there only between two words is kept (`straddles` guards it), with neighbours to avoid
where that does not help. What was left out, and why, is counted; `--tell` prints it.
"""

from __future__ import annotations

import argparse
import gzip
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from daachorse import CharwiseDoubleArrayAhoCorasick

from duwang.checks.text.lexicon import COLUMNS, Lexicon, shipped
from duwang.checks.text.segmenting import straddles
from duwang.checks.text.vocabulary import words

LEXICONS = Path(__file__).resolve().parents[1] / "src" / "duwang" / "checks" / "text" / "lexicons"
FRAMES = ("会议要求，要认真研究{}有关问题。", "，{}。")
_WORD, _RIVAL, _FEW, _SHARE, _NEIGHBOURS = 8, 15, 3, 150, 6
Pair = tuple[str, str]


def pairs(text: str) -> Iterator[Pair]:
    """(wrong, right) of a table."""
    for line in text.splitlines():
        head, bar, tail = line.partition("|")
        if bar and len(head.split()) == 2:
            right, wrong = head.split()
            for collocation in tail.split():
                if right in collocation:
                    yield collocation.replace(right, wrong, 1), collocation
            continue
        for item in line.split():
            right, colon, wrongs = item.partition(":")
            if colon:
                yield from ((wrong, right) for wrong in wrongs.split(",") if wrong)


def fresh(listed: Iterable[Pair], lexicon: Lexicon) -> Iterator[Pair]:
    """Pairs that no row strikes yet, and that no shorter pair of the same list does."""
    made: dict[str, str] = {}
    for wrong, right in listed:
        if wrong != right and len(wrong) >= 2 and right:
            made.setdefault(wrong, right)
    for wrong, right in sorted(made.items(), key=lambda pair: len(pair[0])):
        shorter = (wrong[a:b] for a in range(len(wrong)) for b in range(a + 3, len(wrong) + (a > 0)))
        if any(piece in made and made[piece] in right and piece not in right for piece in shorter):
            continue
        if wrong in right or not all(_struck(lexicon, frame, wrong) for frame in FRAMES):
            yield wrong, right


def _struck(lexicon: Lexicon, frame: str, wrong: str) -> bool:
    text, at = frame.format(wrong), frame.index("{")
    return any(hit.start < at + len(wrong) and at < hit.end for hit in lexicon.hits(text))


def judged(listed: list[Pair], corpus: str, *, least: int = _WORD) -> Iterator[tuple[str, str, str, str]]:
    """(wrong, right, context, why it is left out); a wrong form that the dictionary has with a code of `least` or more is a word."""
    wanted = sorted({form for pair in listed for form in pair})
    automaton = CharwiseDoubleArrayAhoCorasick(wanted)
    places: dict[str, list[int]] = defaultdict(list)
    for start, _, number in automaton.find_overlapping(corpus):
        if len(places[wanted[number]]) < 4000:
            places[wanted[number]].append(start)
    for wrong, right in listed:
        if words().code(wrong) >= least and len(wrong) <= 8:
            yield wrong, right, "", "是词"
            continue
        shift = right.find(wrong)
        stands = [at for at in places[wrong] if shift < 0 or not corpus.startswith(right, at - shift)]
        alone = [at for at in stands if len(wrong) > 3 or not _between(corpus, at, len(wrong))]
        if not alone or (len(alone) <= _FEW and len(places[right]) >= _SHARE * len(alone)):
            yield wrong, right, "", ""
            continue
        before, after = Counter(corpus[at - 1] for at in alone), Counter(corpus[at + len(wrong)] for at in alone)
        side, found = min((("前忌", before), ("后忌", after)), key=lambda pair: len(pair[1]))
        if len(wrong) <= 3 and len(found) <= _NEIGHBOURS and len(places[right]) > len(alone) and _plain(found):
            yield wrong, right, f"{side}:{'|'.join(sorted(found))}", ""
        else:
            yield wrong, right, "", "官方文件里有"


def _between(corpus: str, at: int, length: int) -> bool:
    low = max(0, at - 6)
    return straddles(corpus[low : at + length + 6], at - low, at - low + length)


def _plain(found: Iterable[str]) -> bool:
    return all("\u4e00" <= character <= "\u9fff" for character in found)


def official(folder: Path) -> str:
    names = ("train-01", "train-02", "train-03", "formulas")
    return "\n".join(gzip.decompress((folder / f"{name}.txt.gz").read_bytes()).decode() for name in names)


def write_rows(file: str, made: Iterable[Pair], **cells: str) -> None:
    """A lexicon of its own from (wrong, right); `cells` are the same in every row."""
    lines = ["\t".join(COLUMNS)]
    for wrong, right in made:
        lines.append("\t".join({**dict.fromkeys(COLUMNS, ""), "wrong": wrong, "right": right, **cells}.values()))
    (LEXICONS / file).write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(len(lines) - 1, file)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("lexicon")
    parser.add_argument("kind")
    parser.add_argument("tables", nargs="+", type=Path)
    parser.add_argument("--grade", default="一般")
    parser.add_argument("--source", default="编者")
    parser.add_argument(
        "--rival", action="store_true", help="the wrong forms are rival spellings that dictionaries list as words"
    )
    parser.add_argument("--tell", action="store_true")
    chosen = parser.parse_args()
    listed = [pair for table in chosen.tables for pair in pairs(table.read_text(encoding="utf-8"))]
    new = list(fresh(listed, shipped()))
    left: Counter[str] = Counter()
    lines = []
    for wrong, right, context, why in judged(new, official(chosen.folder), least=_RIVAL if chosen.rival else _WORD):
        left[why] += 1
        if why:
            if chosen.tell:
                print(f"{why}\t{wrong}\t{right}")
            continue
        cells = {"wrong": wrong, "right": right, "kind": chosen.kind, "severity": chosen.grade, "source": chosen.source}
        lines.append("\t".join({**dict.fromkeys(COLUMNS, ""), **cells, "context": context}.values()))
    with (LEXICONS / chosen.lexicon).open("a", encoding="utf-8") as file:
        file.writelines(f"{line}\n" for line in lines)
    print(f"{len(listed)} pairs, {len(new)} new, {len(lines)} added; left out: {dict(left)}")


if __name__ == "__main__":
    main()
