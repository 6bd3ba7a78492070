"""One line's punctuation and spaces as official prose writes them. Words are never touched."""

from __future__ import annotations

import re

_HAN = "\u4e00-\u9fff〇"
_WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
_FULL = {",": "，", ";": "；", ":": "：", "?": "？", "!": "！"}
_NARROW = re.compile(rf"(?<=[{_HAN}”》）\])])[ ]?(?:([,;?!])(?=[ ]?(?:[^A-Za-z/\\ ]|$))|(:)(?!//))[ ]?")
_STOP = re.compile(rf"(?<=[{_HAN}”》）])\.(?=$|[ \u3000]*[{_HAN}“《（])")
_ROUND = re.compile(r"\(([^()\n]*)\)")
_STRAIGHT = re.compile(r'"')
_DOUBLED = (
    (re.compile(r"[，、；][ ]?。"), "。"),
    (re.compile(r"(?<!。)。。(?!。)"), "。"),
    (re.compile(r"，，+"), "，"),
    (re.compile(r"、、+"), "、"),
    (re.compile(r"，、|、，"), "，"),
)
_SPREAD = re.compile(rf"(?<![{_HAN}])(?:[{_HAN}][ \u3000]+){{2,}}[{_HAN}](?![{_HAN}])|^[{_HAN}][ \u3000]+[{_HAN}]$")
_BY_DIGITS = re.compile(rf"(?<=[{_HAN}]) (?=[0-9])|(?<=[0-9%％]) (?=[{_HAN}])")
_AROUND = re.compile(r"[ \u3000]+(?=[，。、；：？！）》”])|(?<=[，。、；：？！（《“])[ \u3000]+(?=\S)")
_MANY = re.compile(r"[ \u3000\u00a0]{3,}")
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff\u00ad]")
_MARKERS = (
    (re.compile(r"^([一二三四五六七八九十]{1,3})[.．](?=\D)"), r"\1、"),
    (re.compile(r"^（([一二三四五六七八九十]{1,3})）[、.．]"), r"（\1）"),
    (re.compile(r"^([0-9]{1,2})、(?=[\u4e00-\u9fff“《])"), r"\1."),
)


def fold(text: str) -> str:
    """Letters and digits to half width."""
    return text.translate(_WIDE)


def words(text: str) -> str:
    """Every letter, digit and character, in order: what no tidying may change."""
    return "".join(c for c in fold(text) if c.isalnum())


def put_right(line: str) -> str:
    """The line with Chinese marks in Chinese text, no doubled marks, no stray spaces, regular numbering."""
    line = _UNSEEN.sub("", fold(line).replace("\u00a0", " ")).strip(" \u3000\t\r")
    line = _ROUND.sub(lambda found: _brackets(line, found), line)
    line = _NARROW.sub(lambda found: _FULL[found[1] or found[2]], line)
    line = _quotes(_STOP.sub("。", line))
    for pattern, right in _DOUBLED:
        line = pattern.sub(right, line)
    line = _SPREAD.sub(lambda found: re.sub(r"[ \u3000]", "", found[0]), line)
    line = _AROUND.sub("", _BY_DIGITS.sub("", line))
    line = _MANY.sub("　", line)
    for pattern, right in _MARKERS:
        line = pattern.sub(right, line)
    return line


def _brackets(line: str, found: re.Match[str]) -> str:
    """Full-width brackets around Chinese words or beside them."""
    beside = line[max(0, found.start() - 1) : found.start()] + line[found.end() : found.end() + 1]
    if re.search(f"[{_HAN}]", found[1]) or re.search(f"[{_HAN}，。；：、]", beside):
        return f"（{found[1]}）"
    return found[0]


def _quotes(line: str) -> str:
    """Straight quotes in pairs become Chinese ones where the line is Chinese."""
    if line.count('"') % 2 or not re.search(f"[{_HAN}]", line) or re.search(r"[=<>{}]", line):
        return line
    turn = iter("“”" * (line.count('"') // 2))
    return _STRAIGHT.sub(lambda _: next(turn), line)
