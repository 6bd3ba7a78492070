"""One indicator on one target: what counts, what may still count, what was left out and why, and whether it was examined."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from duwang.judge.indicator import Indicator, measure
from duwang.judge.material import Record
from duwang.judge.subject import Subject
from duwang.model.findings import Finding, Outcome, Severity, Status
from duwang.model.registry import Declaration
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Decision


@dataclass(frozen=True, slots=True)
class Count:
    """`low`: what surely counts; `high`: with everything unreviewed and unread. Tuples of fingerprints and refs are sorted.
    `gap` says in Chinese why the indicator was not (fully) examined; empty = examined."""

    low: int
    high: int
    decided: tuple[str, ...] = ()
    unreviewed: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()
    why_unknown: str = ""
    excluded: tuple[Mapping[str, str], ...] = ()
    gap: str = ""
    targets: tuple[str, ...] = ()


def count(
    indicator: Indicator,
    subject: Subject,
    record: Record,
    rulings: Rulings,
    *,
    taken: Collection[str] = (),
    only: Collection[str] | None = None,
) -> Count:
    """The bounds of one automatic or proposed indicator (or scoring clause) on one target.

    `taken`: targets already deducted elsewhere; `only`: the sample, where findings outside it do not count."""
    excluded: list[Mapping[str, str]] = []
    counted, unreviewed = [], []
    for finding in _findings(indicator, subject, record, rulings, excluded):
        decision = rulings.decision(finding)
        if decision in (Decision.FALSE_ALARM, Decision.NO_EFFECT):
            excluded.append(_left_out(finding.target, f"复核意见：{decision.value}", finding.fingerprint))
        elif finding.target in taken:
            excluded.append(_left_out(finding.target, "已在其他指标扣分，不重复扣分", finding.fingerprint))
        elif only is not None and not _drawn(finding, only):
            excluded.append(_left_out(finding.target, "不在抽样范围", finding.fingerprint))
        elif indicator.needs_person and decision is None:
            unreviewed.append(finding)
        else:
            counted.append(finding)
    unknown = _unknown(indicator, subject, record, excluded, taken={*taken, *(one.target for one in counted)})
    low = _reached(indicator, subject, counted)
    if indicator.rule == "all-columns":
        high = int(_all_columns(indicator, subject, {*unknown, *(one.target for one in [*counted, *unreviewed])}))
    else:
        high = _reached(indicator, subject, [*counted, *unreviewed]) + _hidden(indicator, len(unknown))
    return Count(
        low=low,
        high=high,
        decided=tuple(sorted(finding.fingerprint for finding in counted)),
        unreviewed=tuple(sorted(finding.fingerprint for finding in unreviewed)),
        unknown=tuple(sorted(unknown)),
        why_unknown="；".join(sorted(set(unknown.values()))),
        excluded=tuple(sorted(excluded, key=_by_target)),
        gap=_gap(indicator, subject, record),
        targets=tuple(sorted({finding.target for finding in counted})),
    )


def takes(indicator: Indicator, subject: Subject, finding: Finding) -> bool:
    """Whether a finding of a watched check falls under the indicator at all: its severity, column, place and facts."""
    return _weighs(indicator, finding) and _belongs(indicator, subject, finding)


def _drawn(finding: Finding, only: Collection[str]) -> bool:
    """Samples name pages by address or ref, and the ledger's letters by ref."""
    return finding.target in only or finding.url in only or finding.facts.get("letter", "") in only


def _findings(
    indicator: Indicator, subject: Subject, record: Record, rulings: Rulings, excluded: list[Mapping[str, str]]
) -> Iterator[Finding]:
    blank = _taken_over(indicator, record, rulings)
    for check in sorted(record.findings):
        if not indicator.watches(check):
            continue
        for finding in record.findings[check]:
            if not takes(indicator, subject, finding):
                continue
            if declaration := _declared(indicator, subject, finding.target):
                excluded.append(_left_out(finding.target, _in_words(declaration), finding.fingerprint))
            elif finding.target in blank:
                excluded.append(_left_out(finding.target, "已计入空白栏目，不重复计算", finding.fingerprint))
            else:
                yield finding


def _weighs(indicator: Indicator, finding: Finding) -> bool:
    if indicator.severity:
        return finding.severity.value in indicator.severity
    return indicator.effect == "report" or finding.severity is not Severity.HINT


def _belongs(indicator: Indicator, subject: Subject, finding: Finding) -> bool:
    where = indicator.where
    if where.place and subject.on_home(finding) != (where.place == "home"):
        return False
    return where.takes_column(subject.columns.get(finding.target)) and where.takes_facts(finding)


def _declared(indicator: Indicator, subject: Subject, target: str) -> Declaration | None:
    return subject.declared(target, indicator.honours) if indicator.honours else None


def _taken_over(indicator: Indicator, record: Record, rulings: Rulings) -> set[str]:
    if not indicator.yields_to:
        return set()
    return {
        finding.target
        for finding in record.findings.get(indicator.yields_to, ())
        if rulings.decision(finding) is not Decision.FALSE_ALARM
    }


