"""What an audit says: a place that does not add up, or a sentence that was checked and does."""

from __future__ import annotations

from dataclasses import dataclass

from duwang.model.findings import Severity


@dataclass(frozen=True, slots=True)
class Mismatch:
    """`start`/`end` count code points of the notice's normal form until the audit maps them back to the text handed in."""

    check: str
    start: int
    end: int
    message: str
    severity: Severity = Severity.ORDINARY
    certainty: float = 0.9


@dataclass(frozen=True, slots=True)
class Agreement:
    """Something that was checked and holds, in a sentence."""

    message: str


Said = Mismatch | Agreement
