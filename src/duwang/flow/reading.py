"""The verb read: how one page or attachment is read, as the record of interfaces §5."""

from __future__ import annotations

from typing import Any

from duwang.flow.records import plain
from duwang.model.material import Document
from duwang.platforms.cms import family_of
from duwang.reading.any_file import read_any

_KEYS = (
    "url", "kind", "title", "published", "published_raw", "source", "author", "doc_no", "index_no", "issuer", "written", "disclosure",
    "expired_mark", "body", "blocks", "links", "images", "attachments", "meta", "charset", "template_family", "confidence", "tables", "garbled",
    "meta_date", "url_date",
)  # fmt: skip


def read_with_family(body: bytes, *, name: str, content_type: str = "", url: str = "") -> Document:
    """The file as a Document; a page names the family of site software that its marks show. AttachmentFault as in read_any."""
    return read_any(body, name=name, content_type=content_type, url=url, family=family_of)


def record_of(document: Document) -> dict[str, Any]:
    """Printed dates as YYYY-MM-DD; what is not printed is null. Where no source is printed, the page's ContentSource tag names it; whose
    page it is, is never decided by that tag: many sites fill it in by default."""
    known = plain(document)
    record = {key: known[key] for key in _KEYS}
    record["source"] = record["source"] or str(record["meta"].get("contentsource", "")).strip()
    for key in ("published_raw", "source", "author", "doc_no", "index_no", "issuer", "disclosure", "expired_mark"):
        record[key] = record[key] or None
    return record
