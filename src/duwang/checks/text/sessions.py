"""Counts, congresses and sessions: how many of what, of which congress, in which order of words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duwang.model.findings import Severity

_NUMERAL = "[一二两三四五六七八九十]"
# What is counted in set phrases, and the counts that exist (historical ones included).
_COUNTS = {
    "确立": "两",
    "自信": "四三",
    "意识": "四",
    "全面": "四",
    "百年奋斗目标": "两",
    "一百年": "两",
    "毫不动摇": "两",
    "结合": "两",
    "必由之路": "五",
    "务必": "三两",
    "代表": "三",
    "必须坚持": "六",
    "伟大": "四",
}
_QUOTED = re.compile(rf"“({_NUMERAL})个({'|'.join(sorted(_COUNTS, key=len, reverse=True))})”")
_LED = re.compile(rf"(?:增强|坚定|做到|领悟|拥护|捍卫|牢记)(?:了)?({_NUMERAL})个(自信|意识|确立|维护)")
_PLENARY = re.compile(r"(?<![一二三四五六七八九])(十[一二三四五六七八九]?|二十[一二三]?)大([一二三四五六七八九])中全会")
_CONGRESS = re.compile(r"(?:党的|中国共产党|中共)(第?)(十[一二三四五六七八九]?|二十[一二三]?)次(全国)?代表大会")
_PEOPLE = re.compile(r"(?:全国人大|全国人民代表大会)第?(十[一二三四五六]?)届(?:全国)?第?([一二三四五])次会议")
_PEOPLE_MIXED = re.compile(r"第(十[一二三四五六]?)届全国人大第?([一二三四五])次会议")
_ADVISERS = re.compile(r"第?(十[一二三四五六]?)届全国政协第?([一二三四五])次(?:全体)?会议")


@dataclass(frozen=True, slots=True)
class Change:
    """[start, end) should read `right`. `sure`: no other phrase is meant."""

    start: int
    end: int
    right: str
    message: str
    sure: bool = False

    @property
    def severity(self) -> Severity:
        return Severity.ORDINARY if self.sure else Severity.HINT


def misnumbered(text: str) -> Iterator[Change]:
    """“五个自信”, “十九大四中全会”, “全国人大十四届三次会议”."""
    for found in _QUOTED.finditer(text):
        right = _COUNTS[found[2]]
        if found[1] not in right and not (found[1] == "二" and "两" in right):
            yield _counted(found.start(), found.end(), found[0], f"“{right[0]}个{found[2]}”")
    for found in _LED.finditer(text):
        right = "两" if found[2] == "维护" else _COUNTS[found[2]]
        if found[1] not in right:
            start = found.start(1)
            yield _counted(start, found.end(), text[start : found.end()], f"“{right[0]}个{found[2]}”")
    for found in _PLENARY.finditer(text):
        yield _told(found, f"{found[1]}届{found[2]}中全会", sure=True)
    for found in _CONGRESS.finditer(text):
        if not (found[1] and found[3]):
            lead = found[0][: found.start(1) - found.start()]
            yield _told(found, f"{lead}第{found[2]}次全国代表大会", sure=True)
    for pattern in (_PEOPLE, _PEOPLE_MIXED):
        for found in pattern.finditer(text):
            yield _told(found, f"{found[1]}届全国人大{found[2]}次会议")
    for found in _ADVISERS.finditer(text):
        yield _told(found, f"全国政协{found[1]}届{found[2]}次会议")


def _counted(start: int, end: int, said: str, right: str) -> Change:
    inner = said.strip("“”")
    return Change(start, end, right if said != inner else right.strip("“”"), f"固定表述的数目不对：“{inner}”")


def _told(found: re.Match[str], right: str, *, sure: bool = False) -> Change:
    return Change(found.start(), found.end(), right, f"会议名称不规范：“{found[0]}”应为“{right}”", sure=sure)
