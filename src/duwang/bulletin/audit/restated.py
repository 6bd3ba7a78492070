"""The same number said twice: 不合格 in the summary and again further down must be one number, which the printed rate decides."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class _Trouble:
    """What a sentence says of sites and of accounts at once, and what is wrong with them."""

    site: Count
    account: Count
    fault: str


def troubles_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Mismatch]:
    """22个政府网站和21个政务新媒体存在文字表述错误 said twice, with one of the numbers a little off the second time."""
    told = [one for line in lines for s in notice.sentences(line) if (one := _trouble(s)) is not None]
    for n, one in enumerate(told):
        for other in told[n + 1 :]:
            if not _shared(one.fault, other.fault):
                continue
            pairs = ((one.site, other.site), (one.account, other.account))
            off = [(a, b) for a, b in pairs if a.value != b.value and a.unit == b.unit]
            if len(off) == 1 and abs(off[0][0].value - off[0][1].value) <= max(1, off[0][0].value // 10):
                first, second = off[0]
                words = f"{first.subject}{other.fault[:12]}前面写{first.value}{first.unit}，这里写{second.value}{second.unit}"
                yield Mismatch("bulletin/figure-mismatch", second.start, second.end, words, certainty=0.7)


def _trouble(sentence: Span) -> _Trouble | None:
    if _ELSEWHERE.search(sentence.text):
        return None
    counts = [one for one in counts_in(sentence) if one.role in ("trouble", "problem")]
    site, account = ([one for one in counts if one.subject == subject] for subject in ("网站", "新媒体"))
    if len(site) != 1 or len(account) != 1:
        return None
    last = max(site[0].end, account[0].end)
    fault = re.split(r"[，。；（\n]", sentence.text[last - sentence.start :])[0]
    return _Trouble(site[0], account[0], fault.removeprefix("政务新媒体").removeprefix("政府网站"))


def _shared(one: str, other: str) -> bool:
    """Four characters in a row in both, 存在问题 apart."""
    bare = re.sub(r"存在|问题", "", other)
    return any(bare[n : n + 4] in one for n in range(len(bare) - 3))
