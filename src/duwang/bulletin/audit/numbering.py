"""Section numbers without gaps: 一、 （一） 1. （1） at line starts, 一是…二是 in the text, 序号 in tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_NUMERALS = "一二三四五六七八九十"
_LEVELS = (
    re.compile(r"\s*(?:#+ )?([一二三四五六七八九十]{1,3})、"),
    re.compile(r"\s*(?:#+ )?（([一二三四五六七八九十]{1,3})）"),
    re.compile(r"\s*(?:附\s*件[：]\s*)?(\d{1,2})(?:[.、](?!\d)|．)"),
    re.compile(r"\s*（(\d{1,2})）"),
)
_WRITTEN = ("{}、", "（{}）", "{}.", "（{}）")
_POINT = re.compile(r"(?:^|(?<=[。；：，\n\s]))([一二三四五六七八九十]{1,2})(?:是|要)(?=[\u4e00-\u9fff“《（])")


def numbering_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    """Gaps and doubled numbers. A number may start again at one: its heading may have lost its own number in the copy."""
    gaps = list(_headings(notice, lines)) + list(_points(notice, lines))
    yield from gaps
    levels = sum(1 for line in lines if _LEVELS[0].match(line.text) or _LEVELS[1].match(line.text))
    if not gaps and levels >= 2:
        yield Agreement("各级标题序号连续")


def _headings(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Mismatch]:
    last: list[tuple[int, Span] | None] = [None] * len(_LEVELS)
    ever = [0] * len(_LEVELS)
    for line in lines:
        for level, pattern in enumerate(_LEVELS):
            found = pattern.match(line.text)
            if not found:
                continue
            n = value(found[1])
            before = last[level]
            last[level] = (n, line)
            last[level + 1 :] = [None] * (len(_LEVELS) - level - 1)
            if n and not (before is None and n == ever[level] + 1):  # （五） may go on from （四） under the last 一、
                yield from _jump(notice, level, before, n, line, found)
            ever[level] = n
            break


def _jump(
    notice: Notice, level: int, before: tuple[int, Span] | None, n: int, line: Span, found: re.Match[str]
) -> Iterator[Mismatch]:
    if before is None:
        if n == 1 or level >= 2:
            return
        start, missing = 0, list(range(1, n))
    else:
        start = before[1].start
        if n == 1 or n == before[0] + 1:
            return
        if n <= before[0]:
            if n == before[0] and level < 2:
                told = f"“{_shown(level, n)}”出现了两次"
                yield Mismatch(
                    "bulletin/numbering-gap", line.start + found.start(), _quoted(line, found), told, certainty=0.8
                )
            return
        missing = list(range(before[0] + 1, n))
    between = notice.text[start : line.start]
    lost = [k for k in missing if not _inline(between, level, k)]
    if not lost or (level >= 2 and (len(lost) > 1 or before is None)) or len(lost) > 3:
        return
    told = f"序号“{_shown(level, n)}”之前没有“{'”“'.join(_shown(level, k) for k in lost)}”"
    yield Mismatch(
        "bulletin/numbering-gap",
        line.start + found.start(),
        _quoted(line, found),
        told,
        certainty=0.9 if level < 2 else 0.7,
    )


def _quoted(line: Span, found: re.Match[str]) -> int:
    """The number with the first words of its heading."""
    return line.start + min(len(line.text), found.end() + 12)


def _points(notice: Notice, lines: Sequence[Span]) -> Iterator[Mismatch]:
    """一是…二是…: in order within the paragraphs that follow one another."""
    last = 0
    for line in lines:
        if _LEVELS[0].match(line.text) or _LEVELS[1].match(line.text):
            last = 0
        for found in _POINT.finditer(line.text):
            n = value(found[1])
            if n > last + 1 and last and n - last == 2:
                told = f"“{found[0]}”之前没有“{numeral(last + 1)}是”"
                yield Mismatch(
                    "bulletin/numbering-gap", line.start + found.start(), line.start + found.end(), told, certainty=0.7
                )
            last = n


def _inline(text: str, level: int, k: int) -> bool:
    """The number stands in the text, only not at the start of a line."""
    return _shown(level, k) in text or (level == 2 and re.search(rf"(?<!\d){k}[、．.](?!\d)", text) is not None)


def _shown(level: int, n: int) -> str:
    return _WRITTEN[level].format(numeral(n) if level < 2 else n)


def numeral(n: int) -> str:
    tens, ones = divmod(n, 10)
    return (("" if tens == 1 else _NUMERALS[tens - 1]) + "十" if tens else "") + (_NUMERALS[ones - 1] if ones else "")


def value(written: str) -> int:
    """Arabic or Chinese numeral up to 99; 0 when it is neither."""
    if written.isdigit():
        return int(written)
    tens, ten, ones = written.partition("十")
    if ten:
        return (_NUMERALS.index(tens) + 1 if tens else 1) * 10 + (_NUMERALS.index(ones) + 1 if ones else 0)
    return _NUMERALS.index(written) + 1 if len(written) == 1 else 0
