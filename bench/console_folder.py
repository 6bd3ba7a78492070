"""A judged inspection folder of a city at its largest, written without any network: 70 sites, 450 accounts, 100 units, findings
by the million of which half equal another one, a week of visits, letters."""

from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from duwang.flow.folder import Folder
from duwang.flow.judging import edition_stamp, judge_into
from duwang.judge.edition import load_edition
from duwang.model.findings import Finding, Outcome, Severity, Status, question
from duwang.model.period import Span
from duwang.model.refs import owner_of
from duwang.model.registry import Account, Column, Letter, Org, Registry, Site

AS_OF = date(2026, 9, 30)
TOP = "云岭市人民政府"
OFFICE = "云岭市人民政府办公室"
_CHECKS = (
    ("text/typo", Severity.ORDINARY, 0.8), ("text/fixed-phrase", Severity.SERIOUS, 0.9), ("function/footer-mark", Severity.ORDINARY, 1.0),
    ("function/page-tags", Severity.ORDINARY, 1.0), ("reach/broken-link", Severity.ORDINARY, 1.0), ("privacy/id-number", Severity.SERIOUS, 1.0),
    ("privacy/mobile-number", Severity.ORDINARY, 0.8), ("document/disclosure-label", Severity.ORDINARY, 1.0),
    ("text/punctuation", Severity.HINT, 0.5), ("text/repetition", Severity.HINT, 0.6),
)  # fmt: skip
_ON_ACCOUNTS = tuple(one for one in _CHECKS if one[0].startswith(("text/", "privacy/")))


def city(place: Path, *, findings: int) -> Folder:
    """Write and judge the folder; one that is there already is taken as it is."""
    folder = Folder(place)
    if (place / "verdicts.json").is_file():
        return folder
    place.mkdir(parents=True, exist_ok=True)
    registry, edition, span = _registry(), load_edition(), Span.parse("2026Q3")
    folder.write_json("registry.json", registry)
    stamped = edition_stamp(edition, "national-2019", ())
    period = {"name": span.name, "start": span.start, "end": span.end, "in_words": span.in_words()}
    folder.write_json("run.json", {
        "as_of": AS_OF, "period": period, **stamped, "versions": {"duwang": "0"}, "asked": {}, "planned": [], "complete": True,
        "started": "2026-10-01T08:00:00", "finished": "2026-10-01T09:00:00",
    })  # fmt: skip
    found = list(_findings(registry, findings))
    folder.write_lines("findings.jsonl", sorted(found, key=lambda one: (one.target, one.check, one.fingerprint)))
    folder.write_lines("outcomes.jsonl", _outcomes(found, registry))
    folder.write_json("coverage.json", {one: _seen(one) for one in _refs(registry)})
    folder.write_lines("probes.jsonl", list(_visits(registry)))
    judge_into(folder, edition=edition, previous=None, reviews=())
    return folder


def _registry() -> Registry:
    units = [f"云岭市第{n}局" for n in range(98)]
    sites = tuple(
        Site(
            f"53990{n:05d}",
            f"云岭第{n}网",
            f"http://127.0.0.1/{n}/",
            "门户" if n % 12 == 0 else "部门",
            units[n],
            OFFICE,
        )
        for n in range(70)
    )
    return Registry(
        orgs=(Org(TOP, kind="政府"), Org(OFFICE, "", TOP, "", "部门"), *(Org(name, "", TOP, f"第{n % 9}区", "部门") for n, name in enumerate(units))),
        sites=sites,
        columns=tuple(Column(one.code, f"栏目{n}", f"{one.home}{n}/", "动态要闻" if n == 0 else "其他") for one in sites for n in range(20)),
        accounts=tuple(
            Account(str(53_0000 + n), "微信公众号" if n % 3 else "微博", f"云岭号{n}", owner=units[n % 98], supervisor=OFFICE, route="订阅")
            for n in range(450)
        ),
        letters=tuple(
            Letter(number=f"信{n}", source="领导信箱", title=f"来信{n}", received=date(2026, 7, 1) + timedelta(n % 90), replier=units[n % 98])
            for n in range(3000)
        ),
    )  # fmt: skip


def _findings(registry: Registry, number: int) -> Iterator[Finding]:
    dice = random.Random(19)
    owners = [(one.ref, one.owner) for one in registry.sites] * 12 + [(one.ref, one.owner) for one in registry.accounts]
    units = [one.name for one in registry.orgs[2:]]
    for n in range(number):
        owner, unit = dice.choice(owners)
        check, severity, certainty = dice.choice(_CHECKS if owner.startswith("site/") else _ON_ACCOUNTS)
        same = dice.randrange(number // 2) if n % 2 else n
        quote, context = f"原文{same % 977}", f"前后文{same}"
        yield Finding(
            fingerprint=f"{n * 0x9E3779B97F4A7C15F39D % 2**80:020x}", check=check, target=f"{owner}/page/{n:010x}", url=f"http://127.0.0.1/{n}.html", title=f"关于做好第{n}项工作的通知",
            quote=quote, start=10, end=14, suggestion="改", message=f"“{quote}”疑似有误", question=question(check, quote, context),
            org=dice.choice(units) if n % 5 == 0 else unit, org_by="printed" if n % 5 == 0 else "site", severity=severity,
            certainty=certainty, count=1, first_seen=AS_OF, facts={"context": context}, evidence=(),
        )  # fmt: skip


def _outcomes(findings: list[Finding], registry: Registry) -> list[Outcome]:
    pairs: dict[tuple[str, str], list[str]] = {}
    for one in findings:
        pairs.setdefault((owner_of(one.target), one.check), []).append(one.fingerprint)
    made = [
        Outcome(target, check, Status.FOUND, "", tuple(prints)) for (target, check), prints in sorted(pairs.items())
    ]
    made += [Outcome(one.ref, check, Status.CLEAN, "", ()) for one in registry.columns for check in ("update/column-stale", "update/column-blank")]  # fmt: skip
    return [*made, *(Outcome(one.ref, "update/account-stale", Status.CLEAN, "", ()) for one in registry.accounts)]


def _refs(registry: Registry) -> list[str]:
    return [*(one.ref for one in registry.sites), *(one.ref for one in registry.accounts)]


def _seen(ref: str) -> dict[str, Any]:
    pages = {"known": 5000, "read": 4900, "failed": {"超时": 100}}
    attachments = {"known": 300, "parsed": 290, "failed": {}}
    return {"kind": ref.partition("/")[0], "route": "网站" if ref.startswith("site/") else "订阅", "seen": 0.98, "pages": pages,
            "attachments": attachments, "columns": {"known": 20, "read": 20}}  # fmt: skip


def _visits(registry: Registry) -> Iterator[dict[str, Any]]:
    """Eight days of a visit every quarter of an hour."""
    began = datetime(2026, 9, 22, tzinfo=UTC)
    for n in range(8 * 96):
        for site in registry.sites:
            yield {"target": site.ref, "at": began + timedelta(minutes=15 * n), "ok": n % 97 != 0, "ms": 200, "status": 200, "failure": ""}  # fmt: skip
