"""Annex tables built from rows: filtered, grouped, numbered, with the columns a style asks for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fnmatch import fnmatchcase
from typing import TypeAlias

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.template import AnnexPlan, ColumnPlan
from duwang.bulletin.tree import Annex, Column
from duwang.bulletin.wording import PLACE, Wording

Row: TypeAlias = Mapping[str, str]
NUMBER = "序号"
WHERE = "所在"
"""The name of a row's website with a colon, for annexes that have no column for it; rows of a data file have none."""


def annexes_of(
    asked: Sequence[AnnexPlan], styled: Sequence[AnnexPlan], tables: Mapping[str, Sequence[Row]], wording: Wording
) -> tuple[Annex, ...]:
    """The annexes of a notice: those the data names (columns from the style where it names none), else the style's; behind
    them, unprinted, every table that figures may be counted from."""
    by_key = {plan.key: plan for plan in styled}
    plans = [_completed(plan, by_key) for plan in asked] or list(styled)
    made = [build(plan, tables, wording) for plan in plans if asked or plan.keep_empty or _chosen(plan, tables)]
    taken = {annex.key for annex in made}
    if len(taken) < len(made):
        raise BulletinFault("附件的key（没有写key时是title）有重复，请改成各不相同")
    raw = [whole(name, rows) for name, rows in tables.items() if rows and name not in taken]
    return (*made, *raw)


def build(plan: AnnexPlan, tables: Mapping[str, Sequence[Row]], wording: Wording) -> Annex:
    """One annex; a column that names an unknown field is a BulletinFault."""
    columns = tuple(Column(column.title, column.share, column.centred) for column in plan.columns)
    if plan.rows is not None:
        rows = plan.rows
    else:
        rows = tuple(_cells(plan, group, number) for number, group in enumerate(_groups(plan, tables), 1))
    title = wording.text(plan.title, where=plan.way)
    return Annex(plan.key, title, columns, rows, plan.merge, plan.landscape, plan.note, plan.printed)


def matches(row: Row, conditions: Mapping[str, str]) -> bool:
    """True when every named field fits its pattern (* stands for anything)."""
    return all(fnmatchcase(row.get(name, ""), pattern) for name, pattern in conditions.items())


def _completed(plan: AnnexPlan, styled: Mapping[str, AnnexPlan]) -> AnnexPlan:
    if plan.columns:
        return plan
    model = styled.get(plan.key)
    if model is None:
        raise BulletinFault(f"{plan.way}：没有写columns（表头），样式里也没有名为“{plan.key}”的附件")
    return replace(
        model, title=plan.title or model.title, rows=plan.rows, merge=plan.merge or model.merge, way=plan.way
    )


def _chosen(plan: AnnexPlan, tables: Mapping[str, Sequence[Row]]) -> list[Row]:
    rows = tables.get(plan.table, ()) if plan.rows is None else [{}] * len(plan.rows)
    if plan.kinds:
        rows = [row for row in rows if any(fnmatchcase(row.get("类别", ""), kind) for kind in plan.kinds)]
    return [row for row in rows if matches(row, plan.where)]


def _groups(plan: AnnexPlan, tables: Mapping[str, Sequence[Row]]) -> Iterator[list[Row]]:
    rows = _chosen(plan, tables)
    if not plan.group:
        yield from ([row] for row in rows)
        return
    groups: dict[tuple[str, ...], list[Row]] = {}
    for row in rows:
        groups.setdefault(tuple(row.get(name, "") for name in plan.group), []).append(row)
    yield from groups.values()


def _cells(plan: AnnexPlan, group: Sequence[Row], number: int) -> tuple[str, ...]:
    return tuple(_cell(column, group, number, plan) for column in plan.columns)


def _cell(column: ColumnPlan, group: Sequence[Row], number: int, plan: AnnexPlan) -> str:
    if column.template == f"{{{NUMBER}}}":
        return str(number)
    texts = (_filled(column.template, row, plan) for row in group)
    return "、".join(dict.fromkeys(text for text in texts if text))


def _filled(template: str, row: Row, plan: AnnexPlan) -> str:
    row = {WHERE: "", **row}
    if any(name not in row for name in PLACE.findall(template)):
        raise BulletinFault(f"{plan.way}：列“{template}”里的名称没有定义，可以用：{'、'.join([NUMBER, *row])}")
    return PLACE.sub(lambda found: row[found[1]], template).replace("（）", "")


def whole(name: str, rows: Iterable[Row], *, needed: Collection[str] = (), key: str = "") -> Annex:
    """A table as it is, unprinted: its columns that hold something, and those that are `needed`."""
    listed = list(rows)
    titles = [
        title
        for title in dict.fromkeys(key for row in listed for key in row)
        if title != WHERE and (title in needed or any(row.get(title) for row in listed))
    ]
    cells = tuple(tuple(row.get(title, "") for title in titles) for row in listed)
    title = "存在的问题" if name == "problems" else name
    return Annex(key or name, title, tuple(Column(title) for title in titles), cells, printed=False)
