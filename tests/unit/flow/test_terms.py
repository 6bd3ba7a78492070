"""整改期限: notice, slips, cases and imported problems follow the rules in force; an unannounced year is told."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from duwang.flow.casework import import_cases
from duwang.flow.folder import Folder
from duwang.flow.forms import notice_of, remarks
from duwang.flow.judged import Judged
from duwang.flow.judging import judge_again
from duwang.model.verdicts import Case
from kit.judged_folder import SCHOOL, finding, judged_folder


def imported(folder: Folder, path: Path) -> Case:
    path.write_text(f"责任单位,问题\n{SCHOOL},栏目不更新\n", "utf-8")
    (made,) = import_cases(folder, path)
    return made


@pytest.mark.parametrize(
    ("overlays", "due"),
    [((), date(2024, 10, 18)), (("曾都",), date(2024, 10, 15)), (("襄阳",), date(2024, 10, 10)),
     (("襄阳", "曾都"), date(2024, 10, 15)), (("曾都", "襄阳"), date(2024, 10, 10))],
)  # fmt: skip
def test_everything_is_due_on_the_same_day(tmp_path: Path, overlays: tuple[str, ...], due: date) -> None:
    folder = judged_folder(tmp_path / "a", (finding("reach/broken-link"),))
    judge_again(folder, edition="national-2019", overlays=overlays, previous=None, reviews=None)
    opened = [line["due"] for line in folder.read_lines("cases.jsonl")]
    assert opened == [due.isoformat()]
    assert imported(folder, tmp_path / "x.csv").due == due
    assert notice_of(Judged.of(folder)).deadline == due


def test_a_row_may_name_its_own_day(tmp_path: Path) -> None:
    folder = judged_folder(tmp_path / "a", (finding("reach/broken-link"),))
    (tmp_path / "x.csv").write_text(f"责任单位,问题,期限\n{SCHOOL},栏目不更新,2024-11-01\n", "utf-8")
    (made,) = import_cases(folder, tmp_path / "x.csv")
    assert made.due == date(2024, 11, 1) and not made.events[0]["provisional"]


def test_a_deadline_in_a_year_without_calendar_is_provisional(tmp_path: Path) -> None:
    folder = judged_folder(tmp_path / "a", (finding("reach/broken-link"),), period="2029Q4", as_of=date(2029, 12, 28))
    assert imported(folder, tmp_path / "x.csv").events[0]["provisional"]
    assert any("是暂定的" in line for line in remarks(notice_of(Judged.of(folder))))
