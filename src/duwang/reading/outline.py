"""The nodes of a tree that can be seen, in reading order: walked once, without recursion, so depth does not matter."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

from duwang.reading.tags import tag_of

Step = str | tuple[str, LexborNode] | tuple[str]  # a text with its spaces collapsed · an element begins · it ends

_UNSEEN = "script style noscript template iframe select option button svg textarea head title object embed map"
SKIPPED = frozenset([*_UNSEEN.split(), "-comment", "!doctype"])
_SPACES = " \t\r\n\f\v\u00a0"
_UNEVEN = ("  ", *_SPACES[1:])
_RUN = re.compile(r"[ \t\r\n\f\v\u00a0]+")


def outline(top: LexborNode) -> list[Step]:
    """Texts, beginnings and ends below and with `top`; scripts, forms' fields, comments and the like are left out."""
    steps: list[Step] = []
    add, unseen = steps.append, SKIPPED
    above: list[tuple[str, LexborNode]] = []
    node = top
    while True:
        tag = tag_of(node)
        if tag == "-text":
            if text := node.text_content:
                if text.isspace() and "\u3000" not in text:
                    add(" ")
                else:
                    add(text if text.isalnum() else _collapsed(text))
        elif tag and tag not in unseen:
            begins = (tag, node)
            add(begins)
            child = node.first_child
            if child is not None:
                above.append(begins)
                node = child
                continue
            add((tag,))
        if not above:
            return steps
        while (after := node.next) is None:
            tag, node = above.pop()
            add((tag,))
            if not above:
                return steps
        node = after


def _collapsed(text: str) -> str:
    for space in _UNEVEN:
        if space in text:
            return _RUN.sub(" ", text)
    return text
