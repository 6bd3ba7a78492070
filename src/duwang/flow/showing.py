"""The evidence of a finding as text: the stored page read again, personal numbers masked, the quote marked."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from duwang.capture.vault import WarcVault
from duwang.flow.folder import Folder
from duwang.flow.screening import screened
from duwang.model.masking import mask_personal
from duwang.model.material import Document
from duwang.model.registry import Account
from duwang.platforms import by_hand, feed
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
        document = _read(finding, raw_of(folder, prints[0]))
    except (AttachmentFault, KeyError, OSError):
        return None
    body = screened(document) if document else ""
    if document is None or len(body) < end:
        return None
    left, right = max(0, start - _AROUND), min(len(body), end + _AROUND)
    return Shown(
        mask_personal(document.title), str(finding["url"]), prints[0], body[left:start], body[start:end], body[end:right],
        left > 0 or right < len(body),
    )  # fmt: skip


def _read(finding: Mapping[str, Any], raw: bytes) -> Document | None:
    """The page, or the post in the feed or the unit's report that was kept for it; None when no post there has the quote in its place."""
    url = str(finding["url"])
    kind, _, rest = str(finding["target"]).partition("/")
    if kind != "account":
        return read_any(raw, name=url.rsplit("/", 1)[-1], url=url)
    platform, number = rest.split("/")[:2]
    posts = _posts(raw, Account(number, platform, ""), saved_as=url)
    place = slice(finding["start"], finding["end"])
    same = (one for one in posts if mask_personal(one.body)[place] == finding["quote"])
    return next((one for one in same if url in ("", one.url)), None)


def _posts(raw: bytes, account: Account, *, saved_as: str) -> Iterator[Document]:
    """What the bytes are by each way of reading an account, a feed first."""
    ways: tuple[Callable[[], Iterable[Document]], ...] = (
        lambda: feed.read_feed(raw, account=account),
        lambda: by_hand.read_report(by_hand.rows_of("report.csv", raw), account),
        lambda: by_hand.read_report(by_hand.rows_of("report.xlsx", raw), account),
        lambda: by_hand.read_saved_pages([(saved_as, raw)], account),
    )
    for way in ways:
        with suppress(feed.FeedFault, ValueError):
            yield from way()


def raw_of(folder: Folder, sha256: str) -> bytes:
    """The stored bytes; KeyError when the vault has none of that hash."""
    vault = WarcVault(folder.path / "vault")
    try:
        return vault.read(sha256)
    finally:
        vault.close()
