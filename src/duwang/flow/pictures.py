"""Pictures inside articles: a budgeted few are fetched and read, for numbers that should not be there and for what QR codes lead to."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from duwang.flow.attachments import looked_at
from duwang.flow.looking import Looker
from duwang.flow.work import NewPage, PageRow, WorkStore
from duwang.model.capturing import Role
from duwang.model.material import Document
from duwang.model.refs import address_key, host_of, registrable_domain
from duwang.reading.attachment import AttachmentText
from duwang.reading.pictures import worth
from duwang.reading.recognition import not_installed

PICTURES = 91
MOST = 40
OVER, NO_READER = "picture-budget", "picture-unread"
WHY = {OVER: f"每个网站识别{MOST}张，其余没有识别"}


def pictures_of(document: Document, row: PageRow) -> list[NewPage]:
    """The pictures of an article that are worth reading; those of other sites are not asked for."""
    own = registrable_domain(host_of(row.url))
    if row.role != Role.ARTICLE:
        return []
    near = [image for image in document.images if registrable_domain(host_of(image.url)) == own]
    valued = [(image.url, worth(image, title=document.title, chars=len(document.body))) for image in near]
    return [
        NewPage(address_key(url), url, Role.PICTURE, PICTURES, referer=row.url, seq=-value)
        for url, value in valued
        if value
    ]


def choose(owner: str, *, store: WorkStore) -> None:
    """Keep the most telling ones within the budget; none where nothing can read them."""
    if store.note(owner, "chosen-pictures"):
        return
    waiting = [row.key for row in store.pending(owner, PICTURES)]
    kept = 0 if not_installed() else MOST
    store.skip(owner, waiting[kept:], why=OVER if kept else NO_READER)
    store.set_note(owner, "chosen-pictures", True)


def read_of(row: PageRow, read: AttachmentText, looker: Looker) -> dict[str, Any]:
    """What is recorded of a picture that was read."""
    return {**looked_at(row, read, looker), "tried": True}


def codes_of(read: AttachmentText, host: str) -> Iterable[tuple[str, str, str, str]]:
    """Addresses in its QR codes, as links."""
    for code in read.codes:
        if code.startswith(("http://", "https://")) and (there := host_of(code)):
            yield code, "page" if there == host else "outbound", "二维码", ""
