"""The verb text: what the inspection would report, before publishing."""

from __future__ import annotations

import time
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from duwang.checks.check import all_checks
from duwang.checks.precision import gated
from duwang.flow.looking import look_once
from duwang.flow.wordlists import Wordlists
from duwang.judge.edition import Edition
from duwang.model.findings import Draft
from duwang.model.material import Document
from duwang.model.refs import document_ref

FAMILIES = ("text", "privacy", "document")


@dataclass(frozen=True, slots=True)
class Checked:
    """A checked text: drafts in reading order as (check id, draft)."""

    document: Document
    found: tuple[tuple[str, Draft], ...]
    unknown: dict[str, str]
    ms: float

    def record(self, *, with_text: bool) -> dict[str, Any]:
        """The object of interfaces §5."""
        record: dict[str, Any] = {"findings": [_line(check, draft) for check, draft in self.found]}
        record |= {"chars": len(self.document.body), "ms": round(self.ms, 1)}
        if self.unknown:
            record["unknown"] = self.unknown
        if with_text:
            record["text"] = self.document.body
        return record


def check_text(
    document: Document, *, edition: Edition, as_of: date, name: str = "文稿", lists: Wordlists | None = None
) -> Checked:
    """Run the text/, privacy/ and document/ checks that work on a single text. Offsets count `document.body`. Whatever file it came
    from, it is a text under hands: an attachment is looked at as an article, and every personal number is told by itself."""
    began = time.perf_counter()
    ref = document_ref(name)
    subject = replace(document, owner=ref, ref=ref)
    if document.medium == "attachment":
        subject = replace(subject, medium="text", kind="other")
    found: list[tuple[str, Draft]] = []
    unknown: dict[str, str] = {}
    lists = lists or Wordlists()
    settings = lists.settings(edition.settings)
    for check in all_checks().values():
        if check.on is Document and check.family in FAMILIES and "text" in check.places:
            one = replace(subject, medium="text") if check.family == "privacy" else subject
            look = look_once(check, one, settings=settings, as_of=as_of)
            kept = [d for d in look.drafts if not lists.white.allows(check.id, d.quote, target=ref, on=as_of)]
            found += [(check.id, gated(check.id, draft, lists.records)) for draft in kept]
            if look.unknown:
                unknown[check.id] = look.unknown
    found.sort(key=lambda pair: (pair[1].start if pair[1].start is not None else -1, pair[1].end or 0, pair[0]))
    return Checked(subject, tuple(found), unknown, (time.perf_counter() - began) * 1000)


def _line(check: str, draft: Draft) -> dict[str, Any]:
    return {
        "check": check,
        "start": draft.start if draft.start is not None else 0,
        "end": draft.end if draft.end is not None else 0,
        "quote": draft.quote,
        "suggestion": draft.suggestion,
        "alternatives": list(draft.alternatives),
        "message": draft.message,
        "severity": draft.severity.value,
        "certainty": draft.certainty,
        "source": draft.source,
    }
