"""Characters of names that the offices' usual fonts lack: told to the clerk before printing."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable

_SHOWN = 30


def rare_characters(texts: Iterable[str]) -> tuple[str, ...]:
    """Chinese characters outside GB 2312 (仿宋_GB2312 has no 㮾 and no 耈), in order of appearance."""
    seen = dict.fromkeys(char for text in texts for char in text)
    return tuple(char for char in seen if unicodedata.category(char) == "Lo" and not _in_gb2312(char))


def spelled(characters: Iterable[str]) -> str:
    """㮾（U+3BBE）、耈（U+8008）."""
    listed = list(characters)
    more = f"等{len(listed)}个字" if len(listed) > _SHOWN else ""
    return "、".join(f"{char}（U+{ord(char):04X}）" for char in listed[:_SHOWN]) + more


def _in_gb2312(char: str) -> bool:
    try:
        char.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
