"""What may be printed under a unit's name, what is only listed apart, and what is left out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from duwang.bulletin.kinds import machine_decided
from duwang.model.findings import Finding, Severity
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Decision, Review, Verdict

CERTAIN_OWNERS = frozenset({"printed", "column", "site", "account"})


class Standing(Enum):
    """FACT is printed; PENDING stands in the list that is not issued; OUT nowhere."""

    FACT = "fact"
    PENDING = "pending"
    OUT = "out"


@dataclass(frozen=True, slots=True)
class Jury:
    """Decides on findings one by one. A wrong name in a notice is the worst error: in doubt a finding is pending."""

    rulings: Rulings
    decided: frozenset[str]
    open: frozenset[str]
    declared: frozenset[str]

    @classmethod
    def of(cls, verdicts: Iterable[Verdict], reviews: Sequence[Review]) -> Jury:
        judged = tuple(verdicts)
        return cls(
            Rulings(reviews),
            frozenset(key for verdict in judged for hit in verdict.hits for key in hit.fingerprints),
            frozenset(key for verdict in judged for question in verdict.open for key in question.fingerprints),
            frozenset(one.get("fingerprint", "") for verdict in judged for one in verdict.excluded if _declared(one)),
        )

    def on(self, finding: Finding) -> tuple[Standing, str]:
        """The standing of a finding and, when it is pending, why."""
        standing, why = self.in_itself(finding)
        if standing is Standing.OUT:
            return standing, why
        if not finding.org:
            return Standing.PENDING, "责任单位不明"
        if finding.org_by not in CERTAIN_OWNERS:
            return Standing.PENDING, "责任单位不能确定，须人工指定"
        return standing, why

    def prints(self, finding: Finding) -> bool:
        """存在问题 as every place counts it: confirmed by a person or certain to the machine, of a unit that is certain."""
        return self.on(finding)[0] is Standing.FACT

    def in_itself(self, finding: Finding) -> tuple[Standing, str]:
        """Whether the problem is established, whoever answers for it."""
        if finding.severity is Severity.HINT or finding.fingerprint in self.declared:
            return Standing.OUT, ""
        decision = self.rulings.decision(finding)
        if decision is Decision.FALSE_ALARM:
            return Standing.OUT, ""
        if decision is not None or finding.fingerprint in self.decided:
            return Standing.FACT, ""
        if finding.fingerprint in self.open:
            return Standing.PENDING, "等待复核，可能影响判定"
        if machine_decided(finding.check, finding.certainty):
            return Standing.FACT, ""
        return Standing.PENDING, "等待复核"


def _declared(excluded: Mapping[str, str]) -> bool:
    return "报备" in excluded.get("why", "")
