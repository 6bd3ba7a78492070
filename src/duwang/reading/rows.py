"""The rows of a list: links that stand alike, each with the text that belongs to it, wherever the layout put the day."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

from selectolax.lexbor import LexborNode

from duwang.reading.addresses import Base
from duwang.reading.body import is_noise
from duwang.reading.dates import Printed, first_date, short_date, torn_date

_ROWS = frozenset(["li", "tr", "dd", "dt", "p", "div", "article", "td"])
_PAGING = re.compile(
    r"^\s*(上一页|下一页|上页|下页|后一页|后页|下一頁|首页|尾页|末页|next|Next|>|›|»|&gt;)\s*[>›»]*\s*$"
)
_MENU = re.compile(
    r"(^|[-_\s])(nav|menu|head|header|top|crumb|crumbs|position|location|weizhi|dqwz|tab|tabs|link|links|yqlj|lanmu|leftnav|sub)\w*",
    re.IGNORECASE,
)
_GLUED = re.compile(
    r"^[\[(（【]?\s*(?P<front>(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*[\])）】]?|"
    r"[\[(（【]?\s*(?P<back>(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?|(?:19|20)\d{2}年\d{1,2}月\d{1,2}日)\s*[\])）】]?$"
)
_MIN_TITLE = 9
_CLIMB = 4
_LONG = 800
_MANY = 50


@dataclass(slots=True)
class Row:
    """One line of a list: `rest` is what it prints beside its title, `glued` the day that stands inside the title's ends."""

    url: str
    title: str
    rest: str
    order: int
    glued: Printed | None = None

    @property
    def dated(self) -> bool:
        return printed_day(self.rest) is not None or short_date(self.rest) is not None


@dataclass(slots=True)
class _Memo:
    """What was asked of an element once is not asked again: rows share their parents."""

    siblings: dict[tuple[int, str], int] = field(default_factory=dict)
    hrefs: dict[int, frozenset[str]] = field(default_factory=dict)
    texts: dict[int, str] = field(default_factory=dict)

    def like(self, node: LexborNode) -> int:
        """How many children of the node's parent have its tag."""
        parent = node.parent
        if parent is None:
            return 1
        key = (parent.mem_id, node.tag or "")
        if key not in self.siblings:
            self.siblings[key] = sum(child.tag == node.tag for child in _children(parent))
        return self.siblings[key]

    def lone(self, node: LexborNode) -> bool:
        """True when every titled link inside leads to the same place."""
        if node.mem_id not in self.hrefs:
            self.hrefs[node.mem_id] = frozenset(
                anchor.attributes.get("href") or ""
                for anchor in node.css("a[href]")
                if len((anchor.attributes.get("title") or anchor.text() or "").strip()) >= 4
            )
        return len(self.hrefs[node.mem_id]) <= 1

    def rest(self, node: LexborNode, title: str) -> str:
        """The text of an element without a row's title."""
        if node.mem_id not in self.texts:
            text = " ".join((node.text(separator=" ") or "").split())
            self.texts[node.mem_id] = text if len(text) <= _LONG else f"{text[: _LONG // 2]} {text[-_LONG // 2 :]}"
        text = self.texts[node.mem_id]
        return text.replace(title, " ", 1) if title in text else text.replace(title[:12], " ", 1)


@dataclass(slots=True)
class _Found:
    """A link with the element that makes it a row."""

    anchor: LexborNode
    row: LexborNode
    url: str
    title: str
    order: int


def rows_of(top: LexborNode, *, base: Base, foot: frozenset[int]) -> list[Row]:
    """The group of rows that is the list: rows with dates beat long titles beat everything else; empty when there is none."""
    groups: dict[tuple[str, ...], list[_Found]] = defaultdict(list)
    outside: dict[int, bool] = {}
    memo = _Memo()
    for order, anchor in enumerate(top.css("a[href]")):
        attributes = anchor.attributes
        title = " ".join((attributes.get("title") or "").split())
        text = " ".join((anchor.text() or "").split())
        name = title if len(title) > len(text) or (text.endswith(("...", "…")) and title) else text
        if len(name) < 4 or _PAGING.match(name) or (url := base.absolute(attributes.get("href") or "")) == "":
            continue
        row = _row_of(anchor, memo)
        if row is None or _is_outside(row, foot, outside):
            continue
        groups[_signature(row)].append(_Found(anchor, row, url, name, order))
    scored = [(score, rows) for found in groups.values() if (score := _score(rows := _read(found, memo))) > 0]
    if not scored:
        return []
    best = max(score for score, _ in scored)
    seen: dict[str, Row] = {}
    for one in (row for score, rows in scored if score == best for row in rows):
        if one.url not in seen or len(one.title) > len(seen[one.url].title):
            seen[one.url] = one
    return sorted(seen.values(), key=lambda row: row.order)


def printed_day(text: str) -> Printed | None:
    """A full day, in one piece or torn apart by the layout."""
    return first_date(text) or torn_date(text)


def _read(found: list[_Found], memo: _Memo) -> list[Row]:
    """The rows of one group with their texts; a day inside the titles counts only where most titles carry one."""
    if len(found) > _MANY and _nested(found):
        return []
    rows = _by_element(found, memo)
    if sum(row.dated for row in rows) * 2 < len(rows):
        rows = max((rows, _by_neighbours(found)), key=lambda kind: sum(row.dated for row in kind))
    glued = [row for row in rows if not row.dated and _GLUED.search(row.title)]
    if len(glued) * 2 >= len(rows):
        for row in glued:
            _unglue(row)
    return rows


