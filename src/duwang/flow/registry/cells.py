"""One cell as written → its value; every complaint says what is wrong and how to mend it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from duwang.flow.registry.formulas import ERRORS, UNWORKED
from duwang.flow.registry.grids import Cell
from duwang.flow.registry.sheets import NO_LIMIT, YES_NO, Heading, Kind
from duwang.model.period import Period

NUMBER_LOST = "Excel把编号存成了数字，后几位可能已经丢失"
NUMBER_MEND = "请把该列设为文本后重新填写"

_SCIENTIFIC = re.compile(r"^[+-]?\d+(\.\d+)?[eE][+-]?\d+$")
_DECIMAL = re.compile(r"^\d+\.\d+$")
_SITE_CODE = re.compile(r"^[0-9A-Za-z]{10}$")
_DATE = re.compile(
    r"^(\d{4})\s*(?:[-/.]|年)\s*(\d{1,2})\s*(?:[-/.]|月)\s*(\d{1,2})\s*[日号]?(?:[\sT]+\d{1,2}[:时].*)?$"
)
_COMPACT = re.compile(r"^(\d{4})(\d{2})(\d{2})$")
_EDGES = " \t\r\n\u3000\ufeff\u200b\u00a0"
_EXCEL_EPOCH = date(1899, 12, 30)


class CellFault(Exception):
    """A cell that cannot be used: what is wrong, and how to mend it."""

    def __init__(self, message: str, mend: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.mend = mend


def written(cell: Cell) -> str:
    """The cell as a person sees it, trimmed; whole numbers without `.0`."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        return cell.strftime("%Y-%m-%d" if (cell.hour, cell.minute, cell.second) == (0, 0, 0) else "%Y-%m-%d %H:%M:%S")
    text = str(cell).strip(_EDGES)
    if text.startswith('="') and text.endswith('"'):
        text = text[2:-1].strip(_EDGES)
    return text


def value_of(cell: Cell, heading: Heading) -> Any:
    """The cell's value, or None when it is empty; CellFault when it cannot be used."""
    text = written(cell)
    if not text:
        return None
    if text in ERRORS:
        raise CellFault(f"公式出错（{text}）", "请改成文字，或改正公式后保存")
    if text == UNWORKED:
        raise CellFault("公式没有算出结果", "请用表格软件打开，保存一次后再试，或改成文字")
    return _READERS[heading.kind](cell, text, heading)


def _text(cell: Cell, text: str, heading: Heading) -> str:
    if _is_number(cell) and abs(float(cell)) >= 1e15:  # type: ignore[arg-type]
        raise CellFault(NUMBER_LOST, NUMBER_MEND)
    return text


def _name(cell: Cell, text: str, heading: Heading) -> str:
    """Text that becomes part of a ref."""
    _text(cell, text, heading)
    if _SCIENTIFIC.match(text):
        raise CellFault(NUMBER_LOST, NUMBER_MEND)
    if heading.name != "平台":
        return text
    if "/" in text:
        raise CellFault(f"“{text}”里不能有“/”", "请填写平台名称，例如微信公众号")
    return re.sub(r"\s+", "", text)


def _code(cell: Cell, text: str, heading: Heading) -> str:
    """An identifier: never a number, whatever its value (leading zeros go first)."""
    if not isinstance(cell, str):
        raise CellFault(NUMBER_LOST, NUMBER_MEND)
    code = unicodedata.normalize("NFKC", text).lstrip("'‘’`").strip()
    if _SCIENTIFIC.match(code) or _DECIMAL.match(code):
        raise CellFault(NUMBER_LOST, NUMBER_MEND)
    if re.search(r"[\s/]", code):
        raise CellFault(f"“{shortened(text)}”里不能有空格或“/”", f"请只填写{heading.name}")
    return code


def _site_code(cell: Cell, text: str, heading: Heading) -> str:
    code = _code(cell, text, heading)
    if not _SITE_CODE.match(code):
        lost = "，可能丢了开头的0" if code.isdigit() and len(code) < 10 else ""
        raise CellFault(
            f"“{shortened(text)}”不是10位网站标识码{lost}", "请按网站底部的标识码填写10位数字或字母，并把该列设为文本"
        )
    return code


