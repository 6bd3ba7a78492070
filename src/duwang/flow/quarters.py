"""Rounds side by side: this one against the earlier ones, and a year's roll-up for every unit (计入年度考评)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from duwang.bulletin.render.statistics import Table
from duwang.flow.folder import Folder
from duwang.flow.judged import Judged
from duwang.flow.records import from_plain
from duwang.flow.statistics import Tally, problems_of, troubled_targets, unit_of
from duwang.judge.summary import rate_told
from duwang.model.verdicts import VerdictKind

ROUNDS = "earlier-rounds.jsonl"


@dataclass(frozen=True, slots=True)
class Kind:
    checked: int = 0
    failed: int = 0
    open: int = 0
    troubled: int = 0


@dataclass(frozen=True, slots=True)
class Round:
    """One line of earlier-rounds.jsonl: what a round came to. `orgs` maps units to objects checked, failed, troubled, and problems."""

    name: str
    as_of: str
    site: Kind
    account: Kind
    problems: int
    places: int
    orgs: dict[str, tuple[int, int, int, int]] = field(default_factory=dict)


def round_of(judged: Judged) -> Round:
    """This round's figures, counted from its records."""
    period, as_of = judged.run.get("period") or {}, str(judged.run["as_of"])[:10]
    troubled, problems = troubled_targets(judged), problems_of(judged)
    orgs: dict[str, Tally] = {}
    for verdict in judged.verdicts:
        orgs.setdefault(verdict.org, Tally()).add(verdict, verdict.target in troubled)
    for one in problems:
        orgs.setdefault(unit_of(one), Tally()).problems += 1
    kinds = {}
    for kind in ("site", "account"):
        here = [verdict for verdict in judged.verdicts if verdict.kind == kind]
        failed, left_open = (
            sum(one.verdict is word for one in here) for word in (VerdictKind.FAILED, VerdictKind.OPEN)
        )
        kinds[kind] = Kind(len(here), failed, left_open, sum(one.target in troubled for one in here))
    return Round(
        str(period.get("name") or as_of), as_of, kinds["site"], kinds["account"], len(problems), sum(one.count for one in problems),
        {org: (t.checked, t.failed, t.troubled, t.problems) for org, t in sorted(orgs.items())},
    )  # fmt: skip


def take_over_rounds(folder: Folder, previous: Folder) -> None:
    """Keep here what earlier rounds came to, so that their folders are not needed again."""
    folder.write_lines(ROUNDS, [*earlier_rounds(previous), round_of(Judged.of(previous))])


def earlier_rounds(folder: Folder) -> list[Round]:
    return [from_plain(line, Round) for line in folder.read_lines(ROUNDS)]


def by_round(rounds: Sequence[Round]) -> Table:
    """Quarter on quarter, oldest first."""
    rows, before = [], None
    for one in rounds:
        change = "—" if before is None else f"{one.problems - before.problems:+d}"
        cells = [one.name, one.as_of]
        for kind in (one.site, one.account):
            cells += [
                str(kind.checked),
                str(kind.failed),
                str(kind.open),
                rate_told(kind.checked, kind.failed, kind.open),
            ]
        rows.append((*cells, str(one.problems), change))
        before = one
    heads = (
        "期次",
        "监测时间点",
        "网站检查",
        "网站不合格",
        "网站待核",
        "网站合格率",
        "新媒体检查",
        "新媒体不合格",
        "新媒体待核",
        "新媒体合格率",
        "问题数",
        "比上期",
    )
    return Table("各期情况", heads, tuple(rows))


def by_year(rounds: Sequence[Round]) -> Table:
    """Every unit over the periods of the current round's year; of several rounds in one period the last one counts."""
    year = rounds[-1].as_of[:4] if rounds else ""
    periods = {one.name: one for one in rounds if one.as_of[:4] == year or one.name.startswith(year)}
    units = sorted({org for one in periods.values() for org in one.orgs})
    rows = []
    for unit in units:
        told = [one.orgs.get(unit, (0, 0, 0, 0)) for one in periods.values()]
        cells = [text for _, failed, troubled, problems in told for text in (str(failed), str(troubled), str(problems))]
        sums = [sum(one[at] for one in told) for at in (1, 2, 3)]
        rows.append((unit, *cells, *(str(n) for n in sums), str(sum(one[1] > 0 for one in told))))
    heads = [f"{name}{word}" for name in periods for word in ("不合格", "存在问题", "问题数")]
    columns = ("单位", *heads, "全年不合格", "全年存在问题", "全年问题数", "有不合格的期数")
    rows.sort(key=lambda row: (int(row[-4]), int(row[-2]), row[0]))
    return Table(
        f"{year}年各单位累计（计入年度考评）",
        columns,
        tuple(rows),
        note="不合格、存在问题按对象数计；一个检查期内检查多次的，以最后一次为准。",
    )
