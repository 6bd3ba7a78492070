"""Anybody's notice in a form that can be checked: one punctuation, wrapped lines joined, garbled copies restored."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from duwang.reading.garbled import is_garbled, normalised
from duwang.reading.simplified import simplified

_FOLD = str.maketrans(
    {
        "(": "（",
        ")": "）",
        ":": "：",
        ";": "；",
        ",": "，",
        "％": "%",
        "．": ".",
        "\u3000": " ",
        "\xa0": " ",
        "\t": "\t",
    }
    | {chr(ord("０") + n): str(n) for n in range(10)}
)
_THOUSANDS = re.compile(r"(?<=\d)[,，](?=\d{3}(?!\d))")
_MARKED = re.compile(
    r"\s*(?:[一二三四五六七八九十]+[、.]|（[一二三四五六七八九十\d]+）|\d{1,2}[.、）]|附\s*件|第[一二三四五六七八九十]+[章条])"
)
_ENDED = tuple("。；：！？”）)|")
_SENTENCE = re.compile(r"[^。！？\n]+[。！？]?")
_BRACKETED = re.compile(r"[(（][a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ]{1,7}[)）]")
_LOOSE = re.compile(
    r"(?<=[\u4e00-\u9fff（）：，。；、“”]) +(?=[0-9A-Za-z])|(?<=[0-9A-Za-z%]) +(?=[\u4e00-\u9fff（）：，。；、“”])"
)
_PAGE_NUMBER = re.compile(r"^ *[—–-] *\d{1,4} *[—–-] *(?:\n|\Z)", re.MULTILINE)
_GAP = 12
_INDENT = 4  # a paragraph's first line begins two characters in
_LEAST_WIDE, _WIDEST, _RAGGED = 40, 110, 12


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the notice's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Notice:
    """`text` is the normal form; `origin[i]` the offset of its i-th character in what was handed in."""

    raw: str
    text: str
    origin: tuple[int, ...]
    garbled: bool

    def lines(self) -> Iterator[Span]:
        """Paragraphs with any character other than white space."""
        start = 0
        for line in self.text.split("\n"):
            if line.strip():
                yield Span(start, start + len(line), line)
            start += len(line) + 1

    def sentences(self, within: Span) -> Iterator[Span]:
        for found in _SENTENCE.finditer(within.text):
            if found[0].strip():
                yield Span(within.start + found.start(), within.start + found.end(), found[0])

    def place(self, start: int, end: int) -> tuple[int, int]:
        """[start, end) of the normal form as offsets of the text handed in."""
        if not self.origin or start >= len(self.origin):
            return len(self.raw), len(self.raw)
        return self.origin[start], self.origin[max(start, min(end, len(self.origin)) - 1)] + 1


def notice_of(body: str) -> Notice:
    """The notice in normal form."""
    garbled = is_garbled(body)
    text, origin = body, list(range(len(body)))
    if garbled:
        text = normalised(body)
        origin = _aligned(body, text)
    text = _folded(text)
    text, origin = _joined(text, origin)
    text, origin = _tightened(text, origin)
    return Notice(body, text, tuple(origin), garbled)


def _folded(text: str) -> str:
    """One form of punctuation; commas inside numbers stay ASCII; the length does not change."""
    kept = {found.start() for found in _THOUSANDS.finditer(text)}
    folded = text.replace("\r", " ").translate(_FOLD)
    if not kept:
        return folded
    return "".join("," if n in kept else c for n, c in enumerate(folded))


def _joined(text: str, origin: list[int]) -> tuple[str, list[int]]:
    """Line ends inside sentences dropped: those of full lines (PDF), and those after a comma."""
    text, origin = _without_page_numbers(text, origin)
    lines = text.split("\n")
    prose = (line for line in lines if "\t" not in line and "|" not in line)
    widths = sorted(width for line in prose if (width := _width(line)) >= _LEAST_WIDE)
    full = widths[int(len(widths) * 0.85)] if widths else 0
    even = sum(1 for width in widths if full - _RAGGED <= width <= full + _RAGGED)
    wrapped = len(widths) >= 4 and full <= _WIDEST and even >= len(widths) * 0.4
    kept: list[str] = []
    places: list[int] = []
    start = 0
    for n, line in enumerate(lines):
        follows = lines[n + 1] if n + 1 < len(lines) else ""
        kept.append(line)
        places += origin[start : start + len(line)]
        start += len(line) + 1
        if n + 1 == len(lines):
            break
        bare = line.rstrip()
        goes_on = (
            bool(follows.strip()) and "\t" not in line + follows and not _MARKED.match(follows) and "|" not in line
        )
        full_line = (
            wrapped
            and _width(line) + (_INDENT if _MARKED.match(line) else 0) >= full - 6
            and bool(bare)
            and not bare.endswith(("。", "；", "：", "！", "？", "|"))
        )
        if goes_on and bare and (full_line or bare.endswith(("，", "、"))):
            kept[-1] = bare
            places = places[: len(places) - (len(line) - len(bare))]
            lead = len(follows) - len(follows.lstrip())
            lines[n + 1] = follows.lstrip()
            start += lead
        else:
            kept.append("\n")
            places.append(origin[start - 1])
    return "".join(kept), places


def _without_page_numbers(text: str, origin: list[int]) -> tuple[str, list[int]]:
    """The lines — 7 — that stand between the halves of a sentence dropped."""
    gone = {n for found in _PAGE_NUMBER.finditer(text) for n in range(*found.span())}
    if not gone:
        return text, origin
    kept = [n for n in range(len(text)) if n not in gone]
    return "".join(text[n] for n in kept), [origin[n] for n in kept]


def _tightened(text: str, origin: list[int]) -> tuple[str, list[int]]:
    """Spaces that a PDF or an editor puts between Chinese and figures dropped."""
    gone = {n for found in _LOOSE.finditer(text) for n in range(*found.span())}
    if not gone:
        return text, origin
    kept = [n for n in range(len(text)) if n not in gone]
    return "".join(text[n] for n in kept), [origin[n] for n in kept]


def _width(line: str) -> int:
    """Width in half characters: a line of a PDF is as wide as its page, however many digits it has."""
    return sum(2 if ord(c) > 0x2E7F else 1 for c in line)


def _aligned(raw: str, text: str) -> list[int]:
    """For every character of the restored text the offset in the garbled one; where both differ, the nearest that fits."""
    gone = {n for found in _BRACKETED.finditer(raw) for n in range(*found.span())}
    kept = [n for n in range(len(raw)) if n not in gone]
    plain = _folded(simplified("".join(raw[n] for n in kept)))
    wanted = _folded(text)
    found: list[int] = []
    at = 0
    for n, character in enumerate(wanted):
        if plain[at : at + 1] != character:
            ahead = next((k for k in range(1, _GAP) if plain[at + k : at + k + 2] == wanted[n : n + 2]), 0)
            at += ahead
        found.append(kept[min(at, len(kept) - 1)])
        if plain[at : at + 1] == character or plain[at + 1 : at + 3] == wanted[n + 1 : n + 3]:
            at += 1
    return found
