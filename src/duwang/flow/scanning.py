"""The leak scan that everything passes before it leaves: the same privacy checks that pages are held to."""

from __future__ import annotations

from datetime import date

from duwang.checks.check import all_checks
from duwang.flow.looking import look_once
from duwang.model.findings import Severity
from duwang.model.material import Document


def leaks(text: str, *, as_of: date) -> list[str]:
    """One masked sentence for every unmasked ID number, mobile number, bank card … in a text that is about to leave."""
    document = Document(url="", body=text, medium="text", owner="document/待发", ref="document/待发")
    found = []
    for check in all_checks().values():
        if check.family == "privacy" and check.on is Document and "text" in check.places:
            look = look_once(check, document, settings={}, as_of=as_of)
            found += [f"{draft.quote}（{check.title}）" for draft in look.drafts if draft.severity is not Severity.HINT]
    return found
