"""The printed title of a page: the government meta tag, the heading, or the <title> without the site's name."""

from __future__ import annotations

import re
from collections.abc import Mapping

from selectolax.lexbor import LexborHTMLParser

_SPACES = re.compile(r"\s+")
_CUT = re.compile(r"\s*[_|｜\-—–·>»]+\s*")
_HEADINGS = "h1,h2.title,h2,h3.title,[class*=article-title],[class*=articleTitle],[class*=article_title],[id*=title],[class*=bt],[class*=tit]"
_NO_TITLE = re.compile(
    r"[。；;]$|当前位置|您的位置|您所在|首页|[:：]\s*$|(发布|发文|成文|更新)?(时间|日期)\s*[:：]|来源\s*[:：]|浏览|点击|字体|字号|打印|分享|责任编辑|"
    r"^[\[(（]?(19|20)\d\d[-/.年]\s*\d{1,2}[-/.月]\s*\d{1,2}|索\s*引\s*号|\t|[>»|]"
)
_LINES_ABOVE = 15
_NEAREST = 3
_CLEARLY = 0.25
_LONG = 10
_EMPTY = ("", "null", "undefined", "none")


def title_of(tree: LexborHTMLParser, meta: Mapping[str, str]) -> tuple[str, bool]:
    """Title as printed, spaces collapsed, and whether two places of the page agree on it; empty when there is none."""
    named = _clean(meta.get("articletitle", ""))
    if named.lower() not in _EMPTY:
        return named, True
    head = tree.css_first("title")
    whole = _clean(head.text() if head else "")
    shared = _clean(meta.get("og:title", "") or meta.get("twitter:title", ""))
    heading, repeated = _heading(tree, whole or shared)
    if heading:
        return heading, repeated
    if shared.lower() not in _EMPTY:
        return (_without_site(shared) if shared == whole else shared), False
    return _without_site(whole), False


def title_above(title: str, *, above: str, body: str) -> str:
    """A doubtful title (the <title> may be the site's or the column's name) against the lines `above` the article: the nearest
    line that shares clearly more with the article's words is the title; a doubtful one that is printed nowhere gives way sooner."""
    lines = [line for line in map(_clean, reversed(above.split("\n")[-_LINES_ABOVE:])) if _may_be_title(line)]
    nearest = lines[:_NEAREST]
    if not nearest or any(_key(title) == _key(line) for line in nearest[:1]):
        return title
    best = max(nearest, key=lambda line: _shared(line, body))
    printed = bool(title) and _key(title) in _key(above)
    return best if _shared(best, body) >= _shared(title, body) + (_CLEARLY if printed else 0.0) else title


def _may_be_title(line: str) -> bool:
    return 6 <= len(line) <= 100 and not _NO_TITLE.search(line)


def _shared(text: str, body: str) -> float:
    """The share of a line's pairs of characters that the article's beginning uses."""
    key = _key(text)
    pairs = {key[n : n + 2] for n in range(len(key) - 1)}
    return sum(pair in body for pair in pairs) / len(pairs) if pairs else 0.0


def _heading(tree: LexborHTMLParser, whole: str) -> tuple[str, bool]:
    """The heading that the <title> repeats (and that it does); else the only h1 that is long enough for a title."""
    texts = []
    for node in tree.css(_HEADINGS)[:60]:
        text = _clean(node.text(separator=" "))
        if 4 <= len(text) <= 120:
            texts.append((node.tag == "h1", text))
    key = _key(whole)
    repeated = [text for _, text in texts if len(_key(text)) >= 4 and key.startswith(_key(text))]
    if repeated:
        return max(repeated, key=len), len(_key(max(repeated, key=len))) >= _LONG
    contained = [text for _, text in texts if len(_key(text)) >= 8 and _key(text) in key]
    if contained:
        return max(contained, key=len), True
    first = [text for is_h1, text in texts if is_h1 and len(text) >= 6]
    return (first[0] if len(first) == 1 else ""), False


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
