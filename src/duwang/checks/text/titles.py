"""Names in title marks that stand one character away from an official title."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from duwang.checks.check import finding
from duwang.checks.text.phrases import canon
from duwang.checks.text.wording import quoted
from duwang.model.findings import Draft, Severity
from duwang.model.material import Document
from duwang.reading.normal import normal

_TITLE = re.compile(r"《([^《》\n]{5,40})》")
_NAMED = re.compile(r"(?:法|条例|法典|规定|办法|准则|章程|通则|细则)$")
_AMENDED = re.compile(r"（[^（）]*(?:修[正订]|试行|草案)[^（）]*）$")


def misnamed(document: Document) -> Iterator[Draft]:
    """Drafts of titles with one wrong, missing, extra or turned character; long enough that no other title is meant."""
    body = normal(document.body)
    for found in _TITLE.finditer(body.text):
        name = _AMENDED.sub("", found[1])
        right = rough = None
        if not _known(name):
            right = _meant(name)
            rough = None if right else _resembled(name)
        if right is None and rough is None:
            continue
        start, end = body.span(found.start(1), found.start(1) + len(name))
        quote = document.body[start:end]
        yield finding(
            document,
            quote=quote,
            message=f"疑为法律法规名称{quoted(right or rough or '')}的误写：{quoted(quote)}",
            start=start,
            end=end,
            suggestion=right or rough,
            severity=Severity.ORDINARY if right and len(name) >= 7 else Severity.HINT,
            certainty=0.95 if right and len(name) >= 9 else 0.85 if right else 0.6,
            source="官方文件语料",
        )


@lru_cache(maxsize=1)
def _titles() -> tuple[frozenset[str], dict[str, list[str]]]:
    """All titles; and every title of six characters and more under each of its forms without one character."""
    titles = frozenset(phrase.text for phrase in canon().listed if phrase.kind == "law")
    gaps: dict[str, list[str]] = {}
    for title in titles:
        if len(title) >= 6 and _NAMED.search(title):
            for at in range(len(title)):
                gaps.setdefault(title[:at] + title[at + 1 :], []).append(title)
    return titles, gaps


def _known(name: str) -> bool:
    titles = _titles()[0]
    return name in titles or f"中华人民共和国{name}" in titles or name.removeprefix("中华人民共和国") in titles


def _meant(name: str) -> str | None:
    """The one official title that `name` stands one edit away from; None when there is none or more than one."""
    titles, gaps = _titles()
    meant = set(gaps.get(name, ()))
    for at in range(len(name)):
        short = name[:at] + name[at + 1 :]
        if short in titles and len(short) >= 6 and _NAMED.search(short):
            meant.add(short)
        meant |= {title for title in gaps.get(short, ()) if len(title) == len(name) and _one_apart(title, name)}
        turned = name[:at] + name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :]
        if turned != name and turned in titles:
            meant.add(turned)
    return meant.pop() if len(meant) == 1 else None


def _resembled(name: str) -> str | None:
    """The one law that `name` has two or three characters more or less than, or whose kind (法, 条例) it gets wrong."""
    stem = re.sub("(?:法|条例|办法|规定)$", "", name)
    if name.startswith("中华人民共和国") and stem != name:
        kinds = [title for kind in ("法", "条例") if (title := stem + kind) in _titles()[0]]
        if len(kinds) == 1:
            return kinds[0]
    if not name.endswith("法") or len(name) < 5:
        return None
    near = [
        title
        for title in _titles()[0]
        if title.endswith("法") and 2 <= abs(len(title) - len(name)) <= 3 and _part_of(*sorted((title, name), key=len))
    ]
    return near[0] if len(near) == 1 else None


def _part_of(short: str, long: str) -> bool:
    """Whether the short one is the long one with a piece taken out of its middle."""
    at = next((n for n, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return at >= 2 and long.endswith(short[at:])


def _one_apart(title: str, name: str) -> bool:
    return sum(a != b for a, b in zip(title, name, strict=True)) == 1
