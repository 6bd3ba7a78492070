"""Feeds of accounts: RSS 2.0, Atom, JSON Feed → posts. Document types and entities are refused; no I/O."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from email.utils import parsedate_to_datetime
from typing import Any
from xml.etree.ElementTree import Element, ParseError, XMLParser

from duwang.model.material import Document
from duwang.model.refs import page_ref
from duwang.model.registry import Account
from duwang.reading.charset import decode
from duwang.reading.dates import first_date
from duwang.reading.page import read_page

_MAX_POSTS = 2000
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_FORBIDDEN = re.compile(r"<!(DOCTYPE|ENTITY)", re.IGNORECASE)


class FeedFault(ValueError):
    """The feed cannot be read; the text is for people."""


@dataclass(frozen=True, slots=True)
class _Entry:
    title: str
    url: str
    printed: str
    html: str


def read_feed(body: bytes, *, account: Account, content_type: str = "") -> tuple[Document, ...]:
    """The posts, newest first as the feed gives them. FeedFault when it is no feed; an empty feed is no fault."""
    text, _ = decode(body, content_type=content_type)
    stripped = text.lstrip("\ufeff \r\n\t")
    if not stripped:
        raise FeedFault("内容是空的")
    entries = _json_entries(stripped) if stripped.startswith("{") else _xml_entries(stripped)
    return tuple(
        post_of(account, title=e.title, printed=e.printed, url=e.url, html=e.html) for e in entries[:_MAX_POSTS]
    )


def post_of(account: Account, *, title: str, printed: str, url: str = "", html: str = "", text: str = "") -> Document:
    """One post as a Document; `html` is read as a page's content, else `text` is its body."""
    moment = moment_of(printed)
    body = read_page(f"<div>{html}</div>".encode(), url=url or "http://localhost/").text if html else text
    number = url or f"{account.ref}/{printed}/{title}"
    return Document(
        url=url, body=f"{title}\n{body}".strip() if title and not body.startswith(title) else body or title, kind="post", title=title,
        medium="post", owner=account.ref, ref=page_ref(account.ref, number), published=_day(moment), published_raw=printed,
        published_at=moment if isinstance(moment, datetime) else None,
    )  # fmt: skip


def moment_of(printed: str) -> date | datetime | None:
    """RFC 822, ISO 8601 and dates as printed in Chinese; the local day of the writer counts."""
    written = printed.strip()
    if not written:
        return None
    try:
        return datetime.fromisoformat(written.replace("Z", "+00:00")) if "T" in written else date.fromisoformat(written)
    except ValueError:
        pass
    try:
        return parsedate_to_datetime(written)
    except (ValueError, OverflowError, TypeError):
        found = first_date(written)
        return (found.at or found.on) if found else None


def _day(moment: date | datetime | None) -> date | None:
    return moment.date() if isinstance(moment, datetime) else moment


def _xml_entries(text: str) -> list[_Entry]:
    if _FORBIDDEN.search(text):
        raise FeedFault("含有文档类型或实体声明，为安全起见不读取")
    parser = XMLParser()
    try:
        parser.feed(_DECLARATION.sub("", text, count=1))
        top = parser.close()
    except (ParseError, ValueError, RecursionError) as fault:
        raise FeedFault(f"不是完整的XML（{fault}）") from None
    if _name(top) not in ("rss", "feed", "RDF"):
        raise FeedFault("既不是RSS、Atom，也不是JSON Feed")
    return [_xml_entry(node) for node in top.iter() if _name(node) in ("item", "entry")]


def _xml_entry(node: Element) -> _Entry:
    parts: dict[str, str] = {}
    for child in node:
        name = _name(child)
        value = (child.text or "").strip()
        if name == "link":
            value = value or (child.get("href", "") if child.get("rel", "alternate") == "alternate" else "")
        elif name == "content" and len(child):
            value = "".join(child.itertext())
        if value and name not in parts:
            parts[name] = value
    printed = next((parts[name] for name in ("pubDate", "published", "date", "updated") if name in parts), "")
    html = next((parts[name] for name in ("encoded", "content", "description", "summary") if name in parts), "")
    return _Entry(parts.get("title", ""), parts.get("link", ""), printed, html)


def _name(node: Element) -> str:
    return str(node.tag).rpartition("}")[2]


def _json_entries(text: str) -> list[_Entry]:
    try:
        top = json.loads(text)
    except (ValueError, RecursionError) as fault:
        raise FeedFault(f"不是完整的JSON（{fault}）") from None
    items = top.get("items") if isinstance(top, dict) else None
    if not isinstance(items, list):
        raise FeedFault("JSON里没有items")
    return list(_json_items(items))


def _json_items(items: list[Any]) -> Iterator[_Entry]:
    for item in items:
        if isinstance(item, Mapping):
            printed = str(item.get("date_published") or item.get("date_modified") or "")
            html = str(item.get("content_html") or item.get("content_text") or item.get("summary") or "")
            yield _Entry(
                str(item.get("title") or ""), str(item.get("url") or item.get("external_url") or ""), printed, html
            )
