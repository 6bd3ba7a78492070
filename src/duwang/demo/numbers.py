"""Invented personal numbers, made when the demo runs: the repository stores none. Tokens such as {id:甲} become numbers."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

_TOKEN = re.compile(r"\{(id|phone|card|pass):([^}*~!+\-]+)([*~!+\-]?)\}")
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK = "10X98765432"
_AREA = "539999"  # a real province, a county code that nobody was ever given
_BANK = "622999"


def filled(text: str) -> str:
    """The text with every token replaced; the mark behind a name says how the number is shown."""
    return _TOKEN.sub(lambda token: _MAKERS[token[1]](token[2], token[3]), text)


def _id(name: str, mark: str) -> str:
    random = Random(f"id/{name}")
    year = random.randint(2029, 2038) if mark == "+" else random.randint(1948, 1999)
    stem = f"{_AREA}{year}{random.randint(1, 12):02d}{random.randint(1, 28):02d}{random.randint(1, 999):03d}"
    at = sum(int(digit) * weight for digit, weight in zip(stem, _WEIGHTS, strict=True)) % 11
    number = stem + _CHECK[at]
    if mark == "!":
        return stem + ("0123456789".replace(_CHECK[at], ""))[at % 9]
    if mark == "*":
        return f"{number[:2]}{'*' * 13}{number[-3:]}"
    return f"{number[:6]}********{number[-4:]}" if mark == "~" else number


def _phone(name: str, mark: str) -> str:
    number = f"1990000{Random(f'phone/{name}').randint(1000, 9999)}"
    return {"*": f"{number[:3]}****{number[-4:]}", "~": f"{number[:3]}****{number[-4:]}", "-": number[:-1]}.get(
        mark, number
    )


def _card(name: str, mark: str) -> str:
    stem = f"{_BANK}{Random(f'card/{name}').randint(10**11, 10**12 - 1)}"
    total = sum(
        sum(divmod(int(digit) * (2 if place % 2 == 0 else 1), 10)) for place, digit in enumerate(reversed(stem))
    )
    last = -total % 10
    number = f"{stem}{(last + 1) % 10 if mark == '!' else last}"
    if mark == "*":
        return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}"
    return number[-4:] if mark == "~" else number


def _passport(name: str, mark: str) -> str:
    return f"E{Random(f'pass/{name}').randint(10**7, 10**8 - 1)}"


_MAKERS: dict[str, Callable[[str, str], str]] = {"id": _id, "phone": _phone, "card": _card, "pass": _passport}
