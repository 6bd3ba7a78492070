"""One record of a sheet before it becomes a noun: its values by field, and where it stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from typing import Any

from duwang.flow.registry.faults import RowProblem
from duwang.flow.registry.sheets import sheet_named


@dataclass(frozen=True, slots=True)
class Row:
    """`faulty` names the fields whose cells could not be used."""

    file: str
    sheet: str
    number: int
    values: Mapping[str, Any]
    faulty: frozenset[str] = frozenset()

    @property
    def usable(self) -> bool:
        return not self.faulty

    def problem(self, field: str, message: str, mend: str) -> RowProblem:
        """A complaint about one field of this record."""
        heading = next((h.name for h in sheet_named(self.sheet).headings if h.field == field), "")
        return RowProblem(
            self.file, self.sheet, self.number, heading, str(self.values.get(field, ""))[:40], message, mend
        )

    def record(self, **changed: Any) -> Any:
        """The noun of this sheet; only for usable rows. Text that the noun insists on and the sheet does not is empty."""
        noun = sheet_named(self.sheet).record
        empty = {part.name: "" for part in fields(noun) if part.default is MISSING}
        return noun(**{**empty, **self.values, **changed})
