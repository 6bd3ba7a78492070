"""docx (and what WPS writes as docx): own streaming reader of WordprocessingML."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from duwang.reading.office.extract import Extract, Pieces
from duwang.reading.office.markup import Event, events, local
from duwang.reading.office.package import Package

Rows = list[list[str]]
_SKIPPED = frozenset(
    {"del", "moveFrom", "Fallback", "instrText", "delText", "delInstrText", "rt", "pPrChange", "rPrChange"}
)
_BREAKS = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
_ASIDE = ("footnotes", "endnotes", "comments", "header", "footer")


def read(body: bytes) -> Extract:
    """Body, then notes, comments, headers and footers; text boxes and tables in place, tracked deletions left out."""
    package = Package.open(body)
    main = _main_part(package)
    pieces = Pieces()
    write_blocks(blocks(events(package.chunks(main))), pieces)
    folder = main.rpartition("/")[0]
    seen: set[str] = set()
    for stem in _ASIDE:
        for name in sorted(
            name for name in package.names if name.startswith(f"{folder}/{stem}") and name.endswith(".xml")
        ):
            aside = Pieces()
            write_blocks(blocks(events(package.chunks(name))), aside)
            extract = aside.extract()
            if extract.text not in seen:
                seen.add(extract.text)
                pieces.include(extract)
    return pieces.extract()


def _main_part(package: Package) -> str:
    if package.has("_rels/.rels"):
        for event in events(package.chunks("_rels/.rels")):
            if event.name == "Relationship" and local(event.attributes, "Type").endswith("/officeDocument"):
                target = local(event.attributes, "Target").lstrip("/")
                if package.has(target):
                    return target
    return next(
        (name for name in package.names if name.startswith("word/document") and name.endswith(".xml")),
        "word/document.xml",
    )


@dataclass(slots=True)
class _State:
    """`containers`: the body and the table cells being read; `paragraphs`: open paragraphs (a text box nests one)."""

    containers: list[list[str | Rows]] = field(default_factory=lambda: [[]])
    paragraphs: list[list[str]] = field(default_factory=list)
    tables: list[Rows] = field(default_factory=list)
    spans: list[int] = field(default_factory=list)
    skipped: int = 0
    in_text: bool = False


def blocks(stream: Iterable[Event]) -> list[str | Rows]:
    """Paragraph texts and tables of one part, in order."""
    state = _State()
    for event in stream:
        if event.kind == "text":
            if state.in_text and not state.skipped and state.paragraphs:
                state.paragraphs[-1].append(event.text)
        elif event.name in _SKIPPED:
            state.skipped += 1 if event.kind == "start" else -1
        elif state.skipped:
            continue
        elif event.kind == "start":
            _start(event, state)
        else:
            _end(event.name, state)
    return state.containers[0]


def _start(event: Event, state: _State) -> None:
    name = event.name
    if name == "t":
        state.in_text = True
    elif name == "p":
        state.paragraphs.append([])
    elif name in _BREAKS:
        if state.paragraphs and not (name == "tab" and event.attributes):  # a tab stop in properties carries attributes
            state.paragraphs[-1].append(_BREAKS[name])
    elif name == "tbl":
        state.tables.append([])
    elif name == "tr" and state.tables:
        state.tables[-1].append([])
    elif name == "tc" and state.tables:
        state.containers.append([])
        state.spans.append(1)
    elif name == "gridSpan" and state.spans:
        value = local(event.attributes, "val")
        state.spans[-1] = min(int(value), 200) if value.isdigit() else 1


def _end(name: str, state: _State) -> None:
    if name == "t":
        state.in_text = False
    elif name == "p" and state.paragraphs:
        state.containers[-1].append("".join(state.paragraphs.pop()))
    elif name == "tc" and len(state.containers) > 1 and state.spans:
        rows = state.tables[-1]
        if not rows:
            rows.append([])
        rows[-1].append(_flat(state.containers.pop()))
        rows[-1].extend([""] * (state.spans.pop() - 1))
    elif name == "tbl" and state.tables:
        state.containers[-1].append(state.tables.pop())


def _flat(content: list[str | Rows]) -> str:
    """A cell's content in one string; a table inside it becomes words in reading order."""
    words = [block if isinstance(block, str) else " ".join(cell for row in block for cell in row) for block in content]
    return " ".join(word for word in words if word.strip())


def write_blocks(found: list[str | Rows], pieces: Pieces) -> None:
    """Paragraphs and tables into `pieces`, in order."""
    for block in found:
        if isinstance(block, str):
            pieces.paragraph(block)
        else:
            pieces.table(block)
