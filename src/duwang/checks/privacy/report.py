"""Spots → drafts: one for each number in running text, one for each table or list with its rows counted; nothing raw leaves."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from duwang.checks.check import finding
from duwang.checks.privacy.people import mask_name, names_in
from duwang.checks.privacy.spot import Spot
from duwang.model.findings import CONTEXT, Draft, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_LONG = re.compile(r"[0-9](?:[ \u3000\-\t|\n·•_\u2010-\u2015]{0,3}[0-9Xx×]){4,}")
_PLACE = re.compile(r"[0-9一二三四五六七八九十]{1,5}(?:号院?|栋|幢|单元|室|楼|组|户|弄|巷)")
_PLATE = re.compile(r"[\u4e00-\u9fff][A-Z][·• \-]?[A-Z0-9]{5,6}(?![A-Za-z0-9])|[A-Z]{1,2}[0-9]{7,8}")
_LIST = 3
_APART = 3


@dataclass(frozen=True, slots=True)
class Wording:
    """What a check says of its spots."""

    message: str
    severity: Callable[[Spot], Severity]
    certainty: Callable[[Spot], float]


def report(document: Document, found: list[Spot], wording: Wording) -> Iterator[Draft]:
    """The drafts, by place. In a text that is being edited every number is a draft of its own."""
    for together in _grouped(document, sorted(found, key=lambda spot: spot.start)):
        yield _draft(document, together, wording)


def _grouped(document: Document, found: list[Spot]) -> Iterator[list[Spot]]:
    if document.medium == "text":
        yield from ([spot] for spot in found)
        return
    tables: dict[int, list[Spot]] = {}
    loose: list[list[Spot]] = []
    for spot in found:
        if spot.table >= 0:
            tables.setdefault(spot.table, []).append(spot)
        elif loose and spot.number - loose[-1][-1].number <= _APART:
            loose[-1].append(spot)
        else:
            loose.append([spot])
    groups = list(tables.values())
    for run in loose:
        if len({spot.number for spot in run}) >= _LIST:
            groups.append(run)
        else:
            groups += [[spot] for spot in run]
    yield from sorted(groups, key=lambda group: group[0].start)


def _draft(document: Document, together: list[Spot], wording: Wording) -> Draft:
    first = together[0]
    facts: dict[str, object] = {}
    message = wording.message
    rows = len({(spot.table, spot.row if spot.table >= 0 else spot.number) for spot in together})
    if first.table >= 0 or rows > 1 or document.medium == "attachment":
        facts["rows"] = rows
    if rows > 1:
        message = f"{message}，{'表格' if first.table >= 0 else '清单'}中共{rows}行"
    if named := sum(bool(spot.name) for spot in together):
        facts["named"] = named
        facts["name"] = mask_name(next(spot.name for spot in together if spot.name))
    if document.page_url:
        facts["page"] = document.page_url
    return finding(
        document,
        quote=first.masked,
        message=message,
        start=first.start,
        end=first.end,
        suggestion=first.masked if document.medium == "text" and first.whole else None,
        severity=max((wording.severity(spot) for spot in together), key=_WEIGHT.__getitem__),
        certainty=round(max(wording.certainty(spot) for spot in together), 2),
        count=len(together),
        facts=facts,
        context=_context(document.body, first),
    )


def _context(body: str, spot: Spot) -> str:
    """In a table the words above the number; elsewhere what surrounds it, everything personal starred out."""
    if spot.table >= 0:
        return f"{_LONG.sub('', spot.above)[-2 * CONTEXT :]}…"
    hidden = hide(body)
    context = f"{hidden[max(0, spot.start - CONTEXT) : spot.start]}…{hidden[spot.end : spot.end + CONTEXT]}"
    return context.replace(spot.name, "*" * len(spot.name)) if spot.name else context


@lru_cache(maxsize=4)
def hide(body: str) -> str:
    """The body with every run of digits, name, plate and place of living starred out, so that no context gives away a neighbour; same
    length."""
    read = normal(body, join_lines=False)
    places = [m.span() for pattern in (_LONG, _PLACE, _PLATE) for m in pattern.finditer(read.text)]
    places += names_in(read.text)
    pieces, at = [], 0
    for start, end in sorted(read.span(a, b) for a, b in places):
        if end > at:
            pieces += [body[at : max(at, start)], "*" * (end - max(at, start))]
            at = end
    return "".join([*pieces, body[at:]])


_WEIGHT = {Severity.HINT: 0, Severity.ORDINARY: 1, Severity.SERIOUS: 2}
