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
            counts = counts_in(sentence)
            for subject in ("网站", "新媒体", ""):
                yield from _divided([c for c in counts if c.subject == subject])


def _divided(counts: list[Count]) -> Iterator[Said]:
    passed = [c for c in counts if c.role == "qualified"]
    failed = [c for c in counts if c.role == "failed"]
    if len(passed) != 1 or len(failed) != 1 or passed[0].unit != failed[0].unit:
        return
    wholes = [
        c for c in counts if not c.role and c.unit == passed[0].unit and c.end < min(passed[0].start, failed[0].start)
    ]
    total = passed[0].value + failed[0].value
    told = f"合格{passed[0].value}{passed[0].unit}＋不合格{failed[0].value}{failed[0].unit}＝{total}{passed[0].unit}"
    if any(whole.value == total for whole in wholes):
        yield Agreement(f"{told}，与检查数相符")
    elif wholes:
        whole = wholes[-1]
        yield Mismatch(
            "bulletin/figure-mismatch", whole.start, failed[0].end, f"{told}，与检查的{whole.value}{whole.unit}对不上"
        )
