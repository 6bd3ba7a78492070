"""Small ledgers and outcomes for the judge's tests: one portal, its columns, one account."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from duwang.judge.edition import load_edition
from duwang.judge.judging import judge
from duwang.model.findings import Finding, Outcome, Severity, Status
from duwang.model.registry import Account, Column, Declaration, Registry, Site
from duwang.model.verdicts import Decision, Review, Verdict

AS_OF = date(2024, 9, 30)
CODE = "5399210001"
SITE = f"site/{CODE}"
ACCOUNT = "account/微信公众号/70743"
NATIONAL = load_edition()


def column(name: str, category: str = "其他", *, first_level: bool = True) -> Column:
    return Column(CODE, name, f"http://127.0.0.1/{name}/", category, first_level=first_level)


def registry(
    columns: Iterable[Column] = (),
    declarations: Iterable[Declaration] = (),
    *,
    site: Site | None = None,
    account: Account | None = None,
) -> Registry:
    return Registry(
        sites=(site or Site(CODE, "仿真县人民政府", "http://127.0.0.1/", "门户", "仿真县人民政府办公室"),),
        columns=tuple(columns),
        accounts=(account or Account("70743", "微信公众号", "仿真发布", owner="仿真县人民政府办公室"),),
        declarations=tuple(declarations),
    )


def outcome(check: str, target: str = SITE, status: Status = Status.CLEAN, reason: str = "") -> Outcome:
    return Outcome(target, check, status, reason)


def found(
    check: str,
    target: str = SITE,
    *,
    n: int = 0,
    severity: Severity = Severity.ORDINARY,
    count: int = 1,
    facts: dict[str, Any] | None = None,
    question: str = "",
) -> Finding:
    key = f"{check}|{target}|{n}"
    return Finding(
        fingerprint=key, check=check, target=target, url="", title="", quote="", start=None, end=None, suggestion=None,
        message=f"问题{n}", question=question or f"?{key}", org="仿真县人民政府办公室", org_by="site", severity=severity,
        certainty=1.0, count=count, first_seen=AS_OF, facts=facts or {}, evidence=(),
    )  # fmt: skip


def review(what: Finding | str, decision: Decision, at: str = "2024-10-08", *, bulk: bool = False) -> Review:
    if isinstance(what, str):
        return Review(decision=decision, question=what, at=at, by="核", reason="因")
    key = {"question": what.question} if bulk else {"fingerprint": what.fingerprint}
    return Review(decision=decision, at=at, by="核", reason="因", **key)


def quiet(columns: Iterable[Column] = ()) -> list[Outcome]:
    """CLEAN outcomes for every check that the national vetoes name, so that everything is examined."""
    listed = list(columns)
    outcomes = []
    for indicator in NATIONAL.indicators:
        if indicator.effect != "veto":
            continue
        target = SITE if indicator.applies == "site" else ACCOUNT
        for check in indicator.named_checks:
            if check.startswith("update/column-") and target == SITE:
                outcomes += [outcome(check, one.ref) for one in listed]
            else:
                outcomes.append(outcome(check, target))
    return list(dict.fromkeys(outcomes))


def judged(
    outcomes: Sequence[Outcome],
    findings: Sequence[Finding] = (),
    reviews: Sequence[Review] = (),
    ledger: Registry | None = None,
    target: str = SITE,
    **more: Any,
) -> Verdict:
    """The verdict of one target; outcomes turn FOUND where findings stand."""
    marked = {(finding.target, finding.check) for finding in findings}
    told = [
        Outcome(one.target, one.check, Status.FOUND) if (one.target, one.check) in marked else one for one in outcomes
    ]
    settings = {"edition": NATIONAL, "as_of": AS_OF, **more}
    verdicts = judge(registry=ledger or registry(), outcomes=told, findings=findings, reviews=reviews, **settings)
    return next(verdict for verdict in verdicts if verdict.target == target)
