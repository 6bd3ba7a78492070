"""Word lists as clerks keep them, a sheet with Chinese headings, and as the checks read them, TSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

from duwang.checks.text.lexicon import COLUMNS, Entry, compiled
from duwang.checks.text.lexicon import check as faults_of
from duwang.flow.folder import FolderFault
from duwang.platforms.by_hand import rows_of

HEADINGS: Mapping[str, str] = {
    "wrong": "错误写法", "right": "正确写法", "kind": "类别", "severity": "级别", "source": "来源", "source_date": "来源日期",
    "valid_from": "有效期起", "valid_to": "有效期止", "scope": "范围", "context": "语境", "note": "备注",
}  # fmt: skip
_GIVEN = {"kind": "固定表述", "severity": "一般", "source": "本单位"}
_SHOWN = 5


def write_words(entries: Iterable[Entry], path: Path) -> Path:
    """All rows of a word list: a workbook with Chinese headings when the name ends in .xlsx, else TSV."""
    rows = [_cells(entry) for entry in entries]
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix.lower() != ".xlsx":
        path.write_text(_tsv(rows), "utf-8")
        return path
    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        page = book.add_worksheet("词库")
        head, text = book.add_format({"bold": True, "bg_color": "#DCE6F1"}), book.add_format({"num_format": "@"})
        page.freeze_panes(1, 0)
        page.set_column(0, 1, 28, text)
        page.set_column(2, len(COLUMNS) - 1, 14, text)
        for column, name in enumerate(COLUMNS):
            page.write_string(0, column, HEADINGS[name], head)
        for number, row in enumerate(rows, 1):
            for column, cell in enumerate(row):
                page.write_string(number, column, cell, text)
    return path


def read_words(path: Path) -> tuple[str, int]:
    """A clerk's sheet (xlsx, CSV or TSV; Chinese or TSV headings) → (TSV text, rows); FolderFault names the rows that cannot stand.
    Without 类别, 级别 and 来源 a row is a 固定表述, 一般, of 本单位."""
    if not path.is_file():
        raise FolderFault(f"词库文件“{path}”不存在")
    rows = [{_column(name): cell for name, cell in row.items()} for row in _rows(path)]
    if not rows:
        raise FolderFault(f"{path.name}：没有词条")
    if missing := [HEADINGS[name] for name in ("wrong", "right") if name not in rows[0]]:
        raise FolderFault(f"{path.name}：缺少“{'、'.join(missing)}”列")
    text = _tsv([_one_line(row.get(name, "").strip() or _GIVEN.get(name, "")) for name in COLUMNS] for row in rows)
    made = compiled([(path.name, text)], [])
    if problems := faults_of(made):
        more = f"\n另有{len(problems) - _SHOWN}处问题" if len(problems) > _SHOWN else ""
        raise FolderFault("\n".join(problems[:_SHOWN]) + more)
    return text, len(made.entries)


def _rows(path: Path) -> Sequence[Mapping[str, str]]:
    body = path.read_bytes()
    try:
        if path.suffix.lower() in (".tsv", ".txt"):
            text = body.decode("utf-8-sig")
            return list(csv.DictReader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE, restval=""))
        return rows_of(path.name, body)
    except ValueError as fault:
        raise FolderFault(
            f"{path.name} 无法读取：{'不是UTF-8编码' if isinstance(fault, UnicodeDecodeError) else fault}"
        ) from None


def _column(heading: str | None) -> str:
    bare = (heading or "").strip().rstrip("*＊")
    return next((name for name, shown in HEADINGS.items() if shown == bare), bare)


def _cells(entry: Entry) -> list[str]:
    days = [day.isoformat() if day else "" for day in (entry.valid_from, entry.valid_to)]
    context = "；".join(f"{name}:{'|'.join(words)}" for name, words in entry.context)
    right, scope = "|".join(entry.right), "；".join(entry.scope)
    return [
        entry.wrong, right, entry.kind, entry.severity.value, entry.source, entry.source_date, *days, scope, context, entry.note,
    ]  # fmt: skip


def _tsv(rows: Iterable[list[str]]) -> str:
    return "".join("\t".join(row) + "\n" for row in [list(COLUMNS), *rows])


def _one_line(cell: str) -> str:
    return " ".join(cell.split())
