"""Masks personal numbers in any text that leaves the vault; length is kept, so offsets stay true."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_ID_18 = re.compile(r"(?<![0-9])([1-9][0-9])([0-9]{13})([0-9]{2}[0-9Xx])(?![0-9])")
_ID_15 = re.compile(r"(?<![0-9])([1-9][0-9])([0-9]{10})([0-9]{3})(?![0-9])")
_CARD = re.compile(r"(?<![0-9])([0-9]{6})([0-9]{6,9})([0-9]{4})(?![0-9])")
_MOBILE = re.compile(r"(?<![0-9])(1[3-9][0-9])([0-9]{4})([0-9]{4})(?![0-9])")
_FULL_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)} | {ord("Ｘ"): ord("X"), ord("ｘ"): ord("x")}


def _stars(found: re.Match[str]) -> str:
    return found[1] + "*" * len(found[2]) + found[3]


def mask_personal(text: str) -> str:
    """Every ID number, bank card and mobile number masked as 35*************123 and 138****1234. Width is folded first."""
    if not any(c.isdigit() for c in text):
        return text
    folded = text.translate(_FULL_WIDTH)
    for pattern in (_ID_18, _ID_15, _CARD, _MOBILE):
        folded = pattern.sub(_stars, folded)
    return folded


def mask_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The same facts with every string inside masked, except addresses under keys ending in `url` or named `places`."""
    return {key: value if key.endswith("url") or key == "places" else _masked(value) for key, value in facts.items()}


def _masked(value: Any) -> Any:
    if isinstance(value, str):
        return mask_personal(value)
    if isinstance(value, list | tuple):
        return [_masked(item) for item in value]
    if isinstance(value, Mapping):
        return mask_facts(value)
    return value
