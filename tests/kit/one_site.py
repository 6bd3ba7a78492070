"""The ledger of a single site with one column, and a text for its pages."""

from __future__ import annotations

import csv
from pathlib import Path

CODE = "5399210001"
TEXT = "<p>为做好防汛工作，县政府办公室印发通知，要求各乡镇落实责任，及时排查隐患，确保群众安全。</p>" * 3


def ledger(folder: Path, home: str, **sheets: list[list[str]]) -> Path:
    """A registry of one site with one column; sheets can be replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    office = "云岭县人民政府办公室"
    rows: dict[str, list[list[str]]] = {
        "单位": [["名称", "简称"], [office, ""]],
        "网站": [
            ["网站标识码", "名称", "首页网址", "类型", "主办单位"],
            [CODE, "云岭县人民政府", home, "门户", office],
        ],
        "栏目": [["网站标识码", "栏目名称", "栏目网址", "类别"], [CODE, "动态要闻", home + "news/", "动态要闻"]],
        **sheets,
    }
    for name, lines in rows.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8-sig", newline="") as stream:
            csv.writer(stream).writerows(lines)
    return folder
