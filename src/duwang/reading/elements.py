"""The elements of a page that lead somewhere or say something of it, looked for once and in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

_TAGS = "a,area,audio,base,embed,frame,iframe,link,meta,object,script,style,video"


@dataclass(frozen=True, slots=True)
class Elements:
    """`all` of them in reading order, and those of one tag."""

    all: list[LexborNode]
    by_tag: dict[str, list[LexborNode]] = field(repr=False)

    def of(self, tag: str) -> list[LexborNode]:
        """Those of one tag, in reading order."""
        return self.by_tag.get(tag, [])


def elements(tree: LexborHTMLParser) -> Elements:
    """Links, frames, scripts, styles, meta tags and media of a page."""
    found = tree.css(_TAGS)
    by_tag: dict[str, list[LexborNode]] = {}
    for node in found:
        by_tag.setdefault(node.tag or "", []).append(node)
    return Elements(found, by_tag)
