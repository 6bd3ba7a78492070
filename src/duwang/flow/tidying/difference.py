"""What tidying changed, character by character: the words are the same, so one walk over both texts is exact."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import takewhile

from duwang.flow.tidying.layout import Tidied


@dataclass(frozen=True, slots=True)
class Change:
    """`kind`: same, gone, new."""

    kind: str
    text: str


Pieces = list[tuple[str, list[str]]]


def difference(tidied: Tidied) -> list[Change]:
    """The original body turned into the tidied text."""
    old, new = tidied.original, tidied.text
    changes: Pieces = []
    dropped = dict(tidied.dropped)
    at = place = 0
    while at < len(old) or place < len(new):
        gap, at = _gap(old, at, changes, dropped)
        fresh = place
        while place < len(new) and not new[place].isalnum():
            place += 1
        _put(changes, gap, new[fresh:place])
        if at < len(old) and place < len(new):
            _put(changes, old[at], new[place])
        elif at < len(old):
            _put(changes, old[at], "")
        elif place < len(new):
            _put(changes, "", new[place])
        at, place = at + 1, place + 1
    return [Change(kind, "".join(texts)) for kind, texts in changes]


def _gap(old: str, at: int, changes: Pieces, dropped: dict[int, int]) -> tuple[str, int]:
    """What stands before the next word of the original; a dropped title is told at once."""
    begun = at
    while at < len(old) and (at in dropped or not old[at].isalnum()):
        if at in dropped:
            _put(changes, old[begun:at], "")
            _put(changes, old[at : dropped[at]], "")
            begun = at = dropped[at]
        else:
            at += 1
    return old[begun:at], at


def _put(changes: Pieces, gone: str, new: str) -> None:
    """What two pieces have in common at their ends stays."""
    head = len(gone) if gone == new else _shared(gone, new)
    tail = _shared(gone[head:][::-1], new[head:][::-1])
    for kind, text in (
        ("same", gone[:head]),
        ("gone", gone[head : len(gone) - tail]),
        ("new", new[head : len(new) - tail]),
        ("same", gone[len(gone) - tail :]),
    ):
        if text and changes and changes[-1][0] == kind:
            changes[-1][1].append(text)
        elif text:
            changes.append((kind, [text]))


def _shared(one: str, other: str) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))
