"""Web pages that offices save as .doc or .xls, and single-file pages (mht)."""

from __future__ import annotations

import email
import email.policy

from selectolax.lexbor import LexborHTMLParser

from duwang.model.material import Table
from duwang.reading import charset
from duwang.reading.flowing import flow
from duwang.reading.office.extract import MAX_CHARS, Extract, Unreadable


def read(body: bytes) -> Extract:
    """Visible text and data tables of the page."""
    if not body.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        body = _page_of_message(body)
    text, _ = charset.decode(body)
    top = LexborHTMLParser(text[: 4 * MAX_CHARS]).body
    if top is None:
        raise Unreadable("damaged", "网页内容损坏")
    found = flow(top)
    return Extract(found.text, tuple(Table(table.rows, table.name, table.start) for table in found.tables))


def _page_of_message(body: bytes) -> bytes:
    message = email.message_from_bytes(body, policy=email.policy.compat32)
    for part in message.walk():
        if part.get_content_type() == "text/html":
            content = part.get_payload(decode=True)
            if isinstance(content, bytes):
                return content
    raise Unreadable("damaged", "单文件网页里找不到正文")
