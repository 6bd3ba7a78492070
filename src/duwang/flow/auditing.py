"""The verb audit-bulletin: anybody's notice read and checked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from duwang.bulletin.audit import audit
from duwang.checks.check import all_checks
from duwang.flow.folder import FolderFault
from duwang.flow.looking import look_once
from duwang.model.findings import Draft, Severity
from duwang.model.material import Document
from duwang.reading.any_file import AttachmentFault, read_any
from duwang.reading.office.pdf_tables import text_with_tables


def audit_file(path: Path, *, as_of: date | None = None) -> dict[str, Any]:
    """`{"findings": [{check,start,end,quote,message,severity,certainty}], "confirmed": […]}`; FolderFault when it cannot be read."""
    try:
        document = notice_in(path.read_bytes(), name=path.name)
    except AttachmentFault as fault:
        raise FolderFault(f"文件“{path}”无法读取：{fault}") from None
    return audit_document(document, as_of=as_of or date.today())


def notice_in(body: bytes, *, name: str) -> Document:
    """A notice as the audit needs it: the annex tables of a PDF in rows. AttachmentFault when it cannot be read."""
    document = read_any(body, name=name)
    if not body.startswith(b"%PDF-"):
        return document
    text, tables = text_with_tables(body)
    return replace(document, body=text, tables=tables) if text.strip() else document


def audit_text(text: str, *, as_of: date | None = None) -> dict[str, Any]:
    """The record of a notice given as text, its annexes included."""
    return audit_document(Document(url="", body=text, medium="text"), as_of=as_of or date.today())


def audit_document(document: Document, *, as_of: date) -> dict[str, Any]:
    """The record of a notice that was read already."""
    leaks = tuple(_leaks(document, as_of))
    return audit(document.body, tables=document.tables, leaks=leaks).record()


def _leaks(document: Document, as_of: date) -> Iterator[tuple[str, Draft]]:
    """Personal data in the notice itself; what the privacy checks call a hint is no leak."""
    for check in all_checks().values():
        if check.family == "privacy" and check.on is Document and "text" in check.places:
            for draft in look_once(check, document, settings={}, as_of=as_of).drafts:
                if draft.severity is not Severity.HINT:
                    yield check.title, draft
