"""Compound files and Word documents of the binary kind, made by code for the readers' tests."""

from __future__ import annotations

import struct

_END, _FREE, _FAT = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (version 3) with the given streams, each padded to at least 4096 bytes."""
    sectors: list[bytes] = []
    chain: list[int] = []
    starts: dict[str, tuple[int, int]] = {}

    def add(content: bytes) -> int:
        first = len(sectors)
        pieces = [content[n : n + 512].ljust(512, b"\0") for n in range(0, len(content), 512)]
        sectors.extend(pieces)
        chain.extend([*range(first + 1, first + len(pieces)), _END])
        return first

    for name, content in streams.items():
        padded = content.ljust(max(4096, -(-len(content) // 512) * 512), b"\0")
        starts[name] = (add(padded), len(padded))
    names = sorted(starts, key=lambda name: (len(name), name.upper()))
    entries = [_entry("Root Entry", 5, child=1 if names else _FREE)]
    for number, name in enumerate(names, start=1):  # a chain to the right is a valid, if lopsided, tree
        start, size = starts[name]
        entries.append(_entry(name, 2, right=number + 1 if number < len(names) else _FREE, start=start, size=size))
    while len(entries) % 4:
        entries.append(b"\0" * 64 + struct.pack("<III", _FREE, _FREE, _FREE) + b"\0" * 52)
    directory = add(b"".join(entries))
    fat_at = len(sectors)
    table = [*chain, _FAT]
    table += [_FREE] * (128 - len(table))
    assert len(table) == 128, "at most 127 sectors"
    sectors.append(struct.pack("<128I", *table))
    header = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16 + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, directory, 0, 4096, _END, 0, _END, 0)
    header += struct.pack("<109I", fat_at, *[_FREE] * 108)
    return header + b"".join(sectors)


def _entry(name: str, kind: int, *, right: int = _FREE, child: int = _FREE, start: int = 0, size: int = 0) -> bytes:
    raw = name.encode("utf-16-le") + b"\0\0"
    return (
        raw.ljust(64, b"\0") + struct.pack("<HBBIII", len(raw), kind, 1, _FREE, right, child)
        + b"\0" * 36 + struct.pack("<IQ", start, size)
    )  # fmt: skip


def doc(*paragraphs: tuple[str, str], deleted: tuple[str, ...] = (), flags: int = 0, marks: bool = True) -> bytes:
    """A Word 97 document. A paragraph is (text with its closing mark, "" | "cell" | "row"); `deleted` names tracked deletions."""
    text = "".join(words for words, _ in paragraphs)
    start = 0x800
    raw = text.encode("utf-16-le")
    place = start + -(-len(raw) // 512) * 512
    kinds = {"": b"", "cell": b"\x16\x24\x01", "row": b"\x16\x24\x01\x17\x24\x01"}
    bounds, at = [start], start
    for words, _ in paragraphs:
        at += len(words.encode("utf-16-le"))
        bounds.append(at)
    papx = _papx_page(bounds, [kinds[kind] for _, kind in paragraphs]) if marks else b"\0" * 512
    cuts = sorted({start, bounds[-1], *(edge for words in deleted for edge in _edges(text, words, start))})
    chpx = _chpx_page(cuts, [any(_edges(text, words, start)[0] == cut for words in deleted) for cut in cuts[:-1]])
    main = bytearray(b"\0" * start + raw.ljust(place - start, b"\0") + papx + chpx)
    clx = b"\x02" + struct.pack("<I", 16) + struct.pack("<II", 0, len(raw) // 2) + struct.pack("<HIH", 0, start, 0)
    index = [struct.pack("<II", bounds[0], bounds[-1]) + struct.pack("<I", (place + 512 * n) // 512) for n in (0, 1)]
    table = clx + index[0] + index[1]
    struct.pack_into("<HH", main, 0, 0xA5EC, 0xC1)
    struct.pack_into("<H", main, 0x0A, 0x0200 | flags)
    struct.pack_into("<i", main, 0x4C, len(raw) // 2)
    struct.pack_into("<II", main, 0x1A2, 0, len(clx))
    struct.pack_into("<II", main, 0x102, len(clx), 12)
    struct.pack_into("<II", main, 0xFA, len(clx) + 12, 12)
    return compound({"WordDocument": bytes(main), "1Table": table})


def _edges(text: str, words: str, start: int) -> tuple[int, int]:
    first = start + len(text[: text.index(words)].encode("utf-16-le"))
    return first, first + len(words.encode("utf-16-le"))


def _papx_page(bounds: list[int], properties: list[bytes]) -> bytes:
    page = bytearray(512)
    runs = len(properties)
    struct.pack_into(f"<{runs + 1}I", page, 0, *bounds)
    place = 510
    for number, sprms in enumerate(properties):
        if not sprms:
            continue
        content = b"\0\0" + sprms  # istd
        content += b"\0" * (1 - len(content) % 2)  # an odd length, so that 2·cb − 1 fits
        place = (place - len(content) - 1) // 2 * 2
        page[place] = (len(content) + 1) // 2
        page[place + 1 : place + 1 + len(content)] = content
        page[4 * (runs + 1) + 13 * number] = place // 2
    page[511] = runs
    return bytes(page)


def _chpx_page(cuts: list[int], removed: list[bool]) -> bytes:
    page = bytearray(512)
    struct.pack_into(f"<{len(cuts)}I", page, 0, *cuts)
    page[500:504] = b"\x03\x00\x08\x01"
    for number, gone in enumerate(removed):
        page[4 * len(cuts) + number] = 250 if gone else 0
    page[511] = len(removed)
    return bytes(page)
