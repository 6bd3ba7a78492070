"""The 材料 of edition specs → a verdict: a small ledger, outcomes, findings, reviews and answers.

`对象` 门户网站 (default), 部门网站, 政务新媒体, 移动客户端 or 监管单位; `栏目` {class or class（二级）: {state: how many}};
`发现` [{检查, 数量, 级别, 事实, 位置, 每处, 复核}]; `读到` [{检查, and a subject as in the specs of checks}], looked at with the
edition's own settings; `不能判断`, `没有检查` {check: why}; `没有安排` [check]; `报备` [{类型, 对象, 起, 止}]; `回答`
{indicator or clause: 是, 否 or a number}; `可抽` {what: how many}.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from judging_kit import ACCOUNT, AS_OF, CODE, SITE, column, found, judged, outcome, registry, review

from duwang.checks.check import all_checks
from duwang.judge.edition import Edition
from duwang.judge.judging import judge_supervisor
from duwang.model.findings import CannotTell, Finding, NotApplicable, Outcome, Severity, Status
from duwang.model.material import AccountView, Listing
from duwang.model.registry import Account, Column, Declaration, Site
from duwang.model.verdicts import Decision, Review, Verdict
from kit.spec_subjects import subject_of

HOME = "http://127.0.0.1/"
ORG = "org/仿真省人民政府办公厅"
SUBJECTS = ("门户网站", "部门网站", "政务新媒体", "移动客户端", "监管单位")
STALE, BLANK = "update/column-stale", "update/column-blank"
STATES = ("正常", "未更新", "空白", "未更新且空白", "没有读到", "未更新已报备", "未更新属误报", "空白已报备")
KEYS = {
    "对象", "对外服务", "监测时间点", "栏目", "发现", "读到", "不能判断", "没有检查", "没有安排", "报备", "回答", "可抽", "访问记录",
}  # fmt: skip


class SampleFault(Exception):
    """A 材料 that is written wrong."""


@dataclass(slots=True)
class _Desk:
    """What a 材料 comes to, while it is read."""

    given: Mapping[str, Any]
    edition: Edition
    target: str
    account: Account | None = None
    columns: list[Column] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)
    declarations: list[Declaration] = field(default_factory=list)
    reviews: list[Review] = field(default_factory=list)
    unread: dict[tuple[str, str], Outcome] = field(default_factory=dict)
    as_of: date = AS_OF


def verdict_of(given: Mapping[str, Any], edition: Edition) -> Verdict:
    """The verdict of one 材料 under an edition."""
    if unknown := set(given) - KEYS:
        raise SampleFault(f"材料里没有“{'、'.join(sorted(unknown))}”这一项")
    kind = given.get("对象", "门户网站")
    if kind not in SUBJECTS:
        raise SampleFault(f"对象应为{'、'.join(SUBJECTS)}之一")
    if kind == "监管单位":
        answers = list(_answers(given, ORG))
        return judge_supervisor(target=ORG, name="仿真省人民政府办公厅", reviews=answers, edition=edition, as_of=AS_OF)
    desk = _Desk(given, edition, SITE, as_of=given.get("监测时间点", AS_OF))
    if kind == "移动客户端":
        desk.account = Account("70744", "移动客户端", "仿真通", owner="仿真县人民政府办公室")
    _fill(desk)
    if kind in ("政务新媒体", "移动客户端"):
        desk.target = desk.account.ref if desk.account else ACCOUNT
    return _judged(desk, kind)


def _fill(desk: _Desk) -> None:
    given = desk.given
    for name, states in (given.get("栏目") or {"动态要闻": {"正常": 1}, "其他": {"正常": 1}}).items():
        _columns(desk, name, states)
    owner = desk.account.ref if desk.account else ACCOUNT
    target = owner if given.get("对象") in ("政务新媒体", "移动客户端") else SITE
    for number, one in enumerate(given.get("发现", ()), 1):
        _found(desk, one, target, 1000 * number)
    for one in given.get("读到", ()):
        _read(desk, one)
    for one in given.get("报备", ()):
        start, end = one.get("起", date(2024, 9, 1)), one.get("止", date(2024, 9, 30))
        desk.declarations.append(Declaration(target, one["类型"], start, end, one.get("理由", "")))
    for status, key in ((Status.UNKNOWN, "不能判断"), (Status.SKIPPED, "没有检查")):
        for check, why in given.get(key, {}).items():
            desk.unread[target, check] = outcome(check, target, status, why)
    desk.reviews += _answers(given, target)


def _columns(desk: _Desk, name: str, states: Mapping[str, int]) -> None:
    category, second, _ = name.partition("（二级）")
    for state, number in states.items():
        if state not in STATES:
            raise SampleFault(f"栏目的情形应为{'、'.join(STATES)}之一，写了“{state}”")
        for n in range(number):
            one = column(f"{name}{state}{n}", category, first_level=not second)
            desk.columns.append(one)
            checks = [check for check, word in ((STALE, "未更新"), (BLANK, "空白")) if word in state]
            findings = [found(check, one.ref) for check in checks]
            desk.findings += findings
            if "已报备" in state:
                desk.declarations.append(Declaration(one.ref, "确无更新", date(2024, 9, 1), date(2024, 9, 30)))
            if "误报" in state:
                desk.reviews += [review(finding, Decision.FALSE_ALARM) for finding in findings]
            if state == "没有读到":
                for check in (STALE, BLANK):
                    desk.unread[one.ref, check] = outcome(check, one.ref, Status.UNKNOWN, "栏目打不开")


def _found(desk: _Desk, one: Mapping[str, Any], target: str, start: int) -> None:
    if unknown := set(one) - {"检查", "数量", "级别", "事实", "位置", "每处", "复核", "同一问题"}:
        raise SampleFault(f"发现里没有“{'、'.join(sorted(unknown))}”这一项")
    facts = dict(one.get("事实", {}))
    if "位置" in one:
        facts["places"] = [HOME if one["位置"] == "首页" else f"{HOME}content/{start}.html"]
    question = f"?{one['同一问题']}" if "同一问题" in one else ""
    for n in range(start, start + one.get("数量", 1)):
        page = f"{target}/page/{n}" if target == SITE and "位置" not in one else target
        severity = Severity(one.get("级别", "一般"))
        finding = found(
            one["检查"], page, n=n, severity=severity, count=one.get("每处", 1), facts=facts, question=question
        )
        desk.findings.append(finding)
        if "复核" in one and (not question or n == start):
            desk.reviews.append(review(finding, Decision(one["复核"]), bulk=bool(question)))


def _read(desk: _Desk, one: Mapping[str, Any]) -> None:
    """A check looks at a subject with the edition's settings; what it says goes to the judge."""
    material = dict(one)
    check = all_checks()[material.pop("检查")]
    subject = subject_of(material, text=None, html=None)
    if isinstance(subject, AccountView):
        desk.account = subject.account
    if isinstance(subject, Listing):
        desk.columns.append(subject.column)
    key = (subject.ref, check.id)
    try:
        drafts = list(check.look(subject, as_of=desk.as_of, settings=desk.edition.settings.get(check.id, {})))
    except CannotTell as why:
        desk.unread[key] = outcome(check.id, subject.ref, Status.UNKNOWN, str(why))
    except NotApplicable as why:
        desk.unread[key] = outcome(check.id, subject.ref, Status.SKIPPED, str(why))
    else:
        for n, draft in enumerate(drafts):
            finding = found(
                check.id, draft.target, n=n, severity=draft.severity, count=draft.count, facts=dict(draft.facts)
            )
            desk.findings.append(finding)


