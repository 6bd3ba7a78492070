"""Outcomes, findings, reviews and an edition → one verdict for every site and account. Pure and deterministic."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import Any

from duwang.judge.counting import Count, count, takes
from duwang.judge.edition import Edition
from duwang.judge.indicator import Indicator, Where
from duwang.judge.material import Record, by_owner
from duwang.judge.points import Scored, exact, rounded, score
from duwang.judge.sampling import draws_for
from duwang.judge.subject import Subject, subjects
from duwang.model.findings import Finding, Outcome
from duwang.model.registry import Registry
from duwang.model.rulings import Rulings, says_yes
from duwang.model.verdicts import Decision, Hit, OpenQuestion, Review, Verdict, VerdictKind

NO_HISTORY = "没有连续一周的访问记录"
LOW_SCORE, LOW_TITLE = "T-3", "扣分指标得分不足60分"
_EVERYWHERE = Where()
NOTHING = "本次没有检查到任何一项单项否决指标，不能认定合格"


def judge(
    *,
    registry: Registry,
    outcomes: Iterable[Outcome],
    findings: Iterable[Finding],
    reviews: Sequence[Review],
    edition: Edition,
    as_of: date,
    probes_seen: bool = True,
    populations: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
) -> tuple[Verdict, ...]:
    """One verdict per judged target, sorted by target. `probes_seen=False`: no week of visits stands behind a quiet
    reach/site-down, so that 站点无法访问 is not examined. `populations`: target → 办事指南, 政策文件 … → refs, from which
    sampled clauses draw; without it every finding counts."""
    records = by_owner(outcomes, findings)
    bench = _Bench(Rulings(reviews), edition, as_of, populations or {}, probes_seen)
    verdicts = (
        _verdict(subject, records.get(subject.target, Record()), bench) for subject in subjects(registry, as_of)
    )
    return tuple(sorted(verdicts, key=lambda verdict: verdict.target))


def judge_supervisor(*, target: str, name: str, reviews: Sequence[Review], edition: Edition, as_of: date) -> Verdict:
    """The annual assessment of a supervising organ (监管工作年度考核) from people's answers alone."""
    subject = Subject(target, "supervisor", name, name, None, None, {}, {})
    return _verdict(subject, Record(), _Bench(Rulings(reviews), edition, as_of, {}, False))


@dataclass(slots=True)
class _Sheet:
    """What one target's vetoes came to, while they are gone through."""

    hits: list[Hit] = field(default_factory=list)
    open: list[OpenQuestion] = field(default_factory=list)
    examined: list[str] = field(default_factory=list)
    not_examined: list[Mapping[str, str]] = field(default_factory=list)
    manual: list[Mapping[str, str]] = field(default_factory=list)
    excluded: list[Mapping[str, str]] = field(default_factory=list)

    def leave_out(self, indicator: Indicator, why: str) -> None:
        self.not_examined.append({"indicator": indicator.code, "title": indicator.title, "why": why})


@dataclass(frozen=True, slots=True)
class _Bench:
    """What is the same for every target of one judgement."""

    rulings: Rulings
    edition: Edition
    as_of: date
    populations: Mapping[str, Mapping[str, Sequence[str]]]
    probes_seen: bool


def _verdict(subject: Subject, record: Record, bench: _Bench) -> Verdict:
    sheet = _Sheet()
    for indicator in bench.edition.of(subject.kind, "veto"):
        _veto(indicator, subject, record, bench.rulings, sheet, probes_seen=bench.probes_seen)
    if not sheet.examined and not sheet.hits and not sheet.open:
        sheet.open.append(OpenQuestion("", "未检查", NOTHING, 0, 1, 1, unknown=(subject.target,)))
    scored = Scored()
    if subject.gets_points and not sheet.hits:
        scored = _scored(subject, record, bench, sheet)
    kind = VerdictKind.FAILED if sheet.hits else VerdictKind.OPEN if sheet.open else VerdictKind.QUALIFIED
    return Verdict(
        target=subject.target,
        kind=subject.kind,
        name=subject.name,
        org=subject.org,
        verdict=kind,
        hits=tuple(sheet.hits),
        open=() if sheet.hits else tuple(sheet.open),
        examined=(*sheet.examined, *scored.examined),
        not_examined=(*sheet.not_examined, *scored.not_examined),
        score=scored.score,
        deductions=tuple(scored.deductions),
        bonus=tuple(scored.bonus),
        manual=(*sheet.manual, *scored.manual, *_asked_besides(subject, bench)),
        reported=_reported(subject, record, bench.rulings, bench.edition),
        excluded=(*sheet.excluded, *scored.excluded),
    )


def _scored(subject: Subject, record: Record, bench: _Bench, sheet: _Sheet) -> Scored:
    """The points of a portal without a veto; a score below the line fails it, a possible one leaves it open."""
    edition = bench.edition
    if not edition.of(subject.kind, "points"):
        return Scored()
    draws = draws_for(edition, subject.target, bench.populations.get(subject.target, {}), as_of=bench.as_of)
    scored = score(subject, record, bench.rulings, edition, draws=draws)
    line = edition.scoring.fails_below
    if scored.highest < exact(line):
        sheet.hits.append(Hit(LOW_SCORE, LOW_TITLE, "points", _score(scored.highest), line, ()))
    elif scored.lowest < exact(line):
        low, high = _score(scored.lowest), _score(scored.highest)
        why = f"待复核和不能判断的扣分项可能使得分低于{line:g}分"
        unreviewed, unknown = tuple(sorted(set(scored.unreviewed))), tuple(sorted(set(scored.unknown)))
        sheet.open.append(OpenQuestion(LOW_SCORE, LOW_TITLE, why, low, high, line, unreviewed, unknown))
    return scored


