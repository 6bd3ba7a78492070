"""The figures of summary.json: counted from verdicts and findings, rates rounded half-up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
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
    prints: Callable[[Finding], bool] | None = None,
) -> dict[str, Any]:
    """summary.json as interfaces §3 and §7 fix it. Findings dismissed as 误报 are not counted; 提示 is no problem by itself.

    `prints` tells which findings make 存在问题 of an object; without it every one that is neither a hint nor dismissed."""
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
        if (
            finding.severity is not Severity.HINT
            and finding.target not in places
            and (prints is None or prints(finding))
        ):
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
    """合格率 as printed: (checked − failed) ÷ checked, half-up, e.g. `97.92%`, a full hundred as `100%`; None when nothing was checked."""
    if checked <= 0:
        return None
    exact = Decimal(100 * (checked - failed)) / Decimal(checked)
    return "100%" if exact == 100 else f"{exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)}%"


def rate_range(checked: int, failed: int, left_open: int, decimals: int = 2) -> tuple[str, str] | None:
    """The lowest and the highest 合格率 that open verdicts (待核) still allow; None while nothing is open."""
    low, high = rate(checked, failed + left_open, decimals), rate(checked, failed, decimals)
    return (low, high) if left_open and low is not None and high is not None else None


def rate_told(checked: int, failed: int, left_open: int, decimals: int = 2) -> str:
    """合格率 as tables print it: `97.92%`, `待定（85.71%—97.92%）` while verdicts are open, `—` when nothing was checked."""
    return told(
        {"rate": rate(checked, failed, decimals), "rate_range": rate_range(checked, failed, left_open, decimals)}
    )


def told(part: Mapping[str, Any]) -> str:
    """The rate of one kind in summary.json in words."""
    within = part.get("rate_range")
    return f"待定（{within[0]}—{within[1]}）" if within else str(part.get("rate") or "—")


_WORD: Mapping[VerdictKind, str] = {
    VerdictKind.QUALIFIED: "qualified",
    VerdictKind.FAILED: "failed",
    VerdictKind.OPEN: "open",
}
_ORG_KEYS = ("checked", "qualified", "failed", "open", "findings")


def _kind(verdicts: list[Verdict], troubled: set[str], decimals: int) -> dict[str, Any]:
    """Only a rate that no open verdict can change is one; until then there is a range."""
    tally = Counter(_WORD[verdict.verdict] for verdict in verdicts)
    within = rate_range(len(verdicts), tally["failed"], tally["open"], decimals)
    return {
        "checked": len(verdicts),
        "qualified": tally["qualified"],
        "failed": tally["failed"],
        "open": tally["open"],
        "with_problems": sum(1 for verdict in verdicts if verdict.target in troubled),
        "rate": None if tally["open"] else rate(len(verdicts), tally["failed"], decimals),
        "rate_range": None if within is None else list(within),
    }
