"""Files that units send: looked at before they are kept, stored under names of our own."""

from __future__ import annotations

import hashlib
import secrets
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile

from duwang.console.people.models import Person
from duwang.console.records.models import CaseRow, Proof

MOST = 10 * 1024 * 1024
_BEGINS = {
    ".png": (b"\x89PNG",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".pdf": (b"%PDF",), ".docx": (b"PK\x03\x04",),
    ".xlsx": (b"PK\x03\x04",), ".zip": (b"PK\x03\x04",), ".doc": (b"\xd0\xcf\x11\xe0",), ".wps": (b"\xd0\xcf\x11\xe0", b"PK\x03\x04"),
    ".xls": (b"\xd0\xcf\x11\xe0",),
}  # fmt: skip


class ProofFault(ValueError):
    """A file that is not taken, with a Chinese sentence."""


def keep(file: Any, *, case: CaseRow, by: Person) -> Proof:
    """Store one upload; its kind must be one of ours and its content must begin like it."""
    name = PurePath(str(file.name)).name[-150:]
    ending = PurePath(name).suffix.lower()
    if ending not in _BEGINS:
        raise ProofFault(f"不接收“{ending or '没有扩展名'}”文件，可以上传：{'、'.join(sorted(_BEGINS))}")
    if file.size > MOST:
        raise ProofFault("文件超过10MB")
    content = file.read()
    if not content.startswith(_BEGINS[ending]):
        raise ProofFault(f"文件内容不是{ending}格式，没有接收")
    kept = Proof(case=case, name=name, sha256=hashlib.sha256(content).hexdigest(), size=len(content), by=by)
    kept.file.save(f"{secrets.token_hex(16)}.bin", ContentFile(content))
    return kept