def _object(cell: Cell, text: str, heading: Heading) -> str:
    """The name of something in the ledger; resolved when everything is read."""
    if not isinstance(cell, str) or _SCIENTIFIC.match(text):
        raise CellFault(NUMBER_LOST, NUMBER_MEND)
    return text.lstrip("'‘’`").strip()


def _choice(cell: Cell, text: str, heading: Heading) -> str:
    folded = unicodedata.normalize("NFKC", text)
    if folded in heading.allowed:
        return folded
    raise CellFault(
        f"“{shortened(text)}”不在可填范围内",
        f"应填{'、'.join(heading.allowed)}中的一个{_nearest(folded, heading.allowed)}",
    )


def _nearest(text: str, allowed: tuple[str, ...]) -> str:
    def likeness(candidate: str) -> float:
        shared = len(set(text) & set(candidate))
        return 2 * shared / (len(set(text)) + len(set(candidate)))

    best = max(allowed, key=likeness)
    return f"，是不是“{best}”" if likeness(best) >= 0.3 else ""


def _yes(cell: Cell, text: str, heading: Heading) -> bool:
    folded = unicodedata.normalize("NFKC", text)
    if folded in YES_NO:
        return folded == "是"
    raise CellFault(f"“{shortened(text)}”不能识别", "应填“是”或“否”")


def _date(cell: Cell, text: str, heading: Heading) -> date:
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    number = float(cell) if _is_number(cell) else 0.0  # type: ignore[arg-type]
    if 20000 <= number < 80000:
        return _EXCEL_EPOCH + timedelta(days=int(number))
    folded = unicodedata.normalize("NFKC", text)
    found = _DATE.match(folded) or _COMPACT.match(folded)
    if not found:
        raise CellFault(f"“{shortened(text)}”不是日期", "应写成2024-09-01")
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise CellFault(f"“{shortened(text)}”这一天不存在", "请核对年月日，应写成2024-09-01") from None
    if not 1949 <= day.year <= 2200:
        raise CellFault(f"“{shortened(text)}”的年份不可能", "请核对年份，应写成2024-09-01")
    return day


def _url(cell: Cell, text: str, heading: Heading) -> str:
    mend = "请写完整网址，以http://或https://开头"
    try:
        parts = urlsplit(text)
        port_known = parts.port is None or parts.port > 0
    except ValueError:
        raise CellFault(f"“{shortened(text)}”不是正确的网址", mend) from None
    if parts.scheme.lower() not in ("http", "https"):
        raise CellFault(f"“{shortened(text)}”不是完整网址", mend)
    host = parts.hostname or ""
    if not host or not port_known or re.search(r"[\s，。；、<>\"]", text) or host.startswith(".") or ".." in host:
        raise CellFault(f"“{shortened(text)}”不是正确的网址", "请检查有没有多余的空格、中文标点或漏掉的域名")
    return text


def _limit(cell: Cell, text: str, heading: Heading) -> str:
    folded = unicodedata.normalize("NFKC", text).replace(" ", "")
    if folded == NO_LIMIT:
        return folded
    try:
        Period.parse(folded)
    except ValueError as error:
        raise CellFault(str(error), "没有要求的写“不要求”，空着则按类别") from None
    return folded


def _count(cell: Cell, text: str, heading: Heading) -> int:
    folded = unicodedata.normalize("NFKC", text)
    if not re.fullmatch(r"\d{1,9}", folded):
        raise CellFault(f"“{shortened(text)}”不是整数", "请填写0或正整数")
    return int(folded)


def _is_number(cell: Cell) -> bool:
    return isinstance(cell, int | float) and not isinstance(cell, bool)


def shortened(text: str) -> str:
    """At most 40 characters, so that one cell never floods a message."""
    return text if len(text) <= 40 else text[:40] + "…"


_READERS: dict[Kind, Callable[[Cell, str, Heading], Any]] = {
    "text": _text,
    "name": _name,
    "code": _code,
    "site-code": _site_code,
    "object": _object,
    "choice": _choice,
    "yes": _yes,
    "date": _date,
    "url": _url,
    "limit": _limit,
    "count": _count,
}
