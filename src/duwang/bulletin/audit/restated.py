"""The same number said twice: 不合格 in the summary and again further down must be one number, which the printed rate decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duwang.bulletin.audit.counts import Count, counts_in
from duwang.bulletin.audit.mismatch import Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_ELSEWHERE = re.compile(r"上[一个]*(?:季度?|次|轮|月|年)|去年|复查|整改|[县市区州镇乡]\d|分别|至少|以上|超过")


def restated_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    """Failed counts of one subject that stand alone in their sentences and differ a little: a slip in one of them."""
    told: dict[tuple[str, str], list[Count]] = {}
    for line in lines:
        for sentence in notice.sentences(line):
            for one in _alone(sentence, counts_in(sentence)):
                told.setdefault((one.subject, one.unit), []).append(one)
    for (subject, unit), counts in told.items():
        first = counts[0]
        for other in counts[1:]:
            if other.value != first.value and abs(other.value - first.value) <= max(1, first.value // 10):
                words = f"不合格{subject}前面写{first.value}{unit}，这里写{other.value}{unit}"
                yield Mismatch("bulletin/figure-mismatch", other.start, other.end, words, certainty=0.7)
                return


def _alone(sentence: Span, counts: Sequence[Count]) -> Iterator[Count]:
    """The failed count of a subject where the sentence has no second one that could be a part of it."""
    if _ELSEWHERE.search(sentence.text):
        return
    for subject in ("网站", "新媒体"):
        failed = [count for count in counts if count.subject == subject and count.role == "failed"]
        if len(failed) == 1:
            yield failed[0]
