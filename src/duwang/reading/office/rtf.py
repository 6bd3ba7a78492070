"""rtf: own reader of control words; charsets by font, tables by rows, hidden destinations left out."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from duwang.reading.office.extract import MAX_CHARS, Extract, Pieces, Unreadable

_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\"
)
_MAX_DEPTH = 5000
_HIDDEN = frozenset(
    [
        "fonttbl",
        "colortbl",
        "stylesheet",
        "info",
        "pict",
        "object",
        "objdata",
        "fldinst",
        "themedata",
        "colorschememapping",
        "latentstyles",
        "datastore",
        "xmlnstbl",
        "listtable",
        "listoverridetable",
        "revtbl",
        "rsidtbl",
        "generator",
        "filetbl",
        "sp",
        "sn",
        "sv",
        "datafield",
        "private1",
        "bkmkstart",
        "bkmkend",
        "atnid",
        "atnauthor",
        "atndate",
        "atnref",
        "atntime",
        "mmath",
        "upr",
        "nonshppict",
        "shprslt",
        "pnseclvl",
        "listpicture",
    ]
)
_SHOWN_STARRED = frozenset({"shpinst", "shptxt", "pntext", "annotation", "footnote", "ftnsep"})
_CHARSETS = {134: "gb18030", 136: "big5", 128: "cp932", 129: "cp949", 204: "cp1251", 0: "", 1: ""}
_CODE_PAGES = {936: "gb18030", 950: "big5", 932: "cp932", 949: "cp949", 65001: "utf-8"}
_CHARACTERS = {"emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "bullet": "•",
               "tab": "\t", "line": "\n", "emspace": " ", "enspace": " ", "qmspace": " "}  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Group:
    """What a brace saves: hidden destination, charset, characters to skip behind \\u, deleted by a reviser, inside a table."""

    hidden: bool = False
    fonts: bool = False
    charset: str = ""
    skip: int = 1
    deleted: bool = False
    in_table: bool = False
    starred: bool = False


@dataclass(slots=True)
class _Reader:
    pieces: Pieces = field(default_factory=Pieces)
    page: str = "cp1252"
    fonts: dict[int, str] = field(default_factory=dict)
    font: int = 0
    group: _Group = field(default_factory=_Group)
    groups: list[_Group] = field(default_factory=list)
    raw: bytearray = field(default_factory=bytearray)
    high: int = 0
    to_skip: int = 0
    words: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    length: int = 0

    def flush(self) -> None:
        """Bytes gathered so far become characters in the charset of their font."""
        if self.raw:
            text = self.raw.decode(self.group.charset or self.page, "replace")
            self.raw.clear()
            self.words.append(text)

    def put(self, text: str) -> None:
        if not (self.group.hidden or self.group.deleted):
            self.flush()
            self.words.append(text)
            self.length += len(text)

    def line(self) -> str:
        self.flush()
        text = "".join(self.words)
        self.words.clear()
        return text

    def paragraph(self) -> None:
        if self.group.in_table:
            self.cell.append(self.line())
            return
        line = self.line()
        if line.strip():
            self.end_table()
        self.pieces.paragraph(line)

    def end_cell(self) -> None:
        self.cell.append(self.line())
        self.cells.append(" ".join(part for part in self.cell if part.strip()))
        self.cell.clear()

    def end_row(self) -> None:
        if self.cells:
            self.rows.append(self.cells)
        self.cells = []

    def end_table(self) -> None:
        if self.cell or self.cells:
            self.end_cell()
            self.end_row()
        if self.rows:
            self.pieces.table(self.rows)
        self.rows = []


def read(body: bytes) -> Extract:
    """All visible text in the file's order."""
    reader = _Reader()
    place = 0
    while (found := _TOKEN.match(body, place)) is not None and reader.length <= MAX_CHARS:
        place = found.end()
        word, number, code, symbol, brace, text = found.groups()
        if word:
            name, value = word.decode(), int(number) if number else None
            if name == "bin":
                place += max(0, min(value or 0, len(body) - place))
            _control(reader, name, value)
        elif text:
            _bytes(reader, text)
        elif code:
            _bytes(reader, bytes.fromhex(code.decode()))
        elif brace == b"{":
            _open(reader)
        elif brace == b"}":
            _close(reader)
        elif symbol:
            _symbol(reader, symbol)
    reader.group = _Group()
    reader.paragraph()
    reader.end_table()
    return reader.pieces.extract()


