"""重复."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np

from duwang.checks.check import check, finding
from duwang.checks.text.hashing import hash_of
from duwang.checks.text.language import official
from duwang.checks.text.vocabulary import words
from duwang.checks.text.wording import quoted
from duwang.model.findings import CannotTell, Findings, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_TWICE = re.compile(r"([\u4e00-\u9fff]{2,16}?)\1")
_SENTENCE = re.compile(r"[^。！？\n]++")
_SHORTEST = 10


@check("text/repetition", on=Document, title="文字重复", places=("site", "account", "text"))
def repetition(document: Document) -> Findings:
    """
    查什么：词语、句子、段落是不是写了两遍。

    依据：昌宁县2024年一季度检查情况通报“标题重复”“相同内容重复发布”；三审三校的通常要求。

    会报：紧挨着写了两遍的词语和短语；紧挨着写了两遍的句子；同一篇里写了两遍的长段落（只作提示）。

    不报：“研究研究”“非常非常”“一件一件”一类的重叠用法；前一个词的末尾与后一个词的开头相同（如“人民政府政府采购中心”）；表格、目录里的重复。

    怎么改：删去多余的一遍。
    """
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    body = normal(document.body)
    for start, end, right, message, severity in (*_words(body.text), *_sentences(body.text), *_paragraphs(body.text)):
        begin, stop = body.span(start, end)
        yield finding(
            document,
            quote=document.body[begin:stop],
            message=message,
            start=begin,
            end=stop,
            suggestion=right,
            severity=severity,
            certainty=0.9 if severity is Severity.ORDINARY else 0.6,
            source="三审三校通例",
        )


_Fault = tuple[int, int, str, str, Severity]
_NUMBER = re.compile(r"^[一二三四五六七八九十百千万〇零两几数多每]|^.[个次年月日天层批条件项步点滴代户家村人]$")
_ASKING = re.compile("[哪谁]|什么|怎么")

_REDUPLICATED = frozenset(
    [
        "研究",
        "讨论",
        "考虑",
        "商量",
        "学习",
        "了解",
        "休息",
        "活动",
        "放松",
        "锻炼",
        "打扫",
        "收拾",
        "整理",
        "介绍",
        "交流",
        "沟通",
        "反思",
        "思考",
        "观察",
        "参观",
        "体验",
        "检查",
        "比较",
        "议论",
        "琢磨",
        "尝试",
        "照顾",
        "帮助",
        "调整",
        "意思",
        "认识",
        "指导",
        "非常",
        "很多",
        "许多",
        "永远",
        "特别",
        "十分",
        "好多",
        "哈哈",
        "热闹",
        "暖和",
        "清静",
        "乐呵",
        "凉快",
        "舒服",
        "高兴",
        "轻松",
        "打听",
        "教育",
        "批评",
        "鼓励",
        "表扬",
        "感受",
        "品尝",
        "欣赏",
    ]
)


def _words(text: str) -> Iterator[_Fault]:
    for found in _TWICE.finditer(text):
        word = found[1]
        if (
            len(set(word)) == 1
            or (len(word) == 2 and word[0] == "一")
            or _usual(text, found.start(), found.end(), word)
        ):
            continue
        sure = len(word) >= 3 or _is_word(word)
        said = _NUMBER.search(word) or _ASKING.search(word) or _quoted(text, found.start())
        severity = Severity.ORDINARY if sure and not said else Severity.HINT
        yield found.start(), found.end(), word, f"文字重复：{quoted(word)}写了两遍", severity


def _quoted(text: str, at: int) -> bool:
    """Whether the place stands in quotation marks or in a title of its line: what people say and sing is often said twice."""
    line = text.rfind("\n", 0, at) + 1
    return any(text.rfind(opening, line, at) > text.rfind(closing, line, at) for opening, closing in ("“”", "《》"))


def _usual(text: str, start: int, end: int, word: str) -> bool:
    """Whether the two are a usual reduplication, or the end of one word and the beginning of the next."""
    if len(word) > 2:
        return False
    middle = (start + end) // 2
    language = official()
    ids = language.ids(text[start:end])
    if language.codes(*(ids[n : n + 1] for n in range(4)))[0] >= 3:
        return True
    if word in _REDUPLICATED or _is_word(word + word):
        return True
    left = any(_is_word(text[at:middle]) for at in range(max(0, start - 3), start))
    right = any(_is_word(text[middle:to]) for to in range(end + 1, min(len(text), end + 4) + 1))
    return left or right


@lru_cache(maxsize=4096)
def _is_word(word: str) -> bool:
    return bool(words().codes(np.array([hash_of(word)], np.uint64))[0])


def _sentences(text: str) -> Iterator[_Fault]:
    last = ""
    where = 0
    for found in _SENTENCE.finditer(text):
        end = found.end() + 1
        if end - found.start() <= _SHORTEST or text[end - 1 : end] not in ("。", "！", "？"):
            continue
        sentence = text[found.start() : end].strip()
        if sentence == last and found.start() <= where + 2:
            yield found.start(), end, "", f"句子重复：{quoted(_short(sentence))}写了两遍", Severity.ORDINARY
        last, where = sentence, end


def _paragraphs(text: str) -> Iterator[_Fault]:
    seen: dict[str, int] = {}
    at = 0
    last = ""
    for line in text.split("\n"):
        plain = line.strip()
        if len(plain) >= 40 and re.search(r"[，。；]", plain):
            if plain in seen:
                severity = Severity.ORDINARY if plain == last else Severity.HINT
                start = at + line.index(plain)
                yield start, start + len(plain), "", f"段落重复：{quoted(_short(plain))}在同一篇里写了两遍", severity
            seen.setdefault(plain, at)
        last = plain or last
        at += len(line) + 1


def _short(text: str) -> str:
    return text if len(text) <= 24 else f"{text[:20]}……"
