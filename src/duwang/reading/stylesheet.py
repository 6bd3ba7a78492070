"""A style sheet as far as an inspection needs it: its rules, what it imports, the pictures it shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_IMPORT = re.compile(r"@import\s+(?:url\(\s*)?[\"']?([^\"'()\s;]+)[\"']?\s*\)?([^;]*);?", re.IGNORECASE)
_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_MEDIA = re.compile(r"@media\b[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}?", re.IGNORECASE)
_URL = re.compile(r"url\(\s*(?:\"([^\"]*)\"|'([^']*)'|([^)\"'\s]*))\s*\)", re.IGNORECASE)
_PROPERTY = re.compile(r"([\w-]+)\s*:[^:;]*$")
_PICTURED = re.compile(r"background|image|content|list-style|cursor|mask", re.IGNORECASE)
_PSEUDO = re.compile(r"::?[a-z-]+(?:\([^)]*\))?", re.IGNORECASE)
_MOST_RULES = 6000
_MOST_CHARS = 600_000


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that a rule shows; `selector` says where, empty for the `style` of an element."""

    url: str
    selector: str = ""


def rules(css: str, *, media: bool = True) -> Iterator[tuple[str, str]]:
    """(selector, declarations) in order; without `media` only what holds on every medium."""
    text = _COMMENT.sub("", css[:_MOST_CHARS])
    if not media and "@media" in text:
        text = _MEDIA.sub("", text)
    for number, found in enumerate(_RULE.finditer(text)):
        if number >= _MOST_RULES:
            return
        selector = found[1].rpartition(";")[2].strip()
        if selector and not selector.startswith("@") and len(selector) <= 400:
            yield " ".join(selector.split()), found[2]


def imports(css: str) -> Iterator[str]:
    """Addresses of the sheets it imports for a screen, as written."""
    for found in _IMPORT.finditer(_COMMENT.sub("", css[:_MOST_CHARS])) if "@import" in css else ():
        if "print" not in found[2]:
            yield found[1]


@lru_cache(maxsize=64)
def pictures(css: str) -> tuple[Picture, ...]:
    """The pictures its rules show; fonts and what lies in the sheet itself (data:) are none."""
    if "url(" not in css.lower():
        return ()
    return tuple(
        Picture(url, plain_selector(selector))
        for selector, body in rules(css)
        if "url(" in body.lower()
        for url in shown(body)
    )


def shown(declarations: str) -> Iterator[str]:
    """Addresses of the pictures that these declarations show."""
    for found in _URL.finditer(declarations):
        url = (found[1] or found[2] or found[3] or "").strip()
        named = _PROPERTY.search(declarations[: found.start()].rpartition(";")[2])
        if url and not url.startswith(("data:", "#", "about:")) and named and _PICTURED.search(named[1]):
            yield url


def plain_selector(selector: str) -> str:
    """The selector without states and drawn-in parts (`:hover`, `::before`): what must be on a page for the rule to matter."""
    parts = (_PSEUDO.sub("", part).strip(" >+~") for part in selector.split(","))
    return ",".join(part for part in parts if part)
