"""Red heads and seals are seen on scans; photos, plain pages and red-coloured banners are not taken for them."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable

import pytest

from duwang.reading.attachment import read_attachment
from duwang.reading.picture import marks_of
from duwang.reading.sketch import overlap, sketch

WIDE, HIGH = 420, 594
WHITE, RED, BLACK = (255, 255, 255), (214, 30, 36), (30, 30, 30)
Paint = Callable[[int, int], tuple[int, int, int]]


def png(paint: Paint, *, filtered: int = 0) -> bytes:
    """A PNG of WIDE × HIGH, colour type 2, without filters."""
    rows = b"".join(bytes([filtered]) + b"".join(bytes(paint(x, y)) for x in range(WIDE)) for y in range(HIGH))

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    head = struct.pack(">IIBBBBB", WIDE, HIGH, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def lettering(x: int, y: int) -> bool:
    """Blocks of strokes where a mark of an issuing organ stands."""
    return 70 <= x <= 350 and 90 <= y <= 120 and (x // 5) % 2 == 0 and (y // 4) % 2 == 0


def rule(x: int, y: int) -> bool:
    return 40 <= x <= 380 and 180 <= y <= 182


def ring(x: int, y: int) -> bool:
    far = math.hypot(x - 300, y - 470)
    return 38 <= far <= 42 or (far <= 26 and (x // 4) % 2 == 0 and (y // 5) % 3 == 0)


def writing(x: int, y: int) -> bool:
    return 200 <= y <= 520 and 50 <= x <= 370 and (y // 7) % 2 == 0 and (x * 7 + y) % 5 == 0


def painted(*red: Callable[[int, int], bool]) -> bytes:
    return png(lambda x, y: RED if any(is_red(x, y) for is_red in red) else BLACK if writing(x, y) else WHITE)


@pytest.mark.parametrize(
    ("red", "marks"),
    [
        ((lettering, rule, ring), ("red-header", "seal")),
        ((lettering, rule), ("red-header",)),
        ((ring,), ("seal",)),
        ((), ()),
        ((rule,), ()),
        ((lettering,), ()),
        ((lambda x, y: 70 <= x <= 350 and 90 <= y <= 120, rule), ()),
        ((lambda x, y: math.hypot(x - 300, y - 470) <= 40,), ()),
    ],
    ids=["红头和红章", "红头", "红章", "只有黑字", "只有红线", "只有红字", "实心横幅", "实心圆"],
)
def test_marks(red: tuple[Callable[[int, int], bool], ...], marks: tuple[str, ...]) -> None:
    assert marks_of(painted(*red)) == marks


def test_a_photo_is_no_document() -> None:
    assert marks_of(png(lambda x, y: RED if lettering(x, y) or rule(x, y) else (90, 120 + y % 60, 90))) == ()


def test_what_cannot_be_drawn_says_so() -> None:
    assert marks_of(b"GIF89a....") is None
    assert marks_of(b"\x89PNG\r\n\x1a\nbroken") is None
    assert marks_of(b"%PDF-1.4 broken") is None


def test_an_attached_picture_brings_its_marks() -> None:
    read = read_attachment(painted(lettering, rule), name="通知.png")
    assert (read.status, read.marks) == ("image", ("red-header",))


def test_a_sketch_finds_edited_copies_and_no_others() -> None:
    text = "".join(chr(0x4E00 + (n * 7919) % 5000) for n in range(900))
    edited = text[:300] + "改" + text[301:700] + text[704:]
    assert overlap(sketch(text), sketch(edited)) > 0.85
    assert overlap(sketch(text), sketch(text[::-1])) < 0.1
    assert sketch("太短") == () and overlap((), sketch(text)) == 0.0
