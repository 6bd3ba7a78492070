"""Growth against its two figures: 12486条，较去年同期的10405条增长20%; 96.36%，较上季度提高1.82个百分点（上季度94.54%）."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from duwang.bulletin.audit.counts import NUMBER, UNITS, number, rate
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_PERCENT = r"\d{1,3}(?:\.\d+)?"
_MORE, _LESS = "增长|增加|上升|提高|提升|多", "下降|减少|降低|回落|少"
_BY = re.compile(
    rf"(?P<now>{NUMBER})(?P<unit>{UNITS})[^，。；\d]{{0,6}}[，（]?(?:同比|环比)?[较比](?:上年|去年|上一?[季月周]度?|同期|前)[^，。；\d]{{0,10}}?"
    rf"(?P<then>{NUMBER})(?P=unit)[^，。；\d]{{0,6}}[，]?(?:同比|环比)?(?P<way>{_MORE}|{_LESS})(?:了|约)?(?P<value>{_PERCENT})%"
)
_POINTS = re.compile(
    rf"(?P<now>{_PERCENT})%[，（]?(?:同比|环比|[较比][^，。；\d]{{2,10}}?)(?P<way>{_MORE}|{_LESS})(?:了)?(?P<value>{_PERCENT})个百分点"
    rf"[，（]?(?:上年|去年|上一?[季月周]度?|同期|前)[^，。；\d]{{0,10}}?(?P<then>{_PERCENT})%"
)


def growth_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    for line in lines:
        for sentence in notice.sentences(line):
            for found in _BY.finditer(sentence.text):
                yield from _by(sentence, found)
            for found in _POINTS.finditer(sentence.text):
                yield from _points(sentence, found)


def _by(sentence: Span, found: re.Match[str]) -> Iterator[Said]:
    now, then = number(found["now"]), number(found["then"])
    more, sign = (now - then, 1) if re.fullmatch(_MORE, found["way"]) else (then - now, -1)
    if then <= 0:
        return
    value, decimals = Decimal(found["value"]), len(found["value"].partition(".")[2])
    told = f"（{max(now, then)}－{min(now, then)}）÷{then}"
    exact = rate(more, then, decimals)
    if exact == value:
        yield Agreement(f"{found['way']}{value}%＝{told}，核对无误")
    else:
        words = f"按{told}应为{exact}%" if more > 0 else f"{then}到{now}不是{'增加' if sign > 0 else '减少'}"
        yield _fault(sentence, found, f"{found['way']}写{value}%，{words}")


def _points(sentence: Span, found: re.Match[str]) -> Iterator[Said]:
    now, then, value = (Decimal(found[name]) for name in ("now", "then", "value"))
    more = now - then if re.fullmatch(_MORE, found["way"]) else then - now
    if more == value:
        yield Agreement(f"{found['way']}{value}个百分点＝{max(now, then)}%－{min(now, then)}%，核对无误")
    else:
        yield _fault(sentence, found, f"{found['way']}写{value}个百分点，{then}%到{now}%相差{abs(now - then)}个百分点")


def _fault(sentence: Span, found: re.Match[str], told: str) -> Mismatch:
    return Mismatch(
        "bulletin/figure-mismatch", sentence.start + found.start(), sentence.start + found.end(), told, certainty=0.85
    )
