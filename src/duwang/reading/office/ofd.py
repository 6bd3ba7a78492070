"""OFD (GB/T 33190): own reader; text objects of pages and of the page templates they use, lines rebuilt from positions."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field

from duwang.reading.office.extract import MAX_CHARS, Extract, Pieces, Unreadable
from duwang.reading.office.markup import Event, events, local
from duwang.reading.office.package import Package

_MAX_PAGES = 5000


@dataclass(frozen=True, slots=True)
class Word:
    """A run of text at its place on the page, in millimetres; `size` the font's."""

    x: float
    y: float
    width: float
    size: float
    text: str


@dataclass(slots=True)
class _Plan:
    """What Document.xml says: templates by id, pages (id, address) in order, annotation index."""

    templates: dict[str, str] = field(default_factory=dict)
    pages: list[tuple[str, str]] = field(default_factory=list)
    annotations: str = ""


def read(body: bytes) -> Extract:
    """Pages in order, each line from left to right."""
    package = Package.open(body)
    if any(name.rpartition("/")[2].lower() in ("encryptions.xml", "decryptseed.dat") for name in package.names):
        raise Unreadable("encrypted", "OFD加了密码")
    parts = {_normal(name): name for name in package.names}
    root = next((name for name in package.names if name.rpartition("/")[2].lower() == "ofd.xml"), "OFD.xml")
    pieces = Pieces()
    count = silent = 0
    for document in _texts(package, root, "DocRoot"):
        place = _find(parts, document, beside=root)
        if not place:
            continue
        plan = _plan(package, place)
        notes = _annotations(package, parts, plan, beside=place)
        for name, address in plan.pages[:_MAX_PAGES]:
            count += 1
            words = _page(package, parts, _find(parts, address, beside=place), plan, beside=place)
            words += notes.get(name, [])
            silent += not words
            for line in lines(words):
                pieces.paragraph(line)
            if pieces.length >= MAX_CHARS:
                break
    if not count:
        raise Unreadable("damaged", "OFD里找不到页面")
    if not pieces.parts:
        raise Unreadable("no-text-layer", f"共{count}页，没有文字层（多半是扫描件）")
    return pieces.extract(note=f"共{count}页，其中{silent}页没有文字层" if silent else "")


def lines(words: Iterable[Word]) -> list[str]:
    """Words whose baselines are close form a line; a gap wider than a character becomes a tab."""
    rows: list[list[Word]] = []
    for word in sorted(words, key=lambda word: (word.y, word.x)):
        if rows and abs(rows[-1][0].y - word.y) <= 0.5 * max(min(rows[-1][0].size, word.size), 0.5):
            rows[-1].append(word)
        else:
            rows.append([word])
    return [_line(row) for row in rows]


def _line(row: list[Word]) -> str:
    row.sort(key=lambda word: word.x)
    parts: list[str] = []
    end = 0.0
    for word in row:
        if parts and word.x - end > 1.2 * max(word.size, 1.0):
            parts.append("\t")
        parts.append(word.text)
        end = max(end, word.x + word.width)
    return "".join(parts)


def _plan(package: Package, place: str) -> _Plan:
    plan = _Plan()
    for event in events(package.chunks(place)):
        if event.kind == "start" and event.name == "TemplatePage":
            plan.templates[local(event.attributes, "ID")] = local(event.attributes, "BaseLoc")
        elif event.kind == "start" and event.name == "Page":
            plan.pages.append((local(event.attributes, "ID"), local(event.attributes, "BaseLoc")))
    plan.annotations = next(iter(_texts(package, place, "Annotations")), "")
    return plan


def _page(package: Package, parts: dict[str, str], place: str, plan: _Plan, *, beside: str) -> list[Word]:
    if not place:
        return []
    words, templates = _content(events(package.chunks(place)))
    for name in templates:
        if found := _find(parts, plan.templates.get(name, ""), beside=beside):
            words = _content(events(package.chunks(found)))[0] + words
    return words


def _annotations(package: Package, parts: dict[str, str], plan: _Plan, *, beside: str) -> dict[str, list[Word]]:
    """Text of annotations (stamps, watermarks, notes) by the page's id."""
    found: dict[str, list[Word]] = {}
    index = _find(parts, plan.annotations, beside=beside)
    page, inside = "", False
    for event in events(package.chunks(index)) if index else ():
        if event.kind == "start" and event.name == "Page":
            page = local(event.attributes, "PageID")
        elif event.name == "FileLoc":
            inside = event.kind == "start"
        elif event.kind == "text" and inside and (place := _find(parts, event.text.strip(), beside=index)):
            found.setdefault(page, []).extend(_content(events(package.chunks(place)))[0])
    return found


