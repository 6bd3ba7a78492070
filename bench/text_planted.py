"""Variants with one planted edit, for measuring what is found: canonical phrases, law titles, organs; and invented terms."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from pathlib import Path

from duwang.checks.text.phrases import canon
from duwang.checks.text.vocabulary import BOTH, NEARLY, SAME, SHAPE, confusable, words

EDITS = ("同音", "形近", "漏字", "多字", "颠倒")
ANY = "任一字"  # a character that has nothing to do with the right one
FRAMES = ("会议指出，要深入学习领会“{}”的内涵。", "近日，全县召开{}工作推进会。", "{}", "要准确把握{}，抓好落实。")
Item = tuple[str, str, str, str]


def sets(shared: Path) -> Iterator[tuple[str, list[Item]]]:
    """Named sets of (variant, right form, edit, frame)."""
    random.seed(20240930)
    official = shared / "corpora/official"
    phrases = [row["phrase"] for row in _rows(official / "phrases.tsv") if 5 <= len(row["phrase"]) <= 16][:6000]
    curated = [phrase.text for phrase in canon().listed if phrase.kind == "curated" and len(phrase.text) >= 5]
    yield (
        "canonical phrases",
        planted(random.sample(phrases, 700) + random.sample(curated, min(300, len(curated))), FRAMES),
    )
    titles = [row["title"] for row in _rows(official / "laws.tsv") if len(row["title"]) >= 6]
    yield "law titles", planted(random.sample(titles, 500), ("根据《{}》的规定，制定本办法。", "认真贯彻落实《{}》。"))
    organs = [r["name"] for r in _rows(official / "organisations.tsv") if r["group"] != "mined" and len(r["name"]) >= 5]
    yield "organisations", planted(random.sample(organs, 400), ("{}召开新闻发布会。", "经{}批准，现予公布。"))
    yield "any character for one of a curated phrase", planted(random.sample(curated, 300), FRAMES, (ANY,))
    yield (
        "any character for one of an organisation",
        planted(random.sample(organs, 300), ("{}召开新闻发布会。",), (ANY,)),
    )


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def planted(listed: Sequence[str], frames: Sequence[str], edits: Sequence[str] = EDITS) -> list[Item]:
    """One variant of each, the edits in turn; variants that are right forms or words themselves are left out."""
    right_forms = {phrase.text for phrase in canon().listed}
    made = []
    for number, text in enumerate(listed):
        for _ in range(20):
            edit = edits[number % len(edits)]
            wrong = _edited(text, edit)
            if (
                wrong
                and wrong != text
                and wrong not in right_forms
                and not words().code(wrong[:8])
                and wrong not in text
                and text not in wrong
            ):
                made.append((wrong, text, edit, random.choice(frames)))
                break
    return made


def _edited(text: str, edit: str) -> str | None:
    places = [i for i, c in enumerate(text) if "\u4e00" <= c <= "\u9fff"]
    at = random.choice(places)
    if edit in ("同音", "形近"):
        other = _other(text[at], (SAME, NEARLY, BOTH) if edit == "同音" else (SHAPE, BOTH))
        return text[:at] + other + text[at + 1 :] if other else None
    if edit == ANY:
        other = random.choice([c for c in random.choice(canon().listed).text if "\u4e00" <= c <= "\u9fff"])
        return text[:at] + other + text[at + 1 :]
    if edit == "漏字":
        return text[:at] + text[at + 1 :] if 0 < at < len(text) - 1 else None
    if edit == "多字":
        return text[:at] + text[at] + text[at:]
    return (
        text[:at] + text[at + 1] + text[at] + text[at + 2 :] if at + 1 in places and text[at] != text[at + 1] else None
    )


def _other(c: str, kinds: tuple[int, ...]) -> str | None:
    table = confusable()
    row = int(table.row[ord(c)])
    if not row:
        return None
    first, last = int(table.starts[row - 1]), int(table.starts[row])
    close = [i for i in range(first, last) if table.kinds[i] in kinds][:12]
    return chr(int(table.others[random.choice(close)])) if close else None


def invented_terms(number: int) -> list[str]:
    """Terms of three to six characters that no text holds, for timing a large list."""
    maker = random.Random(5)
    common = [chr(c) for c in range(0x4E00, 0x4E00 + 6000)]
    return sorted({"".join(maker.choices(common, k=maker.randint(3, 6))) for _ in range(number + 500)})[:number]
