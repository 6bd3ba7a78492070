"""The elements of a page that lead somewhere or say something of it, looked for once and in one go."""

from __future__ import annotations

from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from duwang.reading.tags import tag_of

_TAGS = "a,area,audio,base,embed,frame,iframe,link,meta,object,script,style,video"


@dataclass(frozen=True, slots=True)
class Elements:
    """`all` of them with their tags in reading order, and those of one tag."""

    all: list[tuple[str, LexborNode]]
    by_tag: dict[str, list[LexborNode]] = field(repr=False)

    def of(self, tag: str) -> list[LexborNode]:
        """Those of one tag, in reading order."""
        return self.by_tag.get(tag, [])


def elements(tree: LexborHTMLParser) -> Elements:
    """Links, frames, scripts, styles, meta tags and media of a page."""
    found = [(tag_of(node), node) for node in tree.css(_TAGS)]
    by_tag: dict[str, list[LexborNode]] = {}
    for tag, node in found:
        by_tag.setdefault(tag, []).append(node)
    return Elements(found, by_tag)
