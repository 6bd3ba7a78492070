"""Applications for disclosure (依申请公开) in the ledger, and what their replies say."""

from __future__ import annotations

from datetime import date

from duwang.model.findings import NotApplicable
from duwang.model.material import LetterView
from duwang.model.registry import Letter, Org

LEAST_CHARS = 40


def application(view: LetterView) -> Letter:
    """The letter when it is a valid application; NotApplicable otherwise."""
    if view.letter.source != "依申请公开":
        raise NotApplicable("不是政府信息公开申请")
    if not view.letter.valid:
        raise NotApplicable("登记为无效申请")
    return view.letter


def reply_text(view: LetterView) -> str:
    """The reply in full, white space dropped; NotApplicable when the ledger holds only a note of it."""
    text = "".join(application(view).reply.split())
    if len(text) < LEAST_CHARS:
        raise NotApplicable("没有登记答复书全文")
    return text


def organ_of(view: LetterView) -> Org | None:
    """The unit that the application was made to."""
    return next((org for org in view.registry.orgs if org.ref == view.letter.target), None)


def name_of(letter: Letter) -> str:
    title = f"“{letter.title}”" if letter.title else ""
    return f"政府信息公开申请{title}（编号{letter.number}）"


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
