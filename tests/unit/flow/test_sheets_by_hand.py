"""Sheets that people fill in beside the ledger: a title above, stars in headings, empty rows, dates as they are typed."""

from __future__ import annotations

import io
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from duwang.flow.casework import import_cases
from duwang.flow.folder import FolderFault
from duwang.model.registry import Account
from duwang.platforms.by_hand import ReportFault, read_report, rows_of
from kit.judged_folder import SCHOOL, finding, judged_folder


def sheet(rows: list[list[Any]]) -> bytes:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    for row in rows:
        page.append(row)
    body = io.BytesIO()
    book.save(body)
    return body.getvalue()


def test_problems_of_others_are_taken_as_offices_list_them(tmp_path: Path) -> None:
    folder = judged_folder(tmp_path / "a", (finding("reach/broken-link"),))
    path = tmp_path / "反馈.xlsx"
    path.write_bytes(
        sheet(
            [
                ["省级检测反馈问题清单"],
                ["责任单位*", "问题 *", "来源", "期限"],
                [SCHOOL, "首页有错别字", "省检测", date(2024, 10, 30)],
                [],
                [f"{SCHOOL[:3]} {SCHOOL[3:]}", "栏目为空", "", "2024.10.31"],
                ["县教育局\u3000", "链接打不开", "", "2024年11月1日"],
            ]
        )
    )
    made = import_cases(folder, path)
    assert [case.org for case in made] == [SCHOOL] * 3
    assert [str(case.due) for case in made] == ["2024-10-30", "2024-10-31", "2024-11-01"]


def test_a_fault_is_named_by_the_row_that_the_spreadsheet_shows(tmp_path: Path) -> None:
    folder = judged_folder(tmp_path / "a", (finding("reach/broken-link"),))
    path = tmp_path / "反馈.xlsx"
    head = [["省级检测反馈问题清单"], ["责任单位", "问题", "期限"], []]
    path.write_bytes(sheet([*head, [SCHOOL, "错别字", "月底"]]))
    with pytest.raises(FolderFault, match="第4行“期限”列的“月底”不是日期，应写成2024-09-01"):
        import_cases(folder, path)
    path.write_bytes(sheet([*head, ["没有的局", "错别字", ""]]))
    with pytest.raises(FolderFault, match="第4行“责任单位”列的“没有的局”不在名录的单位表里"):
        import_cases(folder, path)


def test_a_report_of_a_unit_with_a_title_above(tmp_path: Path) -> None:
    account = Account("70001", "微博", "云岭教育")
    head: list[list[Any]] = [["云岭教育发布情况"], ["标题*", "发布时间 *"]]
    (post,) = read_report(rows_of("报.xlsx", sheet([*head, ["开学通知", date(2024, 9, 1)]])), account)
    assert post.title == "开学通知" and str(post.published) == "2024-09-01"
    with pytest.raises(ReportFault, match="第5行“发布时间”的“上周”不是日期"):
        read_report(rows_of("报.xlsx", sheet([*head, ["开学通知", date(2024, 9, 1)], [], ["放假", "上周"]])), account)
