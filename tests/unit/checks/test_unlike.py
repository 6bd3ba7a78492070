"""Expressions with a character in them that neither looks nor sounds like the right one."""

from __future__ import annotations

from datetime import date

import pytest

from duwang.checks.check import all_checks
from duwang.flow.looking import look_once
from duwang.model.material import Document


def told(text: str) -> list[tuple[str, str | None]]:
    document = Document("", body=text, medium="text", ref="document/x", owner="document/x")
    found = [
        look_once(check, document, settings={}, as_of=date(2024, 9, 30)).drafts
        for check in all_checks().values()
        if check.family == "text" and check.on is Document
    ]
    return [(draft.severity.value, draft.suggestion) for drafts in found for draft in drafts]


@pytest.mark.parametrize(
    ("wrong", "right", "grade"),
    [
        ("丝绸之民经济带", "丝绸之路经济带", "一般"),
        ("轻微违法行为犬予处罚", "轻微违法行为不予处罚", "提示"),  # a little word is lost: never sure
        ("城乡融合发展会制机制", "城乡融合发展体制机制", "一般"),  # 展会 is a word, but it cuts 发展
        ("国家员际发展合作署", "国家国际发展合作署", "一般"),
    ],
)
def test_a_foreign_character_in_an_expression_is_told(wrong: str, right: str, grade: str) -> None:
    found = told(f"会议要求，要认真研究{wrong}有关问题。")
    assert any(severity == grade and right.endswith(suggestion or "-") for severity, suggestion in found), found
    assert told(f"会议要求，要认真研究{right}有关问题。") == []


@pytest.mark.parametrize(
    "text",
    [
        "各单位要坚持因地制宜、分区施策，把工作做细。",  # another word, aligned with the words around it
        "谁监管谁尽责，谁主管谁尽责，谁审批谁尽责。",
        "集体土地属村集体经济组织的，由村集体经济组织管理。",
        "要加强市政府网站的日常管理。",
    ],
)
def test_another_good_wording_is_left_alone(text: str) -> None:
    assert not [one for one in told(text) if one[0] != "提示"]
