"""What the page checks saw on one site, gathered while its pages go by: repeats are counted, the rest waits in a file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import msgspec

from duwang.flow.records import draft_from
from duwang.model.findings import Draft

PLACES = 20


@dataclass(frozen=True, slots=True)
class Sighting:
    """A draft with what is known of the page it was found on."""

    draft: Draft
    printed: tuple[str, ...] = ()
    column: str = ""
    sha256: str = ""


@dataclass(slots=True)
class _Repeat:
    """Equal quotes over the pages of one site. `others` are addresses that could come again, `last` the one just counted."""

    first: Mapping[str, Any]
    sha256: str
    count: int = 0
    pages: int = 0
    places: list[str] = field(default_factory=list)
    others: set[str] = field(default_factory=set)
    last: str = ""

    def seen(self, url: str, times: int, *, page: str) -> None:
        """Pages come by address, each once: only an address that is masked or not the page's own can come again later."""
        self.count += times
        if url == self.last or url in self.others:
            return
        self.last = url
        self.pages += 1
        if "*" in url or url != page:
            self.others.add(url)
        if len(self.places) < PLACES:
            self.places.append(url)


class Sightings:
    """`folds` names the checks whose equal quotes become one finding on the site."""

    def __init__(self, folds: frozenset[str]) -> None:
        self._folds = folds
        self._repeats: dict[str, dict[str, _Repeat]] = {}
        self._file = sqlite3.connect("", isolation_level=None)
        self._file.execute("PRAGMA cache_size=-1000")
        self._file.execute(
            "CREATE TABLE seen(check_id TEXT, target TEXT, start INTEGER, url TEXT, quote TEXT, seq INTEGER PRIMARY KEY, "
            "draft BLOB, printed BLOB, column_ref TEXT, sha256 TEXT)"
        )
        self._file.execute("BEGIN")

    def add(
        self, check: str, record: Mapping[str, Any], *, page: str, printed: tuple[str, ...], column: str, sha256: str
    ) -> None:
        """One draft as the work store keeps it, found on the page at this address."""
        if check not in self._folds:
            start = record.get("start")
            self._file.execute(
                "INSERT INTO seen(check_id,target,start,url,quote,draft,printed,column_ref,sha256) VALUES(?,?,?,?,?,?,?,?,?)",
                (check, record["target"], -1 if start is None else start, record.get("url", ""), record["quote"],
                 msgspec.json.encode(record), msgspec.json.encode(printed), column, sha256),
            )  # fmt: skip
            return
        repeats = self._repeats.setdefault(check, {})
        if (one := repeats.get(record["quote"])) is None:
            one = repeats[record["quote"]] = _Repeat(record, sha256)
        one.seen(record.get("url", ""), record.get("count", 1), page=page)

    def of(self, check: str, target: str) -> Iterator[Sighting]:
        """The sightings of one check in the order findings are numbered; repeats as one on the site, with up to 20 places."""
        if check in self._folds:
            for repeat in self._repeats.get(check, {}).values():
                yield _folded(repeat, target)
            return
        rows = self._file.execute(
            "SELECT draft, printed, column_ref, sha256 FROM seen WHERE check_id=? ORDER BY target, start, url, quote, seq",
            (check,),
        )
        for draft, printed, column, sha256 in rows:
            yield Sighting(draft_from(msgspec.json.decode(draft)), tuple(msgspec.json.decode(printed)), column, sha256)

    def close(self) -> None:
        self._file.close()


def _folded(repeat: _Repeat, target: str) -> Sighting:
    draft = draft_from(repeat.first)
    facts = {**draft.facts, "places": repeat.places, "pages": repeat.pages}
    folded = replace(draft, target=target, context="", count=repeat.count, facts=facts, start=None, end=None)
    return Sighting(folded, (), "", repeat.sha256)
