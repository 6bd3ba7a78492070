"""How often each rule was right: counts of confirmed and false hits, a measured precision, and the floor below which a rule only hints.

Records are TSV: 检查项, 确认, 误报, 下限. The package ships those measured on its own labelled sentences; an office's reviews add to them.
"""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from importlib import resources

from duwang.model.findings import Draft, Finding, Severity
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Decision

COLUMNS = ("检查项", "确认", "误报", "下限")
FLOOR, SERIOUS_FLOOR, ENOUGH = 0.8, 0.95, 20


@dataclass(frozen=True, slots=True)
class Record:
    """One rule's history. `floor`: below it the rule is demoted."""

    check: str
    confirmed: int = 0
    false: int = 0
    floor: float = FLOOR

    @property
    def seen(self) -> int:
        return self.confirmed + self.false

    @property
    def precision(self) -> float | None:
        """Share of confirmed among decided hits; None when nothing was decided."""
        return self.confirmed / self.seen if self.seen else None

    @property
    def demoted(self) -> bool:
        """Whether enough was decided and too much of it was false."""
        return self.seen >= ENOUGH and self.confirmed / self.seen < self.floor

    def told(self) -> str:
        """For people: 0.97（234/241）, 降为提示 where it is demoted."""
        if self.precision is None:
            return "尚无复核"
        return f"{self.precision:.2f}（{self.confirmed}/{self.seen}）{'，低于下限，降为提示' if self.demoted else ''}"


def tally(findings: Iterable[Finding], rulings: Rulings) -> dict[str, Record]:
    """Counts per rule from the decisions on findings; equal findings of one question count once."""
    decided: dict[tuple[str, str], Decision] = {}
    for finding in findings:
        decision = rulings.decision(finding)
        if decision is not None:
            decided[finding.check, finding.question] = decision
    confirmed = Counter(check for (check, _), decision in decided.items() if decision is not Decision.FALSE_ALARM)
    false = Counter(check for (check, _), decision in decided.items() if decision is Decision.FALSE_ALARM)
    return {check: Record(check, confirmed[check], false[check]) for check in sorted({*confirmed, *false})}


def merged(*parts: Mapping[str, Record]) -> dict[str, Record]:
    """Counts added up; the floor of the first that names the rule holds."""
    made: dict[str, Record] = {}
    for part in parts:
        for check, record in part.items():
            old = made.get(check)
            made[check] = (
                replace(old, confirmed=old.confirmed + record.confirmed, false=old.false + record.false)
                if old
                else record
            )
    return dict(sorted(made.items()))


def gated(check: str, draft: Draft, records: Mapping[str, Record]) -> Draft:
    """The draft as its rule's record allows: a demoted rule only hints, and says why."""
    record = records.get(check)
    if record is None or not record.demoted or draft.severity is Severity.HINT:
        return draft
    why = f"{draft.message}（该规则实测准确率{record.told()}）"
    return replace(draft, severity=Severity.HINT, message=why, facts={**draft.facts, "demoted": record.precision})


def read_records(text: str) -> dict[str, Record]:
    """From TSV text; ValueError names the row that is no record."""
    made = {}
    for number, row in enumerate(csv.DictReader(io.StringIO(text.lstrip("\ufeff")), delimiter="\t"), 2):
        try:
            floor = float(row.get("下限") or FLOOR)
            made[str(row["检查项"])] = Record(str(row["检查项"]), int(row["确认"]), int(row["误报"]), floor)
        except (KeyError, TypeError, ValueError):
            raise ValueError(f"规则精度第{number}行写法不对，应有列“检查项、确认、误报、下限”") from None
    return made


def written(records: Mapping[str, Record]) -> str:
    lines = ["\t".join(COLUMNS)]
    lines += [f"{r.check}\t{r.confirmed}\t{r.false}\t{r.floor:g}" for _, r in sorted(records.items())]
    return "\n".join(lines) + "\n"


@lru_cache(maxsize=1)
def shipped() -> dict[str, Record]:
    """Measured on the package's labelled sentences (tests/corpus)."""
    file = resources.files("duwang.checks") / "precision.tsv"
    return read_records(file.read_text(encoding="utf-8")) if file.is_file() else {}
