"""What index.html shows, as plain data: names resolved, effects and fates joined to findings, nothing computed twice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from duwang.bulletin.figures import percentage, printed_rate
from duwang.bulletin.kinds import group_of
from duwang.bulletin.render.report_facts import details_of
from duwang.bulletin.render.reviews_rows import effects_of, list_rows
from duwang.bulletin.render.statistics import Table
from duwang.bulletin.standing import CERTAIN_OWNERS
from duwang.model.findings import Finding, Severity
from duwang.model.registry import Registry
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Review, Verdict

MOST_FINDINGS = 20_000
_SEVERITY = {Severity.SERIOUS: 0, Severity.ORDINARY: 1, Severity.HINT: 2}
_FATES = ("relapsed", "carried", "rectified", "cannot_tell")


@dataclass(frozen=True, slots=True)
class Beside:
    """A document that lies beside the report: its path, what it is, its size in bytes."""

    path: str
    words: str
    size: int


@dataclass(frozen=True, slots=True)
class Report:
    """Everything the report is made from. `checks` and `clauses` map ids and codes to titles; `faults` says which documents
    could not be written and why; `charts` are finished SVG figures with a caption each, `tables`
    the statistics behind them."""

    registry: Registry
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    earlier: tuple[Finding, ...]
    reviews: tuple[Review, ...]
    summary: Mapping[str, Any]
    coverage: Mapping[str, Any]
    run: Mapping[str, Any]
    checks: Mapping[str, str]
    clauses: Mapping[str, str]
    documents: tuple[Beside, ...] = ()
    faults: tuple[str, ...] = ()
    charts: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()


def payload(report: Report) -> dict[str, Any]:
    """The JSON of the page. The most important 20,000 findings; `left_out` says how many are only in 问题清单.xlsx."""
    rows = list_rows(report.findings, report.verdicts, titles=report.checks, reviews=report.reviews)
    fates = _fates(report.summary)
    rulings = Rulings(report.reviews)
    shown = [row.finding for row in rows[:MOST_FINDINGS]]
    effects = {row.finding.fingerprint: row.effect for row in rows}
    records = [
        {
            **_finding(one, fates),
            "e": effects[one.fingerprint].rank,
            "ew": effects[one.fingerprint].words,
            "d": str(rulings.decision(one) or ""),
        }
        for one in shown
    ]
    verdicts = [_verdict(verdict) for verdict in report.verdicts]
    coverage = [{"t": target, **record} for target, record in sorted(report.coverage.items())]
    earlier = [
        _earlier(one, fates) for one in report.earlier if fates.get(one.fingerprint) in ("rectified", "cannot_tell")
    ]
    return {
        "findings": records,
        "left_out": len(rows) - len(shown),
        "verdicts": verdicts,
        "coverage": coverage,
        "rounds": _rounds(report, earlier),
        "checks": {check: [report.checks.get(check, check), group_of(check, kind="site")] for check in _used(report)},
        "clauses": {code: report.clauses.get(code, "") for verdict in report.verdicts for code in verdict.examined},
        "targets": dict(_targets(report, verdicts)),
    }


def coverage_share(coverage: Mapping[str, Any]) -> tuple[int, int, str]:
    """Pages read, pages known, and the share as printed (— when nothing was known)."""
    known = sum(int(one["pages"]["known"]) for one in coverage.values() if one.get("kind") == "site")
    read = sum(int(one["pages"]["read"]) for one in coverage.values() if one.get("kind") == "site")
    return read, known, printed_rate(percentage(read, known, 1)) if known else "—"


def unexplained(report: Report) -> set[str]:
    """Fingerprints that can still turn a verdict."""
    return {key for key, effect in effects_of(report.verdicts).items() if effect.rank == 0}


def _finding(one: Finding, fates: Mapping[str, str]) -> dict[str, Any]:
    left, _, right = str(one.facts.get("context", "")).partition("…")
    certain = one.org_by in CERTAIN_OWNERS and bool(one.org)
    record: dict[str, Any] = {
        "f": one.fingerprint, "c": one.check, "t": one.target, "u": one.url, "h": one.title, "q": one.quote, "m": one.message,
        "o": one.org, "s": _SEVERITY[one.severity], "p": round(one.certainty, 2), "n": one.count,
        "a": one.first_seen.isoformat(), "k": one.question,
    }  # fmt: skip
    optional = {
        "x": [left.strip("\n"), right.strip("\n")] if left or right else None,
        "g": one.suggestion,
        "w": None if certain else 1,
        "r": fates.get(one.fingerprint),
        "z": details_of(one.facts) or None,
    }
    return record | {key: value for key, value in optional.items() if value is not None}


def _earlier(one: Finding, fates: Mapping[str, str]) -> dict[str, Any]:
    return {
        "f": one.fingerprint, "c": one.check, "t": one.target, "u": one.url, "q": one.quote, "m": one.message, "o": one.org,
        "r": fates[one.fingerprint], "a": one.first_seen.isoformat(),
    }  # fmt: skip


def _verdict(verdict: Verdict) -> dict[str, Any]:
    return {
        "t": verdict.target, "v": verdict.verdict.value, "score": verdict.score,
        "hits": [_counted(hit.indicator, hit.title, hit.count, hit.count, hit.threshold, hit.fingerprints) for hit in verdict.hits],
        "open": [
            {**_counted(q.indicator, q.title, q.low, q.high, q.threshold, q.fingerprints), "why": q.why, "unknown": list(q.unknown)}
            for q in verdict.open
        ],
        "examined": list(verdict.examined),
        "not_examined": [[one.get("indicator", ""), one.get("title", ""), one.get("why", "")] for one in verdict.not_examined],
        "excluded": [[one.get("title", ""), one.get("target", ""), one.get("why", "")] for one in verdict.excluded],
        "deductions": [_points(one) for one in verdict.deductions], "bonus": [_points(one) for one in verdict.bonus],
        "manual": [[one.get("indicator", ""), one.get("title", ""), one.get("why", "")] for one in verdict.manual],
        "reported": [[one.get("indicator", ""), one.get("title", ""), one.get("count", 0)] for one in verdict.reported],
    }  # fmt: skip


def _counted(
    code: str, title: str, low: float, high: float, limit: float | None, prints: Iterable[str]
) -> dict[str, Any]:
    return {"code": code, "title": title, "low": low, "high": high, "limit": limit, "f": list(prints)}


def _points(one: Mapping[str, Any]) -> list[Any]:
    return [one.get("indicator", ""), one.get("title", ""), one.get("unit", ""), one.get("count", 0), one.get("points", 0),
            one.get("cap"), bool(one.get("capped"))]  # fmt: skip


def _fates(summary: Mapping[str, Any]) -> dict[str, str]:
    rounds = summary.get("rounds") or {}
    return {fingerprint: fate for fate in _FATES for fingerprint in rounds.get(fate, ())}


def _rounds(report: Report, earlier: list[dict[str, Any]]) -> dict[str, Any]:
    rounds = report.summary.get("rounds") or {}
    return {"counts": {fate: len(rounds.get(fate, ())) for fate in (*_FATES, "new")}, "earlier": earlier}


def _used(report: Report) -> list[str]:
    return sorted({one.check for one in (*report.findings, *report.earlier)})


def _targets(report: Report, verdicts: Iterable[Mapping[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Names of everything the page mentions: sites, accounts, and those columns that are used."""
    registry = report.registry
    regions = {org.name: org.region for org in registry.orgs}
    for site in registry.sites:
        yield site.ref, {"n": site.name, "k": "site", "o": site.owner, "u": site.home, "no": site.code, "p": site.kind,
                         "b": site.supervisor, "r": regions.get(site.owner, "")}  # fmt: skip
    for account in registry.accounts:
        yield account.ref, {"n": account.name, "k": "account", "o": account.owner, "no": account.filing_no, "p": account.platform,
                            "b": account.supervisor, "r": regions.get(account.owner, "")}  # fmt: skip
    used = {one.target for one in (*report.findings, *report.earlier)}
    for verdict in verdicts:
        used |= {ref for question in verdict["open"] for ref in question["unknown"]} | {
            one[1] for one in verdict["excluded"]
        }
    for column in registry.columns:
        if column.ref in used:
            yield column.ref, {"n": column.name, "k": "column", "u": column.url, "p": column.category}
    for letter in registry.letters:
        if letter.ref in used:
            yield letter.ref, {"n": letter.title or letter.number, "k": "letter", "p": letter.source}
