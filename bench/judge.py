"""Judge a province again: 135 sites, 1,163 accounts, 1,000,000 findings with their outcomes; twice, identical bytes.

Run: `python bench/judge.py [--findings 1000000]`. Bar: ≤ 10 s on one core. Prints seconds, verdict counts and the digest.
"""

from __future__ import annotations

import argparse
import gc
import hashlib
import json
import random
import time
from dataclasses import asdict
from datetime import date

from duwang.bulletin.standing import Jury
from duwang.judge.edition import load_edition
from duwang.judge.judging import judge
from duwang.judge.summary import summarise
from duwang.model.findings import Finding, Outcome, Severity, Status
from duwang.model.registry import Account, Column, Registry, Site

AS_OF = date(2024, 9, 30)
PAGE_CHECKS = ("text/fixed-phrase", "text/typo", "text/punctuation", "privacy/id-number", "document/disclosure-label",
               "function/footer-mark", "reach/broken-link")  # fmt: skip
CATEGORIES = ("动态要闻", "通知公告", "政策文件", "政策解读", "概况", "其他", "数据", "人事")
SEVERITIES = (Severity.ORDINARY, Severity.ORDINARY, Severity.ORDINARY, Severity.HINT, Severity.SERIOUS)


def province(rng: random.Random) -> Registry:
    """135 sites (27 of them portals) with 40 columns each, 1,163 accounts."""
    sites = tuple(
        Site(f"53992{n:05d}", f"网站{n}", f"http://127.0.0.1/{n}/", "门户" if n % 5 == 0 else "部门", f"单位{n}")
        for n in range(135)
    )
    columns = tuple(
        Column(site.code, f"栏目{n}", f"{site.home}{n}/", rng.choice(CATEGORIES)) for site in sites for n in range(40)
    )
    accounts = tuple(Account(str(10**15 + n), "微信公众号", f"账号{n}", owner=f"单位{n % 135}") for n in range(1163))
    return Registry(sites=sites, columns=columns, accounts=accounts)


def inspected(registry: Registry, findings: int, rng: random.Random) -> tuple[list[Outcome], list[Finding]]:
    """Outcomes for every pair and so many findings, mostly on pages."""
    outcomes = [Outcome(site.ref, check, Status.FOUND) for site in registry.sites for check in PAGE_CHECKS]
    for column in registry.columns:
        outcomes += [
            Outcome(column.ref, check, rng.choice((Status.CLEAN, Status.CLEAN, Status.FOUND, Status.UNKNOWN)), "打不开")
            for check in ("update/column-stale", "update/column-blank")
        ]
    for account in registry.accounts:
        outcomes += [Outcome(account.ref, check, Status.CLEAN) for check in ("update/account-stale", *PAGE_CHECKS[:4])]
    found = [
        _finding(f"{one.target}|{one.check}", one.check, one.target, Severity.ORDINARY)
        for one in outcomes
        if one.status is Status.FOUND and "/column/" in one.target
    ]
    owners = [site.ref for site in registry.sites] * 8 + [account.ref for account in registry.accounts]
    for n in range(findings - len(found)):
        target = f"{rng.choice(owners)}/page/{n % 100000:010x}"
        found.append(_finding(f"{n:020x}", PAGE_CHECKS[n % 7], target, SEVERITIES[n % 5]))
    return outcomes, found


def _finding(key: str, check: str, target: str, severity: Severity) -> Finding:
    return Finding(key, check, target, "", "", "", None, None, None, "", key[-16:], "单位", "site", severity, 1.0, 1,
                   AS_OF, {}, ())  # fmt: skip


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--findings", type=int, default=1_000_000)
    wanted = parser.parse_args().findings
    rng = random.Random(20240930)
    registry = province(rng)
    outcomes, findings = inspected(registry, wanted, rng)
    edition = load_edition()
    gc.collect()
    gc.freeze()
    digests = []
    for attempt in (1, 2):
        wall, cpu = time.perf_counter(), time.process_time()
        verdicts = judge(
            registry=registry, outcomes=outcomes, findings=findings, reviews=(), edition=edition, as_of=AS_OF
        )
        summary = summarise(verdicts, findings, None, edition=edition, prints=Jury.of(verdicts, ()).prints)
        seconds, used = time.perf_counter() - wall, time.process_time() - cpu
        written = json.dumps([[asdict(one) for one in verdicts], summary], ensure_ascii=False, sort_keys=True)
        digests.append(hashlib.sha256(written.encode()).hexdigest())
        print(f"第{attempt}次：{len(outcomes)}条结论、{len(findings)}个问题，{seconds:.2f}秒（处理器{used:.2f}秒）")
        rng.shuffle(outcomes)
        rng.shuffle(findings)
    print(f"网站{summary['site']}")
    print(f"新媒体{summary['account']}")
    print(f"两次字节{'一致' if digests[0] == digests[1] else '不一致'}：{digests[0][:16]}")


if __name__ == "__main__":
    main()
