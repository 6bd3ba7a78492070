"""What an element is called. Making the name anew costs ten times the step to the element, so each standard one is made once."""

from __future__ import annotations

from selectolax.lexbor import LexborNode

_NAMES: dict[int, str] = {}
_STANDARD = 1000  # beyond stand names of a page's own making, numbered anew on every page


def tag_of(node: LexborNode) -> str:
    """The name as `LexborNode.tag` gives it (-text, -comment … for what is no element); empty where that is None."""
    number = node.tag_id
    known = _NAMES.get(number)
    if known is None:
        known = node.tag or ""
        if number < _STANDARD:
            _NAMES[number] = known
    return known
