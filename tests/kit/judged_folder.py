"""A judged inspection folder made from invented findings, without any network."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

from duwang.flow.folder import Folder
from duwang.flow.judging import edition_stamp, judge_into
from duwang.judge.edition import load_edition
from duwang.model.findings import Finding, Outcome, Severity, Status, fingerprint, question
from duwang.model.period import Span
from duwang.model.refs import owner_of
from duwang.model.registry import Account, Column, Org, Registry, Site

AS_OF = date(2024, 9, 30)
PORTAL = "site/5399210001"
WEIXIN = "account/微信公众号/70001"
OFFICE, SCHOOL = "云岭县人民政府办公室", "云岭县教育局"


def registry(**more: Any) -> Registry:
    """One portal with two columns, one account, three units."""
    standing: dict[str, Any] = {
        "orgs": (
            Org("云岭县人民政府", kind="政府", region="云岭县"), Org(OFFICE, "县政府办", "云岭县人民政府", "城关镇", "部门"),
            Org(SCHOOL, "县教育局", "云岭县人民政府", "青石镇", "部门"),
        ),
        "sites": (Site("5399210001", "云岭县人民政府网", "http://127.0.0.1:8001/", "门户", OFFICE, OFFICE),),
        "columns": (
            Column("5399210001", "县内动态", "http://127.0.0.1:8001/dt/", "动态要闻"),
            Column("5399210001", "通知公告", "http://127.0.0.1:8001/tz/", "通知公告", org=SCHOOL),
        ),
        "accounts": (Account("70001", "微信公众号", "云岭发布", owner=SCHOOL, supervisor=OFFICE, route="订阅", address="feeds/1.xml"),),
    }  # fmt: skip
    return Registry(**{**standing, **more})


def finding(
    check: str,
    target: str = PORTAL,
    *,
    quote: str = "",
    message: str = "有问题",
    severity: Severity = Severity.ORDINARY,
    certainty: float = 1.0,
    org: str = OFFICE,
    org_by: str = "site",
    n: int = 1,
    **more: Any,
) -> Finding:
    """A finding with its true identity; `n` tells equal ones apart."""
    given: dict[str, Any] = {
        "url": f"http://127.0.0.1:8001/{n}.html", "title": f"第{n}篇稿件", "start": None, "end": None, "suggestion": None, "count": 1,
        "first_seen": AS_OF, "facts": {}, "evidence": (),
    }  # fmt: skip
    return Finding(
        fingerprint=fingerprint(check, target, quote, "", n), check=check, target=target, quote=quote, message=message,
        question=question(check, quote, ""), org=org, org_by=org_by, severity=severity, certainty=certainty, **{**given, **more},
    )  # fmt: skip


def outcomes_for(findings: Sequence[Finding], ledger: Registry) -> list[Outcome]:
    """FOUND where findings stand, CLEAN for every other check the national vetoes name."""
    pairs: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        owner = one.target if "/column/" in one.target else owner_of(one.target)
        pairs.setdefault((owner, one.check), []).append(one.fingerprint)
    for indicator in load_edition().indicators:
        for check in indicator.named_checks if indicator.effect == "veto" else ():
            if indicator.applies == "site":
                columns = [column.ref for column in ledger.columns]
                refs = columns if check.startswith("update/column-") else [site.ref for site in ledger.sites]
            else:
                refs = [account.ref for account in ledger.accounts]
            for ref in refs:
                pairs.setdefault((ref, check), [])
    return [
        Outcome(target, check, Status.FOUND if prints else Status.CLEAN, "", tuple(sorted(prints)))
        for (target, check), prints in sorted(pairs.items())
    ]


def judged_folder(
    path: Path,
    findings: Sequence[Finding],
    *,
    ledger: Registry | None = None,
    period: str = "2024Q3",
    as_of: date = AS_OF,
    previous: Folder | None = None,
    outcomes: Sequence[Outcome] | None = None,
) -> Folder:
    """A finished folder with these findings, judged under the national edition."""
    folder, used, known = Folder(path), load_edition(), ledger or registry()
    span = Span.parse(period)
    folder.write_json("registry.json", known)
    folder.write_json(
        "run.json",
        {
            "as_of": as_of, "period": {"name": span.name, "start": span.start, "end": span.end, "in_words": span.in_words()},
            **edition_stamp(used, "national-2019", ()), "versions": {"duwang": "0"}, "asked": {}, "started": "2024-10-01T08:00:00",
            "finished": "2024-10-01T08:10:00", "complete": True, "planned": [],
        },
    )  # fmt: skip
    folder.write_lines("findings.jsonl", sorted(findings, key=lambda one: (one.target, one.check, one.fingerprint)))
    folder.write_lines("outcomes.jsonl", outcomes_for(findings, known) if outcomes is None else outcomes)
    folder.write_json(
        "coverage.json", {ref: _seen(ref) for ref in (*(s.ref for s in known.sites), *(a.ref for a in known.accounts))}
    )
    judge_into(folder, edition=used, previous=previous, reviews=folder.reviews())
    return folder


def _seen(ref: str) -> dict[str, Any]:
    kind = ref.partition("/")[0]
    return {
        "kind": kind, "route": "网站" if kind == "site" else "订阅", "seen": 1.0, "pages": {"known": 20, "read": 20, "failed": {}},
        "attachments": {"known": 0, "parsed": 0, "failed": {}}, "columns": {"known": 2 if kind == "site" else 0, "read": 2 if kind == "site" else 0},
    }  # fmt: skip
