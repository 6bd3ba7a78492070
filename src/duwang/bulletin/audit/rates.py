"""Rates against counts at the printed decimals: 合格率 by kind of object, 办结率 and 完成率 by what came in and what was done."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from duwang.bulletin.audit.counts import Count, counts_in, rate
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span
from duwang.bulletin.audit.shares import share

_PERCENT = r"\d{1,3}(?:\.\d+)?"
_RATE = re.compile(
    rf"(?P<label>[\u4e00-\u9fff]{{0,10}}(?:率|比例|占比|占(?:总数|全部|检查总数|抽查总数)?的?))(?:总体|平均|均|约|仅|已)?(?P<each>分别)?(?:为|是|达到|达|：)?\s*"
    rf"(?P<values>{_PERCENT}\s*%(?:\s*(?:[、，和]|以及|及)\s*{_PERCENT}\s*%)*)"
)
_VALUE = re.compile(rf"({_PERCENT})\s*%")
_OTHER_ROUND = re.compile(
    r"上[一个]*(?:季度?|次|轮|月|年)|去年|同期|环比|同比|较|以上|以下|不低于|不少于|达不到|低于|高于|目标|力争|确保"
)
_CHECKED, _THERE_ARE = re.compile(r"检查|抽查|监测|抽检"), re.compile(r"总数|(?:正常|在)?运行|在用|现有|建有")
_RECHECK = re.compile(r"复查|整改")
_OVERALL = re.compile(r"总体|整体|总的|综合|平均")
_SUBJECTS = re.compile(r"(?P<site>网站)|(?P<media>新媒体|公众号|账号)")
_DONE = re.compile(r"办结|回复|答复|完成|办理|反馈|整改到位|已整改|采纳|按期|按时")
_CAME = re.compile(r"受理|收到|收件|接收|共|转办|交办|留言|来信|信件|信箱|提示单|工单|问题|件")
_WORDS_OF_RATE = re.compile(r"按期|按时|及时|办结|办理|办复|回复|答复|完成|整改|反馈")
_SAME = {
    "办结": ("办结", "回复", "答复", "办复"),
    "按期": ("按期", "按时"),
    "按时": ("按时", "按期"),
    "回复": ("回复", "答复"),
    "答复": ("答复", "回复"),
    "办复": ("办复", "办结", "回复", "答复"),
}
_DONE_RATE = re.compile(r"(?:办结|办理|办复|回复|答复|完成|整改|反馈|按期\w{0,3}|按时\w{0,3})率$")


@dataclass(frozen=True, slots=True)
class Printed:
    """One printed percentage; `named`: its own clause says of what."""

    label: str
    value: Decimal
    decimals: int
    start: int
    end: int
    subject: str
    named: bool = False


@dataclass(frozen=True, slots=True)
class Evidence:
    """Counts of one kind of object that may bear on a rate, as far as one looks for them."""

    wholes: tuple[Count, ...]
    failed: tuple[Count, ...]
    passed: tuple[Count, ...]
    problems: tuple[Count, ...]

    @classmethod
    def of(cls, counts: Iterable[Count]) -> Evidence:
        kept = [count for count in counts if count.value > 0]
        checked = any(not count.role and _CHECKED.search(count.before) for count in kept)
        kept = [count for count in kept if not (checked and _THERE_ARE.search(count.before))]
        return cls(
            *(tuple(count for count in kept if count.role == role) for role in ("", "failed", "qualified", "problem"))
        )

    @property
    def decides(self) -> bool:
        return bool(self.wholes) and bool(self.failed or self.passed)


def rates_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    """Every rate that can be recomputed."""
    everywhere = [count for line in lines for sentence in notice.sentences(line) for count in _current(sentence)]
    for line in lines:
        sentences = tuple(notice.sentences(line))
        near = [count for sentence in sentences for count in _current(sentence)]
        for sentence in sentences:
            for one in _printed(sentence, line):
                if "合格率" in one.label:
                    clause = [count for count in near if _same_clause(sentence, count, one)]
                    yield from _qualified(one, (clause, near, everywhere))
                elif _DONE_RATE.search(one.label):
                    yield from _done(one, counts_in(sentence), [c for c in near if c.end <= sentence.start])
                elif one.label.endswith(("比例", "占比", "占", "的")) or "率" in one.label:
                    before = [count for count in counts_in(sentence) if count.end <= one.start]
                    yield from share(one.label, one.value, one.decimals, before, (one.start, one.end))


def _same_clause(sentence: Span, count: Count, one: Printed) -> bool:
    """In the same part of the sentence, between semicolons."""
    if not sentence.start <= count.start < sentence.end:
        return False
    first, last = sorted((count.start, one.start))
    return "；" not in sentence.text[first - sentence.start : last - sentence.start]


def _current(sentence: Span) -> tuple[Count, ...]:
    return (
        ()
        if re.search(r"上[一个]*(?:季度|次|轮)[^，。]{0,12}(?:检查|抽查|通报)", sentence.text)
        else counts_in(sentence)
    )


def _printed(sentence: Span, line: Span) -> Iterator[Printed]:
    for found in _RATE.finditer(sentence.text):
        clause_start = max(sentence.text.rfind(stop, 0, found.start()) for stop in "，。；（") + 1
        clause = sentence.text[clause_start : found.start("values")]
        if _OTHER_ROUND.search(clause) or ("合格率" in found["label"] and _RECHECK.search(clause)):
            continue
        values = list(_VALUE.finditer(sentence.text, found.start("values"), found.end("values")))
        subjects = _subjects_before(sentence.text[: found.start("values")], line.text[: sentence.start - line.start])
        for n, value in enumerate(values):
            one = subjects[-len(values) :][n : n + 1] if len(values) > 1 else subjects[-1:]
            decimals = len(value[1].partition(".")[2])
            yield Printed(
                found["label"], Decimal(value[1]), decimals, sentence.start + found.start(), sentence.start + value.end(), "".join(one),
                bool(_SUBJECTS.search(clause)) or (len(values) > 1 and len(set(subjects[-len(values) :])) > 1),
            )  # fmt: skip


def _subjects_before(text: str, earlier: str) -> list[str]:
    """网站 and 新媒体 as they are named before the rate, in order; `网站与新媒体` in a title word counts once each."""
    for words in (text, earlier):
        found = ["网站" if m["site"] else "新媒体" for m in _SUBJECTS.finditer(words)]
        if found:
            return found
    return []


def _qualified(one: Printed, scopes: Sequence[Sequence[Count]]) -> Iterator[Said]:
    """Look in the clause first, then in the paragraph, then in the whole notice, until something decides."""
    name = f"{one.subject}合格率" if one.subject else "合格率"
    clause, near, everywhere = (Evidence.of(c for c in scope if c.subject == one.subject) for scope in scopes)
    wholes = clause.wholes or near.wholes or everywhere.wholes
    both = Evidence.of(scopes[0]) if _OVERALL.search(one.label) else Evidence((), (), (), ())
    told_here = len(clause.wholes) == 1 and len(clause.failed) == 1 and not both.wholes
    if len(clause.wholes) > 2:  # kinds listed one by one: together they are what was checked
        clause = replace(clause, wholes=(_together(clause.wholes),))
    for evidence in (clause,) if told_here else (clause, near, everywhere, _added(both)):
        for whole in evidence.wholes if evidence.wholes and evidence is not everywhere else wholes:
            for part, told in _passes(whole, (*evidence.failed, *evidence.problems), evidence.passed):
                if rate(part, whole.value, one.decimals) == one.value:
                    yield Agreement(f"{name}{one.value}%＝{told}，核对无误")
                    return
    if (
        not one.named
        and _OVERALL.search(one.label)
        and len({count.subject for count in scopes[1]} & {"网站", "新媒体"}) == 2
    ):
        return
    if clause.decides:
        yield from _wrong(one, name, clause.wholes, clause.failed, clause.passed)
    elif near.decides and len({count.value for count in near.wholes}) == 1:
        yield from _wrong(one, name, near.wholes, near.failed, near.passed)
    elif not near.wholes and everywhere.decides and one.subject and _single(everywhere):
        yield from _wrong(one, name, everywhere.wholes, everywhere.failed, everywhere.passed)
    elif one.subject and (clause.wholes or near.wholes) and not any(_reachable(one, whole.value) for whole in wholes):
        yield from _unreachable(one, name, clause.wholes or near.wholes, clause.problems or near.problems)


def _single(evidence: Evidence) -> bool:
    values = [{count.value for count in counts} for counts in (evidence.wholes, evidence.failed or evidence.passed)]
    return all(len(found) == 1 for found in values)


def _together(wholes: Sequence[Count]) -> Count:
    return replace(wholes[0], value=sum(count.value for count in wholes))


def _added(both: Evidence) -> Evidence:
    """Sites and accounts together, for an overall rate."""
    if len(both.wholes) != 2 or {count.subject for count in both.wholes} != {"网站", "新媒体"}:
        return Evidence((), (), (), ())
    whole = replace(both.wholes[0], value=sum(count.value for count in both.wholes))
    failed = (replace(both.failed[0], value=sum(count.value for count in both.failed)),) if both.failed else ()
    return Evidence((whole,), failed, (), ())


def _unreachable(one: Printed, name: str, wholes: Sequence[Count], problems: Sequence[Count]) -> Iterator[Said]:
    """No number of failed ones gives this rate; with a number of 存在问题 it is taken for the failed ones."""
    if problems:
        yield from _wrong(one, name, wholes, problems, ())
    elif any(count.value >= 2 for count in wholes):
        told = "、".join(sorted({f"{count.value}{count.unit}" for count in wholes}))
        yield _fault(one, f"{name}写{one.value}%，以{told}为总数，任何不合格数都算不出这个比率", certainty=0.85)


def _passes(whole: Count, failed: Iterable[Count], passed: Iterable[Count]) -> Iterator[tuple[int, str]]:
    for count in failed:
        if count.value <= whole.value:
            yield whole.value - count.value, f"（{whole.value}－{count.value}）÷{whole.value}"
    for count in passed:
        if count.value <= whole.value:
            yield count.value, f"{count.value}÷{whole.value}"


def _wrong(
    one: Printed, name: str, wholes: Sequence[Count], failed: Sequence[Count], passed: Sequence[Count]
) -> Iterator[Said]:
    decimals = 2 if one.value == 100 else one.decimals
    computed = [
        (rate(part, whole.value, decimals), told) for whole in wholes for part, told in _passes(whole, failed, passed)
    ]
    if not computed:
        return
    nearest, told = min(computed, key=lambda pair: abs(pair[0] - one.value))
    yield _fault(one, f"{name}写{one.value}%，按{told}应为{nearest}%")


def _fault(one: Printed, told: str, *, certainty: float = 0.95) -> Mismatch:
    return Mismatch("bulletin/figure-mismatch", one.start, one.end, told, certainty=certainty)


def _reachable(one: Printed, whole: int) -> bool:
    """Whether some whole number out of `whole` gives this rate."""
    if whole == 0:
        return False
    middle = int(one.value * whole / 100)
    return any(
        rate(part, whole, one.decimals) == one.value for part in range(max(0, middle - 1), min(whole, middle + 2) + 1)
    )


def _done(one: Printed, counts: Sequence[Count], earlier: Sequence[Count]) -> Iterator[Said]:
    """办结率: of what came in before it in the sentence, else in the paragraph, how much was done. Only what is counted in the rate's own
    words (按期办结) can make it wrong."""
    before = [c for c in counts if c.end <= one.start]
    done = [c for c in before if _DONE.search(c.before)]
    came = [c for c in before if c not in done] or [c for c in earlier if _CAME.search(c.before)][:1]
    pairs = [(d, c) for d in done for c in came if d.unit == c.unit and d.value <= c.value and c.start < d.start]
    for d, c in pairs:
        if rate(d.value, c.value, one.decimals) == one.value:
            yield Agreement(f"{one.label[-6:]}{one.value}%＝{d.value}÷{c.value}，核对无误")
            return
    if len(done) == 1 and len(came) == 1 and done[0].unit == came[0].unit and done[0].value > came[0].value:
        d, c = done[0], came[0]
        told = f"{d.before[-4:]}{d.value}{d.unit}，多于{c.before[-4:]}的{c.value}{c.unit}"
        yield Mismatch("bulletin/figure-mismatch", d.start, d.end, told, certainty=0.8)
        return
    wanted = _WORDS_OF_RATE.findall(one.label)
    meant = [
        (d, c)
        for d, c in pairs
        if all(any(word in d.before for word in _SAME.get(found, (found,))) for found in wanted)
    ]
    if len(meant) == 1 and bool(wanted) and len(pairs) == 1:
        d, c = meant[0]
        exact = rate(d.value, c.value, one.decimals)
        yield _fault(one, f"{one.label[-6:]}写{one.value}%，按{d.value}÷{c.value}应为{exact}%", certainty=0.9)
