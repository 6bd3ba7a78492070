"""The verb count: tables of statistics and ranking from a judged folder. Nothing here is stored; everything re-adds from records."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from duwang.bulletin.kinds import group_of, rank
from duwang.bulletin.render.statistics import Table
from duwang.bulletin.standing import CERTAIN_OWNERS, Jury, Standing
from duwang.flow.judged import Judged
from duwang.judge.summary import rate_told
from duwang.judge.summary import told as told
from duwang.model.findings import Finding, Severity
from duwang.model.refs import owner_of
from duwang.model.verdicts import Verdict, VerdictKind

UNKNOWN = "待定"
_NO_REGION, _NO_SUPERVISOR = "（未登记区域）", "（未登记主管单位）"


@dataclass(slots=True)
class Tally:
    """What is counted for one region, supervisor or unit: objects by verdict, objects with problems, problems."""

    checked: int = 0
    failed: int = 0
    open: int = 0
    troubled: int = 0
    problems: int = 0
    places: int = 0
    targets: list[str] = field(default_factory=list)

    def add(self, verdict: Verdict, troubled: bool) -> None:
        self.checked += 1
        self.failed += verdict.verdict is VerdictKind.FAILED
        self.open += verdict.verdict is VerdictKind.OPEN
        self.troubled += troubled
        self.targets.append(verdict.target)

    @property
    def qualified(self) -> int:
        return self.checked - self.failed - self.open


def problems_of(judged: Judged) -> tuple[Finding, ...]:
    """The problems that are established (confirmed by a person or certain to the machine) on judged objects; what waits for review
    is no problem yet."""
    jury = Jury.of(judged.verdicts, judged.reviews)
    known = {verdict.target for verdict in judged.verdicts}
    return tuple(
        one for one in judged.findings if owner_of(one.target) in known and jury.in_itself(one)[0] is Standing.FACT
    )


def unit_of(finding: Finding) -> str:
    """The unit a problem is counted for; one that is only guessed is not counted under a name."""
    return finding.org if finding.org and finding.org_by in CERTAIN_OWNERS else UNKNOWN


def troubled_targets(judged: Judged) -> set[str]:
    """Objects with 存在问题 as the notice and summary.json count them: with a veto or a problem that may be printed."""
    jury = Jury.of(judged.verdicts, judged.reviews)
    hit = {verdict.target for verdict in judged.verdicts if verdict.hits}
    return hit | {owner_of(one.target) for one in judged.findings if jury.prints(one)}


def by_region(judged: Judged) -> Table:
    regions = {org.name: org.region for org in judged.registry.orgs}
    return _rates(judged, "区域", "合格率（按区域）", lambda v: regions.get(v.org, "") or _NO_REGION)


def by_supervisor(judged: Judged) -> Table:
    known = {site.ref: site.supervisor for site in judged.registry.sites}
    known |= {account.ref: account.supervisor for account in judged.registry.accounts}
    return _rates(judged, "主管单位", "合格率（按主管单位）", lambda v: known.get(v.target, "") or _NO_SUPERVISOR)


def by_kind(judged: Judged, titles: Mapping[str, str]) -> Table:
    """Problem kinds with how many units, places and serious ones."""
    groups: dict[tuple[str, str], list[Finding]] = defaultdict(list)
    for one in problems_of(judged):
        groups[group_of(one.check, kind=one.target.partition("/")[0]), one.check].append(one)
    rows = [
        (group, titles.get(check, check), str(len(found)), str(sum(one.count for one in found)),
         str(sum(one.severity is Severity.SERIOUS for one in found)), str(len({unit_of(one) for one in found})))
        for (group, check), found in sorted(groups.items(), key=lambda pair: (rank(pair[0][0]), -len(pair[1]), pair[0][1]))
    ]  # fmt: skip
    return Table("问题种类", ("问题类型", "检查项", "问题数", "处数", "其中严重", "涉及单位数"), tuple(rows))


def by_unit(judged: Judged) -> Table:
    """One row for every unit, ranked: first by objects not qualified, then by problems; 存在问题 apart from 不合格."""
    troubled, published = troubled_targets(judged), Counter(one.org for one in judged.publications)
    tallies: dict[str, Tally] = {org.name: Tally() for org in judged.registry.orgs}
    for verdict in judged.verdicts:
        tallies.setdefault(verdict.org, Tally()).add(verdict, verdict.target in troubled)
    for one in problems_of(judged):
        tally = tallies.setdefault(unit_of(one), Tally())
        tally.problems += 1
        tally.places += one.count
    counted = {name: tally for name, tally in tallies.items() if tally.checked or tally.problems or published[name]}
    places = ranks(counted, key=lambda name: (counted[name].failed, counted[name].problems))
    rows = [
        (str(places[name]), name, str(t.checked), str(t.failed), str(t.open), str(t.troubled), str(t.problems), str(t.places), str(published[name]))
        for name, t in sorted(counted.items(), key=lambda pair: (places[pair[0]], pair[0]))
    ]  # fmt: skip
    heads = ("名次", "单位", "网站和账号", "不合格", "待核", "存在问题的对象", "问题数", "处数", "信息发布")
    return Table(
        "各单位情况",
        heads,
        tuple(rows),
        note="名次按不合格对象数、问题数由少到多排列，相同的并列；等待复核的问题不计，责任单位待定的问题不记在任何单位名下。",
    )


def ranks(names: Iterable[str], *, key: Callable[[str], tuple[int, ...]]) -> dict[str, int]:
    """Competition ranking (1, 2, 2, 4) by rising key."""
    ordered = sorted(names, key=lambda name: (key(name), name))
    placed: dict[str, int] = {}
    for at, name in enumerate(ordered, 1):
        same = at > 1 and key(ordered[at - 2]) == key(name)
        placed[name] = placed[ordered[at - 2]] if same else at
    return placed


def _rates(judged: Judged, head: str, title: str, group: Callable[[Verdict], str]) -> Table:
    troubled = troubled_targets(judged)
    groups: dict[str, dict[str, Tally]] = {}
    for verdict in judged.verdicts:
        here = groups.setdefault(group(verdict), {"site": Tally(), "account": Tally()})
        here.setdefault(verdict.kind, Tally()).add(verdict, verdict.target in troubled)
    rows = [
        (name, *_cells(here["site"]), *_cells(here["account"]), _overall(here.values()))
        for name, here in sorted(groups.items())
    ]
    heads = (
        head,
        *(
            f"{what}{word}"
            for what in ("网站", "新媒体")
            for word in ("检查", "合格", "不合格", "待核", "存在问题", "合格率")
        ),
        "总合格率",
    )
    return Table(title, heads, tuple(sorted(rows, key=lambda row: (_number(row[-1]), row[0]))))


def _cells(tally: Tally) -> Iterator[str]:
    yield from (str(n) for n in (tally.checked, tally.qualified, tally.failed, tally.open, tally.troubled))
    yield rate_told(tally.checked, tally.failed, tally.open)


def _overall(tallies: Iterable[Tally]) -> str:
    listed = list(tallies)
    checked, failed, left_open = (sum(getattr(one, name) for one in listed) for name in ("checked", "failed", "open"))
    return rate_told(checked, failed, left_open)


def _number(told: str) -> float:
    """Best rate first, an open one by the most it can become; nothing checked at the end."""
    found = re.findall(r"[\d.]+(?=%)", told)
    return -float(found[-1]) if found else 1.0
