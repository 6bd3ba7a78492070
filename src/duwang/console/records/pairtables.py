"""The tables of pairs and the triggers that keep them. Made after every migration when they are missing: a table that SQLite has
to build anew for a changed column loses its triggers."""

from __future__ import annotations

from typing import Any

from duwang.console.records.searching import CASES, FINDINGS, Searched, pairs


def make_all(using: Any) -> None:
    """Tables, triggers and, for rows that were there before, the pairs; nothing where they stand already."""
    present = set(using.introspection.table_names())
    for searched in (FINDINGS, CASES):
        if searched.table in present:
            (_in_sqlite if using.vendor == "sqlite" else _in_postgres)(using, searched)


def teach(connection: Any) -> None:
    """SQLite calls back for the pairs; PostgreSQL has a function of its own."""
    if connection.vendor == "sqlite":
        connection.connection.create_function("duwang_pairs", -1, pairs, deterministic=True)


def tidy(using: Any) -> None:
    """After very many new rows: what PostgreSQL put by unsorted is filed, and the planner told of it."""
    if using.vendor == "postgresql":
        with using.cursor() as cursor:
            cursor.execute("SELECT gin_clean_pending_list(%s::regclass)", [f"{FINDINGS.kept}_pairs"])
            cursor.execute(f"ANALYZE {FINDINGS.kept}")


def _in_sqlite(using: Any, searched: Searched) -> None:
    kept, table = searched.kept, searched.table
    changed = " OR ".join(f"old.{one} IS NOT new.{one}" for one in _told(searched))
    gone = f"INSERT INTO {kept}({kept}, rowid, pairs) VALUES ('delete', old.id, {_call(searched, 'old.')});"
    come = f"INSERT INTO {kept}(rowid, pairs) VALUES (new.id, {_call(searched, 'new.')});"
    with using.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE name = %s", [kept])
        fresh = cursor.fetchone() is None
        if fresh:
            cursor.execute(f"CREATE VIRTUAL TABLE {kept} USING fts5(pairs, content='', detail=none, tokenize='ascii')")
            cursor.execute(f"INSERT INTO {kept}(rowid, pairs) SELECT id, {_call(searched)} FROM {table}")
        cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {kept}_come AFTER INSERT ON {table} BEGIN {come} END")
        cursor.execute(f"CREATE TRIGGER IF NOT EXISTS {kept}_gone AFTER DELETE ON {table} BEGIN {gone} END")
        cursor.execute(
            f"CREATE TRIGGER IF NOT EXISTS {kept}_changed AFTER UPDATE OF {', '.join(_told(searched))} ON {table} "
            f"WHEN {changed} BEGIN {gone} {come} END"
        )


# Each pair and each character once, led by what it is kept apart by.
_FUNCTION = """
CREATE OR REPLACE FUNCTION duwang_pairs(within text, VARIADIC texts text[]) RETURNS tsvector
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT array_to_tsvector(coalesce(array_agg(DISTINCT within || 'r' || one), '{}'))
  FROM unnest(texts) AS text,
    LATERAL translate(text, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz') AS folded,
    LATERAL unnest(string_to_array(folded, NULL), string_to_array(substr(folded, 2), NULL)) AS two(a, b),
    LATERAL unnest(ARRAY[two.a, two.a || two.b]) AS one
  WHERE one IS NOT NULL
$$
"""


def _in_postgres(using: Any, searched: Searched) -> None:
    kept, table, told = searched.kept, searched.table, _told(searched)
    changed = " OR ".join(f"OLD.{one} IS DISTINCT FROM NEW.{one}" for one in told)
    triggers = (
        ("come", f"AFTER INSERT ON {table} REFERENCING NEW TABLE AS come FOR EACH STATEMENT", f"INSERT INTO {kept} SELECT id, {_call(searched)} FROM come"),
        ("gone", f"AFTER DELETE ON {table} REFERENCING OLD TABLE AS gone FOR EACH STATEMENT", f"DELETE FROM {kept} USING gone WHERE row_id = gone.id"),
        ("changed", f"AFTER UPDATE OF {', '.join(told)} ON {table} FOR EACH ROW WHEN ({changed})", f"UPDATE {kept} SET pairs = {_call(searched, 'NEW.')} WHERE row_id = NEW.id"),
    )  # fmt: skip
    with using.cursor() as cursor:
        cursor.execute("SELECT to_regclass(%s)", [kept])
        if cursor.fetchone()[0] is None:
            cursor.execute(_FUNCTION)
            cursor.execute(f"CREATE TABLE {kept} (row_id bigint PRIMARY KEY, pairs tsvector NOT NULL)")
            cursor.execute(f"INSERT INTO {kept} SELECT id, {_call(searched)} FROM {table}")
            cursor.execute(f"CREATE INDEX {kept}_pairs ON {kept} USING gin (pairs)")
        cursor.execute("SELECT tgname FROM pg_trigger WHERE tgrelid = to_regclass(%s)", [table])
        present = {name for (name,) in cursor.fetchall()}
        for name, when, does in triggers:
            if f"{kept}_{name}" not in present:
                cursor.execute(
                    f"CREATE OR REPLACE FUNCTION {kept}_{name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does}; RETURN NULL; END $$"
                )
                cursor.execute(f"CREATE TRIGGER {kept}_{name} {when} EXECUTE FUNCTION {kept}_{name}()")


def _told(searched: Searched) -> tuple[str, ...]:
    """The columns that the pairs are made of."""
    return (searched.within, *searched.columns) if searched.within else searched.columns


def _call(searched: Searched, lead: str = "") -> str:
    within = f"CAST({lead}{searched.within} AS text)" if searched.within else "''"
    return f"duwang_pairs({', '.join((within, *(lead + one for one in searched.columns)))})"
