"""The bar on top: areas the person may use, and the round that is looked at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest

from duwang.console.people.roles import Right, may


@dataclass(frozen=True, slots=True)
class Area:
    name: str
    url: str
    right: Right = Right.SEE


AREAS = (
    Area("总览", "overview"),
    Area("名录", "ledger"),
    Area("值守", "watch"),
    Area("检查批次", "rounds"),
    Area("问题", "findings"),
    Area("判定", "verdicts"),
    Area("整改", "cases"),
    Area("通报", "bulletins"),
    Area("信件与申请", "letters"),
    Area("新媒体", "accounts"),
    Area("发布前审校", "proofing"),
    Area("词库与规则", "words"),
    Area("统计", "statistics"),
    Area("系统", "system", Right.PEOPLE),
)


def navigation(request: HttpRequest) -> dict[str, Any]:
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated:
        return {"areas": ()}
    match = request.resolver_match
    here = (match.url_name or "").partition("-")[0] if match else ""
    return {
        "areas": [(area, area.url == here) for area in AREAS if may(person.role, area.right)],
        "rights": {right.name for right in Right if may(person.role, right)},
    }
