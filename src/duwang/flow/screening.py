"""A read text fit to be shown to a reviewer: what the privacy checks point at is starred, on top of all personal numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime

from duwang.checks.check import all_checks
from duwang.flow.looking import look_once
from duwang.model.masking import mask_personal
from duwang.model.material import Document

_OWNER = "document/待看"


def hidden(document: Document) -> Iterator[tuple[int, int, str]]:
    """(start, end, mask of that length) of every address, plate, number … of a person in the body, found lawful or not."""
    alone = replace(document, medium="text", owner=_OWNER, ref=_OWNER)
    today = datetime.now(UTC).date()
    for check in all_checks().values():
        if check.family != "privacy" or check.on is not Document or "text" not in check.places:
            continue
        for draft in look_once(check, alone, settings={}, as_of=today).drafts:
            if draft.start is not None and draft.end is not None:
                length = draft.end - draft.start
                yield draft.start, draft.end, draft.quote[:length].ljust(length, "*")


def screened(document: Document) -> str:
    """The body with all that starred; as long as before, so that places of findings stay true."""
    written = list(document.body)
    for start, end, mask in hidden(document):
        written[start:end] = mask
    return mask_personal("".join(written))


def concealed(source: str, document: Document) -> str:
    """The page's own HTML with the same strings starred wherever they are written in one piece."""
    for start, end, mask in hidden(document):
        source = source.replace(document.body[start:end], mask)
    return source
