"""Every reader by the kind of what it reads: called on anything, it answers or says in its own way that it cannot."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

from duwang.model.registry import Account
from duwang.platforms import feed
from duwang.platforms.cms import family_of, read_listing
from duwang.reading.attachment import read_attachment
from duwang.reading.onward import onward
from duwang.reading.page import read_page
from kit.mutants import seeds

_STATES = frozenset(["text", "no-text-layer", "encrypted", "damaged", "unsupported", "image"])
_PAGES = ("html", "gkmlpt", "jpage")


def _page(body: bytes) -> None:
    page = read_page(body, url="http://127.0.0.1/a/list.html?page=1&sid=1")
    document = page.document()
    for block in document.blocks:
        assert document.body[block.start : block.start + len(block.text)] == block.text
    family_of(page)
    listing = read_listing(page, as_of=date(2024, 3, 20))
    assert all(item.url.startswith("http") for item in listing.items)
    assert onward(page) != page.url


def _feed(body: bytes) -> None:
    try:
        feed.read_feed(body, account=Account("90001", "微信公众号", "清溪发布"))
    except feed.FeedFault:
        return


def _attachment(name: str) -> Callable[[bytes], None]:
    def read(body: bytes) -> None:
        got = read_attachment(body, name=name)
        assert got.status in _STATES
        assert (got.status == "text") == bool(got.text.strip()) and (got.status == "text" or got.detail)
        got.text.encode("utf-8")
        for table in got.tables:
            assert got.text[table.start :].startswith("\t".join(table.rows[0]) if table.rows else "")

    return read


def readers() -> Mapping[str, Callable[[bytes], None]]:
    """kind → a call that raises only when the reader breaks its promise."""
    found: dict[str, Callable[[bytes], None]] = {}
    for kind, (name, _) in seeds().items():
        found[kind] = _page if kind in _PAGES else _feed if kind == "feed" else _attachment(name)
    return found
