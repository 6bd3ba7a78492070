"""Deductions and bonus of a portal: counted per clause, capped per indicator, added without rounding until the end."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any

from duwang.judge.counting import Count, count
from duwang.judge.edition import Edition, Scoring
from duwang.judge.indicator import Indicator
from duwang.judge.material import Record
from duwang.judge.sampling import Draw
from duwang.judge.subject import Subject
from duwang.model.rulings import Rulings, says_yes

COLUMN_CHECKS = ("update/column-stale", "update/column-blank")


@dataclass(slots=True)
class Scored:
    """What the points of one target came to. `lowest` and `highest` bound the score; lines are as in verdicts.json."""

    score: float | None = None
    lowest: Fraction = Fraction(0)
    highest: Fraction = Fraction(0)
    deductions: list[Mapping[str, Any]] = field(default_factory=list)
    bonus: list[Mapping[str, Any]] = field(default_factory=list)
    manual: list[Mapping[str, str]] = field(default_factory=list)
    examined: list[str] = field(default_factory=list)
    not_examined: list[Mapping[str, str]] = field(default_factory=list)
    excluded: list[Mapping[str, str]] = field(default_factory=list)
    unreviewed: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause as counted: `low`/`high` items; `why` says what keeps the two apart or that nobody looked."""

    item: Indicator
    low: int
    high: int | None
    count: Count | None = None
    ask: str = ""
    gap: str = ""
    answered: bool = False
    draw: Draw | None = None


def score(
    subject: Subject,
    record: Record,
    rulings: Rulings,
    edition: Edition,
    *,
    draws: Mapping[str, Draw],
) -> Scored:
    """Part 2 and, above its line, part 3. `draws` are the samples by clause code."""
    sheet = Scored()
    skip = "" if subject.serves_public else edition.scoring.service_block
    sure = possible = Fraction(0)
    taken: set[str] = set()
    for indicator in _asked_of(subject, edition, "points"):
        if skip and indicator.block == skip:
            _leave_out(sheet, indicator, "没有对外服务职能，办事服务部分不检查，其余按75分折算为百分制")
            continue
        clauses = tuple(_clauses(indicator, subject, record, rulings, taken, draws))
        low, high = _points(indicator, clauses)
        sure, possible = sure + low, possible + high
        sheet.deductions += _lines(indicator, clauses, low)
        _note(sheet, indicator, clauses)
    scoring = edition.scoring
    sheet.highest = _mark(scoring, sure, without_service=bool(skip))
    sheet.lowest = _mark(scoring, possible, without_service=bool(skip))
    gained = Fraction(0)
    if sheet.highest > exact(scoring.bonus_above):
        gained = _bonus(sheet, subject, record, rulings, edition, draws)
    sheet.score = rounded(sheet.highest + gained)
    return sheet


def exact(number: float | int) -> Fraction:
    """The decimal number as written, without binary error."""
    return Fraction(str(number))


def rounded(number: Fraction, places: int = 2) -> float:
    """Half-up to `places` decimals."""
    decimal = Decimal(number.numerator) / Decimal(number.denominator)
    return float(decimal.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP))


def _mark(scoring: Scoring, deducted: Fraction, *, without_service: bool) -> Fraction:
    full = exact(scoring.full)
    if not without_service:
        return max(full - deducted, Fraction(0))
    rest = exact(scoring.without_service)
    return max((rest - deducted) * full / rest, Fraction(0))


def _asked_of(subject: Subject, edition: Edition, effect: str) -> Iterator[Indicator]:
    for indicator in edition.of(subject.kind, effect):
        kinds = indicator.where.kinds
        if subject.site is None or not kinds or subject.site.kind in kinds:
            yield indicator


def _bonus(
    sheet: Scored,
    subject: Subject,
    record: Record,
    rulings: Rulings,
    edition: Edition,
    draws: Mapping[str, Draw],
) -> Fraction:
    gained = Fraction(0)
    for indicator in _asked_of(subject, edition, "bonus"):
        clauses = tuple(_clauses(indicator, subject, record, rulings, set(), draws))
        low, _ = _points(indicator, clauses)
        gained += low
        sheet.bonus += _lines(indicator, clauses, low)
        _note(sheet, indicator, clauses)
    return gained


def _clauses(
    indicator: Indicator,
    subject: Subject,
    record: Record,
    rulings: Rulings,
    taken: set[str],
    draws: Mapping[str, Draw],
) -> Iterator[Clause]:
    whole = rulings.answer(subject.target, indicator.code)
    for number, item in enumerate(indicator.items):
        review = rulings.answer(subject.target, item.code) or (whole if _settles(whole, number) else None)
        answer = says_yes(review.answer) if review else None
        if review is not None and answer is not None:
            amount = (1 if review.count is None else review.count) if answer else 0
            if amount:
                taken.update(_columns_meant(item, subject, record))
            yield Clause(item, amount, amount, answered=True)
        elif item.absent:
            yield _absent(item, subject)
        elif not item.checks:
            drawn = draws.get(item.code)
            yield Clause(item, 0, 0, ask=_asked(item, drawn), draw=drawn)
        else:
            yield _counted(item, subject, record, rulings, taken, draws.get(item.code))


