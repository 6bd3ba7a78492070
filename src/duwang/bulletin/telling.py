"""Problem rows of a data file in sentences, for a file that brings no sentences of its own."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from duwang.bulletin.template import PROBLEMS, FigurePlan, SectionText
from duwang.bulletin.wording import literal

_EXAMPLES = 3


def told(
    rows: Sequence[Mapping[str, str]], *, examples: int = _EXAMPLES
) -> tuple[tuple[SectionText, ...], tuple[FigurePlan, ...]]:
    """One section for every 问题类型 in order of appearance, where rows have none for every 类别, with the number of units counted
    from the rows."""
    groups: dict[tuple[str, str], list[Mapping[str, str]]] = {}
    for row in rows:
        item = row["问题类型"]
        groups.setdefault((item, "" if item else row["类别"]), []).append(row)
    sections = tuple(_section(item or f"{kind}问题", group, examples) for (item, kind), group in groups.items())
    plans = tuple(
        FigurePlan(
            f"{item or f'{kind}问题'}单位数", "count", of=PROBLEMS,
            where={"问题类型": item} if item else {"问题类型": "", "类别": kind}, column="责任单位", way=item or kind,
        )
        for item, kind in groups
    )  # fmt: skip
    return sections, plans


def _section(item: str, rows: Sequence[Mapping[str, str]], examples: int) -> SectionText:
    first = {row["责任单位"]: row for row in reversed(rows)}
    chosen = [row for row in rows if first.get(row["责任单位"]) is row][:examples]
    shown = "；".join(literal(f"{row['责任单位']}{_joined(row['问题'])}") for row in chosen)
    return SectionText(heading=item, texts=(f"{{{item}单位数}}家单位存在此类问题。如：{shown}。",), run_in=True)


def _joined(text: str) -> str:
    body = text.strip().rstrip("。；")
    return body if body.startswith(("“", "《", "在", "未")) else f"：{body}"
