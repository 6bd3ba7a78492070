"""Counts in a sentence: how many of what, about which kind of object, and whether they passed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from duwang.bulletin.audit.notice import Span

UNITS = "个|家|件|条|封|次|处|篇|项|人|名|户|单|例|份|批|起|宗|幅|段|部|款|则|张|场"
NUMBER = r"\d{1,3}(?:,\d{3})+|\d+"
_COUNT = re.compile(rf"(?<![\d.,〔\[第－~—-])({NUMBER})\s*(?:余|多)?({UNITS})(?![月百]|工作日|小时|交易日)")
_STOPS = "，。；：、（）\n！？“”《》|"
_OTHER_NOUN = re.compile(r"[信留来邮]|单位|部门|乡镇|栏目|问题|留言|稿|条")
_SITES = re.compile(r"网站|门户")
_MEDIA = re.compile(r"新媒体|公众号|订阅号|服务号|视频号|微博|微信|抖音|头条|快手|客户端|小程序|账号")
_FAILED = re.compile(r"不合格|单项否决|突出问题|黑榜")
_NONE_FAILED = re.compile(r"(未|没有?|无)(发现|出现)?[^，。；]{0,6}(不合格|单项否决)")
_QUALIFIED = re.compile(r"(?<!不)合格(?!率)|达标|全部合格")
_NOT_YET = re.compile(r"未[^，。；]{0,6}合格|整改[^，。；]{0,4}合格")
_PROBLEM = re.compile(r"存在(?:的)?问题")
_TROUBLE = re.compile(r"问题|错误|未登记|未备案|未更新|错敏|错别字|整改|注销|关停|登记备案|泄露|失效|异常")


@dataclass(frozen=True, slots=True)
class Count:
    """`before` and `after` are the words around it up to the next stop; `subject`: 网站, 新媒体 or empty; `role`: failed, qualified,
    problem (存在问题, which some places mean as 不合格), trouble or empty."""

    value: int
    unit: str
    start: int
    end: int
    before: str
    after: str
    subject: str = ""
    role: str = ""


def counts_in(sentence: Span) -> tuple[Count, ...]:
    """Every count of a sentence, in order."""
    found = [_one(sentence, match) for match in _COUNT.finditer(sentence.text)]
    return tuple(_inherited(found, sentence))


def outside(sentence: Span, count: Count) -> bool:
    """Not inside brackets, where kinds are listed and things are said by the way."""
    before = sentence.text[: count.start - sentence.start]
    return before.count("（") <= before.count("）")


def number(written: str) -> int:
    return int(written.replace(",", ""))


def rate(part: int, whole: int, decimals: int) -> Decimal:
    """Percentage, half-up at so many decimals."""
    exact = Decimal(part) * 100 / Decimal(whole)
    return exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _one(sentence: Span, match: re.Match[str]) -> Count:
    text = sentence.text
    left = max((text.rfind(stop, 0, match.start()) for stop in _STOPS), default=-1) + 1
    previous = max((m.end() for m in _COUNT.finditer(text, 0, match.start())), default=0)
    before = text[max(left, previous) : match.start()]
    right = min((n for stop in _STOPS if (n := text.find(stop, match.end())) >= 0), default=len(text))
    after = re.split(r"\d", text[match.end() : right])[0]
    clause = before + "#" + after
    return Count(
        number(match[1]), match[2], sentence.start + match.start(), sentence.start + match.end(), before, after,
        _subject(after) or _subject(before), _role(clause),
    )  # fmt: skip


def _subject(words: str) -> str:
    site, media = _SITES.search(words), _MEDIA.search(words)
    if site and media:
        return "网站" if site.start() < media.start() else "新媒体"
    return "网站" if site else "新媒体" if media else ""


def _role(clause: str) -> str:
    if _NONE_FAILED.search(clause):
        return ""
    if _FAILED.search(clause):
        return "failed"
    if _QUALIFIED.search(clause) and not _NOT_YET.search(clause):
        return "qualified"
    if _PROBLEM.search(clause):
        return "problem"
    return "trouble" if _TROUBLE.search(clause) else ""


def _inherited(found: list[Count], sentence: Span) -> Iterator[Count]:
    """A count without a noun speaks of what the one before it spoke of; `A个甲、B个乙不合格` says it of both."""
    told = list(found)
    for n in range(len(told) - 2, -1, -1):
        here, following = told[n], told[n + 1]
        between = sentence.text[here.end - sentence.start : following.start - sentence.start]
        joined = re.fullmatch(r"[\u4e00-\u9fff]{0,12}[、和及与]", between)
        if joined and not here.role and following.role and _role("#" + following.after) and here.unit == following.unit:
            told[n] = replace(here, role=following.role)
    subject = ""
    for one in told:
        if one.subject:
            subject = one.subject
        elif subject and (one.role == "failed" or not _OTHER_NOUN.search(one.before + one.after + one.unit)):
            one = replace(one, subject=subject)
        yield one
