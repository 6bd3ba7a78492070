"""Links that a page holds and keeps from being seen: the way bought links (黑链) are put on a site that was broken into."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborNode

from duwang.model.refs import host_of, registrable_domain
from duwang.reading.addresses import Base
from duwang.reading.elements import Elements
from duwang.reading.styling import Attributes, Named, Sheets, told_of
from duwang.reading.tags import tag_of

FOLDED = "display:none"
_TELLING = ("class", "id", "style", "width", "height", "color", "bgcolor", "background")
_FOREIGN = re.compile(r"\s*(?:https?:)?//([^/?#\s]+)", re.IGNORECASE)
_FAR = re.compile(r"-(\d+(?:\.\d+)?)(px|pt|em|rem|%|vw|vh|$)")
_TINY = re.compile(r"0*[01](?:\.\d+)?(?:px|pt)?|0*(?:\.0+)?(?:em|rem|%|vw|vh)|0+\.\d+(?:px|pt)")
_SHIFTS = ("left", "top", "right", "bottom", "margin-left", "margin-top", "margin")
_NONE_OF_IT = ("", "none", "transparent", "inherit", "initial", "unset", "0", "0none", "nonetransparent")
_BY_SCRIPT = re.compile(
    r"getElementById\(\s*[\"']([\w-]{1,60})[\"']\s*\)\s*\.\s*style\s*\.\s*(?:display\s*=\s*[\"']none|visibility\s*=\s*[\"']hidden)"
)  # fmt: skip
_SHOWS = r"(?:getElementById\(\s*[\"']{0}[\"']\s*\)\s*\.\s*style\s*\.\s*(?:display|visibility)\s*=\s*[\"'](?!none|hidden)|#{0}[\"']\s*\)\s*\.\s*(?:show|toggle|fade|slide|css))"
_NAMED = {"white": "#ffffff", "black": "#000000", "red": "#ff0000"}
_COLOUR = re.compile(r"#[0-9a-f]{6}\b|#[0-9a-f]{3}\b|rgba?\([^)]*\)|\b(?:white|black|red)\b")
_FAR_ENOUGH = 600
_DEEPEST = 60


def hidden_links(elements: Elements, html: str, base: Base, sheets: Sheets | None = None) -> dict[int, str]:
    """mem_id of each `a[href]` that leaves for somebody else's host, no government's, and cannot be seen → how: off-screen, zero-size, same-colour, script-hidden, or
    display:none for what is only folded away, as menus are. `sheets` are the linked ones; None = they were not read."""
    here = host_of(base.url)
    anchors = [node for node in elements.of("a") if _leaves(node, here)]
    if not anchors:
        return {}
    own = "\n".join(node.text(deep=True) or "" for node in elements.of("style"))
    known = sheets or Sheets(
        whole='rel="stylesheet"' not in html and "rel='stylesheet'" not in html and "rel=stylesheet" not in html
    )
    looks = _Looks(known.with_own(own), _scripted(elements, html))
    return {node.mem_id: way for node in anchors if (way := looks.way(node))}


def _leaves(node: LexborNode, here: str) -> bool:
    found = _FOREIGN.match(node.attributes.get("href") or "")
    return found is not None and not _is_own(found[1], here)


@lru_cache(maxsize=1024)
def _is_own(host: str, here: str) -> bool:
    """True for the site's own names and a government's: who bought a link bought it to elsewhere. Bare numbers are a host each."""
    host, own = host.lower(), registrable_domain(here)
    bare = host.partition(":")[0]
    return (
        host == here
        or bare.endswith(".gov.cn")
        or (bare.endswith(f".{own}") if own else False)
        or (bare == own and not own[-1:].isdigit())
    )


@dataclass(frozen=True, slots=True)
class _Look:
    """How one element looks, with all that lies around it. `way` is how it is kept from being seen, `folded` that it is only folded
    away, `letters` the size of its letters, `own_ground` that letters and ground have one colour by the same rule."""

    told: Mapping[str, str]
    named: Named
    around: _Look | None
    way: str
    folded: bool
    letters: str
    own_ground: bool


class _Looks:
    """How elements of one page look, each asked for once; elements that are written alike in one place look alike."""

    def __init__(self, sheets: Sheets, scripted: Mapping[str, str]) -> None:
        self.sheets, self.scripted = sheets, scripted
        self.known: dict[int, _Look] = {}
        self.alike: dict[tuple[object, ...], _Look] = {}

    def of(self, node: LexborNode, depth: int = 0) -> _Look:
        """The element's look; what lies deeper than the limit is taken to stand at the top."""
        if (look := self.known.get(node.mem_id)) is None:
            above = node.parent
            inside = above is not None and tag_of(above) not in ("", "-document") and depth < _DEEPEST
            around = self.of(above, depth + 1) if above and inside else None
            tag, attributes = tag_of(node), node.attributes
            key = (id(around), tag, "hidden" in attributes, *map(attributes.get, _TELLING))
            if (look := self.alike.get(key)) is None:
                look = self.alike[key] = self._look(tag, attributes, around)
            self.known[node.mem_id] = look
        return look

    def way(self, anchor: LexborNode) -> str:
        look = self.of(anchor)
        if look.way:
            return look.way
        if look.letters and _TINY.fullmatch(look.letters) and not _is_pictured(anchor):
            return "zero-size"
        return FOLDED if look.folded else "same-colour" if self._same_colour(anchor, look) else ""

    def _look(self, tag: str, attributes: Attributes, around: _Look | None) -> _Look:
        named = Named.of(tag, attributes, around.named if around else None)
        told = told_of(attributes, named, self.sheets)
        _of_attributes(tag, attributes, told, self.scripted)
        own = told.get("script") or (_boxed(told) if told else "")
        letters = told.get("font-size") or (around.letters if around else "")
        if not around:
            return _Look(told, named, None, own if own != FOLDED else "", own == FOLDED, letters, _on_itself(told))
        way = around.way or (own if own != FOLDED else "")
        return _Look(
            told, named, around, way, around.folded or own == FOLDED, letters, around.own_ground or _on_itself(told)
        )

    def _same_colour(self, anchor: LexborNode, look: _Look) -> bool:
        """The letters' own colour against the nearest ground. Without any ground the paper is white, but only where all sheets are
        known and nothing is laid over something else."""
        child = anchor.first_child
        if "color" not in look.told and child is not None and (tag_of(child) != "-text" or child.next is not None):
            inner = next(
                (self.of(one) for one in anchor.css("font,span,b,strong") if self.of(one).told.get("color")), None
            )
            look = inner or look
        colour = _colour(look.told.get("color", ""))
        if (
            not colour
        ):  # links have a colour of their own, but nobody writes letters in the ground's colour without a reason
            return look.own_ground and not _is_pictured(anchor)
        return self._on_paper(colour, look) and not _is_pictured(anchor)

    def _on_paper(self, colour: str, look: _Look) -> bool:
        at: _Look | None = look
        while at is not None:
            if (ground := _ground(at.told)) is not None:
                return ground == colour
            if at.told.get("position") in ("absolute", "fixed") or "transform" in at.told or _shift(at.told) > 0:
                return False
            at = at.around
        return colour == "#ffffff" and self.sheets.whole