def _nested(found: list[_Found]) -> bool:
    """True for rows inside rows inside rows: no list, and reading every row's text would take for ever."""
    inside = 0
    for outer, inner in pairwise(found[: 4 * _MANY]):
        node = inner.row.parent
        for _ in range(8):
            if node is None or node.mem_id == outer.row.mem_id:
                break
            node = node.parent
        inside += node is not None and node.mem_id == outer.row.mem_id
    return inside * 4 > min(len(found), 4 * _MANY)


def _by_element(found: list[_Found], memo: _Memo) -> list[Row]:
    """The text of the element, or of the largest one around it that holds no other link."""
    rows = []
    for one in found:
        rest = ""
        if memo.lone(one.row):
            rest = memo.rest(one.row, one.title)
            if printed_day(rest) is None and short_date(rest) is None:
                rest = _wider(one, memo) or rest
        rows.append(Row(one.url, one.title, rest, one.order))
    return rows


def _wider(one: _Found, memo: _Memo) -> str:
    node = one.row.parent
    for _ in range(_CLIMB):
        if node is None or node.tag in ("body", "html") or not memo.lone(node):
            return ""
        rest = memo.rest(node, one.title)
        if printed_day(rest) or short_date(rest):
            return rest
        node = node.parent
    return ""


def _by_neighbours(found: list[_Found]) -> list[Row]:
    """The text between one link and the next (or the one before, when days stand in front)."""
    after = [Row(one.url, one.title, _beside(one, forward=True), one.order) for one in found]
    before = [Row(one.url, one.title, _beside(one, forward=False), one.order) for one in found]
    if before[0].dated and not after[-1].dated:
        return before
    return after


def _beside(one: _Found, *, forward: bool) -> str:
    """Text after (or before) the link up to the next link, inside the element that holds the list."""
    texts: list[str] = []
    node: LexborNode | None = one.anchor
    for _ in range(_CLIMB):
        here = node
        while here is not None:
            here = here.next if forward else here.prev
            if here is None:
                break
            if here.tag == "a" or (here.tag != "-text" and here.css_first("a[href]") is not None):
                return _joined(texts, forward=forward)
            texts.append(" ".join((here.text(separator=" ") or "").split()))
        node = node.parent if node is not None else None
        if node is None or node.tag in ("body", "html", "ul", "ol", "dl", "table"):
            break
    return _joined(texts, forward=forward)


def _joined(texts: list[str], *, forward: bool) -> str:
    return " ".join(text for text in (texts if forward else reversed(texts)) if text)[:200]


def _unglue(row: Row) -> None:
    """Take the day out of the title's end or beginning; a title that is nothing else stays."""
    found = _GLUED.search(row.title)
    printed = first_date(found[0]) if found else None
    bare = (row.title[: found.start()] + row.title[found.end() :]).strip(" 　·-—|") if found else ""
    if printed and len(bare) >= 4:
        row.title, row.glued = bare, printed


def _score(rows: list[Row]) -> float:
    dated = sum(1 for row in rows if row.glued or row.dated)
    long_titles = sum(1 for row in rows if len(row.title) >= _MIN_TITLE)
    if dated >= max(1, len(rows) * 0.5):
        return 1000 + 10 * dated + long_titles
    if long_titles >= max(1, len(rows) * 0.6) and len(rows) >= 2:
        return 10 * long_titles
    return 0


def _row_of(anchor: LexborNode, memo: _Memo) -> LexborNode | None:
    """The repeated element around a link: the nearest li, tr, dd … that has siblings of its kind or is the only one."""
    node = anchor.parent
    for _ in range(5):
        if node is None or node.tag in ("body", "html"):
            return anchor.parent
        if node.tag in ("li", "tr", "dd", "article"):
            return node
        if (
            node.tag in _ROWS
            and node.parent is not None
            and node.parent.tag not in ("li", "tr", "td", "dd", "article", "p")
            and memo.like(node) >= 2
            and len(node.css("a")) <= 3
        ):
            return node
        node = node.parent
    return anchor.parent


def _children(node: LexborNode) -> Iterator[LexborNode]:
    child = node.child
    while child is not None:
        if child.tag != "-text":
            yield child
        child = child.next


def _is_outside(row: LexborNode, foot: frozenset[int], known: dict[int, bool]) -> bool:
    """True in navigation, foot, sidebars and the like."""
    path, node = [], row.parent
    answer = False
    while node is not None and node.tag not in ("body", "html"):
        if node.mem_id in known:
            answer = known[node.mem_id]
            break
        path.append(node.mem_id)
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}"
        if (
            node.mem_id in foot
            or is_noise(node)
            or ((node.tag in ("header", "nav") or _MENU.search(names)) and first_date(node.text() or "") is None)
        ):
            answer = True
            break
        node = node.parent
    for mem_id in path:
        known[mem_id] = answer
    return answer


def _signature(row: LexborNode) -> tuple[str, ...]:
    """Rows of one list look alike up to three levels: tag and class without numbers."""
    parts, node = [row.tag or ""], row.parent
    for _ in range(2):
        if node is None:
            break
        kind = re.sub(r"[0-9]+", "", node.attributes.get("class") or "")
        parts.append(f"{node.tag}.{kind}#{node.attributes.get('id') or ''}")
        node = node.parent
    return tuple(parts)
