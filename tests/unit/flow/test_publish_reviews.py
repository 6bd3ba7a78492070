"""问题清单.xlsx: written, filled in by a clerk, read back by `duwang judge`."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from duwang.bulletin.render.reviews import reviews_xlsx
from duwang.bulletin.render.reviews_rows import list_rows
from duwang.bulletin.reviews_sheet import read_reviews
from duwang.cli import main
from duwang.flow.folder import Folder
from duwang.flow.publishing import REVIEWS, publish
from duwang.model.findings import Finding, Severity
from duwang.model.verdicts import Decision, Review
from kit.judged_folder import OFFICE, PORTAL, SCHOOL, finding, judged_folder

SERIOUS = finding(
    "text/sensitive-term", f"{PORTAL}/page/aa", quote="错误表述", severity=Severity.SERIOUS, certainty=0.7, n=1
)
ALIKE = [finding("text/typo", f"{PORTAL}/page/{n:02d}", quote="按装", certainty=0.6, n=n) for n in (2, 3, 4)]


def published(path: Path, findings: list[Finding]) -> Folder:
    folder = judged_folder(path, findings)
    publish(folder, previous=None, progress=lambda message: None)
    return folder


def sheet(folder: Folder, name: str = "问题清单") -> tuple[Any, dict[str, int], Any]:
    book = openpyxl.load_workbook(folder.path / REVIEWS)
    page = book[name]
    titles = {str(cell.value): cell.column for cell in page[1]}
    return page, titles, book


def rows(folder: Folder, name: str = "问题清单") -> list[dict[str, Any]]:
    page, titles, _ = sheet(folder, name)
    return [
        {title: page.cell(row, column).value for title, column in titles.items()} for row in range(2, page.max_row + 1)
    ]


def fill(folder: Folder, which: dict[str, str], cells: dict[str, str], name: str = "问题清单") -> Path:
    """Write cells into every row whose given columns have the given values, and save as another file."""
    page, titles, book = sheet(folder, name)
    for row in range(2, page.max_row + 1):
        if all(page.cell(row, titles[title]).value == value for title, value in which.items()):
            for title, value in cells.items():
                page.cell(row, titles[title]).value = value
    path = folder.path / "填好的.xlsx"
    book.save(path)
    return path


def verdict_of(folder: Folder, target: str = PORTAL) -> str:
    return next(one.verdict.value for one in folder.verdicts() if one.target == target)


def judge(folder: Folder, reviews: Path) -> None:
    result = CliRunner().invoke(main, ["judge", str(folder.path), "--reviews", str(reviews), "--json"])
    assert result.exit_code == 0, result.output
    json.loads(result.stdout)


@pytest.mark.parametrize(
    ("decision", "verdict"), [("确认", "不合格"), ("误报", "待核或合格"), ("不影响判定", "待核或合格")]
)
def test_a_decision_in_the_sheet_changes_the_verdict(tmp_path: Path, decision: str, verdict: str) -> None:
    folder = published(tmp_path, [SERIOUS])
    assert verdict_of(folder) == "待核"
    filled = fill(
        folder,
        {"指纹": SERIOUS.fingerprint},
        {"决定": decision, "理由": "看过原文", "复核人": "王某", "时间": "2024-10-08"},
    )
    judge(folder, filled)
    open_now = {q.indicator for one in folder.verdicts() if one.target == PORTAL for q in one.open}
    assert "WV-1.1" not in open_now
    assert (verdict_of(folder) == "不合格") == (verdict == "不合格")
    (kept,) = folder.reviews()
    assert (kept.fingerprint, kept.decision, kept.by, kept.at) == (SERIOUS.fingerprint, decision, "王某", "2024-10-08")


def test_one_decision_for_all_equal_findings(tmp_path: Path) -> None:
    folder = published(tmp_path, ALIKE)
    filled = fill(folder, {"指纹": ALIKE[1].fingerprint}, {"决定": "误报", "适用范围": "同类全部"})
    judge(folder, filled)
    assert folder.read_json("summary.json")["check"] == {}
    (review,) = folder.reviews()
    assert (review.fingerprint, review.question) == ("", ALIKE[0].question)
    again = rows(folder)
    assert [row["决定"] or "" for row in again].count("误报") == 1
    assert sum("同类已决定：误报" in row["对判定的影响"] for row in again) == 2
    before = folder.reviews()
    judge(folder, folder.path / REVIEWS)
    assert folder.reviews() == before


def test_a_row_widened_to_all_equal_ones_takes_its_single_word_back(tmp_path: Path) -> None:
    """The word on one finding beats the one on all equal ones: the clerk's second thought did nothing."""
    folder = published(tmp_path, ALIKE)
    for n in (0, 1):
        judge(folder, fill(folder, {"指纹": ALIKE[n].fingerprint}, {"决定": "确认", "理由": "看过"}))
    judge(folder, fill(folder, {"指纹": ALIKE[1].fingerprint}, {"决定": "误报", "适用范围": "同类全部"}))
    said = {(one.fingerprint, one.decision) for one in folder.reviews()}
    assert said == {("", "误报"), (ALIKE[0].fingerprint, "确认")}, "另一行单独写的还在"