def _on_itself(told: Mapping[str, str]) -> bool:
    return "color" in told and bool(own := _colour(told["color"])) and own == _ground(told)


def _is_pictured(anchor: LexborNode) -> bool:
    return anchor.css_first("img") is not None


def _of_attributes(tag: str, attributes: Attributes, told: dict[str, str], scripted: Mapping[str, str]) -> None:
    """What old attributes say, and the scripts."""
    if "hidden" in attributes:
        told.setdefault("display", "none")
    if tag == "marquee" and {attributes.get("width"), attributes.get("height")} & {"0", "1", "2", "3", "4"}:
        told |= {"width": "1px", "height": "1px", "overflow": "hidden"}
    if tag == "font" and attributes.get("color"):
        told.setdefault("color", (attributes.get("color") or "").lower())
    if attributes.get("bgcolor"):
        told.setdefault("background-color", (attributes.get("bgcolor") or "").lower())
    if attributes.get("background"):
        told.setdefault("background-image", "url()")
    if way := scripted.get(attributes.get("id") or ""):
        told["script"] = way


def _boxed(told: Mapping[str, str]) -> str:
    """How an element's box keeps it from being seen."""
    if (
        told.get("display") == "none"
        or told.get("visibility") == "hidden"
        or re.fullmatch(r"0*\.?0+", told.get("opacity", "1"))
    ):
        return FOLDED
    placed = told.get("position") in ("absolute", "fixed", "relative")
    far = _shift(told) if placed else _shift({name: value for name, value in told.items() if name.startswith("margin")})
    if told.get("clip", "").startswith("rect(0") and placed:
        far = _FAR_ENOUGH
    if far >= _FAR_ENOUGH:
        return "off-screen"
    if _far(told.get("text-indent", "")) >= _FAR_ENOUGH:
        return "" if _pictured(told) else "off-screen"
    if "hidden" in told.get("overflow", ""):
        tiny = [name for name in ("width", "height", "max-height") if name in told and _TINY.fullmatch(told[name])]
        if tiny:
            return "zero-size" if "width" in tiny and len(tiny) > 1 else FOLDED
    return FOLDED if far >= 100 else ""


