"""Slips as documents: what the units owe by the cases in the database, told by the flow verb."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from duwang.console.records.cases import OPEN_STATES
from duwang.console.records.models import CaseRow, Round
from duwang.flow.folder import Folder
from duwang.flow.judged import Judged
from duwang.flow.records import case_from
from duwang.flow.redacting import fit_to_leave
from duwang.flow.slips import slip_documents


def documents_of(round_: Round, judged: Judged) -> Iterator[tuple[str, bytes]]:
    """File name and docx of every slip of the round's open cases, and of the round-up."""
    cases = [case_from(row.body) for row in CaseRow.objects.filter(round=round_, state__in=OPEN_STATES)]
    asked = {case.fingerprint for case in cases}
    owed = replace(judged, findings=tuple(one for one in judged.findings if one.fingerprint in asked))
    for name, make in slip_documents(owed, cases):
        yield name.rpartition("/")[2], make()


def document_of(round_: Round, org: str) -> bytes | None:
    """The slip of one unit; None when the round holds nothing it owes."""
    cases = [case_from(row.body) for row in CaseRow.objects.filter(round=round_, org=org, state__in=OPEN_STATES)]
    asked = {case.fingerprint for case in cases}
    judged = fit_to_leave(Judged.of(Folder(round_.folder))).judged
    owed = replace(
        judged, findings=tuple(one for one in judged.findings if one.fingerprint in asked and one.org == org)
    )
    made = [make for name, make in slip_documents(owed, cases) if not name.endswith("/汇总表.docx")]
    return made[0]() if made else None
