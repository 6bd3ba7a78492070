"""How well a stretch of text divides into dictionary words (a unigram model); tells a misspelt word from two words that touch."""

from __future__ import annotations

import math
from functools import lru_cache

from duwang.checks.text.dictionary import words

LONGEST_WORD = 5


@lru_cache(maxsize=1)
def _logs() -> dict[str, float]:
    known = words()
    total = sum(known.values())
    return {
        word: math.log(max(frequency, 0.5) / total) for word, frequency in known.items() if len(word) <= LONGEST_WORD
    }


def fitness(text: str) -> float:
    """Natural log of the likeliest division of a run of Chinese characters; single characters that are no words cost 17."""
    logs = _logs()
    best = [0.0] + [-1e9] * len(text)
    for end in range(1, len(text) + 1):
        for start in range(max(0, end - LONGEST_WORD), end):
            score = logs.get(text[start:end])
            if score is None:
                if end - start > 1:
                    continue
                score = -17.0
            if best[start] + score > best[end]:
                best[end] = best[start] + score
    return best[-1]


def explained(text: str, at: int) -> bool:
    """Whether the character belongs to a dictionary word of two to four characters as it stands."""
    known = words()
    for start in range(max(0, at - 3), at + 1):
        for end in range(max(at + 1, start + 2), min(len(text), start + 4) + 1):
            if known.get(text[start:end], 0) >= 3:
                return True
    return False


def straddles(text: str, start: int, end: int) -> bool:
    """Whether [start, end) is the end of one dictionary word and the beginning of the next ("公布|署名"): then it is no word itself."""
    known = words()
    for cut in range(start + 1, end):
        left = any(known.get(text[at:cut], 0) >= 3 for at in range(max(0, cut - 4), min(start, cut - 2) + 1))
        right = any(known.get(text[cut:to], 0) >= 3 for to in range(max(end, cut + 2), min(len(text), cut + 4) + 1))
        if left and right and _beyond(text, start, end, cut):
            return True
    return False


def _beyond(text: str, start: int, end: int, cut: int) -> bool:
    """Whether one of the two words reaches out of the span."""
    known = words()
    return any(known.get(text[at:cut], 0) >= 3 for at in range(max(0, cut - 4), start)) or any(
        known.get(text[cut:to], 0) >= 3 for to in range(end + 1, min(len(text), cut + 4) + 1)
    )