@dataclass(slots=True)
class _Object:
    """The text object being read."""

    x: float = 0.0
    y: float = 0.0
    size: float = 1.0
    scale: tuple[float, float, float, float, float, float] = (1, 0, 0, 1, 0, 0)
    code: dict[str, str] | None = None
    words: list[str] = field(default_factory=list)
    last: tuple[float, float] = (0.0, 0.0)


def _content(stream: Iterable[Event]) -> tuple[list[Word], list[str]]:
    """Words of one page and the ids of the templates it uses."""
    words: list[Word] = []
    templates: list[str] = []
    now = _Object()
    for event in stream:
        if event.kind == "text":
            if now.code is not None:
                now.words.append(event.text)
        elif event.kind == "end":
            if event.name == "TextCode" and now.code is not None:
                words += _word(now)
                now.code = None
        elif event.name == "Template":
            templates.append(local(event.attributes, "TemplateID"))
        elif event.name == "TextObject":
            box, scale = _numbers(local(event.attributes, "Boundary")), _numbers(local(event.attributes, "CTM"))
            size = _numbers(local(event.attributes, "Size")) or [3.0]
            now = _Object(x=box[0] if box else 0.0, y=box[1] if len(box) > 1 else 0.0, size=size[0])
            if len(scale) == 6:
                now.scale = (scale[0], scale[1], scale[2], scale[3], scale[4], scale[5])
        elif event.name == "TextCode":
            now.code, now.words = event.attributes, []
    return words, templates


def _word(now: _Object) -> list[Word]:
    text = "".join(now.words).replace("\0", "").strip("\r\n")
    if not text.strip():
        return []
    code = now.code or {}
    x, y = _numbers(local(code, "X")), _numbers(local(code, "Y"))
    now.last = (x[0] if x else now.last[0], y[0] if y else now.last[1])  # left out: as in the code before
    a, b, c, d, e, f = now.scale
    advance = _deltas(local(code, "DeltaX"))
    down = _deltas(local(code, "DeltaY"))
    size = abs(now.size * (d or b or 1.0))
    place_x = now.x + a * now.last[0] + c * now.last[1] + e
    place_y = now.y + b * now.last[0] + d * now.last[1] + f
    if (
        sum(map(abs, down)) > 2 * sum(map(abs, advance)) and len(text) > 1
    ):  # written downwards: one word, read as one line
        return [Word(place_x, place_y, size, size, text)]
    width = abs(a) * sum(advance) + size if advance else size * len(text)
    return [Word(place_x, place_y, width, size, text)]


def _numbers(written: str) -> list[float]:
    try:
        return [float(part) for part in written.replace(",", " ").split()]
    except ValueError:
        return []


def _deltas(written: str) -> list[float]:
    """`g 3 4.2` repeats 4.2 three times."""
    found: list[float] = []
    parts = written.split()
    place = 0
    try:
        while place < len(parts) and len(found) < 10_000:
            if parts[place] == "g":
                found += [float(parts[place + 2])] * min(int(float(parts[place + 1])), 10_000)
                place += 3
            else:
                found.append(float(parts[place]))
                place += 1
    except (ValueError, IndexError, OverflowError):
        return found
    return found


def _texts(package: Package, place: str, name: str) -> list[str]:
    """Texts of all elements of that name."""
    found: list[str] = []
    inside = False
    for event in events(package.chunks(place)):
        if event.name == name:
            inside = event.kind == "start"
            if inside:
                found.append("")
        elif event.kind == "text" and inside:
            found[-1] += event.text
    return [text.strip() for text in found if text.strip()]


def _find(parts: dict[str, str], address: str, *, beside: str) -> str:
    """A part by its address: from the root, beside the file that names it, or from the root without saying so."""
    if not address:
        return ""
    written = address.replace("\\", "/")
    folder = posixpath.dirname(beside.replace("\\", "/"))
    for candidate in (written if written.startswith("/") else posixpath.join(folder, written), written):
        if found := parts.get(_normal(candidate)):
            return found
    return ""


def _normal(name: str) -> str:
    return posixpath.normpath("/" + name.replace("\\", "/").lstrip("/")).lower()