def _open(reader: _Reader) -> None:
    reader.flush()
    reader.to_skip = 0
    if len(reader.groups) >= _MAX_DEPTH:
        raise Unreadable("damaged", "RTF嵌套过深，未读取")
    reader.groups.append(reader.group)


def _close(reader: _Reader) -> None:
    reader.flush()
    reader.to_skip = 0
    if reader.groups:
        in_table = reader.group.in_table
        reader.group = replace(reader.groups.pop(), in_table=in_table)


def _bytes(reader: _Reader, text: bytes) -> None:
    """Characters behind \\u that stand for readers without Unicode are skipped, a code as one."""
    if reader.to_skip:
        dropped = min(reader.to_skip, len(text))
        reader.to_skip -= dropped
        text = text[dropped:]
    if text and not (reader.group.hidden or reader.group.deleted):
        reader.raw += text
        reader.length += len(text)


def _symbol(reader: _Reader, symbol: bytes) -> None:
    if symbol == b"*":
        reader.group = replace(reader.group, starred=True)
    elif symbol in (b"\\", b"{", b"}"):
        _bytes(reader, symbol)
    elif symbol == b"~":
        reader.put(" ")
    elif symbol == b"_":
        reader.put("-")


def _control(reader: _Reader, name: str, value: int | None) -> None:
    if name in _HIDDEN or (reader.group.starred and name not in _SHOWN_STARRED):
        reader.flush()
        reader.group = replace(reader.group, hidden=True, fonts=name == "fonttbl", starred=False)
        return
    if reader.group.starred:
        reader.group = replace(reader.group, starred=False)
    if name == "shptxt":
        reader.group = replace(reader.group, hidden=False)
    if act := _ACTS.get(name):
        act(reader, value)
    elif name in _CHARACTERS:
        reader.put(_CHARACTERS[name])


def _unicode(reader: _Reader, value: int | None) -> None:
    unit = (value or 0) % 65536
    if 0xD800 <= unit < 0xDC00:
        reader.high = unit
    elif 0xDC00 <= unit < 0xE000:
        if reader.high:
            reader.put(chr(0x10000 + ((reader.high - 0xD800) << 10) + unit - 0xDC00))
        reader.high = 0
    elif unit:
        reader.put(chr(unit))
    reader.to_skip = reader.group.skip


def _font(reader: _Reader, value: int | None) -> None:
    reader.flush()
    reader.font = value or 0
    if not reader.group.fonts:
        reader.group = replace(reader.group, charset=reader.fonts.get(reader.font, ""))


def _font_charset(reader: _Reader, value: int | None) -> None:
    if reader.group.fonts:
        reader.fonts[reader.font] = _CHARSETS.get(value or 0, "")


def _code_page(reader: _Reader, value: int | None) -> None:
    number = value or 1252
    if number in _CODE_PAGES:
        reader.page = _CODE_PAGES[number]
    elif 1250 <= number <= 1258:
        reader.page = f"cp{number}"


def _skip(reader: _Reader, value: int | None) -> None:
    reader.group = replace(reader.group, skip=min(max(value if value is not None else 1, 0), 10))


def _deleted(reader: _Reader, value: int | None) -> None:
    reader.flush()
    reader.group = replace(reader.group, deleted=value != 0)


def _plain(reader: _Reader, value: int | None) -> None:
    reader.flush()
    reader.group = replace(reader.group, deleted=False, charset="")


def _table(reader: _Reader, value: int | None) -> None:
    reader.group = replace(reader.group, in_table=True)


def _no_table(reader: _Reader, value: int | None) -> None:
    reader.group = replace(reader.group, in_table=False)


_ACTS: dict[str, Callable[[_Reader, int | None], None]] = {
    "u": _unicode,
    "uc": _skip,
    "f": _font,
    "fcharset": _font_charset,
    "ansicpg": _code_page,
    "deleted": _deleted,
    "plain": _plain,
    "intbl": _table,
    "pard": _no_table,
    "par": lambda reader, _: None if reader.group.hidden else reader.paragraph(),
    "sect": lambda reader, _: None if reader.group.hidden else reader.paragraph(),
    "page": lambda reader, _: None if reader.group.hidden else reader.paragraph(),
    "cell": lambda reader, _: None if reader.group.hidden else reader.end_cell(),
    "nestcell": lambda reader, _: None if reader.group.hidden else reader.put(" "),
    "row": lambda reader, _: None if reader.group.hidden else reader.end_row(),
}
