"""Which node holds the article: the mass of sentences outside links, followed down to where it divides."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborNode

from duwang.reading.outline import Step
from duwang.reading.tags import tag_of

_SENTENCE = re.compile(r"[，。；！？：、,;]")
_NOISE_WORDS = (
    "foot|footer|copyright|copy|bottom|nav|navbar|menu|sidebar|aside|comment|comments|related|recommend|share|crumb|breadcrumb|crumbs|"
    "position|toolbar|login|hot|rank|ranking|tuijian|pinglun|disclaimer|statement"
)
_MAYBE_NOISE = re.compile(_NOISE_WORDS)
_NOISE = re.compile(rf"(^|[-_\s])({_NOISE_WORDS})([-_\s\d]|$)")
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_FOOT = re.compile(r"foot|copyright|bottom|comment|pinglun|disclaimer", re.IGNORECASE)
_HINT = re.compile(
    r"trs_editor|ucap-content|articlecontent|article[-_]?(content|body|con|text|detail)|^zoom$|zhengwen|news[-_]?(content|text|con)|"
    r"main[-_]?(text|content)|content[-_]?(text|main|body|detail)|endtext|js_content|rich_media_content|wzcon|xxgk_content|"
    r"pages_content|view[-_]?content|detail[-_]?(content|con|text)|artibody|vsb_content|conttext|nr_con|text[-_]?con",
    re.IGNORECASE,
)
_WEAK = 0.5
_SHARE = 0.5
_BESIDE = 0.12
_NAMED = frozenset(["div", "ul", "section", "footer", "nav", "aside", "td", "table", "dl"])
_LEAVES = frozenset(
    ["p", "span", "strong", "b", "font", "em", "i", "u", "h1", "h2", "h3", "h4", "tr", "tbody", "blockquote", "a"]
)


@dataclass(frozen=True, slots=True)
class Holder:
    """The node of the article, None when there are no sentences; `share` of the page's sentences that it holds; `steps`: its
    part of the outline, empty when that is not known."""

    node: LexborNode | None = None
    share: float = 0.0
    steps: Sequence[Step] = ()


def container(top: LexborNode, steps: Sequence[Step]) -> Holder:
    """The node that holds the article of a page whose visible nodes are given."""
    mass, spans = masses(steps)
    total = mass.get(top.mem_id, 0.0)
    if total < 12:
        return Holder()
    node = top
    while (best := _next(node, mass)) is not None:
        node = best
    hinted = _hinted(node, mass)
    begin, end = spans.get(hinted.mem_id, (0, 0))
    return Holder(hinted, mass[node.mem_id] / total, steps[begin:end])


def masses(steps: Sequence[Step]) -> tuple[dict[int, float], dict[int, tuple[int, int]]]:
    """mem_id → characters of sentences outside links below that node, and where such a node begins and ends in the outline. What
    names itself noise gives nothing to the nodes around it, unless it holds more than all the rest (an article inside a
    "share" block)."""
    mass: dict[int, float] = defaultdict(float)
    spans: dict[int, tuple[int, int]] = {}
    noisy: list[tuple[float, list[int]]] = []
    dropped: set[int] = set()
    nodes: list[LexborNode] = []
    begins: list[int] = []
    sums: list[float] = [0.0]
    in_link = 0
    for at, step in enumerate(steps):
        if isinstance(step, str):
            if not in_link and len(step) >= 4 and (weight := _weight(step)):
                sums[-1] += weight
            continue
        if len(step) == 2:
            in_link += step[0] == "a"
            nodes.append(step[1])
            begins.append(at)
            sums.append(0.0)
            continue
        tag = step[0]
        in_link -= tag == "a"
        node, begun, done = nodes.pop(), begins.pop(), sums.pop()
        if not done:
            continue
        mem_id = node.mem_id
        mass[mem_id], spans[mem_id] = done, (begun, at + 1)
        if tag in _NAMED and nodes and is_noise(node):
            dropped.add(mem_id)
            if _is_foot(node):
                noisy = [found for found in noisy if mem_id not in found[1]]
            else:
                noisy.append((done, [*(above.mem_id for above in nodes), mem_id]))
        else:
            sums[-1] += done
    heaviest = max(noisy, key=lambda pair: pair[0], default=None)
    if heaviest and heaviest[0] > sums[0]:
        for mem_id in heaviest[1][:-1]:
            mass[mem_id] += heaviest[0]
        dropped.difference_update(heaviest[1])
    for mem_id in dropped:
        mass[mem_id] = 0.0
    return mass, spans


def _next(node: LexborNode, mass: dict[int, float]) -> LexborNode | None:
    """The child to go down to: it holds most, and what lies beside it is no paragraph of the same text."""
    best, heaviest, beside = None, 0.0, 0.0
    child = node.child
    while child is not None:
        here = mass.get(child.mem_id, 0.0)
        if here > heaviest:
            if best is not None and _is_leaf(best):
                beside += heaviest
            best, heaviest = child, here
        elif here and _is_leaf(child):
            beside += here
        child = child.next
    whole = mass[node.mem_id]
    if best is None or _is_leaf(best) or heaviest < _SHARE * whole or beside + _own(node, mass) > _BESIDE * whole:
        return None
    return best


def _own(node: LexborNode, mass: dict[int, float]) -> float:
    """Sentences directly in the node, in none of its children."""
    below, child = 0.0, node.child
    while child is not None:
        below += mass.get(child.mem_id, 0.0)
        child = child.next
    return max(0.0, mass[node.mem_id] - below)


def is_noise(node: LexborNode) -> bool:
    """A node that names itself navigation, footer, comments and the like."""
    if tag_of(node) in ("footer", "nav", "aside"):
        return True
    attributes = node.attributes
    style = attributes.get("style")
    if style and _HIDDEN.search(style):
        return True
    return _noisy(attributes.get("class") or "", attributes.get("id") or "")


@lru_cache(maxsize=4096)
def _noisy(kind: str, name: str) -> bool:
    names = f"{kind} {name}".lower()
    return bool(_MAYBE_NOISE.search(names)) and bool(_NOISE.search(names)) and not _HINT.search(names)


def names_article(node: LexborNode) -> bool:
    """A node whose class or id says that it holds the article."""
    attributes = node.attributes
    return bool(_HINT.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"))


def _is_foot(node: LexborNode) -> bool:
    attributes = node.attributes
    return tag_of(node) == "footer" or bool(
        _FOOT.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")
    )


def _weight(text: str) -> float:
    """Full sentences weigh most, single words nothing."""
    chars = len(text.strip())
    if chars < 4:
        return 0.0
    if "。" in text or "；" in text or "！" in text or "？" in text:
        return chars
    return chars * _WEAK if chars >= 16 or _SENTENCE.search(text) else 0.0


def _is_leaf(node: LexborNode) -> bool:
    """A paragraph, or a list line or heading that holds no paragraphs."""
    tag = tag_of(node)
    return node.css_first("p,div,ul,table") is None if tag in ("li", "dd", "td") else tag in _LEAVES


def _hinted(node: LexborNode, mass: dict[int, float]) -> LexborNode:
    """A node below that calls itself the article and holds most of the sentences is taken instead."""
    for found in node.css("[class],[id]"):
        if mass.get(found.mem_id, 0.0) >= 0.5 * mass[node.mem_id]:
            attributes = found.attributes
            if _HINT.search(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"):
                return found
    return node
