"""The evidence of a finding as text: the stored page read again, personal numbers masked, the quote marked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duwang.capture.vault import WarcVault
from duwang.flow.folder import Folder
from duwang.model.masking import mask_personal
from duwang.reading.any_file import AttachmentFault, read_any

_AROUND = 1200


@dataclass(frozen=True, slots=True)
class Shown:
    """`before` + `quote` + `after` is the masked text around the place; `cut` says that more stands on either side."""

    title: str
    url: str
    sha256: str
    before: str
    quote: str
    after: str
    cut: bool


def shown(folder: Folder, finding: Mapping[str, Any]) -> Shown | None:
    """The masked text around a finding's place; None when no page is kept for it or it has no place in a text."""
    prints, start, end = finding.get("evidence") or [], finding.get("start"), finding.get("end")
    if not prints or start is None or end is None:
        return None
    try:
        document = read_any(
            raw_of(folder, prints[0]), name=str(finding["url"]).rsplit("/", 1)[-1], url=str(finding["url"])
        )
    except (AttachmentFault, KeyError, OSError):
        return None
    body = mask_personal(document.body)
    if len(body) < end:
        return None
    left, right = max(0, start - _AROUND), min(len(body), end + _AROUND)
    return Shown(
        mask_personal(document.title), str(finding["url"]), prints[0], body[left:start], body[start:end], body[end:right],
        left > 0 or right < len(body),
    )  # fmt: skip


def raw_of(folder: Folder, sha256: str) -> bytes:
    """The stored bytes; KeyError when the vault has none of that hash."""
    vault = WarcVault(folder.path / "vault")
    try:
        return vault.read(sha256)
    finally:
        vault.close()
