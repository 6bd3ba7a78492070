"""A text made ready: character ids, how likely each character is where it stands, which triples were never seen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duwang.checks.text.fuse import Codes, Ids
from duwang.checks.text.hashing import Rolling, points_of
from duwang.checks.text.language import EDGE, Floats, Language, logs

PAD = 6
LONGEST_PIECE = 16_000


@dataclass(frozen=True, slots=True)
class Prose:
    """`ids`: the text's character ids with PAD edges on both sides; `triples[i]`: code of ids[i:i+3]; `logs[i]`: natural log of the
    chance of ids[i]; `han[i]`: whether it is a Chinese character. `base` is where the piece starts in the whole text."""

    text: str
    base: int
    points: NDArray[np.uint32]
    ids: Ids
    triples: Codes
    logs: Floats
    han: NDArray[np.bool_]
    rolling: Rolling
    language: Language


def prepared(text: str, language: Language, base: int = 0) -> Prose:
    points = points_of(text)
    edges = np.full(PAD, EDGE, np.int64)
    ids = np.concatenate((edges, language.ids(text), edges))
    triples = np.zeros(len(ids), np.uint8)
    triples[:-2] = language.codes(ids[:-2], ids[1:-1], ids[2:])
    chances = np.zeros(len(ids), np.float32)
    chances[4:] = logs(language, ids[:-4], ids[1:-3], ids[2:-2], ids[3:-1], ids[4:])
    han = np.zeros(len(ids), np.bool_)
    han[PAD : len(ids) - PAD] = (points >= 0x4E00) & (points <= 0x9FFF)
    return Prose(text, base, points, ids, triples, chances, han, Rolling.of(points), language)


def pieces(text: str, language: Language) -> Iterator[Prose]:
    """The text in pieces of whole lines that the arrays can hold."""
    at = 0
    while at < len(text):
        end = len(text)
        if end - at > LONGEST_PIECE:
            cut = text.rfind("\n", at + LONGEST_PIECE // 2, at + LONGEST_PIECE)
            end = cut + 1 if cut > 0 else at + LONGEST_PIECE
        yield prepared(text[at:end], language, at)
        at = end


@lru_cache(maxsize=4)
def read(text: str) -> tuple[Prose, ...]:
    """A text ready under the package's language; the checks of one text share it."""
    from duwang.checks.text.language import official

    return tuple(pieces(text, official()))
