"""Links that a page holds and keeps from being seen: the way bought links (黑链) are put on a site that was broken into."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

_NONE = re.compile(r"display:none|visibility:hidden|opacity:0(\.0+)?(;|$|!)")
_OFF = re.compile(r"(left|top|right|bottom|text-indent|margin-left|margin-top):-\d{3,}|clip:rect\(0")
_ZERO = re.compile(r"(?<![-\w])(font-size|line-height|max-height|height|width):[01](px|pt|em|%)?(;|$|!)")
_COLOUR = re.compile(r"(?<![-\w])color:([#\w(),.%]+)")
_GROUND = re.compile(r"(?<![-\w])background(?:-color)?:([#\w(),.%]+)")
_SIMPLE = re.compile(r"[\w\s.#>,*-]+")
_BY_SCRIPT = re.compile(
    r"getElementById\(\s*[\"']([\w-]{1,60})[\"']\s*\)\s*\.\s*style\s*\.\s*(?:display\s*=\s*[\"']none|visibility\s*=\s*[\"']hidden)"
)  # fmt: skip
_NAMES = {"white": "#fff", "black": "#000", "red": "#f00", "transparent": "transparent"}
_MOST_RULES = 400


def hidden_links(tree: LexborHTMLParser, html: str) -> dict[int, str]:
    """mem_id of each `a[href]` that cannot be seen → how: display:none, off-screen, zero-size, same-colour, script-hidden.
    Only what the page itself says counts; outside style sheets are not read."""
    found: dict[int, str] = {}
    for node, way in _hiding(tree, html):
        for anchor in [node] if node.tag == "a" else node.css("a[href]"):
            found.setdefault(anchor.mem_id, way)
    return found


def _hiding(tree: LexborHTMLParser, html: str) -> Iterator[tuple[LexborNode, str]]:
    for node in tree.css("[style]"):
        if way := _way(node.attributes.get("style") or ""):
            yield node, way
    for node in tree.css("marquee,[hidden]"):
        if node.tag != "marquee" or "hidden" in node.attributes:
            yield node, "display:none"
        elif {node.attributes.get("width"), node.attributes.get("height")} & {"0", "1", "2", "3", "4"}:
            yield node, "zero-size"
    for selector, way in _sheet(tree):
        try:
            for node in tree.css(selector):
                yield node, way
        except (ValueError, SelectolaxError):
            continue
    if "getElementById" in html and ".style" in html:
        for name in _BY_SCRIPT.findall(html):
            for node in tree.css(f'[id="{name}"]'):
                yield node, "script-hidden"


def _sheet(tree: LexborHTMLParser) -> Iterator[tuple[str, str]]:
    """Selectors of the page's own <style> that hide; a later plain rule for the same selector shows it again."""
    ways: dict[str, str] = {}
    for style in tree.css("style"):
        text = style.text(deep=True) or ""
        if "@media" in text:
            text = text.partition("@media")[0]
        for rule in text.split("}", _MOST_RULES)[:_MOST_RULES]:
            selector, _, body = rule.rpartition("{")
            selector = selector.rpartition("{")[2]
            if not 0 < len(selector) <= 400 or len(body) > 2000:
                continue
            name = " ".join(selector.rpartition("*/")[2].split())
            if _SIMPLE.fullmatch(name) and name not in ("*", "body", "html"):
                if way := _way(body):
                    ways[name] = way
                elif "display" in body:
                    ways.pop(name, None)
    yield from ways.items()


@lru_cache(maxsize=4096)
def _way(style: str) -> str:
    plain = "".join(style.lower().split())
    if _NONE.search(plain):
        return "display:none"
    if _OFF.search(plain) and ("position:" in plain or "text-indent" in plain or "margin" in plain or "clip" in plain):
        return "off-screen"
    if _zero(plain):
        return "zero-size"
    colour, ground = _COLOUR.search(plain), _GROUND.search(plain)
    if colour and ground and _same(colour[1]) == _same(ground[1]):
        return "same-colour"
    return ""


def _zero(plain: str) -> bool:
    """No size: letters of 0 or 1 px, or a box of 0 or 1 px whose overflow is cut off."""
    named = {found[1] for found in _ZERO.finditer(plain)}
    return "font-size" in named or ("overflow:hidden" in plain and bool(named & {"height", "width", "max-height"}))


def _same(colour: str) -> str:
    colour = _NAMES.get(colour, colour)
    return "".join(c * 2 for c in colour[1:]) if re.fullmatch(r"#[0-9a-f]{3}", colour) else colour.lstrip("#")
