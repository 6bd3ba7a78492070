"""HTML nodes → lines of visible text with blocks, tables and pictures. Walks without recursion, so depth does not matter."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from urllib.parse import urljoin

from selectolax.lexbor import LexborNode

from duwang.model.material import Block, Image, Table

_UNSEEN = "script style noscript template iframe select option button svg textarea head title object embed map"
SKIPPED = frozenset(_UNSEEN.split())
_OWN_LINES = (
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_OWN_LINES.split())
_SPACE = re.compile(r"[ \t\r\n\f\v\u00a0]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Flow:
    """Lines joined by newline; blocks and tables know their offset in `text`."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


def flow(top: LexborNode, *, base: str = "", with_tables: bool = True, skip: frozenset[int] = frozenset()) -> Flow:
    """Visible text below `top`. `skip` holds mem_ids of nodes left out."""
    return _Writer(base, with_tables, skip).write(top)


@dataclass(slots=True)
class _Writer:
    base: str
    with_tables: bool
    skip: frozenset[int]
    out: Flow = field(default_factory=Flow)
    lines: list[str] = field(default_factory=list)
    length: int = 0
    line: list[str] = field(default_factory=list)
    kind: str = "paragraph"
    level: int = 0
    centred: bool = False
    hidden: set[int] = field(default_factory=set)
    centres: set[int] = field(default_factory=set)
    rows: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[str] | None = None
    table: int | None = None
    table_start: int = 0

    def write(self, top: LexborNode) -> Flow:
        for styled in (top, *top.css("[style],[align],[hidden]")):
            attributes = styled.attributes
            style = attributes.get("style") or ""
            if "hidden" in attributes or (style and _HIDDEN.search(style)):
                self.hidden.add(styled.mem_id)
            elif "center" in (attributes.get("align") or style):
                self.centres.add(styled.mem_id)
        node: LexborNode | None = top
        depth, entering = 0, True
        while node is not None:
            tag = node.tag or ""
            child = None
            if tag == "-text":
                self._text(node.text_content or "")
            elif not entering:
                self._leave(node, tag)
            elif self._enter(node, tag):
                child = node.child
                if child is None:
                    self._leave(node, tag)
            if child is not None:
                node, entering, depth = child, True, depth + 1
                continue
            if depth == 0:
                break
            after = node.next
            if after is not None:
                node, entering = after, True
            else:
                node, entering, depth = node.parent, False, depth - 1
        self._flush()
        self.out.text = "\n".join(self.lines)
        return self.out

    def _text(self, text: str) -> None:
        cleaned = _SPACE.sub(" ", text)
        if cleaned and (cleaned != " " or self.line):
            self.line.append(cleaned)

    def _enter(self, node: LexborNode, tag: str) -> bool:
        """False when the node is left out with all below it."""
        if (
            tag in SKIPPED
            or tag[:1] in "-!"
            or (self.skip and node.mem_id in self.skip)
            or (self.hidden and node.mem_id in self.hidden)
        ):
            return False
        if tag == "br":
            self._break()
        elif tag == "img":
            self._image(node)
        elif tag in _BLOCKS:
            self._open(node, tag)
        return True

    def _open(self, node: LexborNode, tag: str) -> None:
        if self.table is not None:
            if tag == "tr":
                self.cells = []
            elif tag in ("td", "th") and self.cells is not None:
                self.line = []
            elif self.line:
                self.line.append(" ")
            return
        self._flush()
        if tag == "table" and self.with_tables and _is_data(node):
            self.table, self.rows = node.mem_id, []
            self.table_start = self.length
        if tag[0] == "h" and tag[1:].isdigit():
            self.kind, self.level = "heading", int(tag[1:])
        elif tag == "li":
            self.kind = "list"
        self.centred = tag == "center" or (bool(self.centres) and node.mem_id in self.centres)

    def _leave(self, node: LexborNode, tag: str) -> None:
        if self.table is not None:
            self._leave_in_table(node, tag)
        elif tag in _BLOCKS:
            self._flush()
            self.kind, self.level, self.centred = "paragraph", 0, False

    def _leave_in_table(self, node: LexborNode, tag: str) -> None:
        if tag in ("td", "th") and self.cells is not None:
            self.cells.append("".join(self.line).replace("\t", " ").strip())
            self.line = []
        elif tag == "tr" and self.cells is not None:
            if any(self.cells):
                self.rows.append(tuple(self.cells))
            self.cells = None
        elif node.mem_id == self.table:
            self.table = None
            self.line = []
            if self.rows:
                text = "\n".join("\t".join(row) for row in self.rows)
                self.out.tables.append(Table(tuple(self.rows), "", self.length))
                self._append(text, "table")

    def _break(self) -> None:
        if self.table is not None:
            self.line.append(" ")
        else:
            self._flush(keep=True)

    def _flush(self, *, keep: bool = False) -> None:
        if self.line:
            text = "".join(self.line).strip(" ")
            self.line = []
            if text.strip("\u3000 "):
                self._append(text, self.kind)
        if not keep:
            self.kind, self.level, self.centred = "paragraph", 0, False

    def _append(self, text: str, kind: str) -> None:
        self.out.blocks.append(Block(kind, text, self.length, self.level, self.centred))
        self.lines.append(text)
        self.length += len(text) + 1

    def _image(self, node: LexborNode) -> None:
        source = node.attributes.get("src") or node.attributes.get("data-src") or ""
        if source and not source.startswith("data:"):
            self.out.images.append(Image(_joined(self.base, source), node.attributes.get("alt") or ""))


def _joined(base: str, url: str) -> str:
    try:
        return urljoin(base, url.strip())
    except ValueError:
        return url


def _is_data(table: LexborNode) -> bool:
    """A table of data, not of layout: no table inside, at least two rows, at least two cells in some row."""
    if table.css_first("td table,th table") is not None:
        return False
    rows = table.css("tr")
    return len(rows) >= 2 and any(len(row.css("td,th")) >= 2 for row in rows[:30])
