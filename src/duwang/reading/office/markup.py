"""XML from strangers as a stream of events: no document type, no entities, no depth without end."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple
from xml.parsers import expat

from duwang.reading.office.extract import Unreadable

_MAX_DEPTH = 1000
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]{0,100}?encoding\s*=\s*["']([A-Za-z0-9_\-]+)["']""")
_BY_EXPAT = ("utf-8", "utf8", "utf-16", "us-ascii", "iso-8859-1")


class Event(NamedTuple):
    """`kind` is start, end or text; `name` without its prefix; `text` only for text."""

    kind: str
    name: str
    attributes: dict[str, str]
    text: str


_NONE: dict[str, str] = {}


def events(chunks: Iterable[bytes]) -> Iterator[Event]:
    """Events of one XML part; Unreadable (damaged) when it is not well-formed or carries a document type."""
    found: list[Event] = []
    parser, chunks = _parser(chunks)
    depth = 0

    def start(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > _MAX_DEPTH:
            raise Unreadable("damaged", "XML嵌套过深，未读取")
        found.append(Event("start", name.rpartition(":")[2], attributes, ""))

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        found.append(Event("end", name.rpartition(":")[2], _NONE, ""))

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = lambda text: found.append(Event("text", "", _NONE, text))
    parser.StartDoctypeDeclHandler = _refuse
    try:
        for chunk in chunks:
            parser.Parse(chunk, False)
            yield from found
            found.clear()
        parser.Parse(b"", True)
    except expat.ExpatError as error:
        raise Unreadable("damaged", "XML内容损坏") from error
    yield from found


def local(attributes: dict[str, str], name: str) -> str:
    """An attribute by its name without prefix."""
    if name in attributes:
        return attributes[name]
    return next((value for key, value in attributes.items() if key.rpartition(":")[2] == name), "")


def _refuse(*_: object) -> None:
    raise Unreadable("damaged", "XML含有文档类型声明（可能引用外部实体），未读取")


def _parser(chunks: Iterable[bytes]) -> tuple[expat.XMLParserType, Iterable[bytes]]:
    """A parser; parts in a Chinese charset that expat does not know are re-encoded as a whole."""
    stream = iter(chunks)
    first = next(stream, b"")
    found = _DECLARED.match(first[:200])
    charset = found[1].decode().lower() if found else ""
    if not charset or charset in _BY_EXPAT:
        parser = expat.ParserCreate()
        rest: Iterable[bytes] = _chain(first, stream)
    else:
        whole = first + b"".join(stream)
        try:
            text = whole.decode("gb18030" if charset in ("gb2312", "gbk") else charset, "replace")
        except LookupError:
            text = whole.decode("utf-8", "replace")
        parser, rest = expat.ParserCreate("utf-8"), [text.encode("utf-8", "replace")]
    parser.buffer_text = True
    return parser, rest


def _chain(first: bytes, rest: Iterator[bytes]) -> Iterator[bytes]:
    yield first
    yield from rest
