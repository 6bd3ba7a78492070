"""The findings of a run in a file until they are written, by target, check and fingerprint."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

from duwang.model.findings import Finding


class Found:
    """Kept one by one, read once in order: tens of thousands do not fit into the memory of a small machine."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA cache_size=-1000")
        self._file.execute(
            "CREATE TABLE found(target TEXT, check_id TEXT, fingerprint TEXT, seq INTEGER PRIMARY KEY, line BLOB)"
        )
        self._file.execute("BEGIN")

    def keep(self, finding: Finding) -> None:
        self._file.execute(
            "INSERT INTO found(target,check_id,fingerprint,line) VALUES(?,?,?,?)",
            (finding.target, finding.check, finding.fingerprint, msgspec.json.encode(finding)),
        )

    def in_order(self) -> Iterator[dict[str, Any]]:
        """The records of findings.jsonl."""
        for (line,) in self._file.execute("SELECT line FROM found ORDER BY target, check_id, fingerprint, seq"):
            yield msgspec.json.decode(line)
