"""办事指南 of every site: ten key elements each, some left out on purpose (faults/service.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from duwang.demo.county import HERE, Place, county, toml
from duwang.demo.prose import guide_items

ELEMENTS = (
    "事项名称",
    "设定依据",
    "申请条件",
    "办理材料",
    "办理地点",
    "办理机构",
    "收费标准",
    "办理时间",
    "联系电话",
    "办理流程",
)
_COUNT = {"审批": 8, "医保": 4}


@dataclass(frozen=True, slots=True)
class Guide:
    """One item: its elements in order, and the form it offers (empty = none)."""

    site: str
    number: int
    name: str
    elements: tuple[tuple[str, str], ...]
    form: str = ""


@lru_cache(maxsize=4)
def guides(round_: int) -> tuple[Guide, ...]:
    """All guides as they stand in a round."""
    return tuple(
        _guide(place, number, round_) for place in county().places for number in range(_COUNT.get(place.key, 6))
    )


@lru_cache(maxsize=1)
def guide_faults() -> tuple[dict[str, Any], ...]:
    path = HERE / "faults/service.toml"
    return tuple(toml(path).get("guide", [])) if path.is_file() else ()


def _guide(place: Place, number: int, round_: int) -> Guide:
    name, basis, conditions, papers, days = guide_items()[number]
    values = {
        "事项名称": name,
        "设定依据": basis,
        "申请条件": conditions,
        "办理材料": papers,
        "办理地点": f"仿真县文昌路12号县政务服务中心{number % 3 + 1}楼{number + 3}号窗口",
        "办理机构": place.owner,
        "收费标准": "不收费",
        "办理时间": f"工作日上午9:00至12:00，下午14:00至17:00；办结时限{days}",
        "联系电话": f"0999-66210{number + 10}",
        "办理流程": "申请、受理、审查、决定、送达",
    }
    form = f"/files/form-{number + 1}.docx"
    for fault in guide_faults():
        if fault["site"] == place.key and fault["item"] == name and round_ in fault.get("rounds", (1, 2)):
            for element in fault.get("drop", ()):
                values.pop(element)
            values |= fault.get("change", {})
            form = "" if fault.get("form") is False else form
    return Guide(place.key, number, name, tuple((e, values[e]) for e in ELEMENTS if e in values), form)
