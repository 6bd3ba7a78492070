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
    "维护": "两",
    "离不开": "三",
    "认同": "五四",
    "服从": "四",
    "有之": "七",
    "区分开来": "三",
}
# Quoted counts of other things that are right as well.
_OTHERS = frozenset(
    [
        "确保",
        "确认",
        "意见",
        "意向",
        "维权",
        "全力",
        "全员",
        "伟业",
        "自主",
        "自愿",
        "自治",
        "自我",
        "自觉",
        "全域",
        "全程",
        "务实",
        "服务",
        "认定",
        "认真",
        "认可",
    ]
)
_QUOTED = re.compile(rf"“({_NUMERAL})个({'|'.join(sorted(_COUNTS, key=len, reverse=True))})”")
_LED = re.compile(rf"(?:增强|坚定|做到|领悟|拥护|捍卫|牢记)(?:了)?({_NUMERAL})个(自信|意识|确立|维护)")
_PLENARY = re.compile(r"(?<![一二三四五六七八九])(十[一二三四五六七八九]?|二十[一二三]?)大([一二三四五六七八九])中全会")
_CONGRESS = re.compile(r"(?:党的|中国共产党|中共)(第?)(十[一二三四五六七八九]?|二十[一二三]?)次(全国)?代表大会")
_PEOPLE = re.compile(r"(?:全国人大|全国人民代表大会)第?(十[一二三四五六]?)届(?:全国)?第?([一二三四五])次会议")
_PEOPLE_MIXED = re.compile(r"第(十[一二三四五六]?)届全国人大第?([一二三四五])次会议")
_STATE = re.compile(r"全国第?(十[一二三四五六]?)届(人大|人民代表大会|政协)第?([一二三四五])次(?:全体)?会议")
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
    for found in _STATE.finditer(text):
        whole = f"全国政协{found[1]}届{found[3]}次会议"
        yield _told(found, whole if found[2] == "政协" else f"{found[1]}届全国人大{found[3]}次会议")
    yield from _miscalled(text)
    for found in _ADVISERS.finditer(text):
        yield _told(found, f"全国政协{found[1]}届{found[2]}次会议")


_SAME_COUNT = re.compile(rf"“({_NUMERAL})个([\u4e00-\u9fff]{{2,4}})”")
_BARE = re.compile(
    rf"(?<![第这那上下前后每各\d一二三四五六七八九十百“])({_NUMERAL})个(确立|维护|自信|意识)(?![到度上性形中])"
)


def _miscalled(text: str) -> Iterator[Change]:
    """“两个确定”: a count that exists with a noun one character off; 四个维护, without marks."""
    for found in _SAME_COUNT.finditer(text):
        if found[2] in _COUNTS or found[2] in _OTHERS:
            continue
        near = [noun for noun, counts in _COUNTS.items() if found[1] in counts[:1] and _one_off(found[2], noun)]
        if len(near) == 1:
            yield _counted(found.start(), found.end(), found[0], f"“{found[1]}个{near[0]}”")
    for found in _BARE.finditer(text):
        if found[1] not in _COUNTS[found[2]]:
            yield _counted(found.start(), found.end(), found[0], f"“{_COUNTS[found[2]][0]}个{found[2]}”")


def _one_off(said: str, noun: str) -> bool:
    return len(said) == len(noun) and sum(a != b for a, b in zip(said, noun, strict=True)) == 1


def _counted(start: int, end: int, said: str, right: str) -> Change:
    inner = said.strip("“”")
    return Change(start, end, right if said != inner else right.strip("“”"), f"固定表述的数目不对：“{inner}”")


def _told(found: re.Match[str], right: str, *, sure: bool = False) -> Change:
    return Change(found.start(), found.end(), right, f"会议名称不规范：“{found[0]}”应为“{right}”", sure=sure)
