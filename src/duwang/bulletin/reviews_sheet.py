"""What a clerk wrote into 问题清单.xlsx, read back as reviews, with a message for every row that cannot be used."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from io import BytesIO
from typing import Any

from python_calamine import CalamineError, CalamineWorkbook

from duwang.bulletin.faults import BulletinFault
from duwang.model.rulings import says_yes
from duwang.model.verdicts import Decision, Review

LIST_SHEET, MANUAL_SHEET = "问题清单", "人工项"
ALL_EQUAL = "同类全部"
SCOPES = ("本条", ALL_EQUAL)
_NAMED = 10
_HEADER_ROWS = 5
_NEEDED = {LIST_SHEET: ("指纹", "决定"), MANUAL_SHEET: ("对象", "指标编号", "回答")}
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_SPOKEN = {
    "属实": "确认", "是问题": "确认", "确认属实": "确认", "不属实": "误报", "不是问题": "误报", "是误报": "误报",
    "不影响": "不影响判定", "同类": ALL_EQUAL, "全部": ALL_EQUAL, "全部同类": ALL_EQUAL, "仅本条": "本条",
    "是的": "是", "不是": "否",
}  # fmt: skip


def read_reviews(body: bytes) -> tuple[Review, ...]:
    """Reviews of both sheets in row order; rows left empty say nothing. BulletinFault lists sheet, row and column."""
    book = _opened(body)
    reading = _Reading()
    grids = {name: book.get_sheet_by_name(name).to_python(skip_empty_area=False) for name in book.sheet_names}
    sheets = {kind: _named(kind, grids) for kind in _NEEDED}
    if not any(sheets.values()):
        raise BulletinFault(f"工作簿里没有工作表“{LIST_SHEET}”，也没有“{MANUAL_SHEET}”，不是读网导出的问题清单")
    reviews = []
    for kind, read in ((LIST_SHEET, _decision), (MANUAL_SHEET, _answer)):
        for name in sheets[kind]:
            for row in reading.rows(name, grids[name], _NEEDED[kind]):
                if (review := read(row, reading)) and reading.first(row, review):
                    reviews.append(review)
    if reading.faults:
        more = f"\n……共{len(reading.faults)}处" if len(reading.faults) > _NAMED else ""
        raise BulletinFault("复核表有填错的地方：" + "；\n".join(reading.faults[:_NAMED]) + more)
    return tuple(reviews)


def _named(kind: str, grids: Mapping[str, Sequence[Sequence[Any]]]) -> list[str]:
    """The sheet of that kind; when it bears another name (a copy, a renamed one), every sheet with its columns."""
    if kind in grids:
        return [kind]
    needed = set(_NEEDED[kind])
    return [
        name for name, rows in grids.items() if any(needed <= {_text(cell) for cell in row} for row in rows[:_HEADER_ROWS])
    ]  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Row:
    """One data row by column title; `number` as Excel shows it."""

    sheet: str
    number: int
    cells: Mapping[str, str]

    def __getitem__(self, title: str) -> str:
        return self.cells.get(title, "")

    def place(self, title: str) -> str:
        return f"工作表“{self.sheet}”第{self.number}行“{title}”"


@dataclass(slots=True)
class _Reading:
    """Collects what is wrong, so that a clerk mends everything at once."""

    faults: list[str] = field(default_factory=list)
    said: dict[tuple[str, ...], tuple[_Row, Review]] = field(default_factory=dict)

    def first(self, row: _Row, review: Review) -> bool:
        """False when an earlier row said the same of the same thing; two different words on one thing are a fault."""
        key = (review.fingerprint, review.question, review.target, review.indicator)
        before, word = self.said.setdefault(key, (row, review))
        if before is row:
            return True
        if (word.decision, word.answer, word.count) != (review.decision, review.answer, review.count):
            title = "决定" if review.decision else "回答"
            self.faults.append(
                f"{row.place(title)}与第{before.number}行说的是同一件事，写得却不一样，请改成一样或删去一行"
            )
        return False

    def rows(self, sheet: str, rows: Sequence[Sequence[Any]], needed: tuple[str, ...]) -> Iterator[_Row]:
        texts = [[_text(cell) for cell in row] for row in rows]
        header = next((at for at, row in enumerate(texts[:_HEADER_ROWS]) if set(needed) <= set(row)), None)
        if header is None:
            if any(cell for row in texts for cell in row):
                self.faults.append(f"工作表“{sheet}”缺少列：{'、'.join(needed)}（前{_HEADER_ROWS}行里没有找到）")
            return
        for number, row in enumerate(texts[header + 1 :], header + 2):
            yield _Row(sheet, number, dict(zip(texts[header], row, strict=False)))


def _decision(row: _Row, reading: _Reading) -> Review | None:
    written = _plain(row["决定"])
    if not written:
        return None
    if written not in {decision.value for decision in Decision}:
        allowed = "、".join(decision.value for decision in Decision)
        reading.faults.append(f"{row.place('决定')}写的是“{row['决定']}”，只能填：{allowed}")
        return None
    scope = _plain(row["适用范围"])
    if scope and scope not in SCOPES:
        reading.faults.append(f"{row.place('适用范围')}写的是“{row['适用范围']}”，只能填：{'、'.join(SCOPES)}")
        return None
    whole = scope == ALL_EQUAL
    key = "同类编号" if whole else "指纹"
    if not row[key]:
        reading.faults.append(f"{row.place(key)}是空的，不知道这个决定针对哪个问题；请不要删改这一列")
        return None
    return Review(
        decision=Decision(written),
        fingerprint="" if whole else row[key],
        question=row[key] if whole else "",
        reason=row["理由"],
        by=row["复核人"],
        at=row["时间"],
    )


def _answer(row: _Row, reading: _Reading) -> Review | None:
    written = _plain(row["回答"])
    if not written:
        return None
    if says_yes(written) is None:
        reading.faults.append(f"{row.place('回答')}写的是“{row['回答']}”，只能填：是、否")
        return None
    for title in ("对象", "指标编号"):
        if not row[title]:
            reading.faults.append(f"{row.place(title)}是空的，不知道回答的是哪一项")
            return None
    amount = re.sub(r"[个处条次项]$", "", _plain(row["数量"]))
    if amount and not (amount.isascii() and amount.isdigit()):
        reading.faults.append(f"{row.place('数量')}写的是“{row['数量']}”，只能填整数")
        return None
    return Review(
        target=row["对象"],
        indicator=row["指标编号"],
        answer=written,
        count=int(amount) if amount else None,
        reason=row["理由"],
        by=row["复核人"],
        at=row["时间"],
    )


def _plain(written: str) -> str:
    """What a clerk typed without the width, the spaces and the full stop; a usual other word in the list's own."""
    word = re.sub(r"[\s\u3000]+", "", unicodedata.normalize("NFKC", written)).rstrip("。.!;")
    return _SPOKEN.get(word, word)


def _opened(body: bytes) -> CalamineWorkbook:
    if body.startswith(b"\xd0\xcf\x11\xe0") and _ENCRYPTED in body:
        raise BulletinFault("复核文件加了密码，打不开，请去掉密码后另存")
    try:
        return CalamineWorkbook.from_filelike(BytesIO(body))
    except (CalamineError, OSError, ValueError):
        raise BulletinFault("复核文件损坏或不是Excel工作簿，打不开，请用表格软件打开后重新保存为.xlsx") from None


def _text(cell: Any) -> str:
    """A cell as a person sees it: whole floats without .0, times in ISO form."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell == int(cell) else str(cell)
    if isinstance(cell, datetime | date):
        return cell.isoformat()
    return str(cell).strip()