def test_an_answer_to_a_manual_question_strikes(tmp_path: Path) -> None:
    folder = published(tmp_path, [])
    asked = [row for row in rows(folder, "人工项") if row["指标编号"] == "WV-1.2"]
    assert asked and all(row["问题"] for row in asked)
    filled = fill(
        folder, {"指标编号": "WV-1.2", "对象": PORTAL}, {"回答": "是", "理由": "已核实", "复核人": "李某"}, "人工项"
    )
    judge(folder, filled)
    assert verdict_of(folder) == "不合格"
    shown = [row for row in rows(folder, "人工项") if row["指标编号"] == "WV-1.2" and row["对象"] == PORTAL]
    assert [row["回答"] for row in shown] == ["是"]


def test_what_can_turn_a_verdict_stands_first(tmp_path: Path) -> None:
    stale = finding("update/home-stale", message="首页不更新", n=9)
    quiet = [finding("function/page-tags", certainty=0.5, n=5), finding("function/page-tags", certainty=0.9, n=6)]
    harsh = finding("privacy/id-number", severity=Severity.SERIOUS, certainty=0.4, n=7)
    hint = finding("text/typo", severity=Severity.HINT, n=8)
    order = [row["指纹"] for row in rows(published(tmp_path, [hint, *quiet, harsh, SERIOUS]))]
    assert order[0] == SERIOUS.fingerprint
    assert order.index(quiet[1].fingerprint) < order.index(quiet[0].fingerprint)
    assert order[-1] == hint.fingerprint
    decided = rows(published(tmp_path / "2", [hint, stale, harsh]))
    assert decided[0]["指纹"] == stale.fingerprint and decided[0]["对判定的影响"].startswith("已计入不合格：WV-3")


def test_codes_stay_text_and_formulas_are_harmless(tmp_path: Path) -> None:
    evil = finding("text/typo", quote='=HYPERLINK("http://x","点")', message="@SUM(A1)", org="-1+1", n=1)
    numeric = Finding(
        **{**{f: getattr(evil, f) for f in evil.__dataclass_fields__}, "fingerprint": "00012345678901234567"}
    )
    folder = published(tmp_path, [numeric])
    (row,) = rows(folder)
    assert row["指纹"] == "00012345678901234567" and isinstance(row["指纹"], str)
    assert (
        row["原文"].startswith("'=HYPERLINK") and row["说明"].startswith("'@SUM") and row["责任单位"].startswith("'-1")
    )
    with zipfile.ZipFile(folder.path / REVIEWS) as package:
        assert all(b"<f>" not in package.read(name) for name in package.namelist())
    judge(folder, fill(folder, {"指纹": "00012345678901234567"}, {"决定": "确认"}))
    assert folder.reviews()[0].fingerprint == "00012345678901234567"


def test_choices_are_offered_and_wrong_ones_refused_by_row(tmp_path: Path) -> None:
    folder = published(tmp_path, [SERIOUS])
    page, titles, _ = sheet(folder)
    offered = {str(rule.sqref).split(":")[0]: rule.formula1 for rule in page.data_validations.dataValidation}
    letter = openpyxl.utils.get_column_letter(titles["决定"])
    assert offered[f"{letter}2"] == '"确认,误报,不影响判定"'
    wrong = fill(folder, {}, {"决定": "大概是"})
    result = CliRunner().invoke(main, ["judge", str(folder.path), "--reviews", str(wrong)])
    assert result.exit_code == 2 and "第2行“决定”写的是“大概是”" in result.stderr


def test_a_guessed_unit_is_marked_and_numbers_are_masked(tmp_path: Path) -> None:
    guessed = finding("text/typo", org=SCHOOL, org_by="ambiguous", message="见13912345678", n=1)
    (row,) = rows(published(tmp_path, [guessed]))
    assert row["责任单位"] == f"{SCHOOL}（待定）"
    assert "13912345678" not in str(row)


def test_the_workbook_is_the_same_twice_and_reads_back_what_stands() -> None:
    said = [
        Review(decision=Decision.CONFIRMED, fingerprint=SERIOUS.fingerprint, reason="-属实", by="王某", at="2024-10-08")
    ]
    made = [list_rows([SERIOUS, *ALIKE], [], titles={}, reviews=said) for _ in range(2)]
    first, second = (reviews_xlsx(rows, []) for rows in made)
    assert first == second
    (read,) = read_reviews(first)
    assert (read.fingerprint, read.decision, read.reason) == (SERIOUS.fingerprint, Decision.CONFIRMED, "'-属实")
    assert OFFICE in {row.finding.org for row in made[0]}
