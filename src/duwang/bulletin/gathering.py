"""The tables a notice is counted from: every site, every account, every printable problem, what became of earlier ones."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from duwang.bulletin.annexes import WHERE
from duwang.bulletin.kinds import group_of
from duwang.bulletin.standing import Jury, Standing
from duwang.bulletin.tree import Pending
from duwang.model.findings import Finding
from duwang.model.refs import owner_of
from duwang.model.registry import Registry
from duwang.model.verdicts import Hit, Verdict, VerdictKind

SITES, ACCOUNTS, PROBLEMS, EARLIER, LETTERS = "全部网站", "全部新媒体", "problems", "上期问题", "信件"
NONE, BEFORE = "—", "上期通报未整改"
OTHERS, OPENNESS = "other", "政务公开"
_FATES = {"rectified": "已整改", "carried": "未整改", "relapsed": "改后又犯", "cannot_tell": "不能判断"}
_WORST = ("改后又犯", "未整改", "不能判断", "已整改")
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Subject:
    """A judged site or account with what the ledger says of it."""

    verdict: Verdict
    kind: str
    name: str
    platform: str
    number: str
    org: str
    supervisor: str
    region: str

    @property
    def label(self) -> str:
        return f"{self.name}（{self.platform}）" if self.platform else self.name


@dataclass(frozen=True, slots=True)
class Gathered:
    """`facts`: printable findings with their subject, in order."""

    tables: dict[str, tuple[Row, ...]]
    facts: tuple[tuple[Subject, Finding], ...]
    subjects: Mapping[str, Subject]
    pending: tuple[Pending, ...]
    carried: tuple[tuple[Subject, Finding], ...] = field(default=())


def gather(
    registry: Registry,
    verdicts: Sequence[Verdict],
    findings: Sequence[Finding],
    *,
    jury: Jury,
    rounds: Mapping[str, Sequence[str]],
    earlier: Sequence[Finding] = (),
) -> Gathered:
    """All tables of one inspection. Letters, units and cancelled accounts get no verdict; their problems are told all the same."""
    subjects = {subject.verdict.target: subject for subject in _subjects(registry, verdicts)}
    others: dict[str, Subject] = {}
    facts, pending = [], []
    for finding in findings:
        owner = owner_of(finding.target)
        subject = subjects.get(owner) or others.setdefault(owner, _unjudged(owner, finding, registry))
        standing, why = jury.on(finding)
        if standing is Standing.FACT:
            facts.append((subject, finding))
        elif standing is Standing.PENDING:
            pending.append(_pending(subject, finding, why))
    hits = [(subject, hit) for subject in subjects.values() for hit in subject.verdict.hits]
    told_before = {*rounds.get("carried", ()), *rounds.get("relapsed", ())}
    problems = [*(_veto_row(subject, hit, told_before) for subject, hit in hits), *_problem_rows(facts, told_before)]
    of_each = _by_subject(facts)
    rows = {kind: [one for one in subjects.values() if one.kind == kind] for kind in ("site", "account")}
    tables: dict[str, tuple[Row, ...]] = {
        SITES: tuple(_subject_row(subject, of_each[subject.verdict.target]) for subject in rows["site"]),
        ACCOUNTS: tuple(_subject_row(subject, of_each[subject.verdict.target]) for subject in rows["account"]),
        PROBLEMS: tuple(problems),
        LETTERS: tuple(_letters(registry)),
        EARLIER: tuple(_earlier(rounds, (*earlier, *findings), jury)),
    }
    carried = tuple(pair for pair in facts if pair[1].fingerprint in told_before)
    pending += [_question(subject) for subject in subjects.values() if subject.verdict.verdict is VerdictKind.OPEN]
    return Gathered(tables, tuple(facts), subjects, tuple(sorted(pending, key=_in_order)), carried)


def veto_in_words(hit: Hit) -> str:
    """应更新但长期未更新的栏目数量超过（含）10个, as notices print a veto; a low score with its points."""
    if hit.effect == "points":
        return f"扣分指标得分{hit.count:g}分，不足{hit.threshold:g}分"
    tail = hit.title.split("：")[-1]
    if isinstance(hit.threshold, int) and hit.threshold > 1:
        return f"{tail}数量超过（含）{hit.threshold}个"
    return tail


def _subjects(registry: Registry, verdicts: Sequence[Verdict]) -> Iterator[Subject]:
    regions = {org.name: org.region for org in registry.orgs}
    sites = {site.ref: site for site in registry.sites}
    accounts = {account.ref: account for account in registry.accounts}
    for verdict in sorted(verdicts, key=lambda one: one.target):
        site, account = sites.get(verdict.target), accounts.get(verdict.target)
        known = site or account
        supervisor = known.supervisor if known else ""
        yield Subject(
            verdict=verdict,
            kind=verdict.kind,
            name=verdict.name or verdict.target,
            platform=account.platform if account else "",
            number=site.code if site else account.filing_no if account else "",
            org=verdict.org,
            supervisor=supervisor,
            region=regions.get(verdict.org, "") or regions.get(supervisor, ""),
        )


def _unjudged(target: str, finding: Finding, registry: Registry) -> Subject:
    """What gets no verdict: a letter or a unit, or an account that is cancelled."""
    account = next((one for one in registry.accounts if one.ref == target), None)
    site = next((one for one in registry.sites if one.ref == target), None)
    known = account or site
    kind = "account" if account else "site" if site else OTHERS
    regions = {org.name: org.region for org in registry.orgs}
    return Subject(
        verdict=Verdict(target, kind, known.name if known else "", finding.org, VerdictKind.QUALIFIED),  # never counted
        kind=kind,
        name=known.name if known else "",
        platform=account.platform if account else "",
        number=account.filing_no if account else site.code if site else "",
        org=finding.org,
        supervisor=known.supervisor if known else "",
        region=regions.get(finding.org, ""),
    )


def vetoing(facts: Iterable[tuple[Subject, Finding]]) -> frozenset[str]:
    """Fingerprints that made a veto of one of these subjects."""
    judged = {subject.verdict.target: subject.verdict for subject, _ in facts}
    return frozenset(key for verdict in judged.values() for hit in verdict.hits for key in hit.fingerprints)


def _by_subject(facts: Iterable[tuple[Subject, Finding]]) -> Mapping[str, list[Finding]]:
    found: dict[str, list[Finding]] = defaultdict(list)
    for subject, finding in facts:
        found[subject.verdict.target].append(finding)
    return found


def _subject_row(subject: Subject, findings: Iterable[Finding]) -> Row:
    vetoes = "；".join(veto_in_words(hit) for hit in subject.verdict.hits)
    groups: dict[str, int] = {}
    for finding in findings:
        group = group_of(finding.check, kind=subject.kind)
        groups[group] = groups.get(group, 0) + finding.count
    common = "；".join(f"{group}{count}处" for group, count in groups.items())
    number = "网站标识码" if subject.kind == "site" else "备案单号"
    return {
        number: subject.number, "名称": subject.name, "平台": subject.platform, "主办单位": subject.org,
        "主管单位": subject.supervisor, "区域": subject.region, "检查结果": subject.verdict.verdict.value,
        "存在的问题": vetoes or common or NONE,
    }  # fmt: skip


def _veto_row(subject: Subject, hit: Hit, told_before: Collection[str]) -> Row:
    note = BEFORE if any(key in told_before for key in hit.fingerprints) else ""
    low = hit.effect == "points"
    item, count = ("得分不足", "1") if low else ("单项否决", str(hit.count))
    return _row(subject, subject.org, item, veto_in_words(hit), count, "不合格", note)


def _problem_rows(facts: Sequence[tuple[Subject, Finding]], told_before: Collection[str]) -> Iterator[Row]:
    """One row for all problems of one check of one unit on one site or account; what made a veto is told there already."""
    groups: dict[tuple[str, str, str], list[tuple[Subject, Finding]]] = {}
    vetoed = vetoing(facts)
    for subject, finding in facts:
        if finding.fingerprint not in vetoed:
            groups.setdefault((finding.org, subject.verdict.target, finding.check), []).append((subject, finding))
    for (org, _, check), group in sorted(groups.items()):
        subject, first = group[0]
        count = sum(finding.count for _, finding in group)
        text = first.message if count == 1 else f"{first.message.rstrip('。')}等{count}处"
        note = BEFORE if any(finding.fingerprint in told_before for _, finding in group) else ""
        row = _row(subject, org, group_of(check, kind=subject.kind), text, str(count), "存在问题", note)
        yield {**row, "类别": OPENNESS} if check.partition("/")[0] in _OPENNESS else row


_OPENNESS = ("disclosure", "policy")
_CATEGORIES = {"site": "政府网站", "account": "政务新媒体", OTHERS: OPENNESS}


def _row(subject: Subject, org: str, item: str, text: str, count: str, verdict: str, note: str) -> Row:
    return {
        "类别": _CATEGORIES[subject.kind], "问题类型": item, "责任单位": org, "主管单位": subject.supervisor, "区域": subject.region,
        "名称": subject.name, "平台": subject.platform, "备案单号": subject.number if subject.kind == "account" else "",
        "问题": text, "处数": count, "判定": verdict, "备注": note,
        WHERE: f"{subject.name}：" if subject.kind == "site" else "",
    }  # fmt: skip


def _earlier(rounds: Mapping[str, Sequence[str]], findings: Sequence[Finding], jury: Jury) -> Iterator[Row]:
    """What became of the problems that the last notice told: one row for all of one check of one unit on one site or account, as
    the list of problems has them; while one of them stands, none of them counts as put right. What was never printed (hints, what
    nobody had reviewed, units in doubt) was not told."""
    known = {finding.fingerprint: finding for finding in findings if jury.prints(finding)}
    groups: dict[tuple[str, str, str], tuple[str, Finding]] = {}
    for fate, word in _FATES.items():
        for finding in (known[key] for key in rounds.get(fate, ()) if key in known):
            place = (finding.org, owner_of(finding.target), finding.check)
            before = groups.get(place)
            if before is None or _WORST.index(word) < _WORST.index(before[0]):
                groups[place] = word, finding
    for (org, target, _), (word, finding) in sorted(groups.items()):
        yield {"对象": target, "结果": word, "责任单位": org, "问题": finding.message}


def _letters(registry: Registry) -> Iterator[Row]:
    for letter in registry.letters:
        done = "已答复" if letter.replied else "未答复"
        yield {
            "编号": letter.number,
            "来源": letter.source,
            "信箱": letter.mailbox,
            "类别": letter.category,
            "办理": done,
        }


def _pending(subject: Subject, finding: Finding, why: str) -> Pending:
    return Pending("问题", subject.verdict.target, subject.label, finding.org, finding.message, why, finding.count)


def _question(subject: Subject) -> Pending:
    asked = "；".join(f"{question.title}：{question.why}" for question in subject.verdict.open)
    return Pending("待核", subject.verdict.target, subject.label, subject.org, asked, "尚不能判定是否合格")


def _in_order(pending: Pending) -> tuple[str, str, str]:
    return pending.target, pending.kind, pending.text
