"""How wide the columns of an annex are: by the shares a style gives, else by what stands in them; codes are never broken."""

from __future__ import annotations

import re

from duwang.bulletin.tree import Annex

_TOKEN = re.compile(r"[!-~]+")
_LONGEST_TOKEN = 20
_EVEN, _MOST = 4.0, 26.0


def widths(annex: Annex, whole: float, *, char: float, margins: float) -> list[float]:
    """Column widths that add up to `whole`; `char` is the width of a Chinese character and `margins` what a cell loses at
    its sides, in the same unit."""
    shares = _shares(annex)
    least = [_least(annex, at) * char + margins for at in range(len(annex.columns))]
    if sum(least) >= whole:
        return [one * whole / sum(least) for one in least]
    fixed: set[int] = set()
    while True:
        free = [at for at in range(len(shares)) if at not in fixed]
        room = whole - sum(least[at] for at in fixed)
        total = sum(shares[at] for at in free)
        made = [least[at] if at in fixed else room * shares[at] / total for at in range(len(shares))]
        short = {at for at in free if made[at] < least[at]}
        if not short:
            return made
        fixed |= short


def _shares(annex: Annex) -> list[float]:
    given = [max(column.share, 0.1) for column in annex.columns]
    if len(set(given)) > 1 or not annex.rows:
        return given
    return [_usual(annex, at) for at in range(len(annex.columns))]


def _usual(annex: Annex, at: int) -> float:
    """The usual length of the column's texts, kept within bounds."""
    lengths = sorted(_length(row[at]) for row in annex.rows)
    usual = lengths[len(lengths) * 3 // 4]
    return max(_EVEN, _length(annex.columns[at].title), min(usual, _MOST))


def _least(annex: Annex, at: int) -> float:
    """Characters the column needs so that no number is broken and its title takes two lines at most."""
    tokens = (found for row in annex.rows for found in _TOKEN.findall(row[at]) if len(found) <= _LONGEST_TOKEN)
    title = _length(annex.columns[at].title)
    return max(max(map(_token, tokens), default=0.0) + 0.2, title / 2 if title > 2 else title, 1.0)


def _token(text: str) -> float:
    """Capitals are wider than digits, in every face that may stand in."""
    return sum(0.72 if char.isupper() else 0.56 for char in text)


def _length(text: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in text)
