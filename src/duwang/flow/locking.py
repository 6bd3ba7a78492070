"""A lock file that one process at a time holds; it ends with the process, however that ends."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from duwang.flow.folder import FolderFault

try:
    import fcntl
except ImportError:  # Windows has no such locks: there nobody is kept out
    fcntl = None  # type: ignore[assignment]


@contextmanager
def locked(path: Path, *, busy: str) -> Iterator[int]:
    """Held until the block ends; FolderFault with the words `busy` while another process holds it. The number is the open file's: a
    child that is given it holds the lock as well."""
    with path.open("w") as lock:
        if fcntl is not None:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                raise FolderFault(busy) from None
        yield lock.fileno()
