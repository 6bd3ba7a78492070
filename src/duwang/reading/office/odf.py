"""odt and odp (OpenDocument): content.xml read as a stream."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from duwang.reading.office.extract import Extract, Pieces, Unreadable
from duwang.reading.office.markup import Event, events, local
from duwang.reading.office.package import Package

_SKIPPED = frozenset(
    {"tracked-changes", "script", "font-face-decls", "automatic-styles", "rubytext", "object-ole"} | {"forms"}
)
_MAX_REPEAT = 200


@dataclass(slots=True)
class _State:
    pieces: Pieces = field(default_factory=Pieces)
    paragraphs: list[list[str]] = field(default_factory=list)
    tables: list[list[list[str]]] = field(default_factory=list)
    cells: list[list[str]] = field(default_factory=list)
    skipped: int = 0


def read(body: bytes) -> Extract:
    """Paragraphs and tables in order, then headers and footers."""
    package = Package.open(body)
    if package.has("META-INF/manifest.xml") and any(
        event.name == "encryption-data" for event in events(package.chunks("META-INF/manifest.xml"))
    ):
        raise Unreadable("encrypted", "文件加了打开密码")
    state = _State()
    _walk(events(package.chunks("content.xml")), state)
    if package.has("styles.xml"):
        _walk(events(package.chunks("styles.xml")), state)
    return state.pieces.extract()


def _walk(stream: Iterable[Event], state: _State) -> None:
    for event in stream:
        if event.kind == "text":
            if state.paragraphs and not state.skipped:
                state.paragraphs[-1].append(event.text)
        elif event.name in _SKIPPED:
            state.skipped += 1 if event.kind == "start" else -1
        elif state.skipped:
            continue
        elif event.kind == "start":
            _start(event, state)
        else:
            _end(event.name, state)


def _start(event: Event, state: _State) -> None:
    name = event.name
    if name in ("p", "h"):
        state.paragraphs.append([])
    elif name in ("tab", "line-break", "s") and state.paragraphs:
        count = local(event.attributes, "c")
        state.paragraphs[-1].append(
            {"tab": "\t", "line-break": "\n"}.get(name, " " * min(int(count) if count.isdigit() else 1, 100))
        )
    elif name == "table":
        state.tables.append([])
    elif name == "table-row" and state.tables:
        state.tables[-1].append([])
    elif name in ("table-cell", "covered-table-cell") and state.tables:
        state.cells.append([local(event.attributes, "number-columns-repeated")])


def _end(name: str, state: _State) -> None:
    if name in ("p", "h") and state.paragraphs:
        text = "".join(state.paragraphs.pop())
        if state.cells:
            state.cells[-1].append(text)
        else:
            state.pieces.paragraph(text)
    elif name in ("table-cell", "covered-table-cell") and state.cells and state.tables:
        repeated, *words = state.cells.pop()
        times = min(int(repeated), _MAX_REPEAT) if repeated.isdigit() else 1
        if not state.tables[-1]:
            state.tables[-1].append([])
        state.tables[-1][-1].extend([" ".join(word for word in words if word.strip())] * times)
    elif name == "table" and state.tables:
        rows = state.tables.pop()
        if state.cells:
            state.cells[-1].append(" ".join(cell for row in rows for cell in row if cell))
        else:
            state.pieces.table(rows)
