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
        right = _meant(name) if not _known(name) else None
        if right is None:
            continue
        start, end = body.span(found.start(1), found.start(1) + len(name))
        quote = document.body[start:end]
        yield finding(
            document,
            quote=quote,
            message=f"疑为法律法规名称{quoted(right)}的误写：{quoted(quote)}",
            start=start,
            end=end,
            suggestion=right,
            severity=Severity.ORDINARY if len(name) >= 7 else Severity.HINT,
            certainty=0.95 if len(name) >= 9 else 0.85,
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


def _one_apart(title: str, name: str) -> bool:
    return sum(a != b for a, b in zip(title, name, strict=True)) == 1
