"""The letters of one site in the ledger, and how a letter is named in a message."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from duwang.checks.check import finding
from duwang.model.findings import Draft, NotApplicable, Severity
from duwang.model.material import SiteView
from duwang.model.refs import owner_of
from duwang.model.registry import Letter

MESSAGES = ("网民留言", "领导信箱")


def letters_of(site: SiteView, *sources: str) -> tuple[Letter, ...]:
    """Valid letters to the site or one of its columns; NotApplicable when the ledger has none: nothing was examined."""
    found = tuple(
        letter for letter in site.registry.letters if letter.source in sources and owner_of(letter.target) == site.ref
    )
    if not found:
        raise NotApplicable(f"名录没有该网站的{'、'.join(sources)}，没有检查")
    return tuple(letter for letter in found if letter.valid)


def answered(letter: Letter, at: date) -> bool:
    """Whether an answer was there on that day; an answer without a date counts as given."""
    if letter.replied is None:
        return bool(letter.reply.strip())
    return letter.replied <= at


def about(site: SiteView, letter: Letter, told: str, *, severity: Severity = Severity.ORDINARY, **facts: Any) -> Draft:
    """A finding on the site about one letter; the letter's number keeps equal titles apart."""
    written: Mapping[str, Any] = {
        "letter": letter.ref,
        "source": letter.source,
        "mailbox": letter.mailbox,
        "unit": letter.replier,
        **facts,
    }
    return finding(
        site,
        quote=letter.title or letter.number,
        context=letter.number,
        message=f"{name_of(letter)}{told}",
        severity=severity,
        facts=written,
    )


def name_of(letter: Letter) -> str:
    """`网民留言“标题”（编号12）`."""
    title = f"“{letter.title}”" if letter.title else ""
    return f"{letter.mailbox or letter.source}{title}（编号{letter.number}）"


def in_words(day: date) -> str:
    return f"{day.year}年{day.month}月{day.day}日"
