"""Problems found by others (上级检测反馈, 找错, 曝光台) become cases, by unit."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from duwang.cases.opening import case_id, due_date
from duwang.cases.states import Event, after
from duwang.flow.folder import Folder, FolderFault
from duwang.flow.judging import as_of_folder, edition_of, scope_of
from duwang.flow.records import case_from
from duwang.flow.registry.cells import CellFault, value_of
from duwang.flow.registry.names import spelling, spellings
from duwang.flow.registry.sheets import Heading
from duwang.model.calendar import Due
from duwang.model.masking import mask_personal
from duwang.model.verdicts import Case
from duwang.platforms.by_hand import Line, rows_of

_NEEDED = ("责任单位", "问题")
_TERM = Heading("期限", "due", "date")


def import_cases(folder: Folder, path: Path) -> list[Case]:
    """Add one case a row; the same row twice stays one case. FolderFault names row and column.

    A row without 期限 has the days of the local rules in force."""
    try:
        rows = rows_of(path.name, path.read_bytes())
    except ValueError as fault:
        raise FolderFault(f"{path} 无法读取：{fault}") from None
    if rows and (missing := [name for name in _NEEDED if name not in rows[0]]):
        raise FolderFault(f"{path} 缺少“{'、'.join(missing)}”列")
    units = spellings(scope_of(folder))
    cases = {case.id: case for case in (case_from(line) for line in folder.read_lines("cases.jsonl"))}
    issued = as_of_folder(folder)
    due = due_date(issued, working_days=edition_of(folder).rectify_days)
    made = [_case(row, path, units, issued, due) for row in rows]
    for case in made:
        cases.setdefault(case.id, case)
    folder.write_lines("cases.jsonl", sorted(cases.values(), key=lambda case: (case.org, case.id)))
    return made


def _case(row: Line, path: Path, units: Mapping[str, str], issued: date, due: Due) -> Case:
    for name in _NEEDED:
        if not row.get(name, "").strip():
            raise FolderFault(f"{path} 第{row.number}行“{name}”是空的，请补填")
    org = row["责任单位"].strip()
    if units and spelling(org) not in units:
        raise FolderFault(f"{path} 第{row.number}行“责任单位”列的“{org}”不在名录的单位表里，请改成名录里的名称或简称")
    problem = mask_personal(row["问题"].strip())
    facts = {key: mask_personal(row[key].strip()) for key in ("来源", "对象", "网址") if row.get(key, "").strip()}
    identity = hashlib.sha256("\x1f".join(("external", org, problem, *sorted(facts.values()))).encode()).hexdigest()[
        :20
    ]
    named = _named_day(row, path)
    blank = Case(case_id(identity), identity, units.get(spelling(org), org), "", named or due.date)
    provisional = due.provisional and named is None
    return after(blank, Event.OPENED, at=issued, why=problem, imported=True, provisional=provisional, **facts)


def _named_day(row: Line, path: Path) -> date | None:
    """The row's own 期限; None when it has none."""
    try:
        named: date | None = value_of(row.get("期限", ""), _TERM)
    except CellFault as fault:
        raise FolderFault(f"{path} 第{row.number}行“期限”列的{fault.message}，{fault.mend}") from None
    return named
