"""The nodes of a tree that can be seen, in reading order: walked once, without recursion, so depth does not matter."""

from __future__ import annotations

import re

from selectolax.lexbor import LexborNode

Step = str | tuple[str, LexborNode] | tuple[str]  # a text with its spaces collapsed · an element begins · it ends

_UNSEEN = "script style noscript template iframe select option button svg textarea head title object embed map"
SKIPPED = frozenset([*_UNSEEN.split(), "-comment", "!doctype"])
_SPACES = " \t\r\n\f\v\u00a0"
_SPACE = re.compile(r"[\t\r\n\f\v\u00a0]|  ")
_RUN = re.compile(r"[ \t\r\n\f\v\u00a0]+")


def outline(top: LexborNode) -> list[Step]:
    """Texts, beginnings and ends below and with `top`; scripts, forms' fields, comments and the like are left out."""
    steps: list[Step] = []
    add, unseen = steps.append, SKIPPED
    node: LexborNode | None = top
    depth, entering = 0, True
    while node is not None:
        tag = node.tag
        if tag == "-text":
            if text := node.text_content:
                if text.isspace() and "\u3000" not in text:
                    add(" ")
                else:
                    add(text if text.isalnum() else _collapsed(text))
        elif tag is not None and tag not in unseen:
            if entering:
                add((tag, node))
                child = node.first_child
                if child is not None:
                    node, depth = child, depth + 1
                    continue
            add((tag,))
        if depth == 0:
            break
        after = node.next
        if after is not None:
            node, entering = after, True
        else:
            node, entering, depth = node.parent, False, depth - 1
    return steps


def _collapsed(text: str) -> str:
    bare = text.strip(_SPACES)
    if not bare:
        return " "
    return text if bare == text and not _SPACE.search(text) else _RUN.sub(" ", text)
