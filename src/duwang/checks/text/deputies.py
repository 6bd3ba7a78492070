"""Who attends, sits in, moves and deliberates: the words of people's congresses and consultative conferences, and terms of office."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duwang.checks.text.sessions import Change

_NEAR = "[^，。；：、！？“”《》\\n]"
_CONGRESS = "(?:全国人大|全国人民代表大会|省人大|市人大|县人大|区人大|人大|人民代表大会|人代会|大会|两会)"


@dataclass(frozen=True, slots=True)
class _Rule:
    """`pattern` with the group `m` around what should read `right`."""

    pattern: re.Pattern[str]
    right: str
    message: str


_RULES = (
    _Rule(re.compile(rf"(?:人大)?代表们?(?P<m>列席)(?:了)?(?:[^，。；：、！？\n]{{0,6}}{_CONGRESS}|会议|开幕|闭幕)(?!{_NEAR}{{0,4}}(?:常委会|常务委员会))"), "出席", "人大代表“出席”人民代表大会会议"),
    _Rule(re.compile(r"政协委员们?(?P<m>出席)(?:了)?[^，。；：、！？\n]{0,6}(?:人大|人民代表大会|人代会)"), "列席", "政协委员“列席”人民代表大会会议"),
    _Rule(re.compile(rf"政协委员们?(?:联名|共|共同|积极)?(?:提交|提出|撰写|递交|领衔)(?:了|的)?{_NEAR}{{0,8}}(?P<m>议案)"), "提案", "政协委员提出的是“提案”"),
    _Rule(re.compile(rf"人大代表们?(?:联名|共|共同|积极)?(?:提交|提出|撰写|递交|领衔)(?:了|的)?{_NEAR}{{0,8}}(?P<m>提案)"), "议案", "人大代表提出的是“议案”或者“建议”"),
    _Rule(re.compile(r"(?<!党)(?:人大)?代表们?(?:分组|分团|认真|热烈|继续|集体)?(?P<m>讨论|学习|听取讨论)(?:了)?(?:政府工作报告|《?“?政府工作报告)"), "审议", "人大代表“审议”政府工作报告"),
    _Rule(re.compile(r"政协委员们?(?:分组|认真|热烈|继续|集体)?(?P<m>审议)(?:了)?(?:《|“)?政府工作报告"), "讨论", "政协委员“讨论”政府工作报告"),
    _Rule(re.compile(r"(?<=[省市县区州旗])(?P<m>人大)(?:副?主任|副?秘书长)(?!会议|接待|委员)"), "人大常委会", "主任、副主任、秘书长是人大常委会的职务"),
    _Rule(re.compile(r"(?P<m>中国共产党)[\u4e00-\u9fff]{2,8}?[省市县区州旗]委(?![\u4e00-\u9fff]?员会|[托派任屈])"), "中共", "“市委”前面用“中共”，全称用“委员会”"),
    _Rule(re.compile(r"第[一二三四五六七八九十百\d]{1,4}(?P<m>届)(?:总统|总理|首相|国务卿|内阁总理|联合国秘书长|校长|院长)(?!选举|大选|竞选|候选|会|论坛|峰会|协会|班|杯|联|研)"), "任", "职务用“任”，会议、选举才用“届”"),
)  # fmt: skip


_WORDS = ("代表", "委员", "届", "人大", "中国共产党")


def misspoken(text: str) -> Iterator[Change]:
    """“人大代表列席大会”, “政协委员提交议案”, “省人大副主任”, “第45届总统”."""
    for rule in _RULES if any(word in text for word in _WORDS) else ():
        for found in rule.pattern.finditer(text):
            start, end = found.span("m")
            yield Change(start, end, rule.right, f"用词不当：{rule.message}")
