"""Text in pictures and scans (extra `ocr`): which ones deserve it, what is written in them, and what their QR codes say.

Recognised text is good enough to find a number in, never to judge wording by: whoever uses it marks it as such.
"""

from __future__ import annotations

import re
import struct
import threading
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from typing import Any

NOT_INSTALLED = "没有安装文字识别部分（ocr）"
_PNG = b"\x89PNG\r\n\x1a\n"
_SMALLEST, _FEWEST, _LONGEST = 120, 90_000, 12.0
_LIGHT, _INK = 0.45, (0.004, 0.45)
_CODE = 60
_PAGES = 3
_DOTS = 2000
_ONE_AT_A_TIME = threading.Lock()
_SEEN = 0.5


@dataclass(frozen=True, slots=True)
class Recognised:
    """`text` in lines, cells of one line parted by tabs; `codes` what QR codes say; `why` says in Chinese why nothing was read."""

    text: str = ""
    codes: tuple[str, ...] = ()
    why: str = ""


def recognise(body: bytes, *, kind: str) -> Recognised:
    """A picture, or the first pages of a scanned PDF; nothing raises for what is in the file."""
    if find_spec("cv2") is None:
        return Recognised(why=NOT_INSTALLED)
    drawings = _pages(body) if kind == "pdf" else [image] if (image := _decoded(body)) is not None else []
    if not drawings:
        return Recognised(why="图片无法解码")
    codes = tuple(dict.fromkeys(code for drawing in drawings for code in _codes(drawing)))
    worthy = [drawing for drawing in drawings if _deserves(drawing)]
    if not worthy:
        return Recognised(codes=codes, why="图片不像有文字的文件，没有识别")
    if find_spec("rapidocr") is None:
        return Recognised(codes=codes, why=NOT_INSTALLED)
    text = "\n".join(filter(None, map(_written, worthy)))
    return Recognised(text, codes, "" if text else "图片里没有认出文字")


def not_installed() -> str:
    """Why nothing can be recognised here; empty when it can."""
    return "" if find_spec("cv2") and find_spec("rapidocr") else NOT_INSTALLED


def size_of(body: bytes) -> tuple[int, int] | None:
    """(width, height) of a PNG, GIF, BMP or JPEG from its head; None when it does not say."""
    if body.startswith(_PNG) and len(body) >= 24:
        return struct.unpack(">II", body[16:24])
    if body[:4] == b"GIF8" and len(body) >= 10:
        return struct.unpack("<HH", body[6:10])
    if body[:2] == b"BM" and len(body) >= 26:
        width, height = struct.unpack("<ii", body[18:26])
        return width, abs(height)
    return _jpeg_size(body) if body[:2] == b"\xff\xd8" else None


def may_hold_text(body: bytes) -> bool:
    """The cheapest rule, from the head alone: large enough and no banner."""
    size = size_of(body)
    if size is None:
        return True
    width, height = size
    return min(size) >= _SMALLEST and width * height >= _FEWEST and max(size) <= _LONGEST * min(size)


def may_hold_code(body: bytes) -> bool:
    """A picture about as high as wide, large enough for a QR code."""
    size = size_of(body)
    return size is None or (min(size) >= _CODE and max(size) <= 1.5 * min(size))


def _jpeg_size(body: bytes) -> tuple[int, int] | None:
    at = 2
    while at + 9 < len(body) and body[at] == 0xFF:
        mark, length = body[at + 1], int.from_bytes(body[at + 2 : at + 4], "big")
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            return int.from_bytes(body[at + 7 : at + 9], "big"), int.from_bytes(body[at + 5 : at + 7], "big")
        at += 2 + length
    return None


def _decoded(body: bytes) -> Any:
    """The picture as rows of BGR pixels, at most about 2000 points wide; None when it cannot be decoded or is too large."""
    import cv2
    import numpy

    size = size_of(body)
    if size is not None and (size[0] * size[1] > 80_000_000 or not min(size)):
        return None
    try:
        image = cv2.imdecode(numpy.frombuffer(body, numpy.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        return None
    if image is None:
        return None
    scale = _DOTS / max(image.shape[:2])
    return cv2.resize(image, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else image


def _pages(body: bytes) -> list[Any]:
    """The first pages drawn, their longer side about 2000 points."""
    import pypdfium2  # only where pages are drawn: the run itself leaves that to a child process

    found = []
    try:
        with _ONE_AT_A_TIME:
            document = pypdfium2.PdfDocument(body)
            for number in range(min(len(document), _PAGES)):
                page = document[number]
                scale = _DOTS / max(1.0, *page.get_size())
                found.append(page.render(scale=min(scale, 4.0)).to_numpy()[:, :, :3].copy())
    except pypdfium2.PdfiumError:
        return found
    return found


def _deserves(image: Any) -> bool:
    """A light ground with some ink on it: documents, tables and screenshots; photographs are not."""
    import cv2

    height, width = image.shape[:2]
    if min(width, height) < _SMALLEST or width * height < _FEWEST or max(width, height) > _LONGEST * min(width, height):
        return False
    grey = cv2.cvtColor(cv2.resize(image, (200, 200), interpolation=cv2.INTER_AREA), cv2.COLOR_BGR2GRAY)
    ground = max(float((grey > 185).mean()), float((grey < 60).mean()))
    sharp = cv2.cvtColor(image, cv2.COLOR_BGR2GRAY)
    ink = float((abs(cv2.Laplacian(sharp, cv2.CV_16S)) > 80).mean())
    return ground >= _LIGHT and _INK[0] <= ink <= _INK[1]


def _codes(image: Any) -> list[str]:
    if find_spec("zxingcpp") is None:
        return []
    import zxingcpp

    return [found.text for found in zxingcpp.read_barcodes(image) if found.text]


@cache
def _engine() -> Any:
    import logging

    from rapidocr import RapidOCR

    logging.getLogger("RapidOCR").setLevel(logging.ERROR)
    threads = {f"EngineConfig.onnxruntime.{kind}_op_num_threads": 1 for kind in ("intra", "inter")}
    return RapidOCR(params={**threads, "Global.log_level": "error"})


def _written(image: Any) -> str:
    """Pieces whose middles lie on one height form a line; a gap between them becomes a tab."""
    seen = _engine()(image)
    if seen is None or seen.boxes is None:
        return ""
    pieces = []
    for box, text, score in zip(seen.boxes, seen.txts, seen.scores, strict=True):
        if score >= _SEEN and text.strip():
            xs, ys = [float(point[0]) for point in box], [float(point[1]) for point in box]
            pieces.append((min(ys), max(ys), min(xs), max(xs), text.strip()))
    return "\n".join(_lines(pieces))


def _lines(pieces: list[tuple[float, float, float, float, str]]) -> list[str]:
    rows: list[list[tuple[float, float, float, float, str]]] = []
    for piece in sorted(pieces, key=lambda piece: piece[0] + piece[1]):
        middle = (piece[0] + piece[1]) / 2
        if rows and rows[-1][0][0] <= middle <= rows[-1][0][1]:
            rows[-1].append(piece)
        else:
            rows.append([piece])
    return [_line(sorted(row, key=lambda piece: piece[2])) for row in rows]


def _line(row: list[tuple[float, float, float, float, str]]) -> str:
    out, end = "", 0.0
    for top, bottom, left, right, text in row:
        gap = left - end
        if out:
            out += "\t" if gap > 0.25 * (bottom - top) else ("" if re.search(r"[\u4e00-\u9fff]$", out) else " ")
        out, end = out + text, right
    return out
