"""Every rule for the words of congresses, counted formulas and places, each with a near miss that is right."""

from __future__ import annotations

import pytest

from duwang.checks.text.formulas import changes
from duwang.checks.text.localities import misnamed
from duwang.checks.text.usage import misused

WRONG = [
    ("三百名人大代表列席大会。", "出席"),
    ("政协委员出席了市人民代表大会开幕会。", "列席"),
    ("政协委员提交了关于养老服务的议案。", "提案"),
    ("人大代表联名提出关于饮水安全的提案。", "议案"),
    ("代表们分组讨论政府工作报告。", "审议"),
    ("政协委员认真审议政府工作报告。", "讨论"),
    ("省人大副主任到县里调研。", "人大常委会"),
    ("中国共产党远江市委印发通知。", "中共"),
    ("第45届总统发表讲话。", "任"),
    ("要讲清楚“两个确定”。", "“两个确立”"),
    ("坚决做到四个维护。", "两个维护"),
    ("全国十四届人大三次会议闭幕。", "十四届全国人大三次会议"),
]
RIGHT = [
    "十名人大代表列席了常委会会议。",
    "政协委员列席了市人民代表大会开幕会。",
    "人大代表联名提出关于饮水安全的议案。",
    "政协委员讨论政府工作报告。",
    "省人大常委会副主任到县里调研。",
    "中国共产党远江市委员会印发通知。",
    "第45届总统选举如期举行。",
    "深刻领悟“两个确立”的决定性意义。",
    "做到“两个维护”。",
    "十四届全国人大三次会议闭幕。",
    "要做到“两个确保”。",
]
MISUSED = [("项目己完成招标。", "已"), ("忙的喜气洋洋，人人高兴。", "得"), ("机遇于挑战并存。", "与"), ("截止下午5点，无人员伤亡。", "截至"), ("驾车途径县城。", "途经"), ("因故致殘的职工。", "残")]  # fmt: skip
WELL_USED = [
    "严于律己，宽以待人。",
    "报名截止时间为下午5点。",
    "项目已完成招标。",
    "拓宽就业途径。",
    "美的小区环境整治。",
]


@pytest.mark.parametrize(("text", "right"), WRONG)
def test_a_wrong_word_is_told_with_the_right_one(text: str, right: str) -> None:
    assert right in [one.right for one in changes(text)]


@pytest.mark.parametrize("text", RIGHT)
def test_the_right_word_is_left_alone(text: str) -> None:
    assert changes(text) == []


@pytest.mark.parametrize(("text", "right"), MISUSED)
def test_a_character_that_its_neighbours_belie(text: str, right: str) -> None:
    assert [one.right for one in misused(text)] == [right]


@pytest.mark.parametrize("text", WELL_USED)
def test_the_same_character_in_its_place(text: str) -> None:
    assert list(misused(text)) == []


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("双江拉祜族布朗族傣族佤族自治县举行会议。", "双江拉祜族佤族布朗族傣族自治县"),
        ("考察组到甘肃银川调研。", "宁夏银川"),
        ("双江拉祜族佤族布朗族傣族自治县举行会议。", None),
        ("考察组到宁夏银川、甘肃兰州调研。", None),
    ],
)
def test_names_of_places(text: str, right: str | None) -> None:
    assert [one.right for one in misnamed(text)] == ([right] if right else [])
