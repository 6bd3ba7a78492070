"""Figure plans → figures: counted from annex rows, or computed from one another, in whatever order they were written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from duwang.bulletin import figures
from duwang.bulletin.annexes import matches
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.template import FigurePlan
from duwang.bulletin.tree import Annex, Figure
from duwang.bulletin.wording import PLACE, listed


@dataclass(slots=True)
class Counter:
    """Counts plans over `annexes`. `optional`: plans that are dropped when something they need is not there; `empty`:
    tables that have no row this time, from which zero is counted."""

    annexes: Mapping[str, Annex]
    plans: Mapping[str, FigurePlan]
    optional: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()
    figures: dict[str, Figure] = field(default_factory=dict)
    words: dict[str, str] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def run(self) -> None:
        """Fill `figures` and `words`; BulletinFault names file and key."""
        for name in self.plans:
            try:
                self._made(name)
            except BulletinFault:
                if name not in self.optional:
                    raise

    def _made(self, name: str, asker: FigurePlan | None = None) -> Figure | None:
        if name in self.figures or name in self.words:
            return self.figures.get(name)
        plan = self.plans.get(name)
        if plan is None:
            raise BulletinFault(f"{asker.way if asker else ''}：没有名为“{name}”的数字")
        if name in self._open:
            raise BulletinFault(f"{plan.way}：互相引用，算不出来（{' → '.join([*self._open, name])}）")
        self._open.append(name)
        try:
            self._compute(plan)
        finally:
            self._open.pop()
        return self.figures.get(name)

    def _compute(self, plan: FigurePlan) -> None:
        match plan.how:
            case "word":
                self.words[plan.name] = plan.value
            case "names":
                annex, rows = self._rows(plan)
                names = [self._told(annex, row, plan) for row in rows]
                self.words[plan.name] = listed(names, most=plan.most or len(names), joint=plan.joint)
            case _:
                figure = self._figure(plan)
                if figure is None:
                    self.words[plan.name] = ""
                else:
                    self.figures[plan.name] = figure

    def _figure(self, plan: FigurePlan) -> Figure | None:
        if plan.how == "given":
            value = Decimal(plan.value)
            return figures.given(
                plan.name, int(value) if value == value.to_integral_value() else value, text=plan.value
            )
        if plan.how == "count":
            annex, rows = self._rows(plan)
            return figures.counted(plan.name, annex.key, self._distinct(annex, rows, plan))
        if plan.how == "column":
            annex, rows = self._rows(plan)
            try:
                self._column(annex, plan.column, plan)
                return figures.column_total(plan.name, annex, plan.column, rows)
            except ValueError as fault:
                raise BulletinFault(f"{plan.way}：{fault}") from None
        return self._combined(plan, [self._part(name, plan) for name in plan.parts])

    def _combined(self, plan: FigurePlan, parts: Sequence[Figure]) -> Figure | None:
        if plan.how == "sum":
            return figures.total(plan.name, tuple(parts))
        if len(parts) != 2:
            raise BulletinFault(f"{plan.way}：{plan.how}要写两个数字的名称")
        if plan.how == "minus":
            return figures.minus(plan.name, parts[0], parts[1])
        if plan.how == "rate":
            return figures.rate(plan.name, parts[0], parts[1], decimals=plan.decimals)
        return figures.share(plan.name, parts[0], parts[1], decimals=plan.decimals)

    def _part(self, name: str, asker: FigurePlan) -> Figure:
        figure = self._made(name, asker)
        if figure is None:
            raise BulletinFault(f"{asker.way}：“{name}”不是数字，不能参加计算")
        return figure

    def _rows(self, plan: FigurePlan) -> tuple[Annex, tuple[int, ...]]:
        annex = self.annexes.get(plan.of)
        if annex is None:
            if plan.of == "problems" or plan.of in self.empty or plan.name in self.optional:
                annex = Annex(plan.of, plan.of, (), ())
            else:
                raise BulletinFault(
                    f"{plan.way}：没有名为“{plan.of}”的附件或表，现有：{'、'.join(self.annexes) or '无'}"
                )
        titles = [column.title for column in annex.columns]
        if annex.rows:
            for name in plan.where:
                self._column(annex, name, plan)
        rows = (
            number for number, row in enumerate(annex.rows) if matches(dict(zip(titles, row, strict=True)), plan.where)
        )
        return annex, tuple(rows)

    def _distinct(self, annex: Annex, rows: tuple[int, ...], plan: FigurePlan) -> tuple[int, ...]:
        if not plan.column or not rows:
            return rows
        first: dict[str, int] = {}
        for row in rows:
            first.setdefault(self._value(annex, plan.column, row, plan), row)
        return tuple(first.values())

    def _told(self, annex: Annex, row: int, plan: FigurePlan) -> str:
        if not plan.pattern:
            return self._value(annex, plan.column, row, plan)
        titles = [column.title for column in annex.columns]
        cells = dict(zip(titles, annex.rows[row], strict=True))
        for name in PLACE.findall(plan.pattern):
            self._column(annex, name, plan)
        return PLACE.sub(lambda found: cells[found[1]], plan.pattern)

    def _value(self, annex: Annex, column: str, row: int, plan: FigurePlan) -> str:
        return annex.rows[row][self._column(annex, column, plan)]

    def _column(self, annex: Annex, column: str, plan: FigurePlan) -> int:
        try:
            return annex.at(column)
        except KeyError:
            known = "、".join(one.title for one in annex.columns)
            raise BulletinFault(f"{plan.way}：附件“{annex.title}”没有名为“{column}”的列，只有：{known}") from None
