"""What is wrong in a ledger, said so that a clerk can mend it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

_SHOWN = 10


@dataclass(frozen=True, slots=True)
class RowProblem:
    """One thing wrong. `row` is 1-based as Excel shows it (0 = the whole file), `column` a heading or empty."""

    file: str
    sheet: str
    row: int
    column: str
    value: str
    message: str
    mend: str = ""

    def __str__(self) -> str:
        place = self.file
        if self.sheet and not self.file.startswith(f"{self.sheet}."):
            place += f"“{self.sheet}”表"
        if self.row:
            place += f"第{self.row}行"
        if self.column:
            place += f"“{self.column}”列"
        return f"{place}：{self.message}{'；' + self.mend if self.mend else ''}。"


class RegistryFault(Exception):
    """The ledger cannot be used; carries every problem found in one pass."""

    def __init__(self, problems: Iterable[RowProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:_SHOWN]]
        if len(self.problems) > _SHOWN:
            lines.append(f"另有{len(self.problems) - _SHOWN}处问题，请用 duwang registry check 查看全部。")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Report:
    """Result of a check: what forbids use, what deserves a look, and how many records each sheet holds."""

    problems: tuple[RowProblem, ...] = ()
    warnings: tuple[RowProblem, ...] = ()
    counts: Mapping[str, int] = field(default_factory=dict)
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(slots=True)
class Notebook:
    """Collects problems and warnings while a ledger is read."""

    problems: list[RowProblem] = field(default_factory=list)
    warnings: list[RowProblem] = field(default_factory=list)


def whole_file(file: str, message: str, mend: str = "") -> RowProblem:
    """A problem of a file rather than of a row."""
    return RowProblem(file=file, sheet="", row=0, column="", value="", message=message, mend=mend)
