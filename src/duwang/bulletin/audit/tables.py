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
            yield from _other_rates(annex)


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


def _other_rates(annex: Annex) -> Iterator[Said]:
    """采用率, 办结率 …: which column is divided by which shows from the rows themselves; the rows that do not follow are reported."""
    heads = [re.sub(r"\s", "", cell) for cell in annex.rows[0]]
    rows = [row for row in annex.rows[1:] if len(row) == len(heads)]
    for printed, head in enumerate(heads):
        if not head.endswith(("率", "占比", "比例")) or "合格率" in head:
            continue
        stem = re.sub(r"率$|占比$|比例$|（.*?）", "", head)
        numbers = [n for n, other in enumerate(heads) if n != printed and "序号" not in other and "率" not in other]
        parts = [n for n in numbers if stem and (stem in heads[n] or heads[n].startswith(stem[:2]))]
        best = max(
            ((part, whole) for part in parts for whole in numbers if part != whole),
            key=lambda pair: sum(_follows(row, pair, printed) is True for row in rows),
            default=None,
        )
        if best is None:
            continue
        told = [(row, _follows(row, best, printed)) for row in rows]
        right = sum(follows is True for _, follows in told)
        if right >= max(2, sum(follows is not None for _, follows in told) * 2 / 3):
            yield from _off_rows(annex, head, [row for row, follows in told if follows is False], best, printed)


def _off_rows(
    annex: Annex, head: str, rows: list[tuple[str, ...]], of: tuple[int, int], printed: int
) -> Iterator[Said]:
    if not rows:
        yield Agreement(f"{_name(annex)}“{head}”一列核对无误")
    for row in rows:
        found = _PERCENT.match(row[printed])
        exact = rate(_value(row[of[0]]), _value(row[of[1]]), len(found[2] or "") if found else 0)
        told = f"{_name(annex)}“{row[1] if row[0].isdigit() and len(row) > 1 else row[0]}”{head}写{row[printed]}，应为{exact}%"
        yield Mismatch("bulletin/figure-mismatch", annex.region.start, annex.region.start + 3, told, certainty=0.8)


def _follows(row: tuple[str, ...], of: tuple[int, int], printed: int) -> bool | None:
    """Whether the printed rate is the first column ÷ the second; None where a cell is no number."""
    part, whole = of
    found = _PERCENT.match(row[printed])
    if not found or not _NUMBER.match(row[part]) or not _NUMBER.match(row[whole]) or not _value(row[whole]):
        return None
    return rate(_value(row[part]), _value(row[whole]), len(found[2] or "")) == Decimal(found[1])


def _value(cell: str) -> int:
    return int(cell.replace(",", "")) if _NUMBER.match(cell) else 0


def _name(annex: Annex) -> str:
    return f"附件{annex.number or ''}"
