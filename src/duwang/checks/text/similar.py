"""From misspellings that no list names to drafts: near misses of canonical expressions, and what the ranker finds."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from duwang.checks.check import finding
from duwang.checks.text.canonical import expression_of, lines_with_expressions
from duwang.checks.text.context import context
from duwang.checks.text.language import official
from duwang.checks.text.lexicon import Lexicon
from duwang.checks.text.phrases import canon
from duwang.checks.text.prose import PAD, Prose, read
from duwang.checks.text.spelling import Misspelling, Speller
from duwang.checks.text.trees import ranker
from duwang.checks.text.vocabulary import confusable, words
from duwang.checks.text.wording import hits_of, quoted
from duwang.model.findings import CannotTell, Draft, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

# Log odds from which a misspelling is reported and hinted at; set on official development texts (see docs/参考/错别字模型.md).
REPORTED, HINTED = 1.5, -0.4
# In prose of another kind: official development texts have 2–18 % unseen triples, notices and news of counties 20–35 %.
_FAMILIAR, _KNOWN_WELL, _LONG, _SHORT = 0.18, 0.12, 120, 80
_SURE_ANYWHERE = frozenset({"curated", "law", "organisation", "idiom", "place"})
_NOUNS = {
    "phrase": "常用表述",
    "curated": "固定表述",
    "law": "法律法规名称",
    "organisation": "机构名称",
    "place": "地名",
    "idiom": "成语",
}
_SOURCES = {"curated": "编者", "idiom": "词典:jieba、pypinyin", "place": "国家统计局区划代码", "": "官方文件语料模型"}


@lru_cache(maxsize=1)
def speller() -> Speller:
    """The speller of the package."""
    return Speller(official(), confusable(), words(), canon(), ranker(), context(), ranker("second"))


@lru_cache(maxsize=4)
def unfamiliar(text: str) -> tuple[float, int]:
    """Share of the character triples that official texts never have, and the number of Chinese characters counted."""
    unseen = counted = 0
    for piece in read(text):
        han = _han(piece)
        unseen += int(((piece.triples == 0) & han).sum())
        counted += int(han.sum())
    return unseen / max(1, counted), counted


def _han(piece: Prose) -> NDArray[np.bool_]:
    return piece.han[: len(piece.triples)]


def _foreign(document: Document, text: str) -> bool:
    """Whether the model does not know this kind of prose: news, posts, places of its own. There it cannot tell a misspelling from a
    word it never saw, so a page that is inspected is held only against known expressions, and in a text that an editor submits what the
    model guesses is a hint. A single sentence says too little to tell."""
    share, counted = unfamiliar(text)
    if document.medium == "text":
        return share > _FAMILIAR and counted >= _LONG
    return share > _KNOWN_WELL or counted < _SHORT


@lru_cache(maxsize=4)
def misspellings(text: str, guess: bool = True) -> tuple[Misspelling, ...]:
    """What the ranker finds in a text in normal form, both tiers, one inside a canonical expression told as a fault of it. Without
    `guess` only near misses of expressions, and in the lines with pieces of canonical ones whatever spoils these."""
    found = [one for piece in read(text) for one in speller().look(piece, least=HINTED, guess=guess)]
    if not guess:
        found += _in_lines(text, [(one.start, one.end) for one in found])
    told = [_whole(text, one) for one in found]
    return tuple(sorted(told, key=lambda one: one.start))


def _in_lines(text: str, known: list[tuple[int, int]]) -> Iterator[Misspelling]:
    """The lines are read together: each reading costs more than the few lines in it."""
    odd = [
        at
        for piece in read(text)
        for at in (np.flatnonzero((piece.triples == 0) & _han(piece)) - PAD + piece.base).tolist()
    ]
    lines = list(lines_with_expressions(text, odd))
    starts = [0, *accumulate(len(line) + 1 for _, line in lines)]
    for piece in read("\n".join(line for _, line in lines)):
        for one in speller().look(piece, least=REPORTED, wanted=expression_of):
            n = bisect_right(starts, one.start) - 1
            there = lines[n][0] - starts[n]
            moved = replace(one, start=one.start + there, end=one.end + there)
            fresh = all(moved.end < a or b < moved.start for a, b in known)
            if fresh and expression_of(text, moved.start, moved.end, moved.right):
                yield moved


def _whole(text: str, one: Misspelling) -> Misspelling:
    """The misspelling as a variant of the canonical expression it stands in, if it stands in one."""
    if one.phrase is not None and one.phrase.kind == "curated":
        return one
    found = expression_of(text, one.start, one.end, one.right)
    if found is None:
        return one
    start, end, phrase = found
    return replace(one, start=start, end=end, right=phrase.text, phrase=phrase)


def similar(document: Document, *, kinds: tuple[str, ...], lexicon: Lexicon | None = None) -> Iterator[Draft]:
    """Drafts of some kinds (of expression; "" = none behind it); what the word lists report already is left to them."""
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    body = normal(document.body)
    foreign = _foreign(document, body.text)
    guess = not foreign or document.medium == "text"
    found = [one for one in misspellings(body.text, guess) if (one.phrase.kind if one.phrase else "") in kinds]
    if not found:
        return
    listed = [(hit.start, hit.end) for hit in hits_of(document.body, lexicon)]
    for one in found:
        unsure = foreign and (one.phrase is None or one.phrase.kind not in _SURE_ANYWHERE)
        if unsure and one.score < REPORTED:
            continue
        if not any(start < one.end and one.start < end for start, end in listed):
            yield _draft(document, one, *body.span(one.start, max(one.end, one.start + 1)), unsure=unsure)


def _draft(document: Document, one: Misspelling, start: int, end: int, *, unsure: bool) -> Draft:
    quote = document.body[start:end]
    right = one.right
    if one.end == one.start:
        right = one.right + quote
    return finding(
        document,
        quote=quote,
        message=_message(one, quote, right),
        start=start,
        end=end,
        suggestion=right,
        severity=Severity.ORDINARY if one.score >= REPORTED and not unsure else Severity.HINT,
        certainty=round(1 / (1 + 2.718281828 ** -max(-4.0, min(4.0, one.score))), 2),
        source=_SOURCES.get(one.phrase.kind if one.phrase else "", "官方文件语料"),
    )


def _message(one: Misspelling, quote: str, right: str) -> str:
    if one.phrase:
        return f"疑为{_NOUNS[one.phrase.kind]}{quoted(one.phrase.text)}的误写（{one.edit}）：{quoted(quote)}"
    if not right:
        return f"疑似多字：{quoted(quote)}可能应删去"
    return f"疑似{one.edit}：{quoted(quote)}可能应为{quoted(right)}"