def _columns_meant(item: Indicator, subject: Subject, record: Record) -> Iterator[str]:
    """The columns a person's answer to a clause was about: deducted here, they are not deducted again elsewhere."""
    for check in COLUMN_CHECKS:
        if item.watches(check) and item.where.about_columns:
            for finding in record.findings.get(check, ()):
                if item.where.takes_column(subject.columns.get(finding.target)):
                    yield finding.target


def _asked(item: Indicator, drawn: Draw | None) -> str:
    """The question for people, with what they are to look at where a sample was drawn."""
    question = item.ask or item.title
    return f"{question}（抽中：{'；'.join(drawn.chosen)}）" if drawn else question


def _settles(review: Any, number: int) -> bool:
    """An answer for a whole indicator: 否 settles every clause, 是 the first."""
    return review is not None and (number == 0 or says_yes(review.answer) is False)


def _absent(item: Indicator, subject: Subject) -> Clause:
    if any(column.category == item.absent for column in subject.columns.values()):
        return Clause(item, 0, 0)
    return Clause(item, 0, 0, ask=item.ask or f"名录中没有登记“{item.absent}”类栏目，网站是否确实没有这类栏目")


def _counted(
    item: Indicator, subject: Subject, record: Record, rulings: Rulings, taken: set[str], draw: Draw | None
) -> Clause:
    found = count(
        item, subject, record, rulings, taken=taken if item.once else frozenset(), only=draw.chosen if draw else None
    )
    if found.low and any(check in COLUMN_CHECKS for check in item.checks):
        taken.update(found.targets)
    several = bool(found.unknown) and item.unit != "targets" and item.rule != "all-columns"
    ask = f"{len(found.unreviewed)}个问题等待复核：{item.ask or item.title}" if found.unreviewed else ""
    return Clause(item, found.low, None if several else found.high, found, ask, found.gap, draw=draw)


def _points(indicator: Indicator, clauses: Sequence[Clause]) -> tuple[Fraction, Fraction]:
    """Sure and possible points of one indicator, both capped; an unconfirmed indicator may have no known cap."""
    sure = sum((_within(clause.item.cap, _worth(clause, clause.low)) for clause in clauses), Fraction(0))
    possible = Fraction(0)
    for clause in clauses:
        amount = _worth(clause, clause.low + 1) if clause.high is None else _worth(clause, clause.high)
        most = clause.item.cap if clause.item.cap is not None else indicator.cap
        possible += exact(most) if clause.high is None and most is not None else _within(clause.item.cap, amount)
    return _within(indicator.cap, sure), _within(indicator.cap, possible)


def _worth(clause: Clause, amount: int) -> Fraction:
    return exact(clause.item.points or 0) * amount


def _within(cap: float | int | None, points: Fraction) -> Fraction:
    return points if cap is None else min(points, exact(cap))


def _lines(indicator: Indicator, clauses: Sequence[Clause], whole: Fraction) -> Iterator[Mapping[str, Any]]:
    """One line per clause that counted; the points printed add up to the indicator's capped sum."""
    left = whole
    for clause in clauses:
        if not clause.low:
            continue
        uncapped = _worth(clause, clause.low)
        given = min(_within(clause.item.cap, uncapped), left)
        left -= given
        yield {
            "indicator": indicator.code,
            "item": clause.item.code,
            "title": f"{indicator.title}：{clause.item.title}",
            "unit": float(clause.item.points or 0),
            "count": clause.low,
            "points": float(given),
            "capped": given < uncapped,
            "cap": None if indicator.cap is None else float(indicator.cap),
            "fingerprints": list(clause.count.decided) if clause.count else [],
            **({"sample": list(clause.draw.chosen), "seed": clause.draw.seed} if clause.draw else {}),
        }


def _note(sheet: Scored, indicator: Indicator, clauses: Sequence[Clause]) -> None:
    gaps = [clause.gap for clause in clauses if clause.gap]
    asked = [clause for clause in clauses if clause.ask]
    for clause in asked:
        title = f"{indicator.title}：{clause.item.title}"
        sheet.manual.append({"indicator": clause.item.code, "title": title, "why": clause.ask})
    for clause in clauses:
        if clause.count is not None:
            named = {"indicator": clause.item.code, "title": clause.item.title}
            sheet.excluded += [{**named, **one} for one in clause.count.excluded]
            sheet.unreviewed += clause.count.unreviewed
            sheet.unknown += clause.count.unknown
    if gaps or asked:
        whys = dict.fromkeys([*gaps, *(["有分项由人工判断，尚无人工结论"] if asked else [])])
        _leave_out(sheet, indicator, "；".join(whys))
    else:
        sheet.examined.append(indicator.code)


def _leave_out(sheet: Scored, indicator: Indicator, why: str) -> None:
    sheet.not_examined.append({"indicator": indicator.code, "title": indicator.title, "why": why})
