"""The signing key: made on the first start, kept in the data folder, readable by its owner only."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def secret_key(path: Path) -> str:
    """The key in DUWANG_SECRET_KEY, else the one in the file, else a new one; kept only where the data folder exists."""
    if given := os.environ.get("DUWANG_SECRET_KEY"):
        return given
    try:
        return path.read_text("ascii").strip()
    except FileNotFoundError:
        pass
    if not path.parent.is_dir():
        return secrets.token_urlsafe(64)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return path.read_text("ascii").strip()
    with os.fdopen(handle, "w") as file:
        made = secrets.token_urlsafe(64)
        file.write(made)
    return made
