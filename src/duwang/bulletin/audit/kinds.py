"""Kinds that are counted one by one (门户网站8家、部门网站49家; 微信公众号38个、微博2个 …) against the number of all of them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duwang.bulletin.audit.counts import Count, counts_in, outside
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_KINDS = {
    "网站": (re.compile(r"(?:门户|部门|专项|专题|单位)(?:类)?网站$"), 2),
    "新媒体": (
        re.compile(r"(?:公众号|服务号|订阅号|视频号|微信|微博|抖音号?|快手号?|头条号?|客户端|APP|小程序|百家号|小红书|其他(?:平台|账号|类)?)$"),
        3,
    ),
}  # fmt: skip
_ALIKE = {"个", "家"}
_BETWEEN = re.compile(r"[、和及与，；]")
_ANOTHER = re.compile(r"上[一个]*(?:季度?|次|轮|月|年)|去年|同期|总数|新增|新开|注销|关停|备案|登记")


def kinds_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    sentences = [sentence for line in lines for sentence in notice.sentences(line)]
    counted = [(sentence, counts_in(sentence)) for sentence in sentences]
    for subject, (kind, least) in _KINDS.items():
        runs = [run for sentence, counts in counted for run in _runs(sentence, counts, kind) if len(run) >= least]
        taken = {count.start for run in runs for count in run}
        wholes = [
            count
            for sentence, counts in counted
            if not _ANOTHER.search(sentence.text)
            for count in counts
            if count.subject == subject and not count.role and count.start not in taken and outside(sentence, count)
        ]
        for run in runs:
            yield from _compared(
                subject, run, [c for c in wholes if c.unit == run[0].unit or {c.unit, run[0].unit} == _ALIKE]
            )


def _runs(sentence: Span, counts: Sequence[Count], kind: re.Pattern[str]) -> Iterator[list[Count]]:
    """Neighbouring counts that each name a kind."""
    run: list[Count] = []
    for count in counts:
        named = kind.search(count.before.strip()) or kind.match(count.after.strip())
        if not named or (run and not _follows(sentence, run[-1], count)):
            if run:
                yield run
            run = []
        if named:
            run = [*run, count]
    if run:
        yield run


def _follows(sentence: Span, one: Count, other: Count) -> bool:
    between = sentence.text[one.end - sentence.start : other.start - sentence.start]
    return one.unit == other.unit and len(_BETWEEN.findall(between)) == 1


def _compared(subject: str, run: list[Count], wholes: Sequence[Count]) -> Iterator[Said]:
    total, unit = sum(count.value for count in run), run[0].unit
    added = "＋".join(str(count.value) for count in run)
    if any(whole.value == total for whole in wholes):
        yield Agreement(f"{subject}{total}{unit}＝{added}，合计相符")
        return
    values = {whole.value for whole in wholes if whole.value >= max(count.value for count in run)}
    if len(values) == 1 and abs((whole := values.pop()) - total) <= max(2, whole // 10):
        told = f"{subject}总数写{whole}{unit}，各类{added}＝{total}，对不上"
        yield Mismatch("bulletin/figure-mismatch", run[0].start, run[-1].end, told, certainty=0.85)
