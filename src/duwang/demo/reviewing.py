"""The clerk: opens 问题清单.xlsx of a finished round, fills in what reviews.toml says, and saves a copy."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from duwang.demo.county import AS_OF, toml
from duwang.demo.key import ref_named
from duwang.model.verdicts import Verdict

LIST, FILLED = "问题清单.xlsx", "问题清单-已填.xlsx"
_BY = "李办事员"
_HEADER_ROWS = 5


def fill(folder: Path, round_: int, verdicts: Sequence[Verdict]) -> Path | None:
    """The filled copy, or None when this round wrote no list or nothing is to be filled in."""
    if not (folder / LIST).is_file():
        return None
    said = toml("county/reviews.toml")
    decisions = [row for row in said.get("decision", []) if row["round"] == round_]
    answers = [row for row in said.get("answer", []) if row["round"] == round_]
    if not decisions and not answers:
        return None
    book = load_workbook(folder / LIST)
    at = AS_OF[round_].isoformat()
    filled = _decide(book["问题清单"], decisions, at) + _answer(book["人工项"], answers, verdicts, at)
    if not filled:
        return None
    book.save(folder / FILLED)
    return folder / FILLED


def _decide(sheet: Worksheet, decisions: Sequence[dict[str, Any]], at: str) -> int:
    titles, first = _titles(sheet)
    filled = 0
    for number in range(first, sheet.max_row + 1):
        target, check, quote = (
            str(sheet.cell(number, titles[name]).value or "") for name in ("对象", "检查项", "原文")
        )
        for row in decisions:
            if target.startswith(ref_named(row["target"])) and row["check"] in check and row.get("quote", "") in quote:
                _write(
                    sheet, number, titles, {"决定": row["decision"], "理由": row["reason"], "复核人": _BY, "时间": at}
                )
                filled += 1
    return filled


def _answer(sheet: Worksheet, answers: Sequence[dict[str, Any]], verdicts: Sequence[Verdict], at: str) -> int:
    """What is open for a target is answered in new rows below the printed ones."""
    titles, first = _titles(sheet)
    number = max(sheet.max_row + 1, first)
    filled = 0
    for row in answers:
        target = ref_named(row["target"])
        for verdict in verdicts:
            for question in verdict.open if verdict.target == target else ():
                if row.get("indicator", question.indicator) == question.indicator:
                    said = {
                        "对象": target,
                        "指标编号": question.indicator,
                        "回答": row["answer"],
                        "理由": row["reason"],
                        "复核人": _BY,
                        "时间": at,
                    }
                    _write(sheet, number, titles, said)
                    number, filled = number + 1, filled + 1
    return filled


def _titles(sheet: Worksheet) -> tuple[dict[str, int], int]:
    """Column number by title, and the first row below the titles."""
    for number in range(1, _HEADER_ROWS + 1):
        found = {str(cell.value): cell.column for cell in sheet[number] if cell.value}
        if {"对象"} <= set(found):
            return found, number + 1
    raise ValueError(f"工作表“{sheet.title}”没有表头")


def _write(sheet: Worksheet, number: int, titles: dict[str, int], values: dict[str, str]) -> None:
    for title, value in values.items():
        sheet.cell(number, titles[title]).value = value
