"""How numbers of a notice come about and are printed, and the check that each one re-adds from the annex rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import ROUND_HALF_UP, Decimal

from duwang.bulletin.tree import Annex, Bulletin, Figure


def percentage(part: int | Decimal, whole: int | Decimal, decimals: int) -> Decimal:
    """100 × part ÷ whole rounded half-up; ZeroDivisionError when there is no whole."""
    if not whole:
        raise ZeroDivisionError("没有总数，不能算比率")
    return (100 * Decimal(part) / Decimal(whole)).quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)


def printed_rate(value: Decimal) -> str:
    """97.92%; a full hundred is printed as 100%."""
    return "100%" if value == 100 else f"{value}%"


def given(name: str, value: int | Decimal, *, text: str = "") -> Figure:
    """A number somebody reported."""
    return Figure(name, value, text or str(value))


def counted(name: str, annex: str, rows: tuple[int, ...]) -> Figure:
    """How many rows of an annex."""
    return Figure(name, len(rows), str(len(rows)), "rows", annex, rows)


def rate(name: str, checked: Figure, failed: Figure, *, decimals: int = 2) -> Figure | None:
    """合格率 = (checked − failed) ÷ checked; None when nothing was checked."""
    if not checked.value:
        return None
    value = percentage(checked.value - failed.value, checked.value, decimals)
    return Figure(name, value, printed_rate(value), "rate", parts=(checked.name, failed.name), decimals=decimals)


def share(name: str, part: Figure, whole: Figure, *, decimals: int = 2) -> Figure | None:
    """办结率 and the like = part ÷ whole; None when there is no whole."""
    if not whole.value:
        return None
    value = percentage(part.value, whole.value, decimals)
    return Figure(name, value, printed_rate(value), "share", parts=(part.name, whole.name), decimals=decimals)


def total(name: str, parts: tuple[Figure, ...]) -> Figure:
    """The sum of other figures."""
    value = sum((part.value for part in parts), 0)
    return Figure(name, value, str(value), "sum", parts=tuple(part.name for part in parts))


def minus(name: str, whole: Figure, part: Figure) -> Figure:
    """What is left of a figure."""
    value = whole.value - part.value
    return Figure(name, value, str(value), "minus", parts=(whole.name, part.name))


def column_total(name: str, annex: Annex, column: str, rows: tuple[int, ...]) -> Figure:
    """The numbers in one column of an annex added up; ValueError names the row that holds none."""
    value = sum((_number(annex, column, row) for row in rows), 0)
    return Figure(name, value, str(value), "column", annex.key, rows, column=column)


def disagreements(bulletin: Bulletin) -> Iterator[str]:
    """A sentence for every printed figure that does not re-add from the annex rows and the other figures."""
    for figure in bulletin.figures.values():
        again = recounted(figure, bulletin.figures, bulletin)
        if again != figure.value:
            yield f"“{figure.name}”印的是{figure.text}，按附件重新计算是{again}"


def recounted(figure: Figure, figures: Mapping[str, Figure], bulletin: Bulletin) -> int | Decimal | None:
    """The figure's value computed once more from where it says it comes from."""
    parts = [recounted(figures[name], figures, bulletin) or 0 for name in figure.parts]
    match figure.how:
        case "rows":
            known = len(bulletin.annex(figure.of).rows) if figure.rows else 0
            return len({row for row in figure.rows if 0 <= row < known})
        case "column":
            annex = bulletin.annex(figure.of)
            return sum((_number(annex, figure.column, row) for row in figure.rows), 0)
        case "sum":
            return sum(parts, 0)
        case "minus":
            return parts[0] - parts[1]
        case "rate":
            return percentage(parts[0] - parts[1], parts[0], figure.decimals)
        case "share":
            return percentage(parts[0], parts[1], figure.decimals)
    return figure.value


def _number(annex: Annex, column: str, row: int) -> int | Decimal:
    written = annex.rows[row][annex.at(column)].replace(",", "").replace("，", "")
    if not written:
        return 0
    try:
        value = Decimal(written)
    except ArithmeticError:
        raise ValueError(f"附件“{annex.title}”第{row + 1}行“{column}”写的是“{written}”，不是数字") from None
    return int(value) if value == value.to_integral_value() else value
