"""What a file is, by its content; the name only decides between kinds of plain text."""

from __future__ import annotations

import io
import re
import zipfile

_IMAGES = (
    (b"\x89PNG\r\n\x1a\n", "png"),
    (b"\xff\xd8\xff", "jpg"),
    (b"GIF87a", "gif"),
    (b"GIF89a", "gif"),
    (b"BM", "bmp"),
    (b"II*\x00", "tiff"),
    (b"MM\x00*", "tiff"),
)
_OTHERS = (
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gz"),
    (b"BZh", "bz2"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"MZ", "exe"),
    (b"\x7fELF", "elf"),
    (b"ID3", "mp3"),
    (b"\x1aE\xdf\xa3", "mkv"),
    (b"FLV\x01", "flv"),
    (b"OggS", "ogg"),
)
IMAGE_KINDS = frozenset({"png", "jpg", "gif", "bmp", "tiff", "webp"})
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_PARTS = (("word/", "docx"), ("xl/", "xlsx"), ("ppt/", "pptx"))
_OFFICE_ENDINGS = ("doc", "xls", "et", "wps", "docx", "xlsx")
_OPEN_DOCUMENT = {"text": "odt", "spreadsheet": "ods", "presentation": "odp"}
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|table|meta|div)\b", re.IGNORECASE)


_FLAT = (
    b"urn:schemas-microsoft-com:office:spreadsheet",
    b"schemas.microsoft.com/office/word",
    b"schemas.microsoft.com/office/2006/xmlPackage",
)


def sniff(body: bytes, *, name: str = "", content_type: str = "") -> str:
    """A lower-case kind such as docx, xls, pdf, png, html, csv, txt, zip; `unknown` when nothing fits, `empty` for no bytes."""
    if not body:
        return "empty"
    head = body[:2048]
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        return _zipped(body)
    if head.startswith(_OLE):
        return _compound(body)
    if head.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    for signature, kind in _IMAGES:
        if head.startswith(signature) and (kind != "bmp" or head[6:10] == b"\0\0\0\0"):
            return kind
    if head[:4] == b"RIFF":
        return "webp" if head[8:12] == b"WEBP" else "riff"
    if head[4:8] == b"ftyp":
        return "mp4"
    for signature, kind in _OTHERS:
        if head.startswith(signature):
            return kind
    return _plain(body, name=name, content_type=content_type)


def _zipped(body: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            names = archive.namelist()
            if "OFD.xml" in names or any(name.rpartition("/")[2].lower() == "ofd.xml" for name in names[:50]):
                return "ofd"
            if "mimetype" in names and archive.getinfo("mimetype").file_size < 200:
                family = archive.read("mimetype").decode("ascii", "replace").rpartition(".")[2].partition("-")[0]
                return _OPEN_DOCUMENT.get(family, "zip")
    except Exception:
        return "zip"
    if "[Content_Types].xml" in names or any(name.startswith("_rels/") for name in names):
        for folder, kind in _PARTS:
            if any(name.startswith(folder) for name in names):
                return "xlsb" if kind == "xlsx" and any(name.endswith("workbook.bin") for name in names) else kind
    return "zip"


def _compound(body: bytes) -> str:
    import olefile

    try:
        with olefile.OleFileIO(body) as ole:
            streams = {"/".join(path).lower() for path in ole.listdir()}
    except Exception:
        return "ole-damaged"
    if "encryptedpackage" in streams:
        return "encrypted-office"
    for stream, kind in (("worddocument", "doc"), ("workbook", "xls"), ("book", "xls"), ("powerpoint document", "ppt")):
        if stream in streams:
            return kind
    return "ole"


def _plain(body: bytes, *, name: str, content_type: str) -> str:
    start = body[:8192]
    if start[:2] in (b"\xff\xfe", b"\xfe\xff"):  # 记事本的“Unicode”
        start = start[: len(start) // 2 * 2].decode("utf-16", "replace").encode()
    if b"\0" in start:
        return "unknown"
    control = sum(byte < 32 and byte not in (9, 10, 12, 13) for byte in start)
    if control > len(start) // 50:
        return "unknown"
    stripped = start.lstrip(b"\xef\xbb\xbf \t\r\n")
    ending = name.partition("?")[0].rpartition(".")[2].lower()
    if stripped.startswith(b"<?xml") and any(mark in start for mark in _FLAT):
        return "flat-xml"
    if _is_page(stripped, ending=ending, content_type=content_type):
        office = ending in _OFFICE_ENDINGS or b"urn:schemas-microsoft-com:office" in start or "ms-excel" in content_type
        return "office-html" if office or "msword" in content_type else "html"
    if stripped.startswith(b"<?xml"):
        return "xml"
    if (
        re.match(rb"(?:from|mime-version|content-type|subject|date|x-[a-z-]+):", stripped[:40].lower())
        and b"\nContent-Type:" in b"\n" + stripped
    ):
        return "mht"
    return "csv" if ending in ("csv", "tsv") or "csv" in content_type.lower() else "txt"


def _is_page(start: bytes, *, ending: str, content_type: str) -> bool:
    """A text that only speaks of tags is no page."""
    if ending in ("htm", "html", "shtml", "xhtml") or "text/html" in content_type.lower():
        return b"<" in start
    if ending in ("txt", "md", "csv", "tsv"):
        return start.lower().startswith((b"<!doctype html", b"<html"))
    return start.startswith(b"<") and bool(_MARKUP.search(start))
