"""Findings and outcomes: facts with an identity that lasts for years."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from duwang.model.masking import mask_personal

CONTEXT = 10
_WINDOW = 90  # a number spaced out digit by digit that begins in the context lies wholly inside


class CannotTell(Exception):
    """Raised by a check that could not decide; the runner records UNKNOWN with the reason."""


class NotApplicable(Exception):
    """Raised by a check that does not concern this subject; the runner records SKIPPED with the reason."""


class Status(StrEnum):
    CLEAN = "CLEAN"
    FOUND = "FOUND"
    UNKNOWN = "UNKNOWN"
    SKIPPED = "SKIPPED"


class Severity(StrEnum):
    SERIOUS = "严重"
    ORDINARY = "一般"
    HINT = "提示"


@dataclass(frozen=True, slots=True)
class Draft:
    """What a check yields. `quote` and `context` are masked already; start/end are offsets in the subject's body."""

    target: str
    quote: str
    message: str
    context: str = ""
    url: str = ""
    title: str = ""
    start: int | None = None
    end: int | None = None
    suggestion: str | None = None
    alternatives: tuple[str, ...] = ()
    severity: Severity = Severity.ORDINARY
    certainty: float = 1.0
    count: int = 1
    facts: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""


Findings = Iterator[Draft]


@dataclass(frozen=True, slots=True)
class Finding:
    """One line of findings.jsonl."""

    fingerprint: str
    check: str
    target: str
    url: str
    title: str
    quote: str
    start: int | None
    end: int | None
    suggestion: str | None
    message: str
    question: str
    org: str
    org_by: str
    severity: Severity
    certainty: float
    count: int
    first_seen: date
    facts: Mapping[str, Any]
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of outcomes.jsonl: exactly one for every planned pair of target and check."""

    target: str
    check: str
    status: Status
    reason: str = ""
    findings: tuple[str, ...] = ()


def fingerprint(check: str, target: str, quote: str, context: str, ordinal: int) -> str:
    """Identity of a finding: no thresholds, times, run ids or offsets. 20 hex digits."""
    return _digest("fingerprint", check, target, quote, context, str(ordinal))


def question(check: str, quote: str, context: str) -> str:
    """What equal findings share: the check, the masked quote and 10 masked characters on each side. 16 hex digits."""
    return _digest("question", check, quote, context)[:16]


def surroundings(text: str, start: int, end: int) -> str:
    """Masked context: 10 characters on each side, the quote itself marked by its place only."""
    window = mask_personal(text[max(0, start - _WINDOW) : end + _WINDOW])
    offset = start - max(0, start - _WINDOW)
    return (
        f"{window[max(0, offset - CONTEXT) : offset]}…{window[offset + end - start : offset + end - start + CONTEXT]}"
    )


def _digest(*parts: str) -> str:
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:20]
