"""Problem rows of a data file in sentences, for a file that brings no sentences of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duwang.bulletin.template import PROBLEMS, FigurePlan, SectionText
from duwang.bulletin.wording import literal

_EXAMPLES = 3


def told(
    rows: Sequence[Mapping[str, str]], *, examples: int = _EXAMPLES
) -> tuple[tuple[SectionText, ...], tuple[FigurePlan, ...]]:
    """One section for every 问题类型 in order of appearance, with the number of units counted from the rows."""
    groups: dict[str, list[Mapping[str, str]]] = {}
    for row in rows:
        if row["问题类型"]:
            groups.setdefault(row["问题类型"], []).append(row)
    sections = tuple(_section(item, group, examples) for item, group in groups.items())
    plans = tuple(
        FigurePlan(f"{item}单位数", "count", of=PROBLEMS, where={"问题类型": item}, column="责任单位", way=item)
        for item in groups
    )
    return sections, plans


def _section(item: str, rows: Sequence[Mapping[str, str]], examples: int) -> SectionText:
    first = {row["责任单位"]: row for row in reversed(rows)}
    chosen = [row for row in rows if first.get(row["责任单位"]) is row][:examples]
    shown = "；".join(literal(f"{row['责任单位']}{_joined(row['问题'])}") for row in chosen)
    return SectionText(heading=item, texts=(f"{{{item}单位数}}家单位存在此类问题。如：{shown}。",), run_in=True)


def _joined(text: str) -> str:
    body = text.strip().rstrip("。；")
    return body if body.startswith(("“", "《", "在", "未")) else f"：{body}"
