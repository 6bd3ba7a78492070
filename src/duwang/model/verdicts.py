"""Reviews by people, verdicts, and cases."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class VerdictKind(StrEnum):
    QUALIFIED = "合格"
    FAILED = "不合格"
    OPEN = "待核"


class Decision(StrEnum):
    """What a reviewer said of a finding."""

    CONFIRMED = "确认"
    FALSE_ALARM = "误报"
    NO_EFFECT = "不影响判定"


@dataclass(frozen=True, slots=True)
class Review:
    """One line of reviews.jsonl. Either `fingerprint` or `question` with a decision, or `target` + `indicator` with an answer
    (是 = the situation exists, 否 = it does not; `count` for points)."""

    decision: Decision | None = None
    fingerprint: str = ""
    question: str = ""
    target: str = ""
    indicator: str = ""
    answer: str = ""
    count: int | None = None
    reason: str = ""
    by: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """An indicator that struck. `count` is what was counted against `threshold`; points may have decimals."""

    indicator: str
    title: str
    effect: str
    count: int | float
    threshold: int | float | None
    fingerprints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """What could still change a verdict: unreviewed findings or targets that could not be read."""

    indicator: str
    title: str
    why: str
    low: int | float
    high: int | float
    threshold: int | float | None
    fingerprints: tuple[str, ...] = ()
    unknown: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Verdict:
    """One record of verdicts.json. `examined` lists indicator codes; `not_examined` pairs of code, title and why;
    `excluded` what did not count: indicator, title, target, fingerprint, why."""

    target: str
    kind: str
    name: str
    org: str
    verdict: VerdictKind
    hits: tuple[Hit, ...] = ()
    open: tuple[OpenQuestion, ...] = ()
    examined: tuple[str, ...] = ()
    not_examined: tuple[Mapping[str, str], ...] = ()
    score: float | None = None
    deductions: tuple[Mapping[str, Any], ...] = ()
    bonus: tuple[Mapping[str, Any], ...] = ()
    manual: tuple[Mapping[str, str], ...] = ()
    reported: tuple[Mapping[str, Any], ...] = ()
    excluded: tuple[Mapping[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Case:
    """整改工单. `state`: 待整改 已反馈 已整改 未整改 申辩中 不能判断 已撤销."""

    id: str
    fingerprint: str
    org: str
    state: str
    due: date | None
    events: tuple[Mapping[str, Any], ...] = ()
