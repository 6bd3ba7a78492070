"""Garbled copies: traditional characters with pinyin in brackets, doubled commas, section numbers lost to a shifted byte.

Such copies circulate in large numbers. They are recognised, brought back to a form that can be read, and marked, so that
nobody is blamed for what a copying machine did.
"""

from __future__ import annotations

import re
from dataclasses import replace

from duwang.model.material import Block, Document, Table
from duwang.reading.simplified import simplified, traditional_count

_HAN = re.compile(r"[\u4e00-\u9fff]")
_TONED = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüńňǹ"
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(（](?=[a-z{_TONED}]{{1,6}}[)）])[a-z]{{0,5}}[{_TONED}][a-z]{{0,4}}[)）]")
_DOUBLED = re.compile(r"[,，](?:[,，]|(?=[、。；：;]))")
_COMMAS = re.compile(r"[,，]{2,}")
_COMMA_BEFORE = re.compile(r"[,，](?=[、。；：！？;:])")
_HIDDEN_MAIL = re.compile(r"\[email\s*protected\]")
_NUMERALS = "一二三四五六七八九十"
_SHARE = 0.08


def _shifted(numeral: str) -> str:
    """What 　（一） looks like when its GBK bytes are read one byte late."""
    late = f"\u3000（{numeral}）".encode("gbk")[1:-1]
    return late[: len(late) // 2 * 2].decode("gbk", "ignore")


_SECTIONS = {_shifted(numeral): f"（{numeral}）" for numeral in _NUMERALS}
_SECTION = re.compile(
    "[?？]("
    + "|".join(sorted(map(re.escape, _SECTIONS), key=len, reverse=True))
    + rf")(?:[^\u4e00-\u9fff\n]{{0,3}}?[a-z{_TONED}]{{1,6}}[)）]|[^\u4e00-\u9fff\n])?"
)


def is_garbled(text: str) -> bool:
    """True for a text that bears at least two kinds of damage, or bracketed pinyin again and again."""
    pinyin = len(_PINYIN.findall(text)) if "(" in text or "（" in text else 0
    if pinyin >= 5:
        return True
    doubled, sections = len(_DOUBLED.findall(text)), ("?" in text or "？" in text) and _SECTION.search(text) is not None
    if not (pinyin or doubled or sections):  # one sign is no proof, and only the characters are left
        return False
    han = len(_HAN.findall(text))
    if han < 40:
        return False
    traditional = traditional_count(text)
    return sum((pinyin >= 1, traditional >= _SHARE * han, doubled >= max(3, han / 150), sections)) >= 2


def is_traditional(text: str) -> bool:
    """True when the text is printed in traditional characters."""
    traditional = traditional_count(text)
    if not traditional:
        return False
    han = len(_HAN.findall(text))
    return han >= 4 and traditional >= _SHARE * han


def normalised(text: str) -> str:
    """The garbled text in readable form: simplified, without pinyin, single commas, section numbers back."""
    text = _PINYIN.sub("", text)
    text = _SECTION.sub(lambda found: _SECTIONS[found[1]], text)
    text = _COMMAS.sub("，", text)
    text = _COMMA_BEFORE.sub("", text)
    return simplified(text)


def readable(document: Document) -> Document:
    """The document as it is, or marked and normalised with all offsets in step when it is garbled."""
    if not is_garbled(document.body):
        return document
    blocks, lines, length = [], [], 0
    tables: list[Table] = []
    rows_at = {table.start: table for table in document.tables}
    for block in document.blocks:
        text = normalised(block.text)
        if table := rows_at.get(block.start):
            rows = tuple(tuple(normalised(cell) for cell in row) for row in table.rows)
            text = "\n".join("\t".join(row) for row in rows)
            tables.append(Table(rows, table.name, length))
        blocks.append(Block(block.kind, text, length, block.level, block.centred))
        lines.append(text)
        length += len(text) + 1
    body = "\n".join(lines) if lines else normalised(document.body)
    return replace(
        document, title=normalised(document.title), body=body, blocks=tuple(blocks), tables=tuple(tables), garbled=True
    )
