"""From rows of the lexicons to drafts: one pass over a text serves every check that reads a word list."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import lru_cache
from typing import Protocol

from duwang.checks.check import finding
from duwang.checks.text.canonical import expression_of
from duwang.checks.text.lexicon import DELETE, UNVERIFIED, Entry, Hit, Lexicon, shipped
from duwang.checks.text.phrases import Phrase
from duwang.model.findings import CannotTell, Draft, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_PHRASES = {
    "固定表述": "固定表述有误",
    "搭配": "词语搭配不当",
    "港澳台": "涉港澳台表述不规范",
    "领土": "涉领土主权表述不规范",
    "机构名": "机构名称不规范",
    "法律名": "法律法规名称有误",
    "错别字": "疑似错别字",
    "地名": "地名有误",
    "敏感词": "用语不当",
}


def listed(document: Document, check: str, *, as_of: date, lexicon: Lexicon | None = None) -> Iterator[Draft]:
    """Drafts of one check from the shipped lexicons and the user's own. Rows with dates are judged on the day of publication."""
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    on = document.published or as_of
    read = normal(document.body)
    for hit in hits_of(document.body, lexicon):
        whole = _expression(read.text, hit)
        if check != (_SPOILT if whole else hit.entry.check) or not _in_force(hit.entry, on):
            continue
        if whole:
            yield _spoilt(document, hit.entry, *read.span(whole[0], whole[1]), whole[2])
        else:
            yield _draft(document, hit.entry, *read.span(hit.start, hit.end), dated=document.published is not None)


_SPOILT = "text/fixed-phrase"
_OPENED, _CLOSED = ("“", "‘", '"', "「"), ("”", "’", '"', "」")


def _expression(text: str, hit: Hit) -> tuple[int, int, Phrase] | None:
    """The canonical expression that a common misspelling spoils; then it is a fault of the expression."""
    if hit.entry.check != "text/typo" or len(hit.entry.right) != 1:
        return None
    return expression_of(text, hit.start, hit.end, hit.entry.right[0])


def _spoilt(document: Document, entry: Entry, start: int, end: int, phrase: Phrase) -> Draft:
    variant = document.body[start:end]
    return finding(
        document,
        quote=variant,
        message=f"{_PHRASES['固定表述']}：{quoted(variant)}，应为{quoted(phrase.text)}",
        start=start,
        end=end,
        suggestion=phrase.text,
        severity=entry.severity,
        certainty=0.95,
        source=entry.source,
    )


def hits_of(body: str, own: Lexicon | None = None) -> list[Hit]:
    """Hits of the shipped lexicons and of the user's own; where both strike, the user's holds."""
    hits = _hits(body)
    if own is None:
        return list(hits)
    theirs = list(own.hits(normal(body).text))
    kept = [hit for hit in hits if not any(o.start < hit.end and hit.start < o.end for o in theirs)]
    return sorted([*theirs, *kept], key=lambda hit: hit.start)


@lru_cache(maxsize=4)
def _hits(body: str) -> tuple[Hit, ...]:
    return tuple(shipped().hits(normal(body).text))


def _in_force(entry: Entry, on: date) -> bool:
    return (entry.valid_from is None or entry.valid_from <= on) and (entry.valid_to is None or on <= entry.valid_to)


def _draft(document: Document, entry: Entry, start: int, end: int, *, dated: bool) -> Draft:
    """A row that holds only from a day on is a hint where the page prints no date: an old text may be right."""
    within = document.body[start - 1 : start] in _OPENED and document.body[end : end + 1] in _CLOSED
    right = tuple("" if form == DELETE else form[1:-1] if within and _in_marks(form) else form for form in entry.right)
    advice = "，应删去" if right and right[0] == "" else f"，应为{'或'.join(map(quoted, right))}" if right else ""
    note = f"（{entry.note}）" if entry.note else ""
    return finding(
        document,
        quote=document.body[start:end],
        message=f"{_PHRASES.get(entry.kind, '表述有误')}：{quoted(document.body[start:end])}{advice}{note}",
        start=start,
        end=end,
        suggestion=right[0] if right else None,
        alternatives=right[1:],
        severity=entry.severity if dated or entry.valid_from is None else Severity.HINT,
        certainty=0.9 if entry.source == UNVERIFIED else 0.95,
        source=f"{entry.source}{entry.source_date and ' ' + entry.source_date}",
    )


class Proposed(Protocol):
    """A place of a normal text that should read `right` (None: no proposal)."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...
    @property
    def right(self) -> str | None: ...
    @property
    def message(self) -> str: ...
    @property
    def severity(self) -> Severity: ...


def proposed(document: Document, found: Iterable[Proposed], *, source: str, certainty: float = 0.9) -> Iterator[Draft]:
    """What a rule found in the normal text, as drafts of the document; hints are less certain."""
    read = normal(document.body)
    for one in found:
        start, end = read.span(one.start, one.end)
        yield finding(
            document,
            quote=document.body[start:end],
            message=one.message,
            start=start,
            end=end,
            suggestion=one.right,
            severity=one.severity,
            certainty=0.6 if one.severity is Severity.HINT else certainty,
            source=source,
        )


def meet(one: Draft, other: Draft) -> bool:
    """Whether two drafts are about the same place."""
    return (one.start or 0) < (other.end or 0) and (other.start or 0) < (one.end or 0)


def _in_marks(form: str) -> bool:
    """A right form that brings its own quotation marks; where the text has them around the wrong one, they are not doubled."""
    return len(form) > 2 and form[0] == "“" and form[-1] == "”" and "“" not in form[1:-1]


def quoted(text: str) -> str:
    """A piece of text in quotation marks; marks inside it become single ones."""
    return f"“{text.replace('“', '‘').replace('”', '’')}”"