def _shift(told: Mapping[str, str]) -> float:
    return max((_far(told[name]) for name in _SHIFTS if name in told), default=0.0)


def _far(value: str) -> float:
    """How far beyond an edge, in pixels, roughly; 0 for what stays on the page."""
    found = _FAR.search(value)
    return (
        float(found[1]) * {"em": 16, "rem": 16, "%": 10, "vw": 10, "vh": 8, "pt": 1.3}.get(found[2], 1)
        if found
        else 0.0
    )


def _pictured(told: Mapping[str, str]) -> bool:
    """A picture stands in for the letters, as in logos."""
    return "url(" in told.get("background", "") + told.get("background-image", "")


def _ground(told: Mapping[str, str]) -> str | None:
    """The ground's colour, empty when it is a picture or cannot be told, None when the element has none of its own."""
    if _pictured(told) or "gradient" in told.get("background", "") + told.get("background-image", ""):
        return ""
    written = told.get("background-color") or told.get("background") or ""
    return None if written in _NONE_OF_IT or "rgba(0,0,0,0)" in written else _colour(written)


def _colour(written: str) -> str:
    """#rrggbb; empty for what is no plain colour."""
    found = _COLOUR.search(written)
    if not found:
        return ""
    plain = _NAMED.get(found[0], found[0])
    if numbers := re.match(r"rgba?\((\d{1,3}),(\d{1,3}),(\d{1,3})(?:,(1(?:\.0+)?|0?\.\d+|0))?\)", plain):
        return (
            ""
            if (numbers[4] or "1")[0] != "1"
            else "#" + "".join(f"{min(255, int(part)):02x}" for part in numbers.groups()[:3])
        )
    return "#" + "".join(c * 2 for c in plain[1:]) if len(plain) == 4 else plain


def _scripted(elements: Elements, html: str) -> dict[str, str]:
    """Id → how a script hides the element as soon as the page opens; what a script also shows is only folded away. Handlers and
    functions wait for somebody: a window that can be closed is no hidden one."""
    if "getElementById" not in html or ".style" not in html:
        return {}
    found = {}
    for node in elements.of("script"):
        text = node.text(deep=True) or ""
        for match in _BY_SCRIPT.finditer(text):
            if text.count("{", 0, match.start()) <= text.count("}", 0, match.start()):
                shows = re.search(_SHOWS.format(re.escape(match[1])), html)
                found[match[1]] = FOLDED if shows else "script-hidden"
    return found
