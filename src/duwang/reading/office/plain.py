"""Plain text in the charsets that Chinese offices use."""

from __future__ import annotations

from duwang.reading.office.extract import MAX_CHARS, Extract, Unreadable


def decode(body: bytes) -> str:
    """BOM, then strict UTF-8, then strict GB18030; Unreadable when none fits."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace")
    for charset in ("utf-8-sig", "gb18030"):
        try:
            return body.decode(charset)
        except UnicodeDecodeError:
            continue
    text = body.decode("gb18030", "replace")
    if text.count("\ufffd") * 100 > len(text):
        raise Unreadable("damaged", "文字编码无法识别")
    return text


def read(body: bytes) -> Extract:
    """The text as it is, newlines kept."""
    text = decode(body)
    if len(text) > MAX_CHARS:
        return Extract(text[:MAX_CHARS], note=f"内容过长，只读了前{MAX_CHARS}字")
    return Extract(text)
