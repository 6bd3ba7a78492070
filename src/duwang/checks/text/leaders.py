"""The user's dated table of office-holders: who held which post when, and in which order they are named."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

COLUMNS = ("姓名", "职务", "顺序", "起", "止")


@dataclass(frozen=True, slots=True)
class Term:
    """One row. `order`: place in lists of names (smaller first; 0 = not said); empty dates are open."""

    name: str
    post: str
    order: int
    start: date | None
    end: date | None

    def on(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True)
class Roster:
    """All rows. `problems`: rows that could not be read, as Chinese sentences."""

    terms: tuple[Term, ...]
    problems: tuple[str, ...] = ()

    def posts_of(self, name: str, day: date) -> tuple[str, ...]:
        return tuple(term.post for term in self.terms if term.name == name and term.on(day))

    def holders_of(self, post: str, day: date) -> tuple[str, ...]:
        return tuple(term.name for term in self.terms if term.post == post and term.on(day))

    def order_of(self, name: str, day: date) -> int:
        """Place in lists on that day; 0 when the table does not say."""
        return min((term.order for term in self.terms if term.name == name and term.on(day) and term.order), default=0)


def read_roster(text: str, *, place: str = "领导名单") -> Roster:
    """From TSV or CSV text with the columns 姓名, 职务, 顺序, 起, 止."""
    first = text.lstrip("\ufeff").split("\n", 1)[0]
    rows = csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter="\t" if "\t" in first else ",")
    missing = [column for column in COLUMNS[:2] if column not in (rows.fieldnames or ())]
    if missing:
        return Roster((), (f"{place}：缺少列“{'、'.join(missing)}”",))
    return roster_of(rows, place=place)


def roster_of(rows: Iterable[Mapping[str, object]], *, place: str = "领导名单") -> Roster:
    terms: list[Term] = []
    problems: list[str] = []
    for number, row in enumerate(rows, 2):
        cell = {column: str(row.get(column) or "").strip() for column in COLUMNS}
        try:
            first, last = (date.fromisoformat(cell[c]) if cell[c] else None for c in ("起", "止"))
            order = int(cell["顺序"] or 0)
        except ValueError:
            problems.append(f"{place}第{number}行：顺序应为整数，起、止应写成2024-01-31的样式")
            continue
        if not cell["姓名"] or not cell["职务"]:
            problems.append(f"{place}第{number}行：姓名、职务不能为空")
            continue
        terms.append(Term(cell["姓名"], cell["职务"], order, first, last))
    return Roster(tuple(terms), tuple(problems))
