"""Pages that only send their visitor on: meta refresh, framesets, a script that sets the location at once."""

from __future__ import annotations

import re

from duwang.reading.page import Page
from duwang.reading.refresh import refresh_address

_SCRIPT = re.compile(
    r"(?:window|self|top|document|parent)?\.?\blocation(?:\.href)?\s*(?:=\s*|\.(?:replace|assign)\s*\(\s*)[\"']([^\"'\s]+)[\"']"
)
_CONDITIONAL = re.compile(r"\bif\s*\(|function\b|=>|addEventListener|onclick|setTimeout\([^,]{0,200},\s*\d{4,}")
_MAIN = re.compile(r"main|content|body|index|zhu|right", re.IGNORECASE)
_AT_ONCE = 5.0
_FEW = 200


def onward(page: Page) -> str:
    """The address a visitor is led to within five seconds without doing anything; empty for a page that is one itself."""
    return refresh_address(page.elements, page.addresses, within=_AT_ONCE) or _framed(page) or _scripted(page)


def _framed(page: Page) -> str:
    """The frame that bears the content: the one named so, else the one that leads furthest from menus, the last."""
    frames = list(page.tree.css("frameset frame[src]"))
    if not frames:
        whole = page.tree.css("body > iframe[src]")
        frames = whole if len(whole) == 1 and len(page.text) < 20 and len(page.links) <= 2 else []
    named = [node for node in frames if _MAIN.search(node.attributes.get("name") or node.attributes.get("id") or "")]
    for node in (*named, *reversed(frames)):
        if there := _elsewhere(page, node.attributes.get("src") or ""):
            return there
    return ""


def _scripted(page: Page) -> str:
    """Only in a page with hardly any text, and only where the script sets the location without asking anything first."""
    if len(page.text) > _FEW or "location" not in page.html:
        return ""
    for node in page.tree.css("script"):
        text = node.text(deep=True) or ""
        found = _SCRIPT.search(text)
        if found and not _CONDITIONAL.search(text[: found.start()]) and (there := _elsewhere(page, found[1])):
            return there
    return ""


def _elsewhere(page: Page, raw: str) -> str:
    there = page.addresses.absolute(raw)
    return there if there and there != page.url else ""