def _answers(given: Mapping[str, Any], target: str) -> Iterator[Review]:
    for code, said in given.get("回答", {}).items():
        words = said if isinstance(said, str) else "否" if said is False else "是"
        count = said if isinstance(said, int) and not isinstance(said, bool) else None
        yield Review(target=target, indicator=code, answer=words, count=count, by="核", reason="因", at="2024-10-08")


def _judged(desk: _Desk, kind: str) -> Verdict:
    site = Site(
        CODE,
        "仿真县人民政府",
        HOME,
        "门户" if kind != "部门网站" else "部门",
        "仿真县人民政府办公室",
        serves_public=desk.given.get("对外服务", True),
    )
    ledger = registry(desk.columns, desk.declarations, site=site, account=desk.account)
    drawn_from = {
        what: [f"{desk.target}/page/{n}" for n in range(1, 1 + many)]
        for what, many in desk.given.get("可抽", {}).items()
    }
    return judged(
        list(_outcomes(desk)), desk.findings, desk.reviews, ledger, desk.target, edition=desk.edition, as_of=desk.as_of,
        populations={desk.target: drawn_from} if drawn_from else None, probes_seen=desk.given.get("访问记录", True),
    )  # fmt: skip


def _outcomes(desk: _Desk) -> Iterator[Outcome]:
    """One outcome for every check that the edition names, CLEAN unless the 材料 says otherwise."""
    left_out = set(desk.given.get("没有安排", ()))
    account = desk.account.ref if desk.account else ACCOUNT
    planned: dict[tuple[str, str], Outcome] = {}
    for indicator in desk.edition.indicators:
        for check in {*indicator.named_checks, *(name for item in indicator.items for name in item.named_checks)}:
            owner = account if indicator.applies == "account" else SITE
            columns = check in (STALE, BLANK) and owner == SITE
            for target in [one.ref for one in desk.columns] if columns else [owner]:
                planned[target, check] = outcome(check, target)
    planned |= desk.unread
    yield from (one for (_, check), one in sorted(planned.items()) if check not in left_out)
