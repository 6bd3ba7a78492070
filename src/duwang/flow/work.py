"""The durable state of one inspection: frontier, page results and link states in one SQLite file.

A page's result, its state and the links it leads to are written in one transaction together with the vault's position,
so that a kill at any moment loses and doubles nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from sys import intern
from typing import Any

import msgspec

_SCHEMA = """
CREATE TABLE IF NOT EXISTS meta(key TEXT PRIMARY KEY, value TEXT);
CREATE TABLE IF NOT EXISTS page(
    owner TEXT, key TEXT, url TEXT, role TEXT, level INTEGER, seq INTEGER, column_ref TEXT, number INTEGER, referer TEXT,
    state TEXT DEFAULT 'pending', result BLOB, look BLOB, PRIMARY KEY(owner, key)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS page_state ON page(owner, state, level);
CREATE TABLE IF NOT EXISTS item(
    owner TEXT, column_ref TEXT, number INTEGER, ord INTEGER, key TEXT, url TEXT, title TEXT, day TEXT, raw TEXT, inferred INTEGER,
    PRIMARY KEY(owner, column_ref, number, ord)) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS item_key ON item(owner, key);
CREATE TABLE IF NOT EXISTS link(id INTEGER PRIMARY KEY, owner TEXT, url TEXT, kind TEXT, text TEXT, hidden TEXT, UNIQUE(owner, url, kind));
CREATE TABLE IF NOT EXISTS place(owner TEXT, key TEXT, links BLOB, PRIMARY KEY(owner, key)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS linkstate(owner TEXT, url TEXT, looks INTEGER, result BLOB, PRIMARY KEY(owner, url)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS note(owner TEXT, key TEXT, value BLOB, PRIMARY KEY(owner, key)) WITHOUT ROWID;
"""


@dataclass(frozen=True, slots=True)
class PageRow:
    """One address of the frontier. `number` is the list page number; `result` what reading it gave, None while pending."""

    owner: str
    key: str
    url: str
    role: str
    level: int
    column: str
    number: int
    referer: str
    state: str
    result: dict[str, Any] | None


@dataclass(frozen=True, slots=True)
class NewPage:
    """An address to be added unless it is known."""

    key: str
    url: str
    role: str
    level: int
    column: str = ""
    number: int = 1
    referer: str = ""
    seq: int = 0


@dataclass(frozen=True, slots=True)
class ItemRow:
    """One line of a list page, for the column's listing and the page's columns."""

    column: str
    number: int
    ord: int
    key: str
    url: str
    title: str
    day: str
    raw: str
    inferred: bool


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One linked address; `hidden` says how it is kept from being seen, empty when a page shows it."""

    id: int
    url: str
    kind: str
    text: str
    hidden: str


class WorkStore:
    """SQLite behind a few verbs; the caller groups writes and calls `commit`."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._db = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        self._db.execute("PRAGMA journal_mode=WAL")
        self._db.execute("PRAGMA synchronous=NORMAL")
        self._db.executescript(_SCHEMA)
        self._link_ids: dict[tuple[str, str, str], tuple[int, str, str]] = {}
        self._told: set[tuple[str, str, str, str, int, int]] = set()
        self._vault_position: Callable[[], int] | None = None
        self._db.execute("BEGIN")

    def tie_to(self, vault_position: Callable[[], int]) -> None:
        """From now on every commit, whoever makes it, notes how much of the vault it stands on: no page outlives its evidence."""
        self._vault_position = vault_position

    def commit(self, *, vault_position: int | None = None) -> None:
        if vault_position is None and self._vault_position is not None:
            vault_position = self._vault_position()
        if vault_position is not None:
            self.set_meta("vault", str(vault_position))
        self._db.execute("COMMIT")
        self._db.execute("BEGIN")

    def close(self) -> None:
        self.commit()
        self._db.close()

    def meta(self, key: str) -> str | None:
        row = self._db.execute("SELECT value FROM meta WHERE key=?", (key,)).fetchone()
        return row[0] if row else None

    def set_meta(self, key: str, value: str) -> None:
        self._db.execute(
            "INSERT INTO meta VALUES(?,?) ON CONFLICT(key) DO UPDATE SET value=excluded.value", (key, value)
        )

    def add_pages(self, owner: str, pages: Iterable[NewPage]) -> None:
        """Add addresses that are not known yet; of two spellings met on one level the smaller stays, whoever came first."""
        fresh = [page for page in pages if self._is_news((owner, page.key, page.url, page.role, page.level, page.seq))]
        self._db.executemany(
            "INSERT INTO page(owner,key,url,role,level,seq,column_ref,number,referer) VALUES(?,?,?,?,?,?,?,?,?) "
            "ON CONFLICT DO UPDATE SET url=min(url, excluded.url), seq=min(seq, excluded.seq) "
            "WHERE state='pending' AND level=excluded.level AND role=excluded.role",
            [(owner, p.key, p.url, p.role, p.level, p.seq, p.column, p.number, p.referer) for p in fresh],
        )

    def _is_news(self, told: tuple[str, str, str, str, int, int]) -> bool:
        """False for what every page says again, its navigation: saying it once more would change nothing."""
        if told in self._told:
            return False
        if len(self._told) >= _MOST_KNOWN:
            self._told.clear()
        self._told.add(told)
        return True

    def place_pages(self, owner: str, columns: Sequence[str]) -> None:
        """Give every article that lists lead to the first of the columns (in this order) that shows it."""
        self._rank(columns)
        self._db.execute(
            f"UPDATE page SET column_ref=(SELECT item.column_ref {_BY_RANK} AND item.key=page.key {_RANKED} LIMIT 1) WHERE owner=? "
            "AND role='article' AND EXISTS(SELECT 1 FROM item WHERE item.owner=page.owner AND item.key=page.key)",
            (owner, owner),
        )

    def set_referers(self, owner: str, referers: Mapping[str, str]) -> None:
        """Set the page (key → address) that an attachment is reported with."""
        self._db.executemany(
            "UPDATE page SET referer=? WHERE owner=? AND key=?", [(url, owner, key) for key, url in referers.items()]
        )

    def reopen(self, owner: str) -> int:
        """Ask once more for what failed; how many."""
        failed = [row.key for row in self.results(owner) if row.result is not None and not row.result["ok"]]
        self._db.executemany(
            "UPDATE page SET state='pending' WHERE owner=? AND key=?", [(owner, key) for key in failed]
        )
        return len(failed)

    def next_level(self, owner: str) -> int | None:
        row = self._db.execute("SELECT min(level) FROM page WHERE owner=? AND state='pending'", (owner,)).fetchone()
        return None if row is None or row[0] is None else int(row[0])

    def pending(self, owner: str, level: int, *, limit: int = -1) -> list[PageRow]:
        """What is still to be read of a level, in order; at most `limit` of it (-1 = all)."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM page WHERE owner=? AND state='pending' AND level=? ORDER BY seq, column_ref, number, url LIMIT ?",
            (owner, level, limit),
        )
        return [_page(row) for row in rows]

    def waiting(self, owner: str, level: int) -> Iterator[PageRow]:
        """What is still to be read of a level, one by one and in no order; nothing may be changed meanwhile."""
        for row in self._db.execute(
            f"SELECT {_COLUMNS} FROM page WHERE owner=? AND state='pending' AND level=?", (owner, level)
        ):
            yield _page(row)

    def count_waiting(self, owner: str, level: int) -> int:
        row = self._db.execute(
            "SELECT count(*) FROM page WHERE owner=? AND state='pending' AND level=?", (owner, level)
        ).fetchone()
        return int(row[0])

    def count(self, owner: str, *, state: str) -> int:
        row = self._db.execute("SELECT count(*) FROM page WHERE owner=? AND state=?", (owner, state)).fetchone()
        return int(row[0])

    def count_reading(self, owner: str) -> int:
        """Pages asked for so far, attachments left out: what the page budget counts."""
        row = self._db.execute(
            "SELECT count(*) FROM page WHERE owner=? AND state='done' AND role NOT IN ('attachment','picture')",
            (owner,),
        ).fetchone()
        return int(row[0])

    def skip(self, owner: str, keys: Sequence[str], *, why: str) -> None:
        self._db.executemany(
            "UPDATE page SET state=? WHERE owner=? AND key=? AND state='pending'", [(why, owner, key) for key in keys]
        )

    def reopen_skipped(self, why: str) -> None:
        """Ask for what was left out for that reason, under a larger budget; what is settled once a round is settled anew."""
        self._db.execute("UPDATE page SET state='pending' WHERE state=?", (why,))
        self._db.execute(
            "DELETE FROM note WHERE key LIKE 'trimmed-%' OR key LIKE 'settled-attachments%' OR key IN ('second-look', 'chosen-pictures')"
        )
        self.commit()

    def finish(self, owner: str, key: str, result: Mapping[str, Any]) -> None:
        """Record what reading a page gave; what the checks said of it lies apart, so that states are read without it."""
        looked = {name: result[name] for name in _LOOK if name in result}
        plain = {name: value for name, value in result.items() if name not in _LOOK}
        self._db.execute(
            "UPDATE page SET state='done', result=?, look=? WHERE owner=? AND key=?",
            (msgspec.json.encode(plain), msgspec.json.encode(looked) if looked else None, owner, key),
        )

    def finished(self, owner: str) -> Iterator[PageRow]:
        """Every page that was asked for with everything known of it, home first, then by address."""
        rows = self._db.execute(
            f"SELECT {_COLUMNS},look FROM page WHERE owner=? AND state='done' ORDER BY role<>'home', url, key", (owner,)
        )
        for *row, look in rows:
            page = _page(row)
            if look and page.result is not None:
                page.result.update(msgspec.json.decode(look))
            yield page

    def results(self, owner: str, *, by_key: bool = False) -> Iterator[PageRow]:
        """As `finished`, without what the checks said; in the order of keys where that is wanted."""
        order = "key" if by_key else "role<>'home', url, key"
        rows = self._db.execute(
            f"SELECT {_COLUMNS} FROM page WHERE owner=? AND state='done' ORDER BY {order}", (owner,)
        )
        for row in rows:
            yield _page(row)

    def page(self, owner: str, key: str) -> PageRow | None:
        row = self._db.execute(f"SELECT {_COLUMNS} FROM page WHERE owner=? AND key=?", (owner, key)).fetchone()
        return _page(row) if row else None

    def was_read(self, owner: str, key: str) -> bool:
        """True for an address that was asked for as a page, whatever came of it."""
        asked = "SELECT 1 FROM page WHERE owner=? AND key=? AND state='done'"
        return self._db.execute(asked, (owner, key)).fetchone() is not None

    def tally(self, owner: str) -> dict[tuple[str, str], int]:
        """(role, state) → number of addresses."""
        rows = self._db.execute("SELECT role, state, count(*) FROM page WHERE owner=? GROUP BY role, state", (owner,))
        return {(row[0], row[1]): int(row[2]) for row in rows}

    def add_items(self, owner: str, items: Iterable[ItemRow]) -> None:
        self._db.executemany(
            "INSERT OR REPLACE INTO item VALUES(?,?,?,?,?,?,?,?,?,?)",
            [(owner, i.column, i.number, i.ord, i.key, i.url, i.title, i.day, i.raw, int(i.inferred)) for i in items],
        )

    def items(self, owner: str, column: str) -> Iterator[ItemRow]:
        rows = self._db.execute(
            "SELECT column_ref,number,ord,key,url,title,day,raw,inferred FROM item WHERE owner=? AND column_ref=? ORDER BY number, ord",
            (owner, column),
        )
        for row in rows:
            yield _item(row)

    def count_items(self, owner: str, column: str) -> int:
        row = self._db.execute("SELECT count(*) FROM item WHERE owner=? AND column_ref=?", (owner, column)).fetchone()
        return int(row[0])

    def shown_before(self, owner: str, column: str, number: int, key: str) -> bool:
        """True for an address that a list page of the column before this one shows."""
        asked = "SELECT 1 FROM item WHERE owner=? AND key=? AND column_ref=? AND number<? LIMIT 1"
        return self._db.execute(asked, (owner, key, column, number)).fetchone() is not None

    def items_in_turn(self, owner: str, columns: Sequence[str]) -> Iterator[ItemRow]:
        """The lines of all lists of a site, column by column in this order; those of other columns come last."""
        self._rank(columns)
        asked = f"SELECT item.column_ref,number,ord,key,url,title,day,raw,inferred {_BY_RANK} {_RANKED}"
        for row in self._db.execute(asked, (owner,)):
            yield _item(row)

    def _rank(self, columns: Sequence[str]) -> None:
        self._db.execute("CREATE TEMP TABLE IF NOT EXISTS ranks(column_ref TEXT PRIMARY KEY, place INTEGER)")
        self._db.execute("DELETE FROM ranks")
        self._db.executemany("INSERT OR REPLACE INTO ranks VALUES(?,?)", [(ref, n) for n, ref in enumerate(columns)])

    def add_links(self, owner: str, key: str, links: Sequence[tuple[str, str, str, str]]) -> None:
        """The links (url, kind, text, hidden) that one page holds. A link that any page shows openly is not hidden."""
        ids = [self._link_id(owner, url, kind, text, hidden) for url, kind, text, hidden in links]
        self._db.execute("INSERT OR REPLACE INTO place VALUES(?,?,?)", (owner, key, msgspec.json.encode(ids)))

    def _link_id(self, owner: str, url: str, kind: str, text: str, hidden: str) -> int:
        known = self._link_ids.get((owner, url, kind))
        if known is not None and (hidden or not known[1]) and text >= known[2]:
            return known[0]
        self._db.execute(
            "INSERT INTO link(owner,url,kind,text,hidden) VALUES(?,?,?,?,?) ON CONFLICT DO UPDATE SET "
            "hidden=CASE WHEN excluded.hidden='' THEN '' WHEN hidden='' THEN '' ELSE min(hidden, excluded.hidden) END, "
            "text=min(text, excluded.text)",
            (owner, url, kind, text, hidden),
        )
        row = self._db.execute(
            "SELECT id, hidden, text FROM link WHERE owner=? AND url=? AND kind=?", (owner, url, kind)
        ).fetchone()
        if len(self._link_ids) >= _MOST_KNOWN:
            self._link_ids.clear()
        self._link_ids[owner, url, kind] = int(row[0]), str(row[1]), str(row[2])
        return int(row[0])

    def links(self, owner: str) -> Iterator[LinkRow]:
        """Every link of a site, by address and kind."""
        rows = self._db.execute(
            "SELECT id, url, kind, text, hidden FROM link WHERE owner=? ORDER BY url, kind", (owner,)
        )
        for row in rows:
            yield LinkRow(int(row[0]), row[1], row[2], row[3], row[4])

    def places(self, owner: str) -> Iterator[tuple[str, list[int]]]:
        """(page key, link ids) of every page."""
        for key, blob in self._db.execute("SELECT key, links FROM place WHERE owner=? ORDER BY key", (owner,)):
            yield key, msgspec.json.decode(blob)

    def places_elsewhere(self, owner: str) -> Iterator[tuple[str, list[int]]]:
        """As `places`, for what is no page: style sheets."""
        asked = (
            "SELECT key, links FROM place WHERE owner=? AND NOT EXISTS"
            "(SELECT 1 FROM page WHERE page.owner=place.owner AND page.key=place.key AND state='done') ORDER BY key"
        )
        for key, blob in self._db.execute(asked, (owner,)):
            yield key, msgspec.json.decode(blob)

    def set_link_state(self, owner: str, url: str, looks: int, result: Mapping[str, Any]) -> None:
        """What asking for an address gave, and how often it was asked for."""
        self._db.execute(
            "INSERT OR REPLACE INTO linkstate VALUES(?,?,?,?)", (owner, url, looks, msgspec.json.encode(result))
        )

    def link_state(self, owner: str, url: str) -> dict[str, Any] | None:
        """What asking for one address gave; None when nobody asked."""
        row = self._db.execute("SELECT looks, result FROM linkstate WHERE owner=? AND url=?", (owner, url)).fetchone()
        return {**msgspec.json.decode(row[1]), "looks": int(row[0])} if row else None

    def link_states(self, owner: str) -> dict[str, dict[str, Any]]:
        rows = self._db.execute("SELECT url, looks, result FROM linkstate WHERE owner=?", (owner,))
        return {row[0]: {**msgspec.json.decode(row[2]), "looks": int(row[1])} for row in rows}

    def note(self, owner: str, key: str) -> Any:
        row = self._db.execute("SELECT value FROM note WHERE owner=? AND key=?", (owner, key)).fetchone()
        return msgspec.json.decode(row[0]) if row else None

    def set_note(self, owner: str, key: str, value: Any) -> None:
        self._db.execute("INSERT OR REPLACE INTO note VALUES(?,?,?)", (owner, key, msgspec.json.encode(value)))


_LOOK = ("drafts", "faults")
_MOST_KNOWN = 4_000  # what many pages share comes again soon
_BY_RANK = "FROM item LEFT JOIN ranks ON ranks.column_ref=item.column_ref WHERE item.owner=?"
_RANKED = f"ORDER BY coalesce(ranks.place, {1 << 40}), number, ord, item.column_ref"
_COLUMNS = "owner,key,url,role,level,column_ref,number,referer,state,result"


def _page(row: Sequence[Any]) -> PageRow:
    """Names that every page shares are kept once."""
    owner, key, url, role, level, column, number, referer, state, result = row
    decoded = msgspec.json.decode(result) if result else None
    return PageRow(
        intern(owner), key, url, intern(role), level, intern(column), number, referer, intern(state), decoded
    )


def _item(row: Sequence[Any]) -> ItemRow:
    column, number, order, key, url, title, day, raw, inferred = row
    return ItemRow(intern(column), number, order, key, url, title, day, raw, bool(inferred))
