"""Which look-back period a column has, and what a dated list says of its newest item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from duwang.model.material import Item
from duwang.model.period import Period
from duwang.model.registry import Column

NONE = "不要求"
HALF_YEAR, YEAR = "6个月", "1年"
LIMITS: Mapping[str, str] = {
    "动态要闻": "14天",
    **dict.fromkeys(("通知公告", "政策文件", "政策解读"), HALF_YEAR),
    **dict.fromkeys(("人事", "规划计划", "数据", "依申请", "重点领域"), YEAR),
    **dict.fromkeys(("概况", "机构职能", "领导信息", "其他"), YEAR),
    "互动": "2个月",
    **dict.fromkeys(("办事指南", "专题", "公开指南", "公开制度", "公开目录", "公开年报"), NONE),
}


def period_of(column: Column, limit: Mapping[str, str]) -> Period | None:
    """The column's own 更新期限, else the one of its category, else that of 其他; None = no update is asked for.

    `limit` may name some categories only; the others keep their usual period."""
    by_category = {**LIMITS, **limit}
    written = column.limit or by_category.get(column.category) or by_category["其他"]
    return None if written == NONE else Period.parse(written)


def newest(items: Iterable[Item], *, as_of: date) -> date | None:
    """The newest printed date that is not in the future."""
    return max((item.on for item in items if item.on and item.on <= as_of), default=None)


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
