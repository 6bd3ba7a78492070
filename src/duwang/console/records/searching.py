"""Finding a few characters among a million rows. A Chinese word is two characters long, so every pair of neighbouring characters
is kept beside the rows, and every character: full text search of SQLite, a GIN index of PostgreSQL, no extension. Triggers keep the pairs right
whoever writes. What is searched narrows by pairs first; the texts themselves are compared after that."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db import connection
from django.db.models import Q, QuerySet
from django.db.models.expressions import RawSQL

MOST = 5_000  # so many rows are looked at for one search: beyond, the words are too common to be worth counting
# the tokenizer takes ASCII other than letters and digits for gaps; moved out of ASCII they are characters like all others
_FOLD = {n: n + 0xE000 for n in range(128) if not chr(n).isalnum()} | {n: n + 32 for n in range(ord("A"), ord("Z") + 1)}


@dataclass(frozen=True, slots=True)
class Searched:
    """A table whose `columns` are searched. `kept` holds the pairs; those of different values of `within` are kept apart."""

    table: str
    kept: str
    columns: tuple[str, ...]
    within: str = ""


FINDINGS = Searched("records_findingrow", "records_findingpairs", ("title", "quote", "message"), "round_id")
CASES = Searched("records_caserow", "records_casepairs", ("number", "org", "problem"))


def pairs(within: Any, *texts: str | None) -> str:
    """The pairs and the characters of the texts as words, each led by what they are kept apart by."""
    led = f"{'' if within is None else within}r"
    found: set[str] = set()
    for text in texts:
        folded = (text or "").translate(_FOLD)
        found.update(map("".join, pairwise(folded)))
        found.update(folded)
    return " ".join([led + one for one in found])


def asked(text: str, within: Any = "") -> str:
    """What to match so that every row holding the text is found: all its pairs, or its one character."""
    words = [text[at : at + 2] for at in range(max(1, len(text) - 1))]
    led = f"{within}r"
    if connection.vendor == "sqlite":
        folded = dict.fromkeys(led + one.translate(_FOLD) for one in words)
        return " ".join(f'"{one}"' for one in folded)
    lowered = dict.fromkeys(led + _lower(one) for one in words)
    quoted = ("'" + one.replace("\\", "\\\\").replace("'", "''") + "'" for one in lowered)
    return " & ".join(quoted)


def holding(rows: QuerySet[Any], searched: Searched, text: str, *, within: Any = "") -> QuerySet[Any]:
    """Only the rows whose pairs hold the text's, at most MOST of them; the caller compares the texts."""
    sql, params = _hits(searched, asked(text, within), MOST)
    return rows.filter(pk__in=RawSQL(sql, params))


def told(text: str, *fields: str) -> Q:
    """One of the fields holds the text. Letters match whatever their case; a text without any is compared as it stands, which
    PostgreSQL does many times faster."""
    how = "contains" if text.upper() == text.lower() else "icontains"
    found = Q()
    for field in fields:
        found |= Q(**{f"{field}__{how}": text})
    return found


def too_many(searched: Searched, text: str, *, within: Any = "") -> bool:
    """Whether more rows hold the pairs than are looked at."""
    sql, params = _hits(searched, asked(text, within), MOST + 1)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT COUNT(*) FROM ({sql}) AS found", params)
        return int(cursor.fetchone()[0]) > MOST


def _hits(searched: Searched, match: str, most: int) -> tuple[str, tuple[Any, ...]]:
    if connection.vendor == "sqlite":
        return f"SELECT rowid FROM {searched.kept} WHERE {searched.kept} MATCH %s LIMIT {most}", (match,)
    return f"SELECT row_id FROM {searched.kept} WHERE pairs @@ %s::tsquery LIMIT {most}", (match,)


def _lower(text: str) -> str:
    """ASCII letters only, as the database does."""
    return text.encode().lower().decode()
