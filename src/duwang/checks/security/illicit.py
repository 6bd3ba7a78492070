"""Words and names of illicit trade: what hijacked pages and sold domains show."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from daachorse import MATCH_KIND_LEFTMOST_LONGEST, CharwiseDoubleArrayAhoCorasick

_FILE = Path(__file__).parent / "lexicons" / "illicit.tsv"
_REPORTED = re.compile(
    r"打击|查处|严打|整治|取缔|查获|破获|侦破|抓获|犯罪|嫌疑|诈骗|警方|公安|民警|法院|检察|判处|涉案|涉赌|涉黄|扫黄|禁毒|反诈|防骗|谨防|警惕|提醒|举报|违法|非法|典型案例|专项行动|治理|宣传|管理(?:条例|办法|规定)|彩票管理|福利彩票|体育彩票|公益金"
)


@lru_cache(maxsize=1)
def _terms() -> tuple[tuple[str, str, bool], ...]:
    """(term in lower case, kind, strong); strong terms have no honest use in the title or links of a government page."""
    rows = (line.split("\t") for line in _FILE.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return tuple((term.lower(), kind, weight == "强") for term, kind, weight, _ in rows)


@lru_cache(maxsize=1)
def _automaton() -> CharwiseDoubleArrayAhoCorasick:
    return CharwiseDoubleArrayAhoCorasick([term for term, _, _ in _terms()], MATCH_KIND_LEFTMOST_LONGEST)


def illicit(text: str, *, strong_only: bool = False) -> list[tuple[str, str, int, int]]:
    """(term, kind, start, end) of every term in the text, in order."""
    if not text:
        return []
    found = []
    for start, end, number in _automaton().find(text.lower()):
        _, kind, strong = _terms()[number]
        if strong or not strong_only:
            found.append((text[start:end], kind, start, end))
    return found


def is_report(text: str) -> bool:
    """True where such words are plainly written about: crackdowns, cases, warnings, lawful lotteries."""
    return bool(_REPORTED.search(text))
