"""Addresses that never end: session numbers, sort orders, mirrored paths, calendars. A site must not eat its own budget."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import urlsplit, urlunsplit

from duwang.flow.work import PageRow

_SUSPECT = re.compile(r"[;?]")
_IN_PATH = re.compile(r";(jsessionid|phpsessid|sid|sessionid)=[^/?#;]*", re.IGNORECASE)
_SESSION = re.compile(
    r"(jsessionid|phpsessid|aspsessionid\w*|session_?id|cfid|cftoken|utm_\w+|spm|_t|_|rnd|rand|random|timestamp)",
    re.IGNORECASE,
)
_LONG_SESSION = re.compile(r"(sid|s|token|ticket)", re.IGNORECASE)
_RANDOM = re.compile(r"[0-9a-z]{16,}", re.IGNORECASE)
_SORTING = re.compile(
    r"(sort|sorts|sort_?by|sort_?field|sort_?type|order|order_?by|order_?field|desc|asc|dir|direction|view_?mode|print|font_?size|skin|theme)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d+")
_DEEPEST = 14
_REPEATS = 3
_SEEN_ENOUGH = 30
_LEAST_YIELD = 0.2
_LEAST_CHARS = 60


def plain_address(url: str) -> str:
    """The address without session numbers and random stamps, which name the visit and not the page."""
    if not _SUSPECT.search(url):
        return url
    try:
        parts = urlsplit(url)
    except ValueError:
        return url
    path = _IN_PATH.sub("", parts.path)
    kept = [pair for pair in parts.query.split("&") if not _of_the_visit(pair)]
    query = "&".join(kept)
    return (
        url
        if (path, query) == (parts.path, parts.query)
        else urlunsplit((parts.scheme, parts.netloc, path, query, parts.fragment))
    )


@lru_cache(maxsize=8192)
def worth_following(url: str) -> bool:
    """False for another order of a list that stands there anyway, and for paths that mirror themselves."""
    if "?" in url and any(
        _SORTING.fullmatch(pair.partition("=")[0]) for pair in url.partition("?")[2].partition("#")[0].split("&")
    ):
        return False
    segments = [part for part in url.partition("?")[0].split("/")[3:] if part]
    return len(segments) <= _DEEPEST and not (len(segments) >= _REPEATS and _mirrors(segments))


def shape_of(url: str) -> str:
    """What addresses of one kind share: numbers as #, the query by its names."""
    path, _, query = url.partition("#")[0].partition("?")
    names = "&".join(sorted({_DIGITS.sub("#", pair.partition("=")[0]) for pair in query.split("&") if pair}))
    return f"{_DIGITS.sub('#', path)}?{names}"


@dataclass(slots=True)
class Yields:
    """How much the pages of each shape gave: a shape that was read thirty times and gave hardly anything new is a trap."""

    read: Counter[str] = field(default_factory=Counter)
    gave: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))

    @classmethod
    def of(cls, rows: Iterable[PageRow]) -> Yields:
        yields = cls()
        for row in rows:
            if row.column or ("?" not in row.url and not _DIGITS.search(row.url.partition("//")[2].partition("/")[2])):
                continue
            shape, result = shape_of(row.url), row.result or {}
            yields.read[shape] += 1
            if (
                result.get("ok")
                and result.get("kind") not in ("list", "other")
                and result.get("chars", 0) >= _LEAST_CHARS
            ):
                yields.gave[shape].add(str(result.get("body_sha256", "")))
        return yields

    def barren(self, shape: str) -> bool:
        read = self.read[shape]
        return read >= _SEEN_ENOUGH and len(self.gave.get(shape, ())) < _LEAST_YIELD * read


def trapped(rows: Iterable[PageRow], yields: Yields) -> list[str]:
    """Keys of pages that were only met by following links and whose kind has given nothing so far."""
    return [row.key for row in rows if not row.column and yields.barren(shape_of(row.url))]


def in_turn(rows: Sequence[PageRow]) -> list[PageRow]:
    """Columns take turns, each in its own order, so that a long one does not use up the budget of the others."""
    seen: Counter[str] = Counter()
    ranked = []
    for number, row in enumerate(rows):
        ranked.append((seen[row.column], number, row))
        seen[row.column] += 1
    return [row for _, _, row in sorted(ranked, key=lambda one: one[:2])]


def _of_the_visit(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return bool(_SESSION.fullmatch(name)) or bool(_LONG_SESSION.fullmatch(name) and _RANDOM.fullmatch(value))


def _mirrors(segments: Sequence[str]) -> bool:
    """True when a piece of the path stands there three times in a row."""
    for size in range(1, len(segments) // _REPEATS + 1):
        for start in range(len(segments) - _REPEATS * size + 1):
            piece = segments[start : start + size]
            if all(segments[start + n * size : start + (n + 1) * size] == piece for n in range(1, _REPEATS)):
                return True
    return False
