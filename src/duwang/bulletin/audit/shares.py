"""Shares: 抽查比例16.3%, 合格59个，占92.2%, 占总数236个的50%: one count out of another of the same kind."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from decimal import Decimal

from duwang.bulletin.audit.counts import NUMBER, UNITS, Count, counts_in, number, rate
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, Span

_PERCENT = r"\d{1,3}(?:\.\d+)?"
_OUT_OF = re.compile(
    rf"占[^，。；\d]{{0,20}}(?P<n>{NUMBER})(?P<unit>{UNITS})[^，。；\d]{{0,8}}的(?P<value>{_PERCENT})%"
)
_TAKES = re.compile(rf"[，（]?占(?:比|总数的?|全部的?|检查总数的?)?(?:为|约)?(?P<value>{_PERCENT})%")
_NEAR = 10  # percentage points: further off, the share is of something else
_NEXT = 24


def shares_in(notice: Notice, lines: tuple[Span, ...]) -> Iterator[Said]:
    for line in lines:
        sentences = tuple(notice.sentences(line))
        near = [count for sentence in sentences for count in counts_in(sentence)]
        for sentence in sentences:
            yield from _out_of(sentence, near)
            yield from _taking(sentence, near)


def share(label: str, value: Decimal, decimals: int, before: Sequence[Count], place: tuple[int, int]) -> Iterator[Said]:
    """比例, 占比 behind a label; only a single pair that cannot be meant otherwise is called wrong. `place`: start and end."""
    pairs = [
        (part, whole)
        for part in before
        for whole in before
        if part is not whole
        and part.unit == whole.unit
        and part.subject == whole.subject
        and 0 < part.value <= whole.value
    ]
    for part, whole in pairs:
        if rate(part.value, whole.value, decimals) == value and value < 100:
            yield Agreement(f"{label[-6:]}{value}%＝{part.value}÷{whole.value}，核对无误")
            return
    near = [(part, whole) for part, whole in pairs if [whole, part] == list(before[-2:])]
    if len(near) == 1 and label.endswith(("比例", "占比")) and "抽查" in before[-1].before:
        part, whole = near[0]
        yield from _judged(label[-6:], part.value, whole.value, value, decimals, place)


def _out_of(sentence: Span, near: Sequence[Count]) -> Iterator[Said]:
    """118个，占总数236个的50%: the whole stands beside the share, the part before it."""
    for found in _OUT_OF.finditer(sentence.text):
        at = sentence.start + found.start()
        before = [c for c in near if c.end <= at and at - c.end <= _NEXT and c.unit == found["unit"]]
        if before and before[-1].value <= (whole := number(found["n"])) > 0:
            place = (at, sentence.start + found.end())
            yield from _stated("占", before[-1].value, whole, found["value"], place)


def _taking(sentence: Span, near: Sequence[Count]) -> Iterator[Said]:
    """59个，占92.2%: out of a count of that unit that stands before it in the paragraph."""
    for found in _TAKES.finditer(sentence.text):
        at = sentence.start + found.start()
        part = next((c for c in near if c.end <= at and not at - c.end > len(c.after)), None)
        if part is None:
            continue
        wholes = [c for c in near if c.end <= part.start and c.unit == part.unit and c.value >= part.value > 0]
        value, decimals = Decimal(found["value"]), len(found["value"].partition(".")[2])
        fits = next((c for c in wholes if rate(part.value, c.value, decimals) == value), None)
        place = (part.start, sentence.start + found.end())
        if fits is not None:
            yield Agreement(f"占{value}%＝{part.value}÷{fits.value}，核对无误")
        elif wholes and wholes[0] is near[0]:
            yield from _judged("占", part.value, wholes[0].value, value, decimals, place)


def _stated(label: str, part: int, whole: int, written: str, place: tuple[int, int]) -> Iterator[Said]:
    value, decimals = Decimal(written), len(written.partition(".")[2])
    if rate(part, whole, decimals) == value:
        yield Agreement(f"{label}{value}%＝{part}÷{whole}，核对无误")
    else:
        yield from _judged(label, part, whole, value, decimals, place)


def _judged(
    label: str, part: int, whole: int, value: Decimal, decimals: int, place: tuple[int, int]
) -> Iterator[Mismatch]:
    exact = rate(part, whole, decimals)
    if abs(exact - value) < _NEAR:
        told = f"{label}写{value}%，按{part}÷{whole}应为{exact}%"
        yield Mismatch("bulletin/figure-mismatch", *place, told, certainty=0.8)
