"""What a finished verb prints for people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rich.console import Console
from rich.table import Table

from duwang.judge.summary import told

_KINDS = (("site", "政府网站"), ("account", "政务新媒体"))


def summary_table(summary: Mapping[str, Any]) -> None:
    """检查数、合格、不合格、待核、存在问题、合格率 by kind, on stdout."""
    table = Table(title="检查结果", title_justify="left")
    for heading in ("对象", "检查", "合格", "不合格", "待核", "存在问题", "合格率"):
        table.add_column(heading, justify="left" if heading == "对象" else "right")
    for key, name in _KINDS:
        part = summary.get(key) or {}
        if part.get("checked"):
            cells = (
                part["checked"],
                part["qualified"],
                part["failed"],
                part["open"],
                part["with_problems"],
                told(part),
            )
            table.add_row(name, *(str(cell) for cell in cells))
    Console().print(table)
