"""Any file a person hands in: a page, plain text or an attachment → Document."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from urllib.parse import unquote

from duwang.model.material import Block, Document
from duwang.model.refs import document_ref
from duwang.reading.attachment import AttachmentText, read_attachment
from duwang.reading.garbled import is_garbled
from duwang.reading.isolated import read_isolated, recognise_isolated
from duwang.reading.office.extract import Status
from duwang.reading.office.sniffing import sniff
from duwang.reading.page import Page, read_page

Reader = Callable[[bytes, str, str], AttachmentText]


class AttachmentFault(Exception):
    """A file that gives no text; `status` as in AttachmentText, `detail` in Chinese."""

    def __init__(self, status: Status, detail: str) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail


def read_any(
    body: bytes,
    *,
    name: str,
    content_type: str = "",
    url: str = "",
    reader: Reader | None = None,
    family: Callable[[Page], str] | None = None,
) -> Document:
    """The file as a Document; AttachmentFault when there is no text to read. Office files are read in a child process
    (`reader` may be another way); plain text is read here. `family` names the software that made a page."""
    kind = sniff(body, name=name, content_type=content_type)
    if kind == "html":
        page = read_page(body, url=url, content_type=content_type)
        return replace(page.document(), template_family=family(page)) if family else page.document()
    if kind == "txt":
        read = read_attachment(body, name=name, content_type=content_type)
    else:
        read = (reader or read_isolated)(body, name, content_type)
        if reader is None and read.status in ("image", "no-text-layer"):
            read = recognise_isolated(body, name, content_type)
    if read.status != "text":
        raise AttachmentFault(read.status, read.detail)
    return document_of(read, name=name, url=url)


def document_of(read: AttachmentText, *, name: str, url: str = "") -> Document:
    """The Document of a text that was read; plain text is a text, everything else an attachment. A garbled copy is marked and
    left as it is: offsets count what was handed in."""
    plain = read.kind == "txt"
    stem = unquote(name.partition("?")[0].rpartition("/")[2]) or name
    return Document(
        url=url,
        body=read.text,
        kind="other" if plain else "attachment",
        medium="text" if plain else "attachment",
        title=stem.rpartition(".")[0] or stem,
        ref=document_ref(stem),
        tables=read.tables,
        garbled=read.recognised or is_garbled(read.text),
        meta={"二维码": "；".join(read.codes)} if read.codes else {},
        blocks=_blocks(read),
    )


def _blocks(read: AttachmentText) -> tuple[Block, ...]:
    """Lines as paragraphs; a table is one block."""
    tables = {table.start: sum(len(cell) + 1 for row in table.rows for cell in row) - 1 for table in read.tables}
    blocks: list[Block] = []
    place = 0
    while place < len(read.text):
        if place in tables:
            end = place + tables[place]
            kind = "table"
        else:
            end = read.text.find("\n", place)
            end = len(read.text) if end < 0 else end
            kind = "paragraph"
        if read.text[place:end].strip():
            blocks.append(Block(kind, read.text[place:end], place))
        place = end + 1
    return tuple(blocks)
