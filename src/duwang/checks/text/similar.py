"""From near misses of canonical expressions to drafts."""

from __future__ import annotations

from collections.abc import Iterator

from duwang.checks.check import finding
from duwang.checks.text.lexicon import shipped
from duwang.checks.text.nearness import Near, judged
from duwang.model.findings import CannotTell, Draft
from duwang.model.material import Document
from duwang.reading.normal import normal

_NOUNS = {
    "phrase": "常用表述",
    "curated": "固定表述",
    "law": "法律法规名称",
    "organisation": "机构名称",
    "idiom": "成语",
}


def similar(document: Document, *, kinds: tuple[str, ...]) -> Iterator[Draft]:
    """Drafts of the near misses of some kinds of expression; what the word lists report already is left to them."""
    if document.garbled:
        raise CannotTell("文字乱码，无法检查")
    read = normal(document.body)
    found = [one for one in judged(read.text) if one.kind in kinds]
    if not found:
        return
    listed = [(hit.start, hit.end) for hit in shipped().hits(read.text)]
    for one in found:
        if not any(start < one.end and one.start < end for start, end in listed):
            yield _draft(document, one, *read.span(one.start, one.end))


def _draft(document: Document, one: Near, start: int, end: int) -> Draft:
    quote = document.body[start:end]
    return finding(
        document,
        quote=quote,
        message=f"疑为{_NOUNS[one.kind]}“{one.phrase}”的误写（{one.edit}）：“{quote}”",
        start=start,
        end=end,
        suggestion=one.phrase,
        severity=one.severity,
        certainty=round(min(0.95, 0.55 + 0.03 * len(one.phrase) + 0.05 * one.gain + 0.15 * one.alike), 2),
        source="编者" if one.kind == "curated" else "词典" if one.kind == "idiom" else "官方文件语料",
    )
