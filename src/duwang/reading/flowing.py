"""HTML nodes → lines of visible text with blocks, tables and pictures. Walks without recursion, so depth does not matter."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from selectolax.lexbor import LexborNode

from duwang.model.material import Block, Image, Table
from duwang.reading.addresses import Base
from duwang.reading.outline import Step, outline

_OWN_LINES = (
    "address article aside blockquote body center dd div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section table tbody td tfoot th thead tr ul"
)
_BLOCKS = frozenset(_OWN_LINES.split())
_NOWHERE = Base("")
_KINDS = {"li": ("list", 0), **{f"h{n}": ("heading", n) for n in range(1, 7)}}
_FONT = re.compile(r"font-family\s*:\s*([^;,]+)", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


@dataclass(slots=True)
class Flow:
    """Lines joined by newline; blocks and tables know their offset in `text`."""

    text: str = ""
    blocks: list[Block] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    images: list[Image] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Marks:
    """What the attributes of elements say, by mem_id: which are hidden, which centred, the font of a paragraph."""

    hidden: frozenset[int]
    centred: frozenset[int]
    fonts: Mapping[int, str]


def marks_of(top: LexborNode) -> Marks:
    """The marks of all elements below and with `top`."""
    hidden, centred, fonts = set(), set(), dict[int, str]()
    for node in (top, *top.css("[style],[align],[hidden]")):
        attributes = node.attributes
        style = attributes.get("style") or ""
        if "hidden" in attributes or (style and _HIDDEN.search(style)):
            hidden.add(node.mem_id)
        elif "center" in (attributes.get("align") or style):
            centred.add(node.mem_id)
        if "font-family" in style and (named := _FONT.search(style)):
            fonts.setdefault(_block_of(node), named[1].strip("\"' "))
    return Marks(frozenset(hidden), frozenset(centred), fonts)


def flow(
    top: LexborNode,
    *,
    base: Base = _NOWHERE,
    skip: frozenset[int] = frozenset(),
    steps: Sequence[Step] = (),
    marks: Marks | None = None,
) -> Flow:
    """Visible text below `top`. `skip` holds mem_ids of nodes left out; `steps` is the outline of `top` and `marks` those of it or
    of a node around it, where they are known."""
    return _Writer(base, marks or marks_of(top), skip=skip).write(steps or outline(top))


def text_of(
    top: LexborNode, *, steps: Sequence[Step] = (), marks: Marks | None = None, with_tables: bool = True
) -> str:
    """Only the text of flow()."""
    return _Writer(_NOWHERE, marks or marks_of(top), with_tables, with_blocks=False).write(steps or outline(top)).text


@dataclass(slots=True)
class _Writer:
    base: Base
    marks: Marks
    with_tables: bool = True
    with_blocks: bool = True
    skip: frozenset[int] = frozenset()
    out: Flow = field(default_factory=Flow)
    lines: list[str] = field(default_factory=list)
    length: int = 0
    line: list[str] = field(default_factory=list)
    kind: str = "paragraph"
    level: int = 0
    centred: bool = False
    font: str = ""
    rows: list[tuple[str, ...]] = field(default_factory=list)
    cells: list[str] | None = None
    tables: int = 0

    def write(self, steps: Sequence[Step]) -> Flow:
        """`tables` counts the tables open inside a table of data, itself included."""
        left_out = self.skip | self.marks.hidden
        line, inside, plain = self.line, 0, not self.with_blocks
        for step in steps:
            if isinstance(step, str):
                if not inside and (line or step != " "):
                    line.append(step)
                continue
            tag = step[0]
            if len(step) == 2:
                if inside or (left_out and step[1].mem_id in left_out):
                    inside += 1
                elif tag in _BLOCKS:
                    if line or not plain or self.tables or tag == "table":
                        self._open(step[1], tag)
                elif tag == "br":
                    self._break()
                elif tag == "img":
                    self._image(step[1])
            elif inside:
                inside -= 1
            elif tag in _BLOCKS and (line or not plain or self.tables):
                self._leave(tag)
        self._flush()
        self.out.text = "\n".join(self.lines)
        return self.out

    def _open(self, node: LexborNode, tag: str) -> None:
        if self.tables:
            self.tables += tag == "table"
            if tag == "tr":
                self.cells = []
            elif tag in ("td", "th") and self.cells is not None:
                self.line.clear()
            elif self.line:
                self.line.append(" ")
            return
        if self.line:
            self._flush()
        if tag == "table" and self.with_tables and _is_data(node):
            self.tables, self.rows = 1, []
        self.kind, self.level = _KINDS.get(tag, ("paragraph", 0))
        marks = self.marks
        self.centred = tag == "center" or (node.mem_id in marks.centred if marks.centred else False)
        self.font = marks.fonts.get(node.mem_id, "") if marks.fonts else ""

    def _leave(self, tag: str) -> None:
        if self.tables:
            self._leave_in_table(tag)
            return
        if self.line:
            self._flush()
        self.kind, self.level, self.centred = "paragraph", 0, False

    def _leave_in_table(self, tag: str) -> None:
        if tag in ("td", "th") and self.cells is not None:
            self.cells.append("".join(self.line).replace("\t", " ").strip())
            self.line.clear()
        elif tag == "tr" and self.cells is not None:
            if any(self.cells):
                self.rows.append(tuple(self.cells))
            self.cells = None
        elif tag == "table":
            self.tables -= 1
            if self.tables:
                return
            self.line.clear()
            if self.rows:
                text = "\n".join("\t".join(row) for row in self.rows)
                self.out.tables.append(Table(tuple(self.rows), "", self.length))
                self._append(text, "table")

    def _break(self) -> None:
        if self.tables:
            self.line.append(" ")
        else:
            self._flush(keep=True)

    def _flush(self, *, keep: bool = False) -> None:
        if line := self.line:
            text = (line[0] if len(line) == 1 else "".join(line)).strip(" ")
            line.clear()
            if text.strip("\u3000 "):
                self._append(text, self.kind)
        if not keep:
            self.kind, self.level, self.centred = "paragraph", 0, False

    def _append(self, text: str, kind: str) -> None:
        if self.with_blocks:
            self.out.blocks.append(Block(kind, text, self.length, self.level, self.centred, self.font))
        self.lines.append(text)
        self.length += len(text) + 1

    def _image(self, node: LexborNode) -> None:
        if not self.with_blocks:
            return
        source = node.attributes.get("src") or node.attributes.get("data-src") or ""
        if source and not source.startswith("data:"):
            image = Image(_joined(self.base, source), node.attributes.get("alt") or "", size=_size(node))
            self.out.images.append(image)


def _block_of(node: LexborNode) -> int:
    """mem_id of the paragraph-like node that a styled node lies in."""
    above: LexborNode | None = node
    while above is not None and above.tag not in _BLOCKS:
        above = above.parent
    return (above or node).mem_id


def _size(node: LexborNode) -> tuple[int, int] | None:
    """Width and height of a picture as its attributes say."""
    told = [(node.attributes.get(name) or "").strip().removesuffix("px") for name in ("width", "height")]
    return (
        (int(told[0]), int(told[1])) if all(one.isascii() and one.isdigit() and len(one) < 6 for one in told) else None
    )


def _joined(base: Base, raw: str) -> str:
    return base.absolute(raw) or raw


def _is_data(table: LexborNode) -> bool:
    """A table of data, not of layout: no table inside, at least two rows, at least two cells in some row."""
    if table.css_first("td table,th table") is not None:
        return False
    rows = table.css("tr")
    return len(rows) >= 2 and any(len(row.css("td,th")) >= 2 for row in rows[:30])
