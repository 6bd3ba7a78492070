"""Whether a short stretch is a word of its own or only where two words touch."""

from __future__ import annotations

import numpy as np

from duwang.checks.text.hashing import hash_of
from duwang.checks.text.vocabulary import words

_COMMON = 2
_LONE, _USUAL = 23, 9


def straddles(text: str, start: int, end: int) -> bool:
    """Whether [start, end) is the end of one dictionary word and the beginning of the next (“公布|署名”): then it is no word itself."""
    if end - start == 2 and _begins_after_a_word(text, start, end):
        return True
    low, high = max(0, start - 3), min(len(text), end + 3)
    for cut in range(start + 1, end):
        left = [(at, cut) for at in range(low, min(start, cut - 2) + 1)]
        right = [(cut, to) for to in range(max(end, cut + 2), high + 1)]
        if not left or not right:
            continue
        known = _known(text, left + right)
        before, after = known[: len(left)], known[len(left) :]
        if any(before) and any(after):
            reaches = any(k and at < start for k, (at, _) in zip(before, left, strict=True))
            if reaches or any(k and to > end for k, (_, to) in zip(after, right, strict=True)):
                return True
    return False


def torn(text: str, start: int, end: int) -> bool:
    """Whether an edge of [start, end) cuts a dictionary word that is commoner than the word on the inner side of that edge
    (“平[整、完好]”): then the stretch does not stand there as an expression of its own."""
    spans = (
        (start - 1, start + 1),
        (start - 1, start + 2),
        (start, start + 2),
        (end - 1, end + 1),
        (end - 2, end + 1),
        (end - 2, end),
    )
    codes = words().codes(
        np.array([hash_of(text[max(0, a) : b]) if a >= 0 and b <= len(text) else 0 for a, b in spans], np.uint64)
    )
    over_start, longer_start, within_start, over_end, longer_end, within_end = map(int, codes)
    return max(over_start, longer_start) > max(within_start, _USUAL - 1) or max(over_end, longer_end) > max(
        within_end, _COMMON
    )


def _begins_after_a_word(text: str, start: int, end: int) -> bool:
    """Whether a common one-character word is followed by a longer word (“与|算法”)."""
    alone, *longer = words().codes(
        np.array(
            [hash_of(text[a:b]) for a, b in ((start, start + 1), *((start + 1, to) for to in (end + 1, end + 2)))],
            np.uint64,
        )
    )
    return bool(alone >= _LONE) and any(code >= _USUAL for code in longer)


def leans(text: str, start: int, end: int) -> bool:
    """Whether the first character of [start, end) ends a dictionary word or the last one begins one (“干部|们”): enough to doubt a
    pair that was derived and not written down by anybody."""
    before = [(at, start + 1) for at in range(max(0, start - 3), start)]
    after = [(end - 1, to) for to in range(end + 1, min(len(text), end + 3) + 1)]
    return any(_known(text, before + after)) if before or after else False


def _known(text: str, spans: list[tuple[int, int]]) -> list[bool]:
    hashes = np.array([hash_of(text[a:b]) for a, b in spans], np.uint64)
    return [bool(code >= _COMMON) for code in words().codes(hashes)]
