"""All statistics of a folder: the tables of 统计.xlsx and the charts of the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duwang.bulletin.render.charts import bars, stacked, trend
from duwang.bulletin.render.statistics import Table
from duwang.flow import quarters, workload
from duwang.flow import statistics as counted
from duwang.flow.judged import Judged
from duwang.flow.supervision import sheet, supervision
from duwang.judge.summary import rate_told

_SHOWN = 12


@dataclass(frozen=True, slots=True)
class Statistics:
    """`tables` in sheet order, `charts` as SVG figures; both empty parts left out."""

    tables: tuple[Table, ...]
    charts: tuple[str, ...]


def count_all(judged: Judged, earlier: Sequence[quarters.Round], titles: Mapping[str, str]) -> Statistics:
    """Everything that can be counted from this folder and the rounds before it."""
    rounds = (*earlier, quarters.round_of(judged))
    tables = {
        "region": counted.by_region(judged), "supervisor": counted.by_supervisor(judged), "round": quarters.by_round(rounds),
        "kind": counted.by_kind(judged, titles), "unit": counted.by_unit(judged), "published": workload.published_by_unit(judged),
        "source": workload.reposted_by_source(judged), "task": workload.tasks_done(judged), "honour": workload.honours(judged),
        "field": workload.fields_with_little(judged), "letter": workload.letters_by_kind(judged), "year": quarters.by_year(rounds),
    }  # fmt: skip
    if (assessed := supervision(judged)) is not None:
        tables["supervision"] = sheet(assessed, judged)
    charts = (
        _of_rate(tables["region"]), _of_kind(tables["kind"]), _of_unit(tables["unit"]), _of_rounds(rounds),
        _of_publications(tables["published"]), _of_rate(tables["supervisor"]),
    )  # fmt: skip
    return Statistics(
        tuple(table for table in tables.values() if table.rows), tuple(chart for chart in charts if chart)
    )


def _of_rate(table: Table) -> str:
    if len(table.rows) < 2:
        return ""
    rows = [(row[0], float(row[-1].rstrip("%")), row[-1]) for row in table.rows if row[-1].endswith("%")]
    left = f"（最低{_SHOWN}个）" if len(rows) > _SHOWN else ""
    return bars(f"{table.title}{left}", rows[-_SHOWN:], most=100)


def _of_kind(table: Table) -> str:
    rows = sorted(table.rows, key=lambda row: -int(row[2]))[:_SHOWN]
    return bars("问题种类（问题数）", [(row[1], float(row[2]), row[2]) for row in rows])


def _of_unit(table: Table) -> str:
    rows = sorted((row for row in table.rows if row[6] != "0"), key=lambda row: (-int(row[6]), row[1]))[:_SHOWN]
    return bars("问题较多的单位（问题数）", [(row[1], float(row[6]), row[6]) for row in rows], tone="#b4561a")


def _of_rounds(rounds: Sequence[quarters.Round]) -> str:
    rows = []
    for one in rounds[-8:]:
        checked, failed = one.site.checked + one.account.checked, one.site.failed + one.account.failed
        told = rate_told(checked, failed, one.site.open + one.account.open)
        rows.append((one.name, one.problems, float(told.rstrip("%")) if told.endswith("%") else None, told))
    return trend("各期问题数与总合格率", rows)


def _of_publications(table: Table) -> str:
    rows = [(row[0], tuple(int(cell) for cell in row[1:4])) for row in table.rows[:-1] if row[4] != "0"]
    return stacked("网站信息发布（按单位）", ("普通文章", "信息公开", "转载"), rows[:_SHOWN])
