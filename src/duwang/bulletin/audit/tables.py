"""Tables inside a notice: rows numbered without gaps, totals that add up, rates that follow from their own row."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from duwang.bulletin.audit.annexes import Annex, Annexes
from duwang.bulletin.audit.counts import rate
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said

_TOTAL = re.compile(r"^(合计|总计|共计|小计)$")
_NUMBER = re.compile(r"^\d{1,3}(?:,\d{3})+$|^\d{1,7}$")
_PERCENT = re.compile(r"^(\d{1,3}(?:\.(\d+))?)%$")


def tables_in(annexes: Annexes) -> Iterator[Said]:
    for annex in annexes.present:
        if len(annex.rows) >= 3:
            yield from _numbers(annex)
            yield from _totals(annex)
            yield from _row_rates(annex)


def _numbers(annex: Annex) -> Iterator[Said]:
    """序号 runs 1, 2, 3 …"""
    heading = re.sub(r"\s", "", annex.rows[0][0])
    numbers = [int(row[0]) for row in annex.rows if row[0].isdigit() and len(row[0]) <= 4]
    if heading != "序号" or len(numbers) < 2:
        return
    for before, n in pairwise(numbers):
        if n not in (before + 1, 1):
            told = f"{_name(annex)}的序号{before}之后是{n}"
            yield Mismatch("bulletin/numbering-gap", annex.region.start, annex.region.start + 3, told, certainty=0.85)
            return
    yield Agreement(f"{_name(annex)}序号1至{numbers[-1]}连续")


def _totals(annex: Annex) -> Iterator[Said]:
    """The row 合计 against the rows above it, column by column."""
    rows = annex.rows
    at = next((n for n, row in enumerate(rows) if any(_TOTAL.match(re.sub(r"\s", "", cell)) for cell in row[:2])), None)
    if at is None or at < 2:
        return
    body = [row for row in rows[1:at] if len(row) == len(rows[0])]
    for column in range(1, min(len(rows[0]), len(rows[at]))):
        cells = [row[column] for row in body]
        if (
            len(rows[at]) != len(rows[0])
            or not _NUMBER.match(rows[at][column])
            or re.search(r"序号|率|%|编号", rows[0][column])
        ):
            continue
        if not all(_NUMBER.match(cell) or cell in ("", "-", "—", "/") for cell in cells):
            continue
        total, summed = _value(rows[at][column]), sum(_value(cell) for cell in cells)
        if total == summed:
            yield Agreement(f"{_name(annex)}“{rows[0][column]}”一列合计{total}，相符")
        else:
            told = f"{_name(annex)}“{rows[0][column]}”一列合计写{total}，各行相加是{summed}"
            yield Mismatch("bulletin/figure-mismatch", annex.region.start, annex.region.start + 3, told)


def _row_rates(annex: Annex) -> Iterator[Said]:
    """检查数, 不合格数 (or 合格数) and 合格率 of one row."""
    heads = [re.sub(r"\s", "", cell) for cell in annex.rows[0]]
    whole = next((n for n, head in enumerate(heads) if re.search(r"检查|抽查|监测", head) and "率" not in head), None)
    failed = next((n for n, head in enumerate(heads) if "不合格" in head and "率" not in head), None)
    passed = next((n for n, head in enumerate(heads) if re.search(r"(?<!不)合格(?!率)", head)), None)
    printed = next((n for n, head in enumerate(heads) if re.search(r"(?<!不)合格率", head)), None)
    if whole is None or printed is None or (failed is None and passed is None):
        return
    for row in annex.rows[1:]:
        if len(row) != len(heads) or not _NUMBER.match(row[whole]) or not (found := _PERCENT.match(row[printed])):
            continue
        of = failed if failed is not None else passed
        if of is None or not _NUMBER.match(row[of]) or not _value(row[whole]):
            continue
        part = _value(row[whole]) - _value(row[of]) if of == failed else _value(row[of])
        exact = rate(part, _value(row[whole]), len(found[2] or ""))
        if exact != Decimal(found[1]):
            told = f"{_name(annex)}“{row[1] if row[0].isdigit() and len(row) > 1 else row[0]}”合格率写{found[1]}%，应为{exact}%"
            yield Mismatch("bulletin/figure-mismatch", annex.region.start, annex.region.start + 3, told)


def _value(cell: str) -> int:
    return int(cell.replace(",", "")) if _NUMBER.match(cell) else 0


def _name(annex: Annex) -> str:
    return f"附件{annex.number or ''}"
