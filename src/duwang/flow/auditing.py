"""The verb audit-bulletin: anybody's notice read and checked."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from duwang.flow.folder import FolderFault
from duwang.reading.any_file import AttachmentFault, read_any


def audit_file(path: Path) -> dict[str, Any]:
    """`{"findings": [{check,start,end,quote,message,severity,certainty}], "confirmed": […]}`; FolderFault when it cannot be read."""
    from duwang.bulletin.audit import audit

    try:
        document = read_any(path.read_bytes(), name=path.name)
    except AttachmentFault as fault:
        raise FolderFault(f"文件“{path}”无法读取：{fault}") from None
    return audit(document.body, tables=document.tables).record()
