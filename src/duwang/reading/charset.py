"""Bytes → text: byte order mark, strict UTF-8, strict GB18030, declared Big5; the declaration alone is never believed."""

from __future__ import annotations

import codecs
import re

_DECLARED = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]+)", re.IGNORECASE)
_MARKS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))


def decode(body: bytes, *, content_type: str = "") -> tuple[str, str]:
    """(text, name of the charset). Broken bytes become U+FFFD, never an error."""
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace"), name
    declared = _declared(body, content_type)
    if declared in ("big5", "big5-hkscs", "x-x-big5"):
        try:
            return body.decode("big5hkscs"), "big5"
        except UnicodeDecodeError:
            pass
    for name in ("utf-8", "gb18030"):
        try:
            return body.decode(name), name
        except UnicodeDecodeError:
            continue
    return _least_broken(body)


def _declared(body: bytes, content_type: str) -> str:
    found = _DECLARED.search(content_type.encode("ascii", "ignore")) or _DECLARED.search(body[:4096])
    return found[1].decode().lower() if found else ""


def _least_broken(body: bytes) -> tuple[str, str]:
    tries = [(body.decode(name, "replace"), name) for name in ("utf-8", "gb18030")]
    return min(tries, key=lambda pair: pair[0].count("�"))
