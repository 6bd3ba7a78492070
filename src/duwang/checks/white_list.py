"""Decisions that are remembered beyond one round: wordings an office has found right, with scope, reason and expiry.

`白名单.tsv`: 词语*, 检查项 (id or family; empty = every wording check), 范围 (empty = everywhere; a 网站标识码, a ref or a unit's name), 理由*, 到期
(2024-12-31; empty = for good), 添加人.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from datetime import date

COLUMNS = ("词语", "检查项", "范围", "理由", "到期", "添加人")


@dataclass(frozen=True, slots=True)
class Allowance:
    """One row."""

    phrase: str
    check: str
    scope: str
    reason: str
    until: date | None
    by: str = ""

    def covers(self, check: str, quote: str, *, target: str, org: str, on: date) -> bool:
        if quote.strip() != self.phrase or (self.until is not None and on > self.until):
            return False
        if self.check and self.check not in (check, check.partition("/")[0]):
            return False
        if not self.check and not check.startswith("text/"):
            return False
        return not self.scope or self.scope == org or self.scope in target.split("/") or target.startswith(self.scope)


@dataclass(frozen=True, slots=True)
class WhiteList:
    """All rows. `problems`: rows that could not be read, as Chinese sentences."""

    allowances: tuple[Allowance, ...] = ()
    problems: tuple[str, ...] = ()

    def allows(self, check: str, quote: str, *, target: str = "", org: str = "", on: date) -> Allowance | None:
        """The row under which a hit is let pass on that day."""
        if not self.allowances:
            return None
        return next((a for a in self.allowances if a.covers(check, quote, target=target, org=org, on=on)), None)


def read_white_list(text: str, *, place: str = "白名单.tsv") -> WhiteList:
    """From TSV or CSV text."""
    plain = text.lstrip("\ufeff")
    rows = csv.DictReader(io.StringIO(plain), delimiter="\t" if "\t" in plain.split("\n", 1)[0] else ",")
    missing = [column for column in ("词语", "理由") if column not in (rows.fieldnames or ())]
    if missing:
        return WhiteList((), (f"{place}：缺少列“{'、'.join(missing)}”",))
    kept: list[Allowance] = []
    problems: list[str] = []
    for number, row in enumerate(rows, 2):
        cell = {column: (row.get(column) or "").strip() for column in COLUMNS}
        try:
            until = date.fromisoformat(cell["到期"]) if cell["到期"] else None
        except ValueError:
            problems.append(f"{place}第{number}行：到期“{cell['到期']}”应写成2024-12-31的样式")
            continue
        if not cell["词语"] or not cell["理由"]:
            problems.append(f"{place}第{number}行：词语、理由不能为空")
            continue
        kept.append(Allowance(cell["词语"], cell["检查项"], cell["范围"], cell["理由"], until, cell["添加人"]))
    return WhiteList(tuple(kept), tuple(problems))
