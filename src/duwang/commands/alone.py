"""One command at a time writes into a folder: two at once would mix up the evidence."""

from __future__ import annotations

import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duwang.flow.folder import FolderFault


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Held while a command writes into `folder`; FolderFault when another one does. The lock lies with the system's temporary
    files, so that nothing is left in the folder, and ends with this process, whatever becomes of its helpers."""
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"duwang-{os.getuid()}-{name}.lock").open("w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FolderFault(f"{folder} 正在被另一个 duwang 命令使用，请等它结束，或者换一个目录") from None
        yield
