"""问题清单.xlsx: every finding with empty cells for a clerk's decision, and the questions only people can answer."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import xlsxwriter

from duwang.bulletin.render.reviews_rows import ListRow, ManualRow, owner_in_words
from duwang.bulletin.reviews_sheet import ALL_EQUAL, LIST_SHEET, MANUAL_SHEET, SCOPES
from duwang.model.findings import Severity
from duwang.model.masking import mask_personal
from duwang.model.verdicts import Decision

MOST_ROWS = 200_000
_EPOCH = datetime(2000, 1, 1)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TEXT_ROOM = 2_000
_HINT = "请填“决定”列（下拉选择），不填的行不受影响；填好后运行 duwang judge 结果目录 --reviews 问题清单.xlsx"
_MANUAL_HINT = "只有人能判断的事项：请填“回答”列（是=存在该情形，否=不存在），不填的不作判断"
_TINTS = {Severity.SERIOUS: "#FDE7E7", Severity.ORDINARY: "#FFFFFF", Severity.HINT: "#F4F6F8"}
_LIST: tuple[tuple[str, float], ...] = (
    ("对判定的影响", 20), ("等级", 6), ("检查项", 15), ("名称", 18), ("责任单位", 16), ("原文", 28), ("建议", 16), ("说明", 38), ("决定", 11),
    ("理由", 18), ("复核人", 9), ("时间", 11), ("适用范围", 10), ("处数", 6), ("网址", 34), ("对象", 25), ("指纹", 23), ("同类编号", 19), ("把握", 7),
)  # fmt: skip
_MANUAL: tuple[tuple[str, float], ...] = (
    ("对象", 25), ("名称", 22), ("指标编号", 11), ("指标", 36), ("问题", 52), ("回答", 9), ("数量", 8), ("理由", 30), ("复核人", 10),
    ("时间", 12),
)  # fmt: skip
_TO_FILL = {"决定", "理由", "复核人", "时间", "适用范围", "回答", "数量"}


def reviews_xlsx(rows: Sequence[ListRow], manual: Sequence[ManualRow]) -> bytes:
    """The workbook as bytes, the same for the same rows. Read back by `reviews_sheet.read_reviews`."""
    out = BytesIO()
    book = xlsxwriter.Workbook(
        out,
        {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False},
    )
    book.set_properties({"title": "问题清单", "created": _EPOCH})
    faces = _Faces.of(book)
    _list_sheet(book.add_worksheet(LIST_SHEET), rows[:MOST_ROWS], faces)
    _manual_sheet(book.add_worksheet(MANUAL_SHEET), manual, faces)
    book.close()
    return out.getvalue()


def harmless(text: str) -> str:
    """Text that no spreadsheet takes for a formula, with personal numbers masked and control characters dropped."""
    masked = mask_personal("".join(c for c in text if c >= " " or c in "\n\t"))[:_TEXT_ROOM]
    return f"'{masked}" if masked.startswith(_FORMULA) else masked


@dataclass(frozen=True, slots=True)
class _Faces:
    """Cell formats of one workbook."""

    head: Any
    fill_head: Any
    fill: Any
    plain: Mapping[Severity, Any]
    code: Mapping[Severity, Any]

    @classmethod
    def of(cls, book: Any) -> _Faces:
        base = {"font_name": "宋体", "font_size": 10, "valign": "top", "border": 1, "border_color": "#D5DAE1"}
        head = {**base, "bold": True, "valign": "vcenter", "font_color": "#FFFFFF", "text_wrap": True}
        plain = {s: book.add_format({**base, "text_wrap": True, "bg_color": tint}) for s, tint in _TINTS.items()}
        code = {s: book.add_format({**base, "num_format": "@", "bg_color": tint}) for s, tint in _TINTS.items()}
        return cls(
            head=book.add_format({**head, "bg_color": "#17407E"}),
            fill_head=book.add_format({**head, "bg_color": "#8A5A00"}),
            fill=book.add_format({**base, "num_format": "@", "text_wrap": True, "bg_color": "#FFFBEF"}),
            plain=plain,
            code=code,
        )


def _list_sheet(sheet: Any, rows: Sequence[ListRow], faces: _Faces) -> None:
    _heads(sheet, _LIST, faces)
    for number, row in enumerate(rows, 1):
        sheet.set_row(
            number,
            _height(_LIST, {"对判定的影响": row.effect.words, "原文": row.finding.quote, "说明": row.finding.message}),
        )
        _list_row(sheet, number, row, faces)
    last = max(1, len(rows))
    _choice(sheet, _LIST, "决定", last, [decision.value for decision in Decision], hint=_HINT)
    _choice(sheet, _LIST, "适用范围", last, list(SCOPES))
    sheet.autofilter(0, 0, last, len(_LIST) - 1)
    sheet.print_area(0, 0, last, [name for name, _ in _LIST].index("网址"))


def _list_row(sheet: Any, number: int, row: ListRow, faces: _Faces) -> None:
    finding, review = row.finding, row.decision
    given = {
        "决定": (review.decision or "") if review else "",
        "理由": review.reason if review else "",
        "复核人": review.by if review else "",
        "时间": review.at if review else "",
        "适用范围": ALL_EQUAL if review and not review.fingerprint else "",
    }
    cells: dict[str, str | int | float] = {
        "对判定的影响": row.effect.words, "等级": finding.severity.value, "检查项": row.check_title or finding.check,
        "对象": finding.target, "名称": row.name, "责任单位": owner_in_words(finding), "原文": finding.quote,
        "建议": suggested(finding.suggestion), "说明": finding.message, "网址": finding.url, "处数": finding.count,
        "指纹": finding.fingerprint, "同类编号": finding.question, "把握": round(finding.certainty, 2), **given,
    }  # fmt: skip
    codes = ("对象", "指纹", "同类编号", "网址")
    for at, (title, _) in enumerate(_LIST):
        face = faces.fill if title in _TO_FILL else (faces.code if title in codes else faces.plain)[finding.severity]
        _put(sheet, number, at, cells[title], face, as_is=title in codes)


def _manual_sheet(sheet: Any, rows: Sequence[ManualRow], faces: _Faces) -> None:
    _heads(sheet, _MANUAL, faces)
    for number, row in enumerate(rows, 1):
        answer = row.answer
        count = answer.count if answer and answer.count is not None else ""
        cells = {
            "对象": row.target, "名称": row.name, "指标编号": row.indicator, "指标": row.title, "问题": row.asked,
            "回答": answer.answer if answer else "", "数量": str(count), "理由": answer.reason if answer else "",
            "复核人": answer.by if answer else "", "时间": answer.at if answer else "",
        }  # fmt: skip
        sheet.set_row(number, _height(_MANUAL, {"指标": row.title, "问题": row.asked}))
        for at, (title, _) in enumerate(_MANUAL):
            known = faces.code if title in ("对象", "指标编号") else faces.plain
            face = faces.fill if title in _TO_FILL else known[Severity.ORDINARY]
            _put(sheet, number, at, cells[title], face, as_is=title in ("对象", "指标编号"))
    last = max(1, len(rows))
    _choice(sheet, _MANUAL, "回答", last, ["是", "否"], hint=_MANUAL_HINT)
    sheet.autofilter(0, 0, last, len(_MANUAL) - 1)


def _heads(sheet: Any, columns: Sequence[tuple[str, float]], faces: _Faces) -> None:
    """Headings in the first row, where every office program and script looks for them; how to fill in shows beside the cell."""
    for at, (title, width) in enumerate(columns):
        sheet.set_column(at, at, width)
        sheet.write_string(0, at, title, faces.fill_head if title in _TO_FILL else faces.head)
    sheet.freeze_panes(1, 0)
    sheet.set_landscape()
    sheet.set_paper(8)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _height(columns: Sequence[tuple[str, float]], texts: Mapping[str, str]) -> float:
    """Points for the tallest wrapped cell, up to five lines: not every office program fits rows by itself."""
    widths = dict(columns)
    lines = (
        math.ceil(sum(2 if ord(c) > 0x2E80 else 1 for c in text) / (widths[title] - 1)) for title, text in texts.items()
    )
    return 13.5 * min(5, max(1, *lines))


def _put(sheet: Any, row: int, column: int, value: str | int | float, face: Any, *, as_is: bool) -> None:
    """Codes and addresses stay exactly as they are: a written string is never a formula or a link here."""
    if isinstance(value, int | float):
        sheet.write_number(row, column, value, face)
    else:
        sheet.write_string(row, column, value[:_TEXT_ROOM] if as_is else harmless(value), face)


def _choice(
    sheet: Any, columns: Sequence[tuple[str, float]], title: str, last: int, words: Sequence[str], *, hint: str = ""
) -> None:
    at = [name for name, _ in columns].index(title)
    told = {
        "validate": "list",
        "source": list(words),
        "error_title": "填写有误",
        "error_message": f"只能填：{'、'.join(words)}",
        **({"input_title": "怎么填", "input_message": hint} if hint else {}),
    }
    sheet.data_validation(1, at, last, at, told)


def suggested(suggestion: str | None) -> str:
    """A suggestion as people read it: nothing when there is none, （删去） when the text is to go."""
    return "" if suggestion is None else suggestion or "（删去）"
