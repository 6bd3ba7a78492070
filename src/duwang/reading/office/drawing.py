"""Pages of a PDF as pictures, for looking at on a screen."""

from __future__ import annotations

import struct
import zlib

import pypdfium2

from duwang.reading.office.pdf import _ONE_AT_A_TIME

_WIDEST = 2400


class NotDrawn(ValueError):
    """No such page, or not a PDF that can be opened."""


def page_count(body: bytes) -> int:
    """How many pages; NotDrawn when it cannot be opened."""
    with _ONE_AT_A_TIME:
        document = _opened(body)
        try:
            return len(document)
        finally:
            document.close()


def page_png(body: bytes, number: int, *, scale: float = 1.6) -> bytes:
    """One page (counted from 1) as a PNG, `scale` pixels to a point, at most 2400 wide."""
    with _ONE_AT_A_TIME:
        document = _opened(body)
        try:
            if not 1 <= number <= len(document):
                raise NotDrawn(f"没有第{number}页")
            page = document[number - 1]
            try:
                wide, _ = page.get_size()
                bitmap = page.render(scale=min(scale, _WIDEST / max(wide, 1)), rev_byteorder=True)
                try:
                    picture = bitmap.to_numpy()[:, :, :3].copy()
                finally:
                    bitmap.close()
            finally:
                page.close()
        finally:
            document.close()
    return png(picture.tobytes(), width=picture.shape[1], height=picture.shape[0])


def png(rgb: bytes, *, width: int, height: int) -> bytes:
    """Rows of red, green and blue as a PNG file."""
    rows = b"".join(b"\x00" + rgb[at : at + width * 3] for at in range(0, width * height * 3, width * 3))
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
        for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(rows, 6)), (b"IEND", b""))
    )


def _opened(body: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as fault:
        raise NotDrawn("PDF打不开") from fault
