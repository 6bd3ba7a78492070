"""The figures of summary.json: counted from verdicts and findings, rates rounded half-up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from duwang.judge.edition import Edition
from duwang.judge.rounds import Rounds
from duwang.model.findings import Finding, Severity
from duwang.model.refs import owner_of
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Decision, Review, Verdict, VerdictKind


def summarise(
    verdicts: Iterable[Verdict],
    findings: Iterable[Finding],
    rounds: Rounds | None = None,
    *,
    edition: Edition | None = None,
    reviews: Sequence[Review] = (),
) -> dict[str, Any]:
    """summary.json as interfaces §3 and §7 fix it. Findings dismissed as 误报 are not counted; 提示 is no problem by itself."""
    judged = tuple(verdicts)
    decimals = edition.decimals if edition else 2
    rulings = Rulings(reviews)
    orgs: dict[str, Counter[str]] = {}
    checks: Counter[str] = Counter()
    of_orgs: Counter[str] = Counter()
    places: set[str] = set()
    for finding in findings:
        if rulings.any_decision and rulings.decision(finding) is Decision.FALSE_ALARM:
            continue
        checks[finding.check] += 1
        of_orgs[finding.org] += 1
        if finding.severity is not Severity.HINT:
            places.add(finding.target)
    troubled = {verdict.target for verdict in judged if verdict.hits} | {owner_of(place) for place in places}
    for org, amount in of_orgs.items():
        orgs.setdefault(org, Counter())["findings"] = amount
    for verdict in judged:
        tally = orgs.setdefault(verdict.org, Counter())
        tally["checked"] += 1
        tally[_WORD[verdict.verdict]] += 1
    return {
        "site": _kind([one for one in judged if one.kind == "site"], troubled, decimals),
        "account": _kind([one for one in judged if one.kind == "account"], troubled, decimals),
        "org": {org: {key: orgs[org][key] for key in _ORG_KEYS} for org in sorted(orgs)},
        "check": dict(sorted(checks.items())),
        "rounds": (rounds or Rounds()).as_dict(),
    }


def rate(checked: int, failed: int, decimals: int = 2) -> str | None:
    """合格率 as printed: (checked − failed) ÷ checked, half-up, e.g. `97.92%`; None when nothing was checked."""
    if checked <= 0:
        return None
    exact = Decimal(100 * (checked - failed)) / Decimal(checked)
    return f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)}%"


_WORD: Mapping[VerdictKind, str] = {
    VerdictKind.QUALIFIED: "qualified",
    VerdictKind.FAILED: "failed",
    VerdictKind.OPEN: "open",
}
_ORG_KEYS = ("checked", "qualified", "failed", "open", "findings")


def _kind(verdicts: list[Verdict], troubled: set[str], decimals: int) -> dict[str, Any]:
    tally = Counter(_WORD[verdict.verdict] for verdict in verdicts)
    return {
        "checked": len(verdicts),
        "qualified": tally["qualified"],
        "failed": tally["failed"],
        "open": tally["open"],
        "with_problems": sum(1 for verdict in verdicts if verdict.target in troubled),
        "rate": rate(len(verdicts), tally["failed"], decimals),
    }
