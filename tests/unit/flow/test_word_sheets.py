"""An office's own words come in as a sheet and go out as a word list; the shipped list goes out and comes back the same."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from duwang.checks.text import lexicon
from duwang.flow.folder import FolderFault
from duwang.flow.word_sheets import read_words, write_words


@pytest.mark.parametrize("name", ["词库.xlsx", "词库.tsv"])
def test_what_goes_out_comes_back_the_same(tmp_path: Path, name: str) -> None:
    some = lexicon.shipped().entries[:400]
    text, number = read_words(write_words(some, tmp_path / name))
    again = lexicon.compiled([("词库.tsv", text)], [])
    assert number == len(some)
    for one, other in zip(some, again.entries, strict=True):
        assert (one.wrong, one.right, one.kind, one.severity, one.source, one.context, one.scope) == (
            other.wrong, other.right, other.kind, other.severity, other.source, other.context, other.scope,
        )  # fmt: skip


def sheet(path: Path, *rows: list[str]) -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    book.save(path)
    return path


def test_a_clerks_sheet_needs_only_wrong_and_right(tmp_path: Path) -> None:
    path = sheet(tmp_path / "词.xlsx", ["正确写法", "错误写法*"], ["云岭县", "云领县"])
    text, number = read_words(path)
    (entry,) = lexicon.compiled([("词.tsv", text)], []).entries
    assert number == 1 and (entry.wrong, entry.right, entry.source, entry.severity) == (
        "云领县",
        ("云岭县",),
        "本单位",
        "一般",
    )


def test_faults_name_file_row_and_what_is_wrong(tmp_path: Path) -> None:
    path = sheet(
        tmp_path / "词.xlsx", ["错误写法", "正确写法", "级别"], ["云领县", "云岭县", ""], ["甲", "乙", "很严重"]
    )
    with pytest.raises(FolderFault, match=r"词.xlsx第3行：severity“很严重”"):
        read_words(path)
    with pytest.raises(FolderFault, match="缺少“正确写法”列"):
        read_words(sheet(path, ["错误写法"], ["云领县"]))
    with pytest.raises(FolderFault, match="不存在"):
        read_words(tmp_path / "没有.xlsx")
