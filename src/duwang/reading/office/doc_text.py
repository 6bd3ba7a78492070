"""Word's character stream → paragraphs and tables: cell marks, row marks, fields, special characters."""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass, field

from duwang.reading.office.extract import Extract, Pieces

_TOKENS = re.compile("[^\x00-\x1f\xa0\xad]+|[\x00-\x1f\xa0\xad]")
_SHOWN = {"\x1e": "-", "\x0b": "\n", "\x0e": "\n", "\t": "\t", "\xa0": " "}
_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters stored together: text, file offset of its first character, bytes per character."""

    text: str
    offset: int
    width: int


@dataclass(frozen=True, slots=True)
class Marks:
    """File offsets with a property: paragraph in a table, paragraph that ends a row, character deleted by a reviser.
    `known` is False when the file's property index could not be used."""

    in_table: Container[int]
    row_end: Container[int]
    deleted: Container[int]
    known: bool
    revised: bool


@dataclass(slots=True)
class _Writer:
    pieces: Pieces = field(default_factory=Pieces)
    words: list[str] = field(default_factory=list)
    cell: list[str] = field(default_factory=list)
    cells: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    instructions: list[bool] = field(default_factory=list)  # open fields; True while the hidden instruction is read

    def line(self) -> str:
        text = "".join(self.words)
        self.words.clear()
        self.instructions = [hidden for hidden in self.instructions if not hidden]
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace") if _SURROGATE.search(text) else text

    def paragraph(self) -> None:
        self.end_table()
        self.pieces.paragraph(self.line())

    def end_cell(self) -> None:
        self.cell.append(self.line())
        self.cells.append(" ".join(part for part in self.cell if part.strip()))
        self.cell.clear()

    def end_row(self) -> None:
        self.words.clear()
        if self.cells:
            self.rows.append(self.cells)
        self.cells = []

    def end_table(self) -> None:
        if self.cell:
            self.cells.append(" ".join(self.cell))
            self.cell.clear()
        self.end_row_quietly()
        if self.rows:
            self.pieces.table(self.rows)
        self.rows = []

    def end_row_quietly(self) -> None:
        """A row whose end mark is missing."""
        if self.cells:
            self.rows.append(self.cells)
        self.cells = []


def write(pieces: Iterable[Piece], marks: Marks) -> Extract:
    """The whole stream put together; what is deleted, hidden in fields or no character at all is left out."""
    writer = _Writer()
    after_cell = False
    for token, place in _tokens(pieces, marks):
        if len(token) > 1 or (token >= " " and token not in _SHOWN):
            if not any(writer.instructions):
                writer.words.append(token)
            after_cell = False
        elif token == "\x07":
            if (place in marks.row_end) if marks.known else after_cell:
                writer.end_row()
                after_cell = False
            else:
                writer.end_cell()
                after_cell = True
        elif token in "\r\x0c":
            if place in marks.in_table:
                writer.cell.append(writer.line())
            else:
                writer.paragraph()
            after_cell = False
        else:
            _special(token, writer)
    writer.paragraph()
    return writer.pieces.extract()


def _special(token: str, writer: _Writer) -> None:
    if token == "\x13":
        writer.instructions.append(True)
    elif token == "\x14" and writer.instructions:
        writer.instructions[-1] = False
    elif token == "\x15" and writer.instructions:
        writer.instructions.pop()
    elif token in _SHOWN and not any(writer.instructions):
        writer.words.append(_SHOWN[token])


def _tokens(pieces: Iterable[Piece], marks: Marks) -> Iterator[tuple[str, int]]:
    """Runs of plain characters and single special ones, with the file offset of each."""
    for piece in pieces:
        for found in _TOKENS.finditer(piece.text):
            place = piece.offset + found.start() * piece.width
            token = found[0]
            if marks.revised:
                token = "".join(c for n, c in enumerate(token) if place + n * piece.width not in marks.deleted)
            if token:
                yield token, place
