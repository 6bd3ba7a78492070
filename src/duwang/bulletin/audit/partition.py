"""What divides into two: 检查 = 合格 + 不合格, 收到 = 办结 + 正在办理, 发现 = 已整改 + 未整改."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from duwang.bulletin.audit.counts import Count, counts_in, outside
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_WORK = "(?:整改|办结|办理|完成|答复|回复|解决|销号)"
_LEFT = re.compile(rf"(?:未|尚未|没有|正在|仍在|待){_WORK}|结转(?:下|到)|未按(?:时|期)|逾期")
_DONE = re.compile(rf"(?<![未尚在仍待]){_WORK}")
_AMONG = re.compile(r"[\u4e00-\u9fff]{0,6}[中里]$")
_THIRD = re.compile(r"不能|无法|不属|其他|其余|申辩|暂|反复|又")
_OPEN = re.compile(r"待核|待定|待复核|未定")
_CAME = re.compile(r"收到|收件|受理|来信|来件|留言")
_CARRIED = re.compile(r"结转|上年|往年|上期|历史|累计|遗留")
_PART_OF = re.compile(r"其中|按期|按时|及时|当[日场]|满意")


def partitions_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    """One passed and one failed count of the same kind in a sentence, one done and one left in a paragraph, against the counts that
    stand before them."""
    for line in lines:
        sentences = tuple(notice.sentences(line))
        for sentence in sentences:
            counts = [count for count in counts_in(sentence) if outside(sentence, count)]
            for subject in ("网站", "新媒体", ""):
                yield from _divided([c for c in counts if c.subject == subject])
            yield from _too_much_done(sentence, counts)
        yield from _worked_off([c for s in sentences for c in counts_in(s) if outside(s, c)])


def _too_much_done(sentence: Span, counts: Sequence[Count]) -> Iterator[Said]:
    """收到留言5条，办结6条: more was done than came in, and nothing is said of earlier ones."""
    if _CARRIED.search(sentence.text):
        return
    for one, other in pairwise(counts):
        between = sentence.text[one.end - sentence.start : other.start - sentence.start]
        came = _CAME.search(one.before) and not _DONE.search(one.before)
        done = re.fullmatch(rf"，(?:均?已|全部)?{_WORK}(?:了)?", between)
        if came and done and one.unit == other.unit and other.value > one.value:
            told = f"{one.before[-4:]}{one.value}{one.unit}，{between[1:]}{other.value}{other.unit}：办的比收到的多"
            yield Mismatch("bulletin/figure-mismatch", one.start, other.end, told, certainty=0.85)


def _divided(counts: list[Count]) -> Iterator[Said]:
    passed = [c for c in counts if c.role == "qualified"]
    failed = [c for c in counts if c.role == "failed"]
    if len(passed) != 1 or len(failed) != 1 or passed[0].unit != failed[0].unit:
        return
    unit, first = passed[0].unit, min(passed[0].start, failed[0].start)
    wholes = [c for c in counts if not c.role and c.unit == unit and c.end < first]
    rest = [c for c in counts if c.start > first and c.unit == unit and c not in (passed[0], failed[0])]
    total = passed[0].value + failed[0].value
    told = f"合格{passed[0].value}{unit}＋不合格{failed[0].value}{unit}"
    undecided = [c for c in rest if _OPEN.search(c.before) and "其中" not in c.before]
    if len(undecided) == 1:  # neither passed nor failed: the two alone may not make the whole
        total += undecided[0].value
        told += f"＋待核{undecided[0].value}{unit}"
        rest = [c for c in rest if c is not undecided[0]]
    whole_told = f"{told}＝{total}{unit}"
    if any(whole.value == total for whole in wholes):
        yield Agreement(f"{told}与检查数相符" if undecided else f"{whole_told}，与检查数相符")
    elif more := next((c for c in rest if any(whole.value == total + c.value for whole in wholes)), None):
        yield Agreement(f"{told}＋{more.before[-4:]}{more.value}{unit}与检查数相符")
    elif len(wholes) == 1 and not rest:
        whole, last = wholes[0], max(c.end for c in (*failed, *undecided))
        yield Mismatch(
            "bulletin/figure-mismatch", whole.start, last, f"{whole_told}，与检查的{whole.value}{unit}对不上"
        )


def _worked_off(counts: Sequence[Count]) -> Iterator[Said]:
    """已整改35个 and 未整改3个 of 38个. Several counts of work done may overlap (按期办结): then nothing is called wrong."""
    left = [c for c in counts if _LEFT.search(c.before)]
    if len(left) != 1:
        return
    rest = left[0]
    more = sum(c.value for c in counts if c.unit == rest.unit and c.start > rest.start and _THIRD.search(c.before))
    alike = [c for c in counts if c.unit == rest.unit and c is not rest and c.end < rest.start]
    done = [c for c in alike if _DONE.search(c.before)]
    wholes = [c for c in alike if c not in done and all(c.end < one.start for one in done)]
    if not done or not wholes:
        return
    sums = {one.value + rest.value: one for one in done}
    totals = {whole.value: whole for whole in wholes} | _with_the_one_before(wholes)
    if agreed := sorted(sums.keys() & totals.keys()):
        one = sums[agreed[0]]
        yield Agreement(f"{one.before[-4:]}{one.value}＋{rest.before[-4:]}{rest.value}＝{agreed[0]}{rest.unit}，相符")
        return
    if more:  # 不能判断23处 and the like: a third part
        whole = wholes[-1]
        added = sum(c.value for c in done) + rest.value + more
        if len(done) == 1 and added in totals:
            yield Agreement(f"已办{done[0].value}＋未办{rest.value}＋其他{more}{rest.unit}与总数相符")
        elif len(done) == 1 and _AMONG.match(whole.after) and abs(added - whole.value) <= max(2, whole.value // 10):
            told = f"各部分相加是{added}{rest.unit}，与总数{whole.value}{rest.unit}对不上"
            yield Mismatch("bulletin/figure-mismatch", whole.start, rest.end, told, certainty=0.85)
        return
    one, total = done[0], done[0].value + rest.value
    whole = min(wholes, key=lambda c: abs(c.value - total))
    if len(done) == 1 and not _PART_OF.search(one.before) and abs(whole.value - total) <= max(2, whole.value // 5):
        told = f"{one.before[-4:]}{one.value}{rest.unit}＋{rest.before[-4:]}{rest.value}{rest.unit}＝{total}{rest.unit}"
        yield Mismatch(
            "bulletin/figure-mismatch",
            whole.start,
            rest.end,
            f"{told}，与总数{whole.value}{rest.unit}对不上",
            certainty=0.85,
        )


def _with_the_one_before(wholes: Sequence[Count]) -> dict[int, Count]:
    """收到136件，上年结转4件: what came in and what was carried over make the whole."""
    return {one.value + other.value: one for one, other in pairwise(wholes) if "结转" in other.before}
