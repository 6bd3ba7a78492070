"""What a pattern needs is read off it: looking first must find exactly what searching finds."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duwang.checks.text.marks import _RULES
from duwang.checks.text.number_format import _DATE, _DIGITS, _SHARE, _TIME
from duwang.reading.sought import Sought, needed

_CHARACTERS = "，。、；：？！“”《》〈〉（）()〔〕[].…—－-~～至到等如下通知和第首先其次一二三五十百年月日时分号附件：:0123 19 20年\n县会议 规划多余约左右文件"
_TEXTS = st.text(alphabet=_CHARACTERS, max_size=60)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("百分之[0-9]+", (("百分之",),)),
        ("(?:首先|其次)、", (("其次", "首先"),)),
        ("》(?P<m>、)《", (("《",), ("》",))),
        ("(?:如下)?。{2,}[…—]", (("—", "…"),)),
        ("[^，]+", ()),
        ("(?i)pdf", ()),
        ("附件(?=[：:])", (("附件",), (":", "："))),
        ("(?<!附件)见(?!表)", (("见",),)),
    ],
)
def test_what_a_match_must_hold(pattern: str, words: tuple[tuple[str, ...], ...]) -> None:
    assert {frozenset(group) for group in needed(re.compile(pattern))} == {frozenset(group) for group in words}


def test_a_text_without_it_is_not_gone_through() -> None:
    sought = Sought("百分之[0-9]+%", glimpse="之[0-9]")
    assert not sought.may_match("增长百分之二十") and not sought.may_match("增长20%")
    assert sought.may_match("增长百分之20%") and [one[0] for one in sought.finditer("增长百分之20%")] == ["百分之20%"]
    assert sought.search("增长百分之20") is None


@given(_TEXTS)
def test_looking_first_finds_what_searching_finds(text: str) -> None:
    for sought in (*(Sought(rule.pattern) for rule in _RULES), _DATE, _TIME, _SHARE, _DIGITS):
        assert [one.span() for one in sought.finditer(text)] == [one.span() for one in sought.pattern.finditer(text)]
