"""Annexes that list every object or every problem: results and kinds counted there against what the text says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from duwang.bulletin.audit.annexed import annexes_subject, rows_of
from duwang.bulletin.audit.annexes import Annex, Annexes
from duwang.bulletin.audit.counts import Count, counts_in
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_RESULT = re.compile(r"^(?:检查|判定|评定|抽查)?结果$|^是否合格$")
_KIND = re.compile(r"^(?:问题|错误)(?:类型|种类|类别)$")
_UNIT = re.compile(r"^(?:责任|主办|所属)?单位(?:名称)?$")
_PLACES = re.compile(r"^(?:处数|条数|问题数|数量)$")
_TROUBLE = re.compile(r"^存在的?(?:主要|突出)?问题$")
_NONE = ("", "—", "-", "无", "/", "——")
_CHECKED = re.compile(r"检查|抽查|监测")
_OPEN = re.compile(r"待核")
_HEADING = re.compile(
    r"^\s*(?:#+ )?(?:[一二三四五六七八九十]+[、是]|（[一二三四五六七八九十]+）|\d{1,2}[.．、])\s*([^。：，\n]{2,30})[。：]"
)
_UNITS_SAID = re.compile(r"(\d+)家单位")
_PLACES_SAID = re.compile(r"共(?:计)?\s*(\d+)\s*处")
_AND_SO = re.compile(r"等\s*(\d+)\s*处$")
_MOST = 4  # more different from the text than a slip is: the annex lists something else


@dataclass(frozen=True, slots=True)
class _Listed:
    """An annex with its rows by column title; cells merged downwards are filled in the unit's column."""

    annex: Annex
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def column(self, wanted: re.Pattern[str]) -> int | None:
        return next((n for n, head in enumerate(self.heads) if wanted.match(head)), None)

    @property
    def name(self) -> str:
        return f"附件{self.annex.number or ''}"


def results_in(notice: Notice, main: Sequence[Span], annexes: Annexes) -> Iterator[Said]:
    """`main`: the lines of the notice's own text."""
    told = [count for line in main for sentence in notice.sentences(line) for count in counts_in(sentence)]
    for annex in annexes.present:
        listed = _listed(annex)
        if listed is None:
            continue
        yield from _by_result(listed, told)
        yield from _by_kind(listed, main)
        yield from _within_rows(listed)


def _listed(annex: Annex) -> _Listed | None:
    if len(annex.rows) < 2:
        return None
    heads = tuple(re.sub(r"\s", "", cell) for cell in annex.rows[0])
    rows = rows_of(annex)
    even = bool(rows) and all(
        len(row) == len(heads) for row in rows
    )  # cells merged away leave rows that cannot be read
    return _Listed(annex, heads, rows) if even else None


def _by_result(listed: _Listed, told: Sequence[Count]) -> Iterator[Said]:
    """检查8个，合格6个，不合格1个，待核1个 against the column 检查结果."""
    at, subject = listed.column(_RESULT), annexes_subject(listed.annex.title)
    if at is None or not subject:
        return
    cells = [re.sub(r"\s", "", row[at]) for row in listed.rows]
    about = [one for one in told if one.subject == subject and one.unit in "个家"]
    trouble = listed.column(_TROUBLE)
    counted = (
        (
            "检查",
            [c for c in about if not c.role and _CHECKED.search(c.before) and not _OPEN.search(c.before)],
            len(cells),
        ),
        ("合格", [c for c in about if c.role == "qualified"], cells.count("合格")),
        ("不合格", [c for c in about if c.role == "failed"], cells.count("不合格")),
        ("待核", [c for c in about if _OPEN.search(c.before[-4:])], cells.count("待核")),
        ("存在问题", [c for c in about if c.role == "problem"], _troubled(listed, trouble)),
    )
    for word, counts, rows in counted:
        if rows < 0 or not counts or len({c.value for c in counts}) != 1:
            continue
        first = counts[0]
        if first.value == rows:
            yield Agreement(f"{subject}{word}{rows}{first.unit}与{listed.name}的行数相符")
        elif abs(first.value - rows) <= max(_MOST, rows // 10):
            said = f"正文写{word}{subject}{first.value}{first.unit}，{listed.name}有{rows}行"
            yield Mismatch("bulletin/figure-mismatch", first.start, first.end, said, certainty=0.85)


def _troubled(listed: _Listed, at: int | None) -> int:
    return -1 if at is None else sum(row[at].strip() not in _NONE for row in listed.rows)


def _by_kind(listed: _Listed, main: Sequence[Span]) -> Iterator[Said]:
    """（三）信息更新不及时。5家单位存在此类问题，共25处 against the rows of that kind."""
    kind, unit, places = (listed.column(wanted) for wanted in (_KIND, _UNIT, _PLACES))
    if kind is None or unit is None:
        return
    groups: dict[str, list[tuple[str, int]]] = {}
    above = ""
    for row in listed.rows:
        above = row[unit].strip() or above
        amount = int(row[places]) if places is not None and row[places].isdigit() else 1
        groups.setdefault(re.sub(r"\s", "", row[kind]), []).append((above, amount))
    for line in main:
        found = _HEADING.match(line.text)
        group = groups.get(found[1].strip()) if found else None
        if not group:
            continue
        yield from _compared(listed, line, _UNITS_SAID, len({name for name, _ in group}), "家单位")
        if places is not None:
            yield from _compared(listed, line, _PLACES_SAID, sum(amount for _, amount in group), "处")


def _compared(listed: _Listed, line: Span, said: re.Pattern[str], counted: int, unit: str) -> Iterator[Said]:
    found = said.search(line.text)
    if not found:
        return
    if int(found[1]) == counted:
        yield Agreement(f"{counted}{unit}与{listed.name}相符")
    else:
        told = f"正文写{found[1]}{unit}，{listed.name}里这一类是{counted}{unit}"
        start = line.start + found.start(1)
        yield Mismatch("bulletin/figure-mismatch", start, line.start + found.end(), told, certainty=0.85)


def _within_rows(listed: _Listed) -> Iterator[Said]:
    """…等9处 in a row whose own number is another."""
    places = listed.column(_PLACES)
    if places is None:
        return
    for row in listed.rows:
        found = next((m for cell in row if (m := _AND_SO.search(cell.strip()))), None)
        if found and row[places].isdigit() and int(found[1]) != int(row[places]):
            told = f"{listed.name}第{row[0]}行写“{found[0]}”，“{listed.heads[places]}”是{row[places]}"
            start = listed.annex.region.start
            yield Mismatch("bulletin/figure-mismatch", start, start + 3, told, certainty=0.85)
