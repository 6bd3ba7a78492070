"""The 问题清单 as clerks really hand it back: other spellings, sorted, renamed, with columns of their own."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.reviews_sheet import read_reviews
from duwang.cli import main
from duwang.flow.publishing import REVIEWS, publish
from duwang.model.verdicts import Decision
from kit.judged_folder import finding, judged_folder

HEAD = ["说明", "决定", "理由", "复核人", "时间", "适用范围", "指纹", "同类编号"]
ASKED = ["对象", "指标编号", "回答", "数量", "理由"]


def book(sheets: dict[str, list[list[Any]]]) -> bytes:
    made = openpyxl.Workbook()
    made.remove(made.worksheets[0])
    for name, rows in sheets.items():
        page = made.create_sheet(name)
        for row in rows:
            page.append(row)
    body = io.BytesIO()
    made.save(body)
    return body.getvalue()


def row(decision: str, scope: str = "", print_: str = "a" * 20) -> list[str]:
    return ["x", decision, "", "", "", scope, print_, "q" * 16]


@pytest.mark.parametrize(
    ("written", "meant"),
    [("确 认", "确认"), ("确认。", "确认"), ("属实", "确认"), (" 误报\n", "误报"), ("不属实", "误报"), ("不影响", "不影响判定")],
)  # fmt: skip
def test_usual_other_words_are_understood(written: str, meant: str) -> None:
    (review,) = read_reviews(book({"问题清单": [HEAD, row(written)]}))
    assert review.decision == Decision(meant)


@pytest.mark.parametrize("written", ["误报，整改好了", "√", "是", "待定"])
def test_words_that_may_mean_either_are_asked_back_as_written(written: str) -> None:
    with pytest.raises(BulletinFault, match=f"第2行“决定”写的是“{written}”"):
        read_reviews(book({"问题清单": [HEAD, row(written)]}))


def test_all_of_a_kind_in_other_words() -> None:
    (review,) = read_reviews(book({"问题清单": [HEAD, row("误报", "同类")]}))
    assert (review.fingerprint, review.question) == ("", "q" * 16)


def test_answers_and_counts_as_typed() -> None:
    rows = [ASKED, ["site/1", "D-1", "是的", "3处", ""], ["site/1", "D-2", "否。", "２", ""]]
    first, second = read_reviews(book({"人工项": rows}))
    assert (first.answer, first.count, second.answer, second.count) == ("是", 3, "否", 2)


def test_a_renamed_sheet_is_found_by_its_columns() -> None:
    """A copy named 问题清单(2) beside an untouched 人工项 was passed over, and every decision with it."""
    reviews = read_reviews(book({"问题清单(2)": [HEAD, row("误报")], "人工项": [ASKED], "说明": [["随便写的"]]}))
    assert [review.decision for review in reviews] == [Decision.FALSE_ALARM]


def test_two_rows_on_one_thing_must_agree() -> None:
    same = read_reviews(book({"问题清单": [HEAD, row("误报"), row("误报")]}))
    assert len(same) == 1
    with pytest.raises(BulletinFault, match="第3行“决定”与第2行说的是同一件事，写得却不一样"):
        read_reviews(book({"问题清单": [HEAD, row("误报"), row("确认")]}))


def test_a_workbook_with_a_password_is_named_as_such() -> None:
    locked = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    with pytest.raises(BulletinFault, match="加了密码"):
        read_reviews(locked)


def test_the_list_of_another_round_and_missing_reasons_are_told(tmp_path: Path) -> None:
    folder = judged_folder(tmp_path, [finding("text/typo", n=1)])
    publish(folder, previous=None, progress=lambda message: None)
    listed = openpyxl.load_workbook(folder.path / REVIEWS)
    page = listed["问题清单"]
    titles = {str(cell.value): cell.column for cell in page[1]}
    page.cell(2, titles["决定"]).value, page.cell(2, titles["指纹"]).value = "误报", "f" * 20
    page.cell(2, titles["同类编号"]).value = "e" * 16
    listed.save(tmp_path / "别的.xlsx")
    ran = CliRunner().invoke(
        main, ["judge", str(folder.path), "--reviews", str(tmp_path / "别的.xlsx"), "--no-documents", "--json"]
    )
    assert ran.exit_code == 0
    assert "读入复核决定1条、人工回答0条" in ran.stderr
    assert "其中1条决定在这次检查里没有对应的问题，不起作用（ffffffffffff）" in ran.stderr
    assert "有1条“误报”“不影响判定”没有写理由" in ran.stderr
