"""Word lists: rows of a TSV, loaded, checked, compiled into one automaton, and matched with their contexts.

Columns: wrong, right, kind, severity, source, source_date, valid_from, valid_to, scope, context, note.
`right` may hold several forms separated by `|`; empty = nothing to offer, `（删除）` = delete.
`scope`: empty = everywhere; 引号外 / 书名号外 = not inside “” / 《》; several joined by `；`.
`context`: clauses joined by `；`. 需:甲|乙 (one of these within 30 characters), 忌:甲|乙 (none of them), 前需: 后需: 前忌: 后忌: (touching the
word), 近前忌: (none of them in the six characters before). `source`: title of a text, `词典:NAME`, or 编者 (own knowledge, unverified, never above 一般).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from importlib import resources
from pathlib import Path
from sys import intern

from daachorse import CharwiseDoubleArrayAhoCorasick

from duwang.checks.text.segmenting import leans, straddles
from duwang.model.findings import Severity

COLUMNS = (
    "wrong",
    "right",
    "kind",
    "severity",
    "source",
    "source_date",
    "valid_from",
    "valid_to",
    "scope",
    "context",
    "note",
)
CHECKS: Mapping[str, str] = {
    "固定表述": "text/fixed-phrase",
    "搭配": "text/fixed-phrase",
    "港澳台": "text/territory-wording",
    "领土": "text/territory-wording",
    "机构名": "text/organisation-name",
    "法律名": "text/law-title",
    "错别字": "text/typo",
    "地名": "text/typo",
    "敏感词": "text/sensitive-term",
}
DELETE = "（删除）"
UNVERIFIED = "编者"
_NEAR = 30
_DERIVED = "易混字"  # how bench/text_lexicon.py marks the pairs it derives from a dictionary
_CLOSE = 6
_CLAUSES = ("需", "忌", "前需", "后需", "前忌", "后忌", "近前忌")
_SCOPES = ("引号外", "书名号外")
_SHORT_KINDS = ("错别字", "地名", "搭配")


@dataclass(frozen=True, slots=True)
class Entry:
    """One row. `place` is file name and line, for messages."""

    wrong: str
    right: tuple[str, ...]
    kind: str
    severity: Severity
    source: str
    source_date: str = ""
    valid_from: date | None = None
    valid_to: date | None = None
    scope: tuple[str, ...] = ()
    context: tuple[tuple[str, tuple[str, ...]], ...] = ()
    note: str = ""
    place: str = ""

    @property
    def check(self) -> str:
        return CHECKS.get(self.kind, "text/fixed-phrase")


@dataclass(frozen=True, slots=True)
class Hit:
    entry: Entry
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Rows and their automaton. `problems` are the rows that could not be read, as Chinese sentences."""

    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()
    automaton: CharwiseDoubleArrayAhoCorasick | None = None
    of_pattern: tuple[tuple[int, ...], ...] = ()

    def hits(self, text: str) -> Iterator[Hit]:
        """Every row that applies, in reading order; of overlapping ones the longest, then the first."""
        if self.automaton is None:
            return
        taken = -1
        found = sorted(self.automaton.find_overlapping(text), key=lambda m: (m[0], -m[1]))
        for start, end, pattern in found:
            if start < taken:
                continue
            for index in self.of_pattern[pattern]:
                if _applies(self.entries[index], text, start, end):
                    yield Hit(self.entries[index], start, end)
                    taken = end
                    break


def load(paths: Iterable[Path | str]) -> Lexicon:
    """Read TSV files (or folders of them) into one lexicon; rows that cannot be read are in `problems`."""
    sources: list[tuple[str, str]] = []
    problems: list[str] = []
    for path in map(Path, paths):
        for file in sorted(path.glob("*.tsv")) if path.is_dir() else [path]:
            try:
                sources.append((file.name, file.read_text(encoding="utf-8-sig")))
            except (OSError, UnicodeDecodeError):
                problems.append(f"{file.name}：文件不存在或不是UTF-8编码")
    return compiled(sources, problems)


@lru_cache(maxsize=1)
def shipped() -> Lexicon:
    """The lexicons of the package."""
    folder = resources.files("duwang.checks.text") / "lexicons"
    files = sorted(
        (file.name, file.read_text(encoding="utf-8")) for file in folder.iterdir() if file.name.endswith(".tsv")
    )
    return compiled([(name, text) for name, text in files if text.startswith("\t".join(COLUMNS[:4]))], [])


def compiled(sources: Iterable[tuple[str, str]], problems: list[str]) -> Lexicon:
    """One lexicon from (file name, TSV text) pairs."""
    entries: list[Entry] = []
    for name, text in sources:
        rows = csv.reader(io.StringIO(text), delimiter="\t", quoting=csv.QUOTE_NONE)
        heading = next(rows, [])
        missing = [column for column in COLUMNS[:5] if column not in heading]
        if missing:
            problems.append(f"{name}：缺少列“{'、'.join(missing)}”")
            continue
        places = {column: at for at, column in enumerate(heading)}
        order = [places.get(column, -1) for column in COLUMNS]
        for row in filter(None, rows):
            cells = [row[at].strip() if 0 <= at < len(row) else "" for at in order]
            entry = _entry(cells, f"{name}第{rows.line_num}行")
            if isinstance(entry, str):
                problems.append(entry)
            else:
                entries.append(entry)
    patterns: dict[str, list[int]] = {}
    for index, entry in enumerate(entries):
        patterns.setdefault(entry.wrong, []).append(index)
    automaton = CharwiseDoubleArrayAhoCorasick(list(patterns)) if patterns else None
    return Lexicon(tuple(entries), tuple(problems), automaton, tuple(map(tuple, patterns.values())))


