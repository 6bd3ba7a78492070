"""doc and wps: own reader of Word's binary format ([MS-DOC]): piece table, tables by row marks, tracked deletions left out."""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import olefile

from duwang.reading.office.doc_text import Marks, Piece, write
from duwang.reading.office.extract import MAX_CHARS, Extract, Pieces, Unreadable
from duwang.reading.office.plain import decode

_WORD_97, _WORD_95 = 0xA5EC, 0xA5DC
_ENCRYPTED, _TABLE_1 = 0x0100, 0x0200
_FC_CHPX, _FC_PAPX, _FC_CLX = 0xFA, 0x102, 0x1A2
_COMPRESSED = 0x40000000
_SPRM_IN_TABLE, _SPRM_ROW_END, _SPRM_DELETED = 0x2416, 0x2417, 0x0800
_SIZES = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}
_MAX_PIECES = 500_000


@dataclass(frozen=True, slots=True)
class Ranges:
    """Half-open ranges of file offsets, sorted; which of them an offset lies in."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def __contains__(self, place: object) -> bool:
        assert isinstance(place, int)
        at = bisect_right(self.starts, place) - 1
        return at >= 0 and place < self.ends[at]


def read(body: bytes) -> Extract:
    """Body, notes, headers, comments and text boxes in the file's order."""
    main, table = _streams(body)
    if len(main) < 0x20 or (len(main) < 0x1AA and main[:2] == b"\xec\xa5"):
        raise Unreadable("damaged", "Word文档结构损坏")
    (magic,) = struct.unpack_from("<H", main, 0)
    (flags,) = struct.unpack_from("<H", main, 0x0A)
    if magic not in (_WORD_97, _WORD_95):
        raise Unreadable("unsupported", "不是Word文档格式")
    if flags & _ENCRYPTED:
        raise Unreadable("encrypted", "Word文档加了打开密码")
    if magic == _WORD_95:
        return _word_95(main)
    index = table[bool(flags & _TABLE_1)]
    try:
        pieces = list(_pieces(main, index))
    except (struct.error, IndexError) as error:
        raise Unreadable("damaged", "Word文档结构损坏") from error
    in_table, row_end = (_ranges(main, index, _FC_PAPX, wanted) for wanted in (_SPRM_IN_TABLE, _SPRM_ROW_END))
    deleted = _ranges(main, index, _FC_CHPX, _SPRM_DELETED)
    return write(pieces, Marks(in_table, row_end, deleted, known=bool(row_end.starts), revised=bool(deleted.starts)))


def _streams(body: bytes) -> tuple[bytes, tuple[bytes, bytes]]:
    try:
        with olefile.OleFileIO(body) as ole:
            names = [name for name in ("WordDocument", "0Table", "1Table") if ole.exists(name)]
            if any(ole.get_size(name) > len(body) for name in names):  # a size that is no size would be read for ever
                raise Unreadable("damaged", "Word文档结构损坏")
            main = ole.openstream("WordDocument").read()
            tables = [ole.openstream(name).read() if name in names else b"" for name in ("0Table", "1Table")]
    except Exception as error:
        raise Unreadable("damaged", "Word文档结构损坏") from error
    return main, (tables[0], tables[1])


def _word_95(main: bytes) -> Extract:
    start, end = struct.unpack_from("<II", main, 0x18)
    text = decode(main[start : min(end, len(main))])
    pieces = Pieces()
    for line in text.replace("\x07", "\t").replace("\x0b", "\r").split("\r"):
        pieces.paragraph("".join(c for c in line if c >= " " or c == "\t"))
    return pieces.extract(note="早期Word格式，表格按行读出")


