"""Accounts that are seen by hand: the unit's own report, saved pages, a walk-through. Bytes come in, posts go out; no I/O."""

from __future__ import annotations

import csv
import hashlib
import io
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from duwang.model.material import Document
from duwang.model.refs import page_ref
from duwang.model.registry import Account
from duwang.platforms.feed import moment_of, post_of
from duwang.reading.charset import decode
from duwang.reading.page import read_page

_NEEDED = ("标题", "发布时间")
_WHO = ("平台", "名称", "账号", "备案单号")
_TITLE_ROWS = 5
_SPACES = re.compile(r"[\s\u3000\ufeff*＊]+")
_MAX_UNPACKED = 200 * 1024 * 1024


class ReportFault(ValueError):
    """A report that cannot be used; the text names row and column."""


class Line(dict[str, str]):
    """One row, heading → text; `number` as a spreadsheet shows it."""

    def __init__(self, number: int, cells: Iterable[tuple[str, str]]) -> None:
        super().__init__(cells)
        self.number = number


def rows_of(name: str, body: bytes) -> list[Line]:
    """Rows of a CSV or of a workbook's first sheet as heading → text, without empty ones. A title of one cell above the table is no
    heading; spaces and stars in headings do not count. ReportFault when it is neither."""
    if name.lower().endswith((".xlsx", ".xlsm", ".xls", ".et")):
        table = _workbook(body)
    else:
        text, _ = decode(body)
        if "\0" in text:
            raise ReportFault("不是文本文件")
        table = [list(row) for row in csv.reader(io.StringIO(text))]
    full = [(number, row) for number, row in enumerate(table, 1) if any(cell.strip() for cell in row)]
    if not full:
        raise ReportFault("文件是空的")
    widths = [sum(bool(cell.strip()) for cell in row) for _, row in full[:_TITLE_ROWS]]
    at = next((at for at, width in enumerate(widths) if width > 1), 0)
    headings = [_SPACES.sub("", cell) for cell in full[at][1]]
    return [
        Line(number, ((heading, cell.strip()) for heading, cell in zip(headings, row, strict=False) if heading))
        for number, row in full[at + 1 :]
    ]


def read_report(rows: Sequence[Line], account: Account) -> tuple[Document, ...]:
    """单位自报: 标题*, 发布时间*, 网址, 正文, 阅读量 → posts. No rows = the account published nothing."""
    if rows and (missing := [name for name in _NEEDED if name not in rows[0]]):
        raise ReportFault(f"缺少“{'、'.join(missing)}”列")
    posts = []
    for row in rows:
        number = row.number
        for name in _NEEDED:
            if not row.get(name, ""):
                raise ReportFault(f"第{number}行“{name}”是空的")
        if moment_of(row["发布时间"]) is None:
            raise ReportFault(
                f"第{number}行“发布时间”的“{row['发布时间']}”不是日期，应写成2024-09-01或2024-09-01 10:00"
            )
        posts.append(
            post_of(
                account, title=row["标题"], printed=row["发布时间"], url=row.get("网址", ""), text=row.get("正文", "")
            )
        )
    return tuple(posts)


def is_walk(rows: Sequence[Mapping[str, str]]) -> bool:
    """True for a walk-through: a line per account instead of a line per post."""
    return bool(rows) and "发布时间" not in rows[0] and bool({"名称", "备案单号", "账号"} & set(rows[0]))


def read_walk(rows: Sequence[Mapping[str, str]], account: Account) -> dict[str, str]:
    """走查: what a person noted of this account, heading → answer, empty answers left out; empty when no line names it.
    A line names an account by 备案单号, or by 平台 (where written) with 名称 or 账号."""
    for row in rows:
        number, platform = row.get("备案单号", ""), row.get("平台", "")
        named = {row.get("名称", ""), row.get("账号", "")} - {""}
        by_name = platform in ("", account.platform) and bool(named & {account.name, account.handle})
        if number == account.filing_no if number else by_name:
            return {key: value for key, value in row.items() if value and key not in _WHO}
    return {}


def posts_of_walk(walked: Mapping[str, str], account: Account) -> tuple[Document, ...]:
    """The one post a walk-through tells of: 最近发布 (a date, or 无), 最近标题. ReportFault when it says nothing of posts."""
    printed = walked.get("最近发布", "")
    if not printed:
        raise ReportFault("走查记录没有写“最近发布”")
    if printed in ("无", "没有"):
        return ()
    if moment_of(printed) is None:
        raise ReportFault(f"“最近发布”的“{printed}”不是日期，应写成2024-09-01，没有发布写“无”")
    return (post_of(account, title=walked.get("最近标题", "走查所见最近一条"), printed=printed),)


def read_saved_pages(pages: Sequence[tuple[str, bytes]], account: Account) -> tuple[Document, ...]:
    """网页保存: each saved page is one post."""
    posts = []
    for name, body in pages:
        document = read_page(body, url=f"file/{name}").document()
        sha256 = hashlib.sha256(body).hexdigest()
        ref = page_ref(account.ref, name)
        posts.append(replace(document, url=name, kind="post", medium="post", owner=account.ref, ref=ref, sha256=sha256))
    return tuple(posts)


def _workbook(body: bytes) -> list[list[str]]:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as package:
            if sum(entry.file_size for entry in package.infolist()) > _MAX_UNPACKED:
                raise ReportFault("表格展开后过大，不读取")
    except zipfile.BadZipFile:
        pass
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(body))
        rows = book.get_sheet_by_index(0).to_python(skip_empty_area=False) if book.sheet_names else []
    except (CalamineError, OSError, ValueError):
        raise ReportFault("表格损坏或不是Excel格式，打不开") from None
    return [[_text(cell) for cell in row] for row in rows]


def _text(cell: Any) -> str:
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d %H:%M") if cell.hour or cell.minute else cell.strftime("%Y-%m-%d")
    if isinstance(cell, date):
        return cell.isoformat()
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return str(cell)
