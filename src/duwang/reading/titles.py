"""The printed title of a page: the government meta tag, the heading, or the <title> without the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

_SPACES = re.compile(r"\s+")
_CUT = re.compile(r"\s*[_|｜\-—–·>»]+\s*")
_HEADINGS = "h1,h2.title,h2,h3.title,[class*=article-title],[class*=articleTitle],[class*=article_title],[id*=title],[class*=bt],[class*=tit]"
_EMPTY = ("", "null", "undefined", "none")


def title_of(tree: LexborHTMLParser, meta: Mapping[str, str]) -> str:
    """Title as printed, spaces collapsed; empty when there is none."""
    named = _clean(meta.get("articletitle", ""))
    if named.lower() not in _EMPTY:
        return named
    head = tree.css_first("title")
    whole = _clean(head.text() if head else "")
    shared = _clean(meta.get("og:title", "") or meta.get("twitter:title", ""))
    heading = _heading(tree, whole or shared)
    if heading:
        return heading
    if shared.lower() not in _EMPTY:
        return _without_site(shared) if shared == whole else shared
    return _without_site(whole)


def _heading(tree: LexborHTMLParser, whole: str) -> str:
    """The heading that the <title> repeats; else the only h1 that is long enough for a title."""
    texts = []
    for node in tree.css(_HEADINGS)[:60]:
        text = _clean(node.text(separator=" "))
        if 4 <= len(text) <= 120:
            texts.append((node.tag == "h1", text))
    key = _key(whole)
    repeated = [text for _, text in texts if len(_key(text)) >= 4 and key.startswith(_key(text))]
    if repeated:
        return max(repeated, key=len)
    contained = [text for _, text in texts if len(_key(text)) >= 8 and _key(text) in key]
    if contained:
        return max(contained, key=len)
    first = [text for is_h1, text in texts if is_h1 and len(text) >= 6]
    return first[0] if len(first) == 1 else ""


def _without_site(title: str) -> str:
    """The part before the site's name: the longest of the first pieces."""
    pieces = [piece for piece in _CUT.split(title) if piece]
    if len(pieces) <= 1:
        return title
    first = pieces[0]
    if len(first) >= 6 or len(first) >= max(len(piece) for piece in pieces[1:]):
        end = title.find(first) + len(first)
        return title[title.find(first) : end]
    return max(pieces, key=len)


def _clean(text: str) -> str:
    return _SPACES.sub(" ", text.replace("\u3000", " ").replace("\u200b", "")).strip()


def _key(text: str) -> str:
    return re.sub(r"[\s\u3000“”\"'‘’]", "", text)
