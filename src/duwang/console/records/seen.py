"""What a round saw of each object, read from its folder once as long as the file stays what it is."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from duwang.console.records.models import Round
from duwang.console.records.remembered import remembered
from duwang.flow.folder import Folder


def seen_by_round(round_: Round) -> Mapping[str, Any]:
    """Target → its record in coverage.json; empty when the round has none."""
    path = Folder(round_.folder).path / "coverage.json"
    if not path.is_file():
        return {}
    told = path.stat()
    key = ("coverage", str(path), told.st_mtime_ns, told.st_size)
    return remembered(key, lambda: Folder(round_.folder).read_json("coverage.json") or {})
