"""Outcomes and findings of one inspection, sorted under the site or account they belong to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from duwang.model.findings import Finding, Outcome
from duwang.model.refs import owner_of


@dataclass(slots=True)
class Record:
    """All that was seen of one site or account, by check id."""

    outcomes: dict[str, list[Outcome]] = field(default_factory=lambda: defaultdict(list))
    findings: dict[str, list[Finding]] = field(default_factory=lambda: defaultdict(list))


def by_owner(outcomes: Iterable[Outcome], findings: Iterable[Finding]) -> dict[str, Record]:
    """Owner ref → its record, in the order given: whoever counts sorts what it keeps."""
    records: dict[str, Record] = defaultdict(Record)
    owners: dict[str, str] = {}
    for outcome in outcomes:
        owner = owners.get(outcome.target) or owners.setdefault(outcome.target, owner_of(outcome.target))
        records[owner].outcomes[outcome.check].append(outcome)
    for finding in findings:
        owner = owners.get(finding.target) or owners.setdefault(finding.target, owner_of(finding.target))
        records[owner].findings[finding.check].append(finding)
    return records
