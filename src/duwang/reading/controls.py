"""What a page lets its reader do without a plain link: buttons, links that only run a script, and addresses that scripts write."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from selectolax.lexbor import LexborHTMLParser, LexborNode

from duwang.reading.elements import Elements

_SELECTOR = "a,button,area,[onclick],input[type=button],input[type=image]"
_ADDRESS = re.compile(r"//[\w.-]+\.[a-z]{2,}(?:[/?][^\s\"'<>\\)]*)?", re.IGNORECASE)
_SCHEME = re.compile(r"https?:", re.IGNORECASE)
_ESCAPED = re.compile(r"unescape|decodeURI")
_MOST, _MOST_CHARS = 400, 20
_MOST_SCRIPT = 20_000


def controls(tree: LexborHTMLParser) -> tuple[str, ...]:
    """Short words of everything that can be clicked, pictures by their alternative text, title or file name; each once."""
    found: dict[str, None] = {}
    for node in tree.css(_SELECTOR)[:_MOST]:
        for words in _words(node):
            if words and len(words) <= _MOST_CHARS:
                found[words] = None
    return tuple(found)


def embedded(elements: Elements) -> tuple[str, ...]:
    """Addresses that the page's own scripts name, plain or escaped, as badges and counters are put in."""
    found: dict[str, None] = {}
    for node in elements.of("script"):
        if "src" in node.attributes:
            continue
        text = (node.text(deep=True) or "")[:_MOST_SCRIPT].replace("\\/", "/")
        if "//" in text or "%2F" in text or "%3C" in text:
            text = unquote(text) if _ESCAPED.search(text) else text
            found |= dict.fromkeys(_addresses(text))
    return tuple(found)


def _addresses(text: str) -> Iterator[str]:
    """Everything of the form [http:]//host.name/path: looked for by its strokes, of which a script has few."""
    over, at = 0, text.find("//")
    while at >= 0:
        if (found := _ADDRESS.match(text, at)) is None:
            at = text.find("//", at + 1)
            continue
        begin = next((at - n for n in (6, 5) if at - n >= over and _SCHEME.fullmatch(text, at - n, at)), at)
        over = found.end()
        yield text[begin:over]
        at = text.find("//", over)


def _words(node: LexborNode) -> Iterator[str]:
    attributes = node.attributes
    yield " ".join((node.text() or "").split())
    for name in ("title", "alt", "value", "aria-label"):
        yield (attributes.get(name) or "").strip()
    for picture in node.css("img"):
        told = picture.attributes
        yield (told.get("alt") or told.get("title") or (told.get("src") or "").rpartition("/")[2]).strip()
