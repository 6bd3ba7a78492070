"""The page's foot: where the marks of D-21 and the 找错 entry must stand."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from duwang.model.material import Image
from duwang.reading.flowing import flow

_NAMED = re.compile(r"(^|[-_\s])(foot|footer|bottom|copyright|copy|dibu|yejiao|bqxx|end)\w*", re.IGNORECASE)
_MARKS = re.compile(r"ICP备|公网安备|网站标识码|主办单位|版权所有|主办[:：]|承办[:：]|技术支持|联系我们|网站地图")


@dataclass(frozen=True, slots=True)
class Foot:
    """`links` are (raw address, text); the id sets tell which nodes of the page lie in the foot."""

    text: str = ""
    links: tuple[tuple[str, str], ...] = ()
    images: tuple[Image, ...] = ()
    link_ids: frozenset[int] = frozenset()
    node_ids: frozenset[int] = frozenset()


def foot_of(top: LexborNode, base: str) -> Foot:
    """The foot of a page; empty when nothing looks like one."""
    nodes = _named(top) or _marked(top)
    if not nodes:
        return Foot()
    texts, links, images, ids, inside = [], [], [], [], []
    for node in nodes:
        inside.append(node.mem_id)
        texts.append(flow(node, with_tables=False).text)
        for anchor in node.css("a[href]"):
            ids.append(anchor.mem_id)
            picture = anchor.css_first("img")
            label = (
                " ".join((anchor.text() or "").split())
                or anchor.attributes.get("title")
                or (picture.attributes.get("alt") if picture else "")
            )
            links.append((anchor.attributes.get("href") or "", label or ""))
        for image in node.css("img"):
            source = image.attributes.get("src") or ""
            images.append(
                Image(
                    _joined(base, source), image.attributes.get("alt") or image.attributes.get("title") or "", "footer"
                )
            )
    return Foot("\n".join(texts), tuple(links), tuple(images), frozenset(ids), frozenset(inside))


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url)
    except ValueError:
        return url


def _named(top: LexborNode) -> list[LexborNode]:
    """Outermost nodes that call themselves foot and hold something a foot holds."""
    found: list[LexborNode] = []
    for node in top.css(
        "footer,div[class],div[id],table[class],table[id],section[class],section[id],p[class],ul[class],dl[class]"
    ):
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        named = node.tag == "footer" or bool(_NAMED.search(names))
        if not named or any(_inside(node, other) for other in found):
            continue
        if node.tag == "footer" or _MARKS.search(node.text() or "") or node.css_first("img") is not None:
            found.append(node)
    return found if any(node.tag == "footer" or _MARKS.search(node.text() or "") for node in found) else []


def _marked(top: LexborNode) -> list[LexborNode]:
    """Without a named foot: the smallest node around all marks in the last part of the page."""
    holder = top
    while True:
        child, step = holder.child, None
        while child is not None:
            if child.tag not in ("-text", "script", "style") and _MARKS.search(child.text() or ""):
                step = child
            child = child.next
        if step is None:
            return []
        text = step.text() or ""
        if len(text) <= 900:
            return [step]
        holder = step


def _inside(node: LexborNode, outer: LexborNode) -> bool:
    parent = node.parent
    while parent is not None:
        if parent.mem_id == outer.mem_id:
            return True
        parent = parent.parent
    return False
