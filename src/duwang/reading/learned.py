"""What several pages of one column teach: the element that holds the article in most of them holds it in the others, too."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from selectolax.lexbor import LexborNode

_DIGITS = re.compile(r"\d+")
_ENOUGH = 3
_MOST = 0.6


def signature(node: LexborNode) -> str:
    """The element and the one around it by tag, classes and id, digits left out."""
    return _named(node) + (f" < {_named(node.parent)}" if node.parent is not None else "")


def learned(signatures: Iterable[str]) -> str:
    """The signature that at least three pages and three in five agree on; empty when there is none, or it names nothing."""
    counted = Counter(signatures)
    if not counted:
        return ""
    best, times = min(counted.items(), key=lambda pair: (-pair[1], pair[0]))
    named = "." in best.partition(" < ")[0] or "#" in best.partition(" < ")[0]
    return best if named and times >= _ENOUGH and times >= _MOST * counted.total() else ""


def held_by(top: LexborNode, wanted: str) -> LexborNode | None:
    """The only element with that signature that holds any text; None when there is none or several."""
    tag = re.match(r"[\w-]+", wanted)
    found = [node for node in top.css(tag[0]) if signature(node) == wanted] if tag else []
    return found[0] if len(found) == 1 and (found[0].text() or "").strip() else None


def overlap(one: LexborNode, other: LexborNode) -> bool:
    """True when one of them lies inside the other: then the article was found, only cut differently."""
    return _inside(one, other) or _inside(other, one)


def _inside(node: LexborNode, outer: LexborNode) -> bool:
    here: LexborNode | None = node
    while here is not None:
        if here.mem_id == outer.mem_id:
            return True
        here = here.parent
    return False


def _named(node: LexborNode) -> str:
    kinds = sorted({_DIGITS.sub("", kind) for kind in (node.attributes.get("class") or "").split()} - {""})
    name = _DIGITS.sub("", node.attributes.get("id") or "")
    return f"{node.tag}" + "".join(f".{kind}" for kind in kinds) + (f"#{name}" if name else "")
