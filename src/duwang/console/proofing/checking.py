"""A manuscript's findings, its marked text, and the state machine of 三审三校."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction

from duwang.console.people.models import Person
from duwang.console.records.models import Manuscript, Signature
from duwang.flow.text import check_text
from duwang.judge.edition import load_edition
from duwang.model.material import Document

State = Manuscript.State
STEPS = (State.DRAFT, State.HANDLING, State.LEADING, State.CHIEF)
POLICY = "政策文件"


class NotNow(ValueError):
    """An act that the manuscript's state does not admit, in one Chinese sentence."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `finding` is its index in the list of findings, None for plain text."""

    text: str
    finding: int | None = None


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def examine(document: Document, *, on: date) -> list[dict[str, Any]]:
    """The findings of one text, in reading order, as interfaces §5 gives them."""
    checked = check_text(document, edition=load_edition(), as_of=on, name="文稿")
    return list(checked.record(with_text=False)["findings"])


def key_of(finding: Mapping[str, Any]) -> str:
    """Equal findings of one text share it: ignoring one ignores all."""
    return f"{finding['check']}|{finding['quote']}"


def pieces(text: str, findings: Sequence[Mapping[str, Any]], ignored: Mapping[str, str]) -> list[Piece]:
    """The text cut at its findings; of overlapping ones the first is marked, ignored ones are not."""
    return list(_cut(text, findings, ignored))


def _cut(text: str, findings: Sequence[Mapping[str, Any]], ignored: Mapping[str, str]) -> Iterator[Piece]:
    at = 0
    for n, one in enumerate(findings):
        start, end = int(one["start"]), int(one["end"])
        if start < at or end <= start or key_of(one) in ignored:
            continue
        if start > at:
            yield Piece(text[at:start])
        yield Piece(text[start:end], n)
        at = end
    if at < len(text):
        yield Piece(text[at:])


@transaction.atomic
def set_text(manuscript: Manuscript, text: str, *, on: date) -> None:
    """A changed text is checked anew and starts again at 拟稿: no signature holds for another text."""
    if manuscript.state in (State.CLEARED, State.VERIFIED):
        raise NotNow("文稿已审签，不能再改；请新建一份")
    document = Document(
        url="", body=text, title=manuscript.title, medium="text", owner="document/文稿", ref="document/文稿"
    )
    manuscript.text, manuscript.sha256 = text, digest(text)
    manuscript.findings, manuscript.state = examine(document, on=on), State.DRAFT
    manuscript.save()


@transaction.atomic
def sign(manuscript: Manuscript, *, by: Person, agreed: bool, remark: str) -> None:
    """One step forward, or back to the start; nobody signs two steps of the same text."""
    if manuscript.state not in STEPS:
        raise NotNow("文稿不在审签环节")
    step = State(manuscript.state)
    signed = manuscript.signatures.filter(sha256=manuscript.sha256, agreed=True)
    if signed.filter(by=by).exists():
        raise NotNow("同一人不能签两个环节")
    if not agreed and not remark.strip():
        raise NotNow("退回须写明意见")
    if agreed:
        _may_go_on(manuscript, step)
    Signature.objects.create(
        manuscript=manuscript,
        step=step.value,
        agreed=agreed,
        remark=remark.strip()[:500],
        sha256=manuscript.sha256,
        by=by,
    )
    if agreed:
        at = STEPS.index(step)
        manuscript.state = STEPS[at + 1] if at + 1 < len(STEPS) else State.CLEARED
    else:
        manuscript.state = State.DRAFT
        manuscript.signatures.filter(sha256=manuscript.sha256, agreed=True).delete()
    manuscript.save(update_fields=["state"])


def open_findings(manuscript: Manuscript) -> list[Mapping[str, Any]]:
    """Reported findings that were neither mended nor ignored with a reason."""
    return [one for one in manuscript.findings if one["severity"] != "提示" and key_of(one) not in manuscript.ignored]


def _may_go_on(manuscript: Manuscript, step: Manuscript.State) -> None:
    if left := open_findings(manuscript):
        raise NotNow(f"还有{len(left)}处问题没有处理，请采纳、改正或写明理由忽略")
    known = manuscript.interpretation
    if step is not State.DRAFT and manuscript.kind == POLICY and not (known.get("plan") and known.get("material")):
        raise NotNow("政策文件须同时附解读方案和解读材料（同步组织、同步审签、同步部署）")
