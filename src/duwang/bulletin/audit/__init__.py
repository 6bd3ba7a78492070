"""The audit of anybody's notice: what does not add up in it, and what does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from duwang.bulletin.audit.annexed import annexes_in
from duwang.bulletin.audit.annexes import Annexes, annexes_of
from duwang.bulletin.audit.dates import dates_in
from duwang.bulletin.audit.growth import growth_in
from duwang.bulletin.audit.kinds import kinds_in
from duwang.bulletin.audit.lists import lists_in
from duwang.bulletin.audit.mismatch import Agreement, Mismatch, Said
from duwang.bulletin.audit.notice import Notice, notice_of
from duwang.bulletin.audit.numbering import numbering_in
from duwang.bulletin.audit.partition import partitions_in
from duwang.bulletin.audit.parts import parts_in
from duwang.bulletin.audit.rates import rates_in
from duwang.bulletin.audit.restated import restated_in, troubles_in
from duwang.bulletin.audit.results import results_in
from duwang.bulletin.audit.shares import shares_in
from duwang.bulletin.audit.tables import tables_in
from duwang.model.findings import Draft
from duwang.model.masking import mask_personal
from duwang.model.material import Table


@dataclass(frozen=True, slots=True)
class Audit:
    """`mismatches` in reading order with offsets in the text handed in; `confirmed` sentences of what adds up."""

    body: str
    mismatches: tuple[Mismatch, ...]
    confirmed: tuple[str, ...]

    def record(self) -> dict[str, Any]:
        """`{"findings": [{check,start,end,quote,message,severity,certainty}], "confirmed": [sentence…]}`."""
        return {"findings": [self._line(one) for one in self.mismatches], "confirmed": list(self.confirmed)}

    def _line(self, one: Mismatch) -> dict[str, Any]:
        return {
            "check": one.check,
            "start": one.start,
            "end": one.end,
            "quote": mask_personal(self.body[one.start : one.end]),
            "message": mask_personal(one.message),
            "severity": one.severity.value,
            "certainty": one.certainty,
        }


def audit(body: str, *, tables: Sequence[Table] = (), leaks: Sequence[tuple[str, Draft]] = ()) -> Audit:
    """Check a notice. `tables` came with the text, their `start` counts `body`; `leaks` are what the privacy checks found in it
    as (title of the check, draft)."""
    notice = notice_of(body)
    annexes = annexes_of(notice, tables)
    found: list[Mismatch] = []
    confirmed: dict[str, None] = {}
    for said in _all(notice, annexes):
        if isinstance(said, Agreement):
            confirmed[said.message] = None
        else:
            found.append(_mapped(notice, said))
    found += [_leak(title, draft) for title, draft in leaks]
    if not leaks:
        confirmed["通报里没有发现个人信息"] = None
    unique = {(one.check, one.start, one.message): one for one in found}
    return Audit(
        body, tuple(sorted(unique.values(), key=lambda one: (one.start, one.end, one.check))), tuple(confirmed)
    )


def _all(notice: Notice, annexes: Annexes) -> Iterator[Said]:
    lines = tuple(notice.lines())
    main = tuple(line for line in lines if line.start < annexes.main)
    parts = tuple(parts_in(notice, main))
    yield from parts
    yield from partitions_in(notice, main)
    yield from (said for said in kinds_in(notice, main) if not _told_already(said, parts))
    rates = tuple(rates_in(notice, main))
    yield from rates
    if not any(isinstance(said, Mismatch) for said in (*parts, *rates)):
        yield from restated_in(notice, main)
    yield from troubles_in(notice, main)
    yield from shares_in(notice, main)
    yield from growth_in(notice, main)
    yield from lists_in(notice, main)
    yield from annexes_in(notice, lines, annexes)
    yield from results_in(notice, main, annexes)
    yield from tables_in(annexes)
    yield from numbering_in(notice, main)
    yield from dates_in(notice, lines, last=annexes.main)


def _told_already(said: Said, before: Sequence[Said]) -> bool:
    return isinstance(said, Mismatch) and any(
        isinstance(one, Mismatch) and one.start < said.end and said.start < one.end for one in before
    )


def _mapped(notice: Notice, one: Mismatch) -> Mismatch:
    start, end = notice.place(one.start, one.end)
    return Mismatch(one.check, start, end, one.message, one.severity, one.certainty)


def _leak(title: str, draft: Draft) -> Mismatch:
    start = draft.start or 0
    told = f"{title}：{draft.quote}"
    return Mismatch("bulletin/leak", start, draft.end or start, told, draft.severity, draft.certainty)