def _pieces(main: bytes, table: bytes) -> Iterator[Piece]:
    """The piece table (Clx → PlcPcd) resolved to text."""
    start, length = struct.unpack_from("<II", main, _FC_CLX)
    clx = table[start : start + length]
    place = 0
    while place < len(clx) and clx[place] == 1:  # Prc
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    if place >= len(clx) or clx[place] != 2:
        raise Unreadable("damaged", "Word文档缺少文字索引")
    size = min(struct.unpack_from("<I", clx, place + 1)[0], len(clx) - place - 5)
    plc = clx[place + 5 : place + 5 + size]
    count = (len(plc) - 4) // 12
    if count < 1 or count > _MAX_PIECES:
        raise Unreadable("damaged", "Word文档文字索引损坏")
    bounds = struct.unpack_from(f"<{count + 1}I", plc, 0)
    total = 0
    for number in range(count):
        chars = bounds[number + 1] - bounds[number]
        if chars <= 0:
            continue
        chars = min(chars, len(main), 2 * MAX_CHARS - total)
        total += chars
        (fc,) = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)
        if fc & _COMPRESSED:
            offset = (fc & ~_COMPRESSED) // 2
            yield Piece(main[offset : offset + chars].decode("cp1252", "replace"), offset, 1)
        else:
            yield Piece(_utf_16(main[fc : fc + 2 * chars]), fc, 2)


def _utf_16(raw: bytes) -> str:
    """One character per unit, so that offsets can be computed; pairs are joined when the text is put together."""
    if len(raw) % 2:
        raw = raw[:-1]
    text = raw.decode("utf-16-le", "surrogatepass")
    if len(text) * 2 == len(raw):
        return text
    return "".join(map(chr, struct.unpack(f"<{len(raw) // 2}H", raw)))


def _ranges(main: bytes, table: bytes, place: int, wanted: int) -> Ranges:
    """File ranges whose paragraph or character properties switch `wanted` on; empty when the index is unusable."""
    found: list[tuple[int, int]] = []
    try:
        start, length = struct.unpack_from("<II", main, place)
        plc = table[start : start + length]
        count = (len(plc) - 4) // 8
        pages = struct.unpack_from(f"<{count}I", plc, 4 * (count + 1)) if count > 0 else ()
        for number in dict.fromkeys(pages):
            page = main[(number & 0x3FFFFF) * 512 :][:512] if number & 0x3FFFFF < len(main) // 512 + 1 else b""
            if len(page) == 512:
                found += _page_ranges(page, wanted, paragraphs=place == _FC_PAPX)
    except (struct.error, IndexError):
        found = found or []
    found.sort()
    return Ranges(tuple(start for start, _ in found), tuple(end for _, end in found))


def _page_ranges(page: bytes, wanted: int, *, paragraphs: bool) -> Iterator[tuple[int, int]]:
    """One formatted disk page: run bounds, then where each run's properties stand."""
    runs = page[511]
    step = 13 if paragraphs else 1
    if 4 * (runs + 1) + step * runs > 511:
        return
    bounds = struct.unpack_from(f"<{runs + 1}I", page, 0)
    for number in range(runs):
        offset = 2 * page[4 * (runs + 1) + step * number]
        if offset and _switched_on(_properties(page, offset, paragraphs=paragraphs), wanted):
            yield bounds[number], bounds[number + 1]


def _properties(page: bytes, offset: int, *, paragraphs: bool) -> bytes:
    size = page[offset]
    if not paragraphs:
        return page[offset + 1 : offset + 1 + size]
    if size:
        return page[offset + 3 : offset + 2 * size]
    return page[offset + 4 : offset + 2 + 2 * page[offset + 1]] if offset + 1 < 512 else b""


def _switched_on(properties: Sequence[int], wanted: int) -> bool:
    place, raw = 0, bytes(properties)
    while place + 2 < len(raw):
        (code,) = struct.unpack_from("<H", raw, place)
        kind = code >> 13
        if code == wanted:
            return raw[place + 2] == 1
        if kind == 6:
            size = (
                struct.unpack_from("<H", raw, place + 2)[0] + 1
                if code in (0xD606, 0xD608) and place + 4 <= len(raw)
                else raw[place + 2] + 1
            )
        else:
            size = _SIZES[kind]
        place += 2 + size
    return False
