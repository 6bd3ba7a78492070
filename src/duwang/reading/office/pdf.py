"""PDF text layer by PDFium; a scan without text is told apart from an empty file."""

from __future__ import annotations

import re
import threading

import pypdfium2

from duwang.reading.office.extract import MAX_CHARS, Extract, Pieces, Unreadable

_MAX_PAGES = 5000
_ONE_AT_A_TIME = threading.Lock()  # PDFium is not thread-safe
_PASSWORD = 4
_BROKEN = re.compile(r"(?<![\dA-Za-z])(\d{6,17})\n(\d{0,11}[\dXx])(?![\dA-Za-z])")
_LENGTHS = frozenset([11, 15, 16, 18, 19])
_NEAR = 3.0


def read(body: bytes) -> Extract:
    """Pages in order, lines as the file breaks them."""
    with _ONE_AT_A_TIME:
        return _read(body)


def _read(body: bytes) -> Extract:
    try:
        document = pypdfium2.PdfDocument(body)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == _PASSWORD or "password" in str(error).lower():
            raise Unreadable("encrypted", "PDF加了打开密码") from error
        raise Unreadable("damaged", "PDF文件损坏") from error
    pieces = Pieces()
    silent = broken = 0
    try:
        count = min(len(document), _MAX_PAGES)
        for number in range(count):
            try:
                text = _page(document, number)
            except pypdfium2.PdfiumError:
                broken += 1
                continue
            silent += not text.strip()
            for line in text.split("\n"):
                pieces.paragraph(line)
            if pieces.length >= MAX_CHARS:
                break
    finally:
        document.close()
    return _told(pieces, count=count, silent=silent, broken=broken)


def _page(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            text: str = words.get_text_bounded()
            text = text.replace("\r\n", "\n").replace("\r", "\n")
            text = text.replace("\ufffe\n", "").replace("\ufffe", "").replace("\0", "")
            return _rejoined(text, words) if _BROKEN.search(text) else text
        finally:
            words.close()
    finally:
        page.close()


def _rejoined(text: str, words: pypdfium2.PdfTextPage) -> str:
    """Numbers that a narrow cell breaks (…307005 above X) in one piece again: the rest stands where the number began."""

    def join(found: re.Match[str]) -> str:
        first, rest = len(found[1]), len(found[2])
        if first + rest not in _LENGTHS or first in _LENGTHS or rest in _LENGTHS:  # one above the other, each whole
            return found[0]
        above, below = _left(words, found[1]), _left(words, found[2], after=found[1])
        return (
            found[1] + found[2] if above is not None and below is not None and abs(above - below) <= _NEAR else found[0]
        )

    return _BROKEN.sub(join, text)


def _left(words: pypdfium2.PdfTextPage, piece: str, *, after: str = "") -> float | None:
    """Left edge of a piece of text in points; of its first occurrence behind `after`, where that is given."""
    start = 0
    if after:
        before = words.search(after, match_case=True).get_next()
        if before is None:
            return None
        start = before[0] + before[1]
    found = words.search(piece, index=start, match_case=True).get_next()
    return float(words.get_charbox(found[0])[0]) if found else None


def _told(pieces: Pieces, *, count: int, silent: int, broken: int) -> Extract:
    if not count or broken == count:
        raise Unreadable("damaged", "PDF没有可读的页面")
    if not pieces.parts:
        raise Unreadable("no-text-layer", f"共{count}页，没有文字层（多半是扫描件）")
    notes = [f"共{count}页，其中{silent}页没有文字层"] if silent else []
    if broken:
        notes.append(f"{broken}页损坏未读")
    return pieces.extract(note="；".join(notes))