def _score(points: Fraction) -> int | float:
    """A score as it is printed: 59.5, but 59 and not 59.0."""
    score = rounded(points)
    return int(score) if score == int(score) else score


def _veto(
    indicator: Indicator, subject: Subject, record: Record, rulings: Rulings, sheet: _Sheet, *, probes_seen: bool
) -> None:
    if why := _exempt(indicator, subject):
        return sheet.leave_out(indicator, why)
    if _answered(indicator, subject, rulings, sheet):
        return None
    found = count(indicator, subject, record, rulings)
    sheet.excluded += [{"indicator": indicator.code, "title": indicator.title, **one} for one in found.excluded]
    limit = _limit(indicator)
    if found.low >= limit:
        sheet.hits.append(_hit(indicator, found))
    elif found.high >= limit:
        sheet.open.append(_question(indicator, found))
    _note_examination(indicator, found, sheet, probes_seen=probes_seen)
    return None


def _limit(indicator: Indicator) -> int:
    return int(indicator.threshold) if indicator.rule == "count" else 1


def _exempt(indicator: Indicator, subject: Subject) -> str:
    where = indicator.where
    if subject.site is not None:
        if where.serves_public and not subject.site.serves_public:
            return "该网站主办单位没有对外服务职能，不检查本项"
        if where.kinds and subject.site.kind not in where.kinds:
            return f"本项只检查{'、'.join(where.kinds)}网站"
    if subject.account is not None and where.platforms and subject.account.platform not in where.platforms:
        return f"本项只检查{where.platforms[0]}"
    return ""


def _answered(indicator: Indicator, subject: Subject, rulings: Rulings, sheet: _Sheet) -> bool:
    """A person's answer for the whole indicator settles it; True when there was one."""
    review = rulings.answer(subject.target, indicator.code)
    answer = says_yes(review.answer) if review else None
    if review is None or answer is None:
        return False
    sheet.examined.append(indicator.code)
    if answer:
        amount = review.count if review.count is not None else int(max(1, indicator.threshold))
        sheet.hits.append(Hit(indicator.code, indicator.title, indicator.effect, amount, indicator.at_least, ()))
    return True


def _hit(indicator: Indicator, found: Count) -> Hit:
    return Hit(indicator.code, indicator.title, indicator.effect, found.low, indicator.at_least or 1, found.decided)


def _question(indicator: Indicator, found: Count) -> OpenQuestion:
    parts = []
    if found.unreviewed:
        parts.append(f"{len(found.unreviewed)}个问题等待复核：{indicator.ask or '是否属实'}")
    if found.unknown:
        parts.append(f"{len(found.unknown)}处不能判断：{found.why_unknown}")
    return OpenQuestion(
        indicator=indicator.code,
        title=indicator.title,
        why="；".join(parts),
        low=found.low,
        high=found.high,
        threshold=indicator.at_least or 1,
        fingerprints=found.unreviewed,
        unknown=found.unknown,
    )


def _note_examination(indicator: Indicator, found: Count, sheet: _Sheet, *, probes_seen: bool) -> None:
    quiet = not (found.decided or found.unreviewed or found.unknown)
    if found.low >= _limit(indicator):
        sheet.examined.append(indicator.code)
    elif indicator.auto == "M":
        why = "由人工判断，尚无人工结论"
        sheet.manual.append({"indicator": indicator.code, "title": indicator.title, "why": indicator.ask or why})
        sheet.leave_out(indicator, why)
    elif indicator.rule == "ratio" and quiet and not probes_seen:
        sheet.leave_out(indicator, NO_HISTORY)
    elif found.gap:
        sheet.leave_out(indicator, found.gap)
    else:
        sheet.examined.append(indicator.code)


def _reported(subject: Subject, record: Record, rulings: Rulings, edition: Edition) -> tuple[Mapping[str, Any], ...]:
    lines = []
    for indicator in edition.of(subject.kind, "report"):
        if indicator.rule == "manual":
            review = rulings.answer(subject.target, indicator.code)
            amount = (1 if review.count is None else review.count) if review and says_yes(review.answer) else 0
        else:
            watched = [found for check, found in record.findings.items() if indicator.watches(check)]
            if indicator.severity or indicator.where != _EVERYWHERE:
                watched = [[one for one in found if takes(indicator, subject, one)] for found in watched]
            amount = sum(len(findings) for findings in watched)
            if rulings.any_decision:
                each = (rulings.decision(finding) for findings in watched for finding in findings)
                amount -= sum(decision is Decision.FALSE_ALARM for decision in each)
        if amount:
            lines.append({"indicator": indicator.code, "title": indicator.title, "count": amount})
    return tuple(lines)


def _asked_besides(subject: Subject, bench: _Bench) -> tuple[Mapping[str, str], ...]:
    """Questions for people that bear on no verdict, until they are answered."""
    return tuple(
        {"indicator": one.code, "title": one.title, "why": one.ask or one.title}
        for one in bench.edition.of(subject.kind, "report")
        if one.rule == "manual" and bench.rulings.answer(subject.target, one.code) is None
    )