def _unknown(
    indicator: Indicator, subject: Subject, record: Record, excluded: list[Mapping[str, str]], *, taken: set[str]
) -> dict[str, str]:
    """Targets that could not be told, with the reason; those already counted or blank are not counted twice."""
    if indicator.unknown != "open" or indicator.auto == "M":
        return {}
    blank = {finding.target for finding in record.findings.get(indicator.yields_to, ())}
    found: dict[str, str] = {}
    for outcome in _planned(indicator, subject, record):
        if outcome.status is not Status.UNKNOWN or outcome.target in taken or outcome.target in blank:
            continue
        if declaration := _declared(indicator, subject, outcome.target):
            excluded.append(_left_out(outcome.target, _in_words(declaration)))
            continue
        found.setdefault(outcome.target, outcome.reason or "没有说明原因")
    return found


def _planned(indicator: Indicator, subject: Subject, record: Record) -> Iterator[Outcome]:
    for check in indicator.named_checks:
        for outcome in record.outcomes.get(check, ()):
            if indicator.where.takes_column(subject.columns.get(outcome.target)):
                yield outcome


def _amount(indicator: Indicator, findings: list[Finding]) -> int:
    if indicator.unit == "fact":
        return sum(int(measure(finding.facts.get(indicator.fact)) or 1) for finding in findings)
    if indicator.unit == "targets":
        return len({finding.target for finding in findings})
    if indicator.unit == "places":
        return sum(finding.count for finding in findings)
    return len(findings)


def _hidden(indicator: Indicator, unknown: int) -> int:
    """How much the unread may hide: one column each, but any number of guides or places."""
    if indicator.rule == "count" and indicator.unit != "targets" and unknown:
        return max(unknown, int(indicator.threshold))
    return unknown


def _reached(indicator: Indicator, subject: Subject, findings: list[Finding]) -> int:
    """Ratios and all-of rules come down to 0 or 1 against a threshold of 1; the others count as they are."""
    if indicator.rule == "ratio":
        return int(any(_share(indicator, finding) >= indicator.threshold for finding in findings))
    if indicator.rule == "every":
        return int(_all_of_few(indicator, findings))
    if indicator.rule == "all-columns":
        return int(_all_columns(indicator, subject, {finding.target for finding in findings}))
    return _amount(indicator, findings)


def _all_columns(indicator: Indicator, subject: Subject, targets: set[str]) -> bool:
    """Every column of the ledger that belongs here is among the targets, and there is at least one."""
    wanted = {ref for ref, column in subject.columns.items() if indicator.where.takes_column(column)}
    return bool(wanted) and wanted <= targets


def _share(indicator: Indicator, finding: Finding) -> float:
    """The share a finding states; a finding without the fact was made against the same line by its check."""
    stated = measure(finding.facts.get(indicator.fact))
    return float(indicator.threshold) if stated is None else stated


def _all_of_few(indicator: Indicator, findings: list[Finding]) -> bool:
    totals = {measure(finding.facts.get(indicator.fact)) for finding in findings}
    total = max((total for total in totals if total is not None), default=None)
    return (
        total is not None
        and 0 < total <= len(findings)
        and (indicator.below_total is None or total < indicator.below_total)
    )


def _gap(indicator: Indicator, subject: Subject, record: Record) -> str:
    missing: list[str] = []
    reasons: list[str] = []
    for check in indicator.named_checks:
        planned = [
            outcome
            for outcome in record.outcomes.get(check, ())
            if indicator.where.takes_column(subject.columns.get(outcome.target))
        ]
        if any(_told(indicator, outcome) for outcome in planned):
            continue
        missing.append(check)
        reasons += sorted({outcome.reason for outcome in planned if outcome.reason})[:1]
    if not indicator.named_checks and not any(indicator.watches(check) for check in record.outcomes):
        return "本次没有安排相应检查"
    if not missing:
        return ""
    if reasons:
        return "；".join(dict.fromkeys(reasons))
    if len(missing) < len(indicator.named_checks):
        return f"只检查了一部分，没有执行{'、'.join(missing)}"
    return "名录中没有相应栏目" if indicator.where.about_columns and record.outcomes else "本次没有安排相应检查"


def _told(indicator: Indicator, outcome: Outcome) -> bool:
    if outcome.status is Status.UNKNOWN:
        return indicator.unknown == "open"
    return outcome.status is not Status.SKIPPED


def _left_out(target: str, why: str, fingerprint: str = "") -> Mapping[str, str]:
    return {"target": target, "fingerprint": fingerprint, "why": why}


def _by_target(line: Mapping[str, str]) -> tuple[str, str]:
    return line["target"], line["fingerprint"]


def _in_words(declaration: Declaration) -> str:
    because = f"，理由：{declaration.reason}" if declaration.reason else ""
    return f"已报备{declaration.kind}（{_day(declaration.start)}至{_day(declaration.end)}）{because}"


def _day(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
