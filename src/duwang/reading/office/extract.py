"""What a reader of office files gives back, and how it is put together."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from duwang.model.material import Table

Status = Literal["text", "no-text-layer", "encrypted", "damaged", "unsupported", "image"]
MAX_CHARS = 5_000_000
MAX_CELLS = 2_000_000


class Unreadable(Exception):
    """A file that gives no text; `status` is what it is, `detail` a Chinese sentence part for people."""

    def __init__(self, status: Status, detail: str) -> None:
        super().__init__(detail)
        self.status: Status = status
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Extract:
    """Text of a file; each table stands in the text at its `start`. `note` says what was left out, empty when nothing was."""

    text: str
    tables: tuple[Table, ...] = ()
    note: str = ""


@dataclass(slots=True)
class Pieces:
    """Paragraphs and tables in reading order; offsets are counted as they come."""

    parts: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    length: int = 0
    cells: int = 0
    cut: bool = False

    def paragraph(self, text: str) -> None:
        """One paragraph; empty ones are left out."""
        if text.strip():
            self._add(text.strip("\r\n"))

    def table(self, rows: Iterable[Sequence[str]], *, name: str = "") -> None:
        """One table; rows without any text are left out, line breaks and tabs inside a cell become spaces."""
        kept: list[tuple[str, ...]] = []
        room = MAX_CHARS - self.length
        for row in rows:
            cells = tuple(one_line(cell) for cell in row)
            if not any(cells):
                continue
            room -= sum(map(len, cells)) + len(cells)
            self.cells += len(cells)
            if room < 0 or self.cells > MAX_CELLS:
                self.cut = True
                break
            kept.append(cells)
        if kept:
            start = self.length + bool(self.parts)
            self._add("\n".join("\t".join(row) for row in kept))
            self.tables.append(Table(rows=tuple(kept), name=name, start=start))

    def include(self, extract: Extract) -> None:
        """The text and tables of another file, behind what is here."""
        if not extract.text or self.cut:
            return
        start = self.length + bool(self.parts)
        self._add(extract.text)
        if not self.cut:
            self.tables += [Table(table.rows, table.name, table.start + start) for table in extract.tables]

    def extract(self, *, note: str = "") -> Extract:
        """Everything so far."""
        notes = [note] if note else []
        if self.cut:
            notes.append(f"内容过长，只读了前{self.length}字")
        return Extract("\n".join(self.parts), tuple(self.tables), "；".join(notes))

    def _add(self, text: str) -> None:
        room = MAX_CHARS - self.length - bool(self.parts)
        if self.cut or room <= 0:
            self.cut = True
            return
        if len(text) > room:
            text, self.cut = text[:room], True
        self.length += len(text) + bool(self.parts)
        self.parts.append(text)


def one_line(text: str) -> str:
    """A cell's text on one line."""
    return " ".join(text.split()) if any(c in text for c in "\t\r\n\v\f") else text.strip(" \u3000")
