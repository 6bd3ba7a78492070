"""The page's foot: where the marks of D-21 and the 找错 entry must stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborNode

from duwang.model.material import Image
from duwang.reading.addresses import Base
from duwang.reading.flowing import Marks, text_of
from duwang.reading.tags import tag_of

_NAMES = "foot|footer|bottom|copyright|copy|dibu|yejiao|bqxx|end"
_MAYBE = re.compile(_NAMES)
_NAMED = re.compile(rf"(^|[-_\s])({_NAMES})\w*")
_MARKS = (
    "ICP备", "公网安备", "网站标识码", "主办单位", "版权所有", "主办：", "主办:", "承办：", "承办:", "技术支持", "联系我们", "网站地图",
)  # fmt: skip
_HOLDERS = "footer,div[class],div[id],table[class],table[id],section[class],section[id],p[class],ul[class],dl[class]"


@dataclass(frozen=True, slots=True)
class Foot:
    """`links` are (raw address, text); the id sets tell which nodes of the page lie in the foot."""

    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    images: tuple[Image, ...] = ()
    link_ids: frozenset[int] = frozenset()
    node_ids: frozenset[int] = frozenset()


def foot_of(top: LexborNode, base: Base, *, text: str, marks: Marks) -> Foot:
    """The foot of a page, whose visible `text` and `marks` are given; empty when nothing looks like one."""
    marked = any(mark in text for mark in _MARKS)
    nodes = (_named(top) or _marked(top)) if marked or top.css_first("footer") is not None else []
    if not nodes:
        return Foot()
    texts, links, images, ids, inside = [], [], [], [], []
    for node in nodes:
        inside.append(node.mem_id)
        texts.append(text_of(node, marks=marks, with_tables=False))
        for anchor in node.css("a[href]"):
            ids.append(anchor.mem_id)
            attributes = anchor.attributes
            label = " ".join((anchor.text() or "").split()) or attributes.get("title")
            if not label and (picture := anchor.css_first("img")) is not None:
                label = picture.attributes.get("alt")
            links.append((attributes.get("href") or "", label or ""))
        for image in node.css("img"):
            attributes = image.attributes
            source = attributes.get("src") or ""
            label = attributes.get("alt") or attributes.get("title") or ""
            images.append(Image(base.absolute(source) or source, label, "footer"))
    return Foot("\n".join(texts), tuple(links), tuple(images), frozenset(ids), frozenset(inside))


def _named(top: LexborNode) -> list[LexborNode]:
    """Outermost nodes that call themselves foot and hold something a foot holds."""
    found: list[LexborNode] = []
    marked = False
    for node in top.css(_HOLDERS):
        attributes = node.attributes
        named = _is_named(attributes.get("class"), attributes.get("id")) or tag_of(node) == "footer"
        if not named or any(_inside(node, other) for other in found):
            continue
        here = tag_of(node) == "footer" or _has_marks(node)
        if here or node.css_first("img") is not None:
            found.append(node)
            marked = marked or here
    return found if marked else []


def _marked(top: LexborNode) -> list[LexborNode]:
    """Without a named foot: the smallest node around the marks in the last part of the page."""
    holder = top
    while True:
        child = holder.last_child
        while child is not None and (tag_of(child) in ("-text", "script", "style") or not _has_marks(child)):
            child = child.prev
        if child is None:
            return []
        if len(child.text() or "") <= 900:
            return [child]
        holder = child


def _has_marks(node: LexborNode) -> bool:
    text = node.text() or ""
    return any(mark in text for mark in _MARKS)


@lru_cache(maxsize=4096)
def _is_named(kind: str | None, name: str | None) -> bool:
    names = f"{kind or ''} {name or ''}".lower()
    return bool(_MAYBE.search(names)) and bool(_NAMED.search(names))


def _inside(node: LexborNode, outer: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id == outer.mem_id:
            return True
        parent = parent.parent
    return False
