"""Words and names of illicit trade: what hijacked pages and sold domains show."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

_FILE = Path(__file__).parent / "lexicons" / "illicit.tsv"
_REPORTED = re.compile(
    r"打击|查处|严打|整治|取缔|查获|破获|侦破|抓获|犯罪|嫌疑|诈骗|警方|公安|民警|法院|检察|判处|涉案|涉赌|涉黄|扫黄|禁毒|反诈|防骗|谨防|警惕|提醒|举报|违法|非法|典型案例|专项行动|治理|宣传|管理(?:条例|办法|规定)|彩票管理|福利彩票|体育彩票|公益金"
)


@lru_cache(maxsize=1)
def _patterns() -> tuple[tuple[re.Pattern[str], str, bool], ...]:
    """(pattern, kind, strong); strong terms have no honest use in the title or links of a government page."""
    groups: dict[tuple[str, bool], list[str]] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            term, kind, weight, _ = line.split("\t")
            groups.setdefault((kind, weight == "强"), []).append(re.escape(term))
    return tuple(
        (re.compile("|".join(sorted(terms, key=len, reverse=True)), re.IGNORECASE), kind, strong)
        for (kind, strong), terms in groups.items()
    )


def illicit(text: str, *, strong_only: bool = False) -> list[tuple[str, str, int, int]]:
    """(term, kind, start, end) of every term in the text, in order."""
    found = [
        (match[0], kind, match.start(), match.end())
        for pattern, kind, strong in _patterns()
        if strong or not strong_only
        for match in pattern.finditer(text)
    ]
    return sorted(found, key=lambda one: one[2])


def is_report(text: str) -> bool:
    """True where such words are plainly written about: crackdowns, cases, warnings, lawful lotteries."""
    return bool(_REPORTED.search(text))
