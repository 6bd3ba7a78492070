"""One invented judged round: two sites, two accounts, problems decided and open."""

from __future__ import annotations

from datetime import date
from typing import Any

from duwang.flow.judged import Judged
from duwang.model.findings import Finding, Severity
from duwang.model.refs import account_ref, site_ref
from duwang.model.registry import Account, Org, Registry, Site
from duwang.model.verdicts import Hit, OpenQuestion, Verdict, VerdictKind

SCHOOL, TOWN = site_ref("5399990001"), site_ref("5399990002")
VOICE, NEWS = account_ref("微信公众号", "30254160300001"), account_ref("微博", "30254160300002")
AS_OF = date(2024, 9, 30)


def registry() -> Registry:
    return Registry(
        orgs=(
            Org("仿真县人民政府", kind="政府"), Org("仿真县人民政府办公室", parent="仿真县人民政府"),
            Org("县教育局", region="城关片区"), Org("石桥乡", region="石桥乡"),
        ),
        sites=(
            Site("5399990001", "县教育局网站", "http://a.example/", owner="县教育局", supervisor="仿真县人民政府办公室"),
            Site("5399990002", "石桥乡网站", "http://b.example/", owner="石桥乡", supervisor="仿真县人民政府办公室"),
        ),
        accounts=(
            Account("30254160300001", "微信公众号", "石桥之声", owner="石桥乡", supervisor="仿真县人民政府办公室"),
            Account("30254160300002", "微博", "教育在线", owner="县教育局", supervisor="仿真县人民政府办公室"),
        ),
    )  # fmt: skip


def finding(fingerprint: str, check: str, target: str, org: str, message: str, **other: Any) -> Finding:
    fields: dict[str, Any] = {
        "url": "http://a.example/1.html", "title": "", "quote": "", "start": None, "end": None, "suggestion": None,
        "question": f"q{fingerprint}", "org_by": "site", "severity": Severity.ORDINARY, "certainty": 1.0, "count": 1,
        "first_seen": AS_OF, "facts": {}, "evidence": (),
    }  # fmt: skip
    return Finding(fingerprint=fingerprint, check=check, target=target, org=org, message=message, **{**fields, **other})


OVERDUE = finding("f-stale", "update/column-stale", TOWN, "石桥乡", "栏目“政府文件”超过6个月未更新")


OLD = finding("old", "reach/broken-image", SCHOOL, "县教育局", "图片不能打开")


def findings() -> tuple[Finding, ...]:
    return (
        finding("f-blank1", "update/column-blank", SCHOOL, "县教育局", "栏目“通知”没有内容"),
        finding("f-link", "reach/broken-link", SCHOOL, "县教育局", "链接“下载”不能打开", count=3),
        finding("f-wording", "text/fixed-phrase", SCHOOL, "县教育局", "疑似表述错误“帐号”", suggestion="账号"),
        OVERDUE,
        finding("f-media", "update/account-stale", VOICE, "石桥乡", "最近一条发布于2024年8月1日", org_by="account"),
        finding("f-doubt", "update/column-stale", TOWN, "石桥乡", "栏目归属不明", org_by="guess"),
    )


def verdicts() -> tuple[Verdict, ...]:
    blank = Hit("WV-4.3", "栏目不更新：空白栏目", "veto", 5, 5, ("f-blank1",))
    stale = Hit("MV-2.1", "内容不更新：监测时间点前2周内无更新", "veto", 1, 1, ("f-media",))
    asked = OpenQuestion("MV-1.1", "出现严重表述错误", "等待复核", 0, 1, 1, ("x",))
    return (
        Verdict(SCHOOL, "site", "县教育局网站", "县教育局", VerdictKind.FAILED, hits=(blank,)),
        Verdict(TOWN, "site", "石桥乡网站", "石桥乡", VerdictKind.QUALIFIED),
        Verdict(VOICE, "account", "石桥之声", "石桥乡", VerdictKind.FAILED, hits=(stale,)),
        Verdict(NEWS, "account", "教育在线", "县教育局", VerdictKind.OPEN, open=(asked,)),
    )


SUMMARY = {
    "site": {"checked": 2, "qualified": 1, "failed": 1, "open": 0}, "account": {"checked": 2, "qualified": 0, "failed": 1, "open": 1},
    "rounds": {"carried": ["f-stale"], "relapsed": [], "rectified": ["old"], "cannot_tell": [], "new": []},
}  # fmt: skip
RUN = {
    "as_of": "2024-09-30", "edition": {"name": "national-2019", "title": "检查指标"}, "overlays": [],
    "period": {"in_words": "2024年第三季度", "start": "2024-07-01", "end": "2024-09-30"},
}  # fmt: skip


def judged() -> Judged:
    return Judged(
        registry=registry(), verdicts=verdicts(), findings=findings(), outcomes=(), reviews=(), earlier=(OLD,), summary=SUMMARY,
        coverage={}, run=RUN, publications=(),
    )  # fmt: skip
