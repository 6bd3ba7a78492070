"""Records that wait in a file until they are written in order: tens of thousands do not fit into the memory of a small machine."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import msgspec

from duwang.model.findings import Finding

_KEYS = 4


class InOrder:
    """Kept one by one, read once: by up to four texts, equal ones as they came."""

    def __init__(self) -> None:
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA cache_size=-1000")
        names = ", ".join(f"key{n} TEXT" for n in range(_KEYS))
        self._file.execute(f"CREATE TABLE found({names}, seq INTEGER PRIMARY KEY, line BLOB)")
        self._file.execute("BEGIN")

    def put(self, record: Any, *keys: str) -> None:
        """A model value with what it is sorted by."""
        row = (*keys, *[""] * (_KEYS - len(keys)), msgspec.json.encode(record))
        self._file.execute("INSERT INTO found(key0,key1,key2,key3,line) VALUES(?,?,?,?,?)", row)

    def in_order(self) -> Iterator[dict[str, Any]]:
        """The records as JSON has them."""
        for (line,) in self._file.execute("SELECT line FROM found ORDER BY key0, key1, key2, key3, seq"):
            yield msgspec.json.decode(line)


class Found(InOrder):
    """The findings of a run by target, check and fingerprint: the records of findings.jsonl."""

    def keep(self, finding: Finding) -> None:
        self.put(finding, finding.target, finding.check, finding.fingerprint)
