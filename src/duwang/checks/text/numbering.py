"""Heading numbers of a text: where a series skips or repeats a number."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duwang.checks.text.wording import quoted

_DIGITS = "一二三四五六七八九"
_NUMBER = r"[一二三四五六七八九十]{1,3}"
_STYLES = (
    ("一、", re.compile(rf"^[ \t\u3000]*({_NUMBER})、"), 0),
    ("（一）", re.compile(rf"^[ \t\u3000]*[（(]({_NUMBER})[）)]"), 1),
    ("1.", re.compile(r"^[ \t\u3000]*(\d{1,2})[.．、](?!\d)"), 2),
    ("（1）", re.compile(r"^[ \t\u3000]*[（(](\d{1,2})[）)]"), 3),
)


@dataclass(frozen=True, slots=True)
class Gap:
    """[start, end) is the number. `sure`: a top-level series with at least three headings."""

    start: int
    end: int
    message: str
    sure: bool


def gaps(text: str) -> Iterator[Gap]:
    """Skipped and repeated numbers; a new series begins at 1, a deeper series ends where a higher heading stands."""
    series: dict[int, tuple[int, str]] = {}
    lengths: dict[int, int] = {}
    at = 0
    for line in text.split("\n"):
        for _, pattern, level in _STYLES:
            found = pattern.match(line)
            if not found:
                continue
            number = _value(found[1])
            for deeper in [other for other in series if other > level]:
                del series[deeper]
                lengths.pop(deeper, None)
            last = series.get(level)
            if last and number not in (last[0] + 1, 1) and number > 0:
                label = found[0].strip()
                start = at + found.start() + len(found[0]) - len(found[0].lstrip())
                word = "重复" if number == last[0] else "不连续"
                sure = level == 0 and lengths.get(level, 1) >= 2 and len(line.partition("。")[0]) < 40
                heading = len(line) < 30 and line.rstrip()[-1:] not in "。；，："
                if not (sure or heading):
                    series[level] = (number, label)
                    break
                yield Gap(start, start + len(label), f"标题序号{word}：{quoted(last[1])}之后是{quoted(label)}", sure)
            series[level] = (number, found[0].strip())
            lengths[level] = lengths.get(level, 0) + 1 if last and number != 1 else 1
            break
        at += len(line) + 1


def _value(written: str) -> int:
    """一 … 九十九 or digits as a number; 0 when it is none."""
    if written.isdigit():
        return int(written)
    if "十" not in written:
        return _DIGITS.find(written) + 1 if len(written) == 1 else 0
    tens, _, ones = written.partition("十")
    return (_DIGITS.find(tens) + 1 if tens else 1) * 10 + (_DIGITS.find(ones) + 1 if ones else 0)
