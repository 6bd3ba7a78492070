"""Pictures and scans: which deserve recognition, what is read in them, and why nothing is where a part is not installed."""

from __future__ import annotations

import zlib
from importlib.util import find_spec
from pathlib import Path

import pytest

from duwang.model.material import Document
from duwang.reading import recognition
from duwang.reading.any_file import AttachmentFault, read_any
from duwang.reading.attachment import read_attachment, recognised
from duwang.reading.recognition import may_hold_code, may_hold_text, recognise, size_of
from unit.reading.office_files import id_number, pdf

needs_cv = pytest.mark.skipif(find_spec("cv2") is None, reason="没有安装文字识别部分（pip install duwang[ocr]），跳过")
needs_ocr = pytest.mark.skipif(
    bool(recognition.not_installed()), reason="没有安装文字识别部分（pip install duwang[ocr]），跳过"
)


def png(width: int, height: int) -> bytes:
    """A white picture."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + kind + data + zlib.crc32(kind + data).to_bytes(4, "big")

    rows = (b"\0" + b"\xff" * 3 * width) * height
    head = width.to_bytes(4, "big") + height.to_bytes(4, "big") + b"\x08\x02\0\0\0"
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def written(lines: list[str], kind: str = ".png") -> bytes:
    """A picture of Latin lines."""
    import cv2
    import numpy

    image = numpy.full((60 + 60 * len(lines), 1000, 3), 255, numpy.uint8)
    for n, line in enumerate(lines):
        cv2.putText(image, line, (40, 60 + 60 * n), cv2.FONT_HERSHEY_SIMPLEX, 1.2, (0, 0, 0), 2, cv2.LINE_AA)
    return bytes(cv2.imencode(kind, image)[1])


def test_sizes_are_read_from_the_head_and_small_pictures_left_alone() -> None:
    assert size_of(png(640, 480)) == (640, 480)
    assert may_hold_text(png(640, 480))
    assert not may_hold_text(png(88, 31))
    assert not may_hold_text(png(1600, 119))
    assert not may_hold_text(png(3000, 200))
    assert size_of(b"\xff\xd8\xff\xe0\0\x10JFIF") is None
    assert may_hold_code(png(150, 160)) and not may_hold_code(png(48, 48)) and not may_hold_code(png(400, 120))
    icon = recognised(read_attachment(png(88, 31), name="a.png"), png(88, 31))
    assert (icon.status, icon.detail) == ("image", "图片，没有文字层；太小，没有识别")


@needs_cv
def test_jpeg_sizes() -> None:
    assert size_of(written(["x"], ".jpg")) == (1000, 120)


@needs_cv
def test_blank_pictures_and_photographs_are_not_recognised() -> None:
    import cv2
    import numpy

    noise = numpy.random.default_rng(1).integers(0, 255, (600, 800, 3), dtype=numpy.uint8)
    photograph = bytes(cv2.imencode(".jpg", cv2.GaussianBlur(noise, (31, 31), 0))[1])
    for picture in (png(800, 600), photograph):
        assert recognise(picture, kind="png").why == "图片不像有文字的文件，没有识别"
    assert recognise(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, kind="png").why == "图片无法解码"


@needs_ocr
@pytest.mark.slow
def test_numbers_in_a_picture_are_found() -> None:
    numbers = [id_number(n) for n in range(1, 7)]
    picture = written(numbers)
    seen = recognised(read_attachment(picture, name="a.png"), picture)
    assert (seen.status, seen.recognised) == ("text", True)
    assert [line for line in seen.text.replace(" ", "").split("\n") if line] == numbers
    read = read_any(picture, name="名单.png")
    assert isinstance(read, Document) and read.garbled and numbers[0] in read.body.replace(" ", "")


@needs_cv
def test_qr_codes_are_decoded(tmp_path: Path) -> None:
    zxing = pytest.importorskip("zxingcpp", reason="没有安装二维码识别，跳过")
    import cv2
    import numpy

    code = numpy.array(zxing.create_barcode("http://127.0.0.1/gkzn", zxing.BarcodeFormat.QRCode).to_image(scale=6))
    picture = bytes(cv2.imencode(".png", code)[1])
    seen = recognised(read_attachment(picture, name="a.png"), picture)
    assert seen.codes == ("http://127.0.0.1/gkzn",) and seen.text == "二维码：http://127.0.0.1/gkzn"


def test_without_the_extra_the_reason_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recognition, "find_spec", lambda name: None)
    assert recognition.not_installed() == "没有安装文字识别部分（ocr）"
    picture = png(640, 480)
    seen = recognised(read_attachment(picture, name="a.png"), picture)
    assert (seen.status, seen.detail) == ("image", "图片，没有文字层；没有安装文字识别部分（ocr）")
    scan = pdf([])
    seen = recognised(read_attachment(scan, name="a.pdf"), scan)
    assert seen.status == "no-text-layer" and seen.detail.endswith("没有安装文字识别部分（ocr）")


def test_a_picture_without_text_is_said_to_be_one() -> None:
    with pytest.raises(AttachmentFault, match="图片，没有文字层"):
        read_any(png(88, 31), name="图标.png")
