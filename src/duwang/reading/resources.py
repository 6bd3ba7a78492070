"""What a page needs beside its own text: pictures in all the ways they are named, sheets that sheets import, sound and film."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from duwang.model.material import Image
from duwang.reading.addresses import Base
from duwang.reading.elements import Elements
from duwang.reading.stylesheet import imports, pictures, shown

_LAZY = (
    "data-src", "data-original", "data-lazy", "data-lazy-src", "data-lazyload", "data-echo", "data-img", "lazy-src", "_src", "original",
)  # fmt: skip
_SET = re.compile(r"([^\s,]\S*[^\s,]|[^\s,])(?:\s+[\d.]+[wxh])*\s*(?:,|$)")
_NODES = "img,source[srcset],video[poster],input[type=image],image[href],[background]"
_MEDIA = "video[src],audio[src],video source[src],audio source[src],embed[src],object[data]"
_FILES = (
    ".pdf .doc .docx .wps .xls .xlsx .et .csv .ofd .rtf .zip .rar .7z .ppt .pptx .dps .txt .xml .json .jpg .jpeg .png .gif .bmp .webp "
    ".svg .ico .mp3 .mp4 .avi .flv .wmv .mov .css .js .exe .apk .swf .woff .woff2 .ttf"
)
_NOT_PAGES = frozenset(_FILES.split())
_ORDINARY = frozenset(["src", "alt", "title", "width", "height", "class", "border"])
_TEMPLATE = re.compile(r"\{\{|\$\{|<%|\{%|\[\[|'\+|\"\+")


def images(tree: LexborHTMLParser, html: str, base: Base) -> tuple[Image, ...]:
    """Every picture once, the elements' own first, then those of styles on the page whose rule matches something there."""
    found: dict[str, Image] = {}
    for node in tree.css(_NODES):
        attributes = node.attributes
        words = attributes.get("alt") or attributes.get("title") or ""
        for raw in _named(node, attributes):
            if (url := address(raw, base)) and url not in found:
                found[url] = Image(url, words)
    for raw in _styled(tree, html):
        if (url := address(raw, base)) and url not in found:
            found[url] = Image(url)
    return tuple(found.values())


def media(tree: LexborHTMLParser, elements: Elements, base: Base) -> Iterator[str]:
    """Addresses of sound, film and embedded objects."""
    if elements.of("video") or elements.of("audio") or elements.of("embed") or elements.of("object"):
        for node in tree.css(_MEDIA):
            if url := address(node.attributes.get("src") or node.attributes.get("data") or "", base):
                yield url


def imported(elements: Elements, html: str, base: Base) -> Iterator[str]:
    """Sheets that the page's own <style> imports."""
    if "@import" in html:
        for node in elements.of("style"):
            yield from (url for raw in imports(node.text(deep=True) or "") if (url := address(raw, base)))


def address(raw: str, base: Base) -> str:
    """Absolute; empty for what a script has still to fill in."""
    unfilled = ("{" in raw or "<" in raw or "[" in raw or "+" in raw) and _TEMPLATE.search(raw)
    return "" if unfilled else base.absolute(raw)


def is_file(url: str) -> bool:
    """True for an address that is no page: a document, picture, style …"""
    path = urlsplit(url).path.lower()
    dot = path.rfind(".")
    return dot > path.rfind("/") and path[dot:] in _NOT_PAGES


def candidates(srcset: str) -> Iterator[str]:
    """The addresses of a srcset."""
    yield from (found[1] for found in _SET.finditer(srcset))


def _named(node: LexborNode, attributes: dict[str, str | None]) -> Iterator[str]:
    if node.tag == "img":
        yield attributes.get("src") or ""
        if not attributes.keys() <= _ORDINARY:
            yield from (value for name in _LAZY if (value := attributes.get(name)) and ("/" in value or "." in value))
    elif node.tag == "video":
        yield attributes.get("poster") or ""
    elif node.tag in ("input", "image"):
        yield attributes.get("src") or attributes.get("href") or ""
    for name in ("srcset", "data-srcset"):
        if srcset := attributes.get(name):
            yield from candidates(srcset)
    if ground := attributes.get("background"):
        yield ground


def _styled(tree: LexborHTMLParser, html: str) -> Iterator[str]:
    if "url(" not in html:
        return
    for node in tree.css('[style*="url("]'):
        yield from shown(node.attributes.get("style") or "")
    for sheet in tree.css("style"):
        for picture in pictures(sheet.text(deep=True) or ""):
            if matches(tree, picture.selector):
                yield picture.url


def matches(tree: LexborHTMLParser, selector: str) -> bool:
    """True when something on the page answers to the selector; one that cannot be read is taken to match nothing."""
    try:
        return bool(selector) and tree.css_first(selector) is not None
    except (ValueError, SelectolaxError):
        return False
