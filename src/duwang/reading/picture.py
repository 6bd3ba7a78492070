"""What a scanned page shows: the red head of an official document, a red seal. Pages are drawn small by PDFium and looked at there.

JPEG and PNG are put into a PDF of one page first, so no other decoder is needed; what PDFium cannot draw is None.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from math import atan2, hypot, pi
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pypdfium2

WIDTH = 360
_ONE_AT_A_TIME = threading.Lock()
_MAX_PAGES = 3
_PNG = b"\x89PNG\r\n\x1a\n"
_COLOURS = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}


@dataclass(frozen=True, slots=True)
class Canvas:
    """A small drawing: `red[y]` are the columns of red pixels, `white` the share of nearly white ones."""

    width: int
    height: int
    red: tuple[tuple[int, ...], ...]
    white: float


def marks_of(body: bytes) -> tuple[str, ...] | None:
    """red-header, seal: what the first pages of a PDF, or a JPEG or PNG, show; None when they could not be drawn."""
    from pypdfium2 import PdfiumError  # only where pages are drawn: the run itself leaves that to a child process

    try:
        with _ONE_AT_A_TIME:
            canvases = list(_drawn(body))
    except (PdfiumError, ValueError, struct.error, IndexError):
        return None
    if not canvases:
        return None
    found = []
    if has_red_header(canvases[0]):
        found.append("red-header")
    if any(has_seal(canvas) for canvas in canvases):
        found.append("seal")
    return tuple(found)


def has_red_header(page: Canvas) -> bool:
    """On a white page, in its upper half, wide red lettering, and a red rule below it across the page."""
    if page.white < 0.55:
        return False
    top = page.red[: page.height // 2]
    rules = [y for y, columns in enumerate(top) if len(columns) >= 0.5 * page.width and _is_rule(page, y)]
    for y in rules:
        above = top[max(0, y - page.height // 4) : max(0, y - 5)]
        lettered = [columns for columns in above if columns]
        if len(lettered) < 4:
            continue
        spread = max(map(max, lettered)) - min(map(min, lettered)) + 1
        if spread >= 0.22 * page.width and sum(map(len, lettered)) < 0.75 * len(lettered) * spread:
            return True
    return False


def has_seal(page: Canvas) -> bool:
    """A red ring of a seal's size (a tenth to a third of the page's width) on a white page."""
    return page.white >= 0.55 and any(_is_ring(blob, page) for blob in _blobs(page))


def _is_rule(page: Canvas, y: int) -> bool:
    """A thin line: few red pixels six rows above and below."""
    near = [page.red[n] for n in (y - 6, y + 6) if 0 <= n < page.height]
    return all(len(columns) < 0.4 * page.width for columns in near)


def _blobs(page: Canvas) -> Iterator[list[tuple[int, int]]]:
    """Red pixels that lie within five pixels of one another."""
    left = {(x, y) for y, columns in enumerate(page.red) for x in columns}
    if len(left) > page.width * page.height // 4:
        return
    steps = [(dx, dy) for dx in range(-5, 6) for dy in range(-5, 6)]
    while left:
        blob, todo = [], [left.pop()]
        while todo:
            x, y = todo.pop()
            blob.append((x, y))
            for dx, dy in steps:
                if (near := (x + dx, y + dy)) in left:
                    left.remove(near)
                    todo.append(near)
        yield blob


def _is_ring(blob: list[tuple[int, int]], page: Canvas) -> bool:
    """A round rim all the way, something inside it, and mostly paper between."""
    xs, ys = [x for x, _ in blob], [y for _, y in blob]
    wide, high = max(xs) - min(xs) + 1, max(ys) - min(ys) + 1
    if not (0.1 * page.width <= wide <= 0.36 * page.width and 0.75 <= wide / high <= 1.34):
        return False
    cx, cy, radius = (max(xs) + min(xs)) / 2, (max(ys) + min(ys)) / 2, (wide + high) / 4
    rim = [(x, y) for x, y in blob if 0.8 * radius <= hypot(x - cx, y - cy) <= 1.12 * radius]
    sides = {int((atan2(y - cy, x - cx) + pi) / (2 * pi) * 35.99) for x, y in rim}
    rows = range(max(0, min(ys)), min(page.height, max(ys) + 1))
    inside = sum(hypot(x - cx, y - cy) < 0.72 * radius for y in rows for x in page.red[y])
    area = pi * radius * radius
    return len(sides) >= 27 and 0.02 * area <= inside and len(rim) + inside <= 0.62 * area


def _drawn(body: bytes) -> Iterator[Canvas]:
    import pypdfium2

    if not body[:1024].lstrip().startswith(b"%PDF"):
        body = _as_pdf(body)
    document = pypdfium2.PdfDocument(body)
    try:
        for number in range(min(len(document), _MAX_PAGES)):
            page = document[number]
            try:
                wide, high = page.get_size()
                if wide <= 0 or high <= 0 or high > 8 * wide:
                    continue
                bitmap = page.render(scale=WIDTH / wide)
                yield _canvas(bitmap)
                bitmap.close()
            finally:
                page.close()
    finally:
        document.close()


def _canvas(bitmap: pypdfium2.PdfBitmap) -> Canvas:
    """BGR rows → red columns and the share of white."""
    raw, stride, step = bytes(bitmap.buffer), bitmap.stride, bitmap.n_channels
    red, white = [], 0
    for y in range(bitmap.height):
        row = raw[y * stride : y * stride + bitmap.width * step]
        blues, greens, reds = row[0::step], row[1::step], row[2::step]
        red.append(
            tuple(
                x
                for x, (b, g, r) in enumerate(zip(blues, greens, reds, strict=True))
                if r > 130 and r - g > 55 and r - b > 55
            )
        )
        white += sum(g > 200 for g in greens)
    return Canvas(bitmap.width, bitmap.height, tuple(red), white / max(1, bitmap.width * bitmap.height))


def _as_pdf(image: bytes) -> bytes:
    """A PDF whose one page is the picture; ValueError for what is no JPEG or plain PNG."""
    if image.startswith(b"\xff\xd8"):
        width, height, channels = _jpeg_size(image)
        entry, data = f"/Filter /DCTDecode /BitsPerComponent 8 /ColorSpace {_COLOURS[channels]}", image
    elif image.startswith(_PNG):
        width, height, entry, data = _png_parts(image)
    else:
        raise ValueError("neither JPEG nor PNG")
    drawn = f"q {width} 0 0 {height} 0 0 cm /I Do Q"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {width} {height}] /Resources << /XObject << /I 5 0 R >> >> /Contents 4 0 R >>".encode(),
        f"<< /Length {len(drawn)} >>\nstream\n{drawn}\nendstream".encode(),
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} {entry} /Length {len(data)} >>\nstream\n".encode()
        + data
        + b"\nendstream",
        b"<< /FunctionType 4 /Domain [0 1 0 1 0 1 0 1] /Range [0 1 0 1 0 1] /Length 7 >>\nstream\n{ pop }\nendstream",
    ]
    out, places = bytearray(b"%PDF-1.4\n"), []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n" % number + content + b"\nendobj\n"
    table = "".join(f"{place:010d} 00000 n \n" for place in places)
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}trailer << /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{len(out)}\n%%EOF\n"
    return bytes(out) + end.encode()


def _jpeg_size(image: bytes) -> tuple[int, int, int]:
    at = 2
    while at < len(image) - 9:
        if image[at] != 0xFF:
            raise ValueError("broken JPEG")
        kind, length = image[at + 1], struct.unpack(">H", image[at + 2 : at + 4])[0]
        if 0xC0 <= kind <= 0xCF and kind not in (0xC4, 0xC8, 0xCC):
            height, width, channels = struct.unpack(">HHB", image[at + 5 : at + 10])
            if channels not in _COLOURS or not width or not height:
                raise ValueError("odd JPEG")
            return width, height, channels
        at += 2 + length
    raise ValueError("JPEG without a frame")


def _png_parts(image: bytes) -> tuple[int, int, str, bytes]:
    """Size, image entries and the compressed rows as they are; with an alpha channel or interlacing it is not possible."""
    at, data, palette = 8, b"", b""
    width = height = depth = colour = 0
    while at + 8 <= len(image):
        length, kind = struct.unpack(">I4s", image[at : at + 8])
        content = image[at + 8 : at + 8 + length]
        if kind == b"IHDR":
            width, height, depth, colour, _, _, interlaced = struct.unpack(">IIBBBBB", content)
            if interlaced or colour not in (0, 2, 3, 6) or depth > 8:
                raise ValueError("PNG of a kind that is not drawn")
        elif kind == b"PLTE":
            palette = content
        elif kind == b"IDAT":
            data += content
        at += 12 + length
    if not (width and height and data):
        raise ValueError("broken PNG")
    channels = {2: 3, 6: 4}.get(colour, 1)
    space = _COLOURS[1]
    if colour == 3:
        space = f"[/Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}>]"
    elif channels > 1:
        space = (
            _COLOURS[3] if channels == 3 else "[/DeviceN [/R /G /B /A] /DeviceRGB 6 0 R]"
        )  # object 6 drops the fourth
    entry = (
        f"/Filter /FlateDecode /BitsPerComponent {depth} /ColorSpace {space} "
        f"/DecodeParms << /Predictor 15 /Colors {channels} /BitsPerComponent {depth} /Columns {width} >>"
    )
    return width, height, entry, data