def check(lexicon: Lexicon) -> list[str]:
    """What is wrong with a lexicon, one Chinese sentence each: unreadable rows, missing source, grade above its source, conflicts,
    and wrong forms that strike a right form."""
    problems = list(lexicon.problems)
    by_wrong: dict[str, Entry] = {}
    for entry in lexicon.entries:
        if not entry.source:
            problems.append(f"{entry.place}：“{entry.wrong}”没有写来源")
        if entry.source == UNVERIFIED and entry.severity is Severity.SERIOUS:
            problems.append(f"{entry.place}：“{entry.wrong}”来源为编者，未经核实，级别不能高于一般")
        if entry.kind not in CHECKS:
            problems.append(f"{entry.place}：类别“{entry.kind}”不认识，可用：{'、'.join(CHECKS)}")
        earlier = by_wrong.setdefault(entry.wrong, entry)
        if earlier is not entry and earlier.context == entry.context and earlier.scope == entry.scope:
            same = (
                "重复"
                if earlier.right == entry.right
                else f"改法冲突（{'|'.join(earlier.right)}、{'|'.join(entry.right)}）"
            )
            problems.append(f"{entry.place}：“{entry.wrong}”与{earlier.place}{same}")
    return [*problems, *_self_hits(lexicon)]


def counts(lexicon: Lexicon) -> dict[str, int]:
    """Rows per kind of source (编者, 词典, 文件)."""
    kinds = {"文件": 0, "词典": 0, UNVERIFIED: 0}
    for entry in lexicon.entries:
        kinds[UNVERIFIED if entry.source == UNVERIFIED else "词典" if entry.source.startswith("词典:") else "文件"] += 1
    return kinds


def _self_hits(lexicon: Lexicon) -> Iterator[str]:
    for entry in lexicon.entries:
        for right in entry.right:
            hit = next((hit for hit in lexicon.hits(right) if right != DELETE), None)
            if hit is not None:
                yield f"{entry.place}：正确写法“{right}”会被{hit.entry.place}“{hit.entry.wrong}”误报"


def _entry(cells: Sequence[str], place: str) -> Entry | str:
    """One row with its cells in the order of COLUMNS, or what is wrong with it. Words that many rows share are kept once."""
    wrong, right, kind, grade, source, source_date, valid_from, valid_to, scopes, clauses, note = cells
    if not wrong:
        return f"{place}：wrong列为空"
    try:
        severity = Severity(grade or "一般")
    except ValueError:
        return f"{place}：severity“{grade}”应为严重、一般或提示"
    try:
        first, last = (date.fromisoformat(day) if day else None for day in (valid_from, valid_to))
    except ValueError:
        return f"{place}：valid_from、valid_to应写成2024-01-31的样式"
    context = _clauses(clauses)
    if isinstance(context, str):
        return f"{place}：context“{context}”写法不对，应为“需:甲|乙”，可用：{'、'.join(_CLAUSES)}"
    scope = tuple(filter(None, scopes.split("；")))
    if unknown := [name for name in scope if name not in _SCOPES]:
        return f"{place}：scope“{unknown[0]}”不认识，可用：{'、'.join(_SCOPES)}"
    forms = tuple(filter(None, right.split("|")))
    return Entry(
        wrong, forms, intern(kind), severity, intern(source), intern(source_date), first, last, scope, context, intern(note), place
    )  # fmt: skip


@lru_cache(maxsize=512)
def _clauses(text: str) -> tuple[tuple[str, tuple[str, ...]], ...] | str:
    """The clauses of a context cell; the clause that is none."""
    context = []
    for clause in filter(None, text.split("；")):
        name, colon, words = clause.partition(":")
        if name not in _CLAUSES or not colon or not words:
            return clause
        context.append((name, tuple(words.split("|"))))
    return tuple(context)


def _applies(entry: Entry, text: str, start: int, end: int) -> bool:
    for right in entry.right:
        if _inside(right, entry.wrong, text, start):
            return False
    if entry.kind in _SHORT_KINDS and end - start <= 3 and straddles(text, start, end):
        return False
    if entry.note.startswith(_DERIVED) and leans(text, start, end):
        return False
    if "引号外" in entry.scope and _between(text, start, "“", "”"):
        return False
    if "书名号外" in entry.scope and _between(text, start, "《", "》"):
        return False
    return all(_holds(name, words, text, start, end) for name, words in entry.context)


def _holds(name: str, words: tuple[str, ...], text: str, start: int, end: int) -> bool:
    if name in ("前需", "前忌"):
        return text.endswith(words, max(0, start - 40), start) is (name == "前需")
    if name in ("后需", "后忌"):
        return text.startswith(words, end) is (name == "后需")
    if name == "近前忌":
        return not any(word in text[max(0, start - _CLOSE) : start] for word in words)
    near = text[max(0, start - _NEAR) : start] + "\n" + text[end : end + _NEAR]
    return any(word in near for word in words) is (name == "需")


def _inside(right: str, wrong: str, text: str, start: int) -> bool:
    """Whether the hit is part of a right form that stands there (the wrong form is a piece of the right one)."""
    at = right.find(wrong)
    while at >= 0:
        if text.startswith(right, start - at) and start >= at:
            return True
        at = right.find(wrong, at + 1)
    return False


def _between(text: str, at: int, opening: str, closing: str) -> bool:
    left = text.rfind("\n", 0, at) + 1
    return text.rfind(opening, left, at) > text.rfind(closing, left, at)
