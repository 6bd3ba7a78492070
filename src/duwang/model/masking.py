"""Masks personal numbers in any text that leaves the vault; length is kept, so offsets stay true.

Broad on purpose: what looks like a number of a person is starred, whatever it is called. What a number is, the checks decide.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Any
from urllib.parse import unquote

from duwang.model.identity import is_identity

_GAP = "[ \u00a0\u3000\u2002-\u200f\u202f\u2060\ufeff\u00ad\t\r\n|/\\-\u2010-\u2015－·•_.、]"
_LONG = re.compile(r"(?<![0-9])[0-9]{14,}[Xx]?")
_SPLIT = re.compile(
    rf"(?<![0-9])[1-8](?:{_GAP}{{0,4}}[0-9]){{14}}(?:(?:{_GAP}{{0,4}}[0-9]){{2}}{_GAP}{{0,4}}[0-9Xx×])?(?![0-9])"
)
_CARD_GROUPS = re.compile(r"(?<![0-9])[0-9]{4}(?:[ \u3000\-][0-9]{4}){3}(?:[ \u3000\-][0-9]{1,3})?(?![0-9])")
_MOBILE = re.compile(
    rf"(?<![0-9])1[3-9](?:[0-9]{{9}}|[0-9]{_GAP}{{1,2}}[0-9]{{4}}{_GAP}{{1,2}}[0-9]{{4}}|[0-9]{_GAP}{{1,2}}[0-9]{{3}}{_GAP}{{1,2}}[0-9]{{5}}"
    rf"|[0-9]{{2}}{_GAP}{{1,2}}[0-9]{{3}}{_GAP}{{1,2}}[0-9]{{4}}|[0-9]{{2}}{_GAP}{{1,2}}[0-9]{{4}}{_GAP}{{1,2}}[0-9]{{3}}"
    rf"|[0-9]{_GAP}{{1,2}}[0-9]{{8}}|[0-9]{{5}}{_GAP}{{1,2}}[0-9]{{4}}|[0-9]{{3}}{_GAP}{{1,2}}[0-9]{{6}}|(?:{_GAP}{{1,2}}[0-9]){{9}})(?![0-9])"
)
_PASSPORT = re.compile(r"(?<![A-Za-z0-9])([A-Z]{1,2})([0-9]{5,6})([0-9]{2})(?![A-Za-z0-9])")
_PASSPORT_NAMED = re.compile("护照|通行证|旅行证|台胞证|回乡证|passport", re.IGNORECASE)
_FULL_WIDTH = {ord("０") + n: ord("0") + n for n in range(10)} | {ord("Ｘ"): ord("X"), ord("ｘ"): ord("x")}
_WIDE, _DIGIT = re.compile("[０-９Ｘｘ]"), re.compile("[0-9]")
_FAR = date(2100, 1, 1)


def mask_personal(text: str) -> str:
    """Every ID number, bank card and mobile number masked as 35*************123 and 138****1234, written in one piece or split.
    Width is folded first."""
    folded = text if text.isascii() or not _WIDE.search(text) else text.translate(_FULL_WIDTH)
    if not _DIGIT.search(folded):
        return text
    folded = _LONG.sub(lambda run: _starred(run[0]), folded)
    folded = _split_masked(folded)
    folded = _CARD_GROUPS.sub(lambda run: keep_ends(run[0], 6, 4), folded)
    folded = _MOBILE.sub(lambda run: keep_ends(run[0], 3, 4), folded)
    if _PASSPORT_NAMED.search(folded):
        folded = _PASSPORT.sub(lambda run: run[1] + "*" * len(run[2]) + run[3], folded)
    return folded


def keep_ends(written: str, first: int, last: int) -> str:
    """The digits (and a closing X) starred but for the first and last ones; what stands between them stays, the length too."""
    places = [n for n, c in enumerate(written) if c.isdigit() or c in "Xx×"]
    hidden = set(places[first : len(places) - last])
    return "".join("*" if n in hidden else c for n, c in enumerate(written))


def mask_address(url: str) -> str:
    """An address (URL) without the ID and mobile numbers that people put into file names; other addresses stay as they are, so
    that they still open."""
    if not re.search(r"[0-9]{11}|%EF%BC%9", url, re.IGNORECASE):
        return url
    plain = unquote(url)
    named = re.search("[\u4e00-\u9fff]|phone|mobile|tel|sfz|idcard|idno", plain, re.IGNORECASE)
    masked = re.sub(
        r"(?<![0-9])[0-9]{17}[0-9Xx](?![0-9])", lambda n: _starred(n[0]) if is_identity(n[0], _FAR) else n[0], plain
    )
    if named:
        masked = mask_personal(masked)
    return url if masked == plain else masked


def mask_facts(facts: Mapping[str, Any]) -> dict[str, Any]:
    """The same facts with every string inside masked; addresses (keys ending in `url`, `places`, `page`) only as `mask_address` does."""
    return {
        key: _masked(value, address=key.endswith("url") or key in ("places", "page")) for key, value in facts.items()
    }


def _masked(value: Any, *, address: bool = False) -> Any:
    if isinstance(value, str):
        return mask_address(value) if address else mask_personal(value)
    if isinstance(value, list | tuple):
        return [_masked(item, address=address) for item in value]
    if isinstance(value, Mapping):
        return mask_facts(value)
    return value


def _starred(run: str) -> str:
    """A long run of digits: an ID number keeps 2 and 3, a card 6 and 4; longer runs are starred only where an ID number hides in them."""
    length = len(run)
    if length in (14, 15, 17, 18):
        return keep_ends(run, 2, 3)
    if length in (16, 19):
        return keep_ends(run, 6, 4)
    hides = any(is_identity(run[n : n + 18], _FAR) for n in range(length - 17) if run[n : n + 17].isdigit())
    return keep_ends(run, 2, 3) if hides else run


def _split_masked(text: str) -> str:
    at = 0
    while (found := _SPLIT.search(text, at)) is not None:
        written = found[0]
        digits = re.sub("[^0-9Xx]", "", written.replace("×", "X"))
        if len(digits) in (15, 18) and is_identity(digits, _FAR):
            text = text[: found.start()] + keep_ends(written, 2, 3) + text[found.end() :]
            at = found.end()
        else:
            at = found.start() + 1
    return text
