"""One command at a time writes into a folder: two at once would mix up the evidence."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import AbstractContextManager
from pathlib import Path

from duwang.flow.locking import locked


def alone(folder: Path) -> AbstractContextManager[int]:
    """Held while a command writes into `folder`; FolderFault when another one does. The lock lies with the system's temporary
    files, so that nothing is left in the folder."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    person = getattr(os, "getuid", int)()
    path = Path(tempfile.gettempdir()) / f"duwang-{person}-{name}.lock"
    return locked(path, busy=f"{folder} 正在被另一个 duwang 命令使用，请等它结束，或者换一个目录")
