"""Labelled data that lies beside the project; tests that need it skip where it is absent."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

FOLDER = Path(os.environ.get("DUWANG_SHARED", Path(__file__).resolve().parents[3] / "shared"))


def shared(path: str) -> Path:
    """Path of a shared file or folder; skips the test with a clear message when it is not there."""
    found = FOLDER / path
    if not found.exists():
        pytest.skip(f"标注数据 shared/{path} 不在项目旁边，跳过")
    return found
