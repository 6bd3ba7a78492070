"""合格 + 不合格 = 检查: what was checked divides into what passed and what failed."""

from __future__ import annotations

from collections.abc import Iterator

from duwang.bulletin.audit.counts import Count, counts_in
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span


def partitions_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    """One passed and one failed count of the same kind in a sentence, against the counts that stand before them."""
    for line in lines:
        for sentence in notice.sentences(line):
            counts = [count for count in counts_in(sentence) if _outside(sentence, count)]
            for subject in ("网站", "新媒体", ""):
                yield from _divided([c for c in counts if c.subject == subject])


def _outside(sentence: Span, count: Count) -> bool:
    """Not inside brackets, where kinds are listed."""
    before = sentence.text[: count.start - sentence.start]
    return before.count("（") <= before.count("）")


def _divided(counts: list[Count]) -> Iterator[Said]:
    passed = [c for c in counts if c.role == "qualified"]
    failed = [c for c in counts if c.role == "failed"]
    if len(passed) != 1 or len(failed) != 1 or passed[0].unit != failed[0].unit:
        return
    unit, first = passed[0].unit, min(passed[0].start, failed[0].start)
    wholes = [c for c in counts if not c.role and c.unit == unit and c.end < first]
    rest = [c for c in counts if c.start > first and c.unit == unit and c not in (passed[0], failed[0])]
    total = passed[0].value + failed[0].value
    told = f"合格{passed[0].value}{unit}＋不合格{failed[0].value}{unit}＝{total}{unit}"
    if any(whole.value == total for whole in wholes):
        yield Agreement(f"{told}，与检查数相符")
    elif more := next((c for c in rest if any(whole.value == total + c.value for whole in wholes)), None):
        yield Agreement(
            f"合格{passed[0].value}{unit}＋不合格{failed[0].value}{unit}＋{more.before[-4:]}{more.value}{unit}与检查数相符"
        )
    elif len(wholes) == 1 and not rest:
        whole = wholes[0]
        yield Mismatch(
            "bulletin/figure-mismatch", whole.start, failed[0].end, f"{told}，与检查的{whole.value}{unit}对不上"
        )
