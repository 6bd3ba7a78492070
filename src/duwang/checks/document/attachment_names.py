"""Names of attachments: as the text lists them, and as the links call them."""

from __future__ import annotations

import re
from dataclasses import dataclass

_SUFFIX = re.compile(r"\.(docx?|pdf|wps|xlsx?|et|csv|ofd|rtf|zip|rar|7z|pptx?|txt)\s*$", re.IGNORECASE)
_NUMBERED = re.compile(
    r"^(?:附[ \u3000]*件|附表|附)?[ \u3000]*(?P<number>[0-9一二三四五六七八九十]{0,3})[ \u3000]*[.．、：:\-—_）)]*[ \u3000]*"
)
_COPY = re.compile(r"[（(][0-9]{1,2}[）)]$|[-_ ]?副本$|[-_ ]copy$", re.IGNORECASE)
_GENERIC = re.compile(
    r"(?:附件|附表|下载|点击下载|点击查看|查看附件|附件下载|文件下载|下载附件|全文下载|pdf版?|word版?|[0-9a-f\-]{8,}|[0-9]+|图片版|相关附件|正文|原文)?",
    re.IGNORECASE,
)
_LIST = re.compile(
    r"^[ \u3000\t]*附[ \u3000]*件[ \u3000]*[：:](?P<first>[^\n]*)(?P<rest>(?:\n[ \u3000\t]*[0-9]{1,2}[.．、][^\n]+)*)",
    re.MULTILINE,
)
_ITEM = re.compile(
    r"(?:^|[ \u3000；;])[ \u3000]*(?P<number>[0-9]{1,2})[.．、][ \u3000]*(?P<name>[^\n；;]+?)(?=[；;]|[ \u3000]+[0-9]{1,2}[.．、]|$)",
    re.MULTILINE,
)


@dataclass(frozen=True, slots=True)
class Listing:
    """The names that a text lists under 附件：, and where the list stands."""

    names: tuple[str, ...]
    start: int
    end: int


def listing(body: str) -> Listing | None:
    """The last list of attachments in a text."""
    found = None
    for found in _LIST.finditer(body):  # noqa: B007  the last one counts
        pass
    if found is None:
        return None
    whole = found["first"] + found["rest"]
    items = [match["name"].strip(" \u3000。.") for match in _ITEM.finditer(whole)]
    names = items or ([found["first"].strip(" \u3000。.")] if found["first"].strip() else [])
    return Listing(tuple(name for name in names if name), found.start(), found.end()) if names else None


def key(name: str) -> str:
    """The name without number, suffix, copy mark, spaces and brackets; empty when it says nothing (附件1, 下载)."""
    bare = _SUFFIX.sub("", name.strip())
    bare = _COPY.sub("", bare.strip())
    bare = re.sub(r"[\s\u3000《》“”\"'（）()\[\]【】.．_、：:\-—]", "", _NUMBERED.sub("", bare, count=1))
    return "" if _GENERIC.fullmatch(bare) else bare


def suffix(name: str, url: str) -> str:
    """docx, pdf …, from the name or else the address; empty when neither says."""
    for text in (name, url.partition("?")[0]):
        if found := _SUFFIX.search(text):
            return found[1].lower()
    return ""


def likeness(a: str, b: str) -> float:
    """Share of two-character pieces that two names have in common, by the shorter one."""
    one, other = _pairs(a), _pairs(b)
    return len(one & other) / min(len(one), len(other)) if one and other else float(a == b)


def _pairs(text: str) -> set[str]:
    return {text[n : n + 2] for n in range(len(text) - 1)}
