"""What sampled clauses draw from: the guides, policy documents, interpretations and answered letters of a portal."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

from duwang.checks.interact.letters import MESSAGES
from duwang.checks.interact.published import letters_and_pages
from duwang.checks.policy.matching import pairs_of
from duwang.checks.service.guides import guide_pages
from duwang.model.findings import NotApplicable
from duwang.model.material import SiteView

_WINDOW = "1年"


def populations_of(site: SiteView, *, at: date) -> dict[str, list[str]]:
    """Kind as the edition names it → sorted addresses (refs for the ledger's letters); kinds with nothing in them are left out,
    for there a clause counts whatever was found."""
    found: dict[str, Callable[[], Iterable[str]]] = {
        "办事指南": lambda: (page.url for page in guide_pages(site)),
        "政策文件": lambda: (pair.document.url for pair in pairs_of(site, at=at, window=_WINDOW)),
        "政策解读": lambda: (
            page.url for pair in pairs_of(site, at=at, window=_WINDOW) for page in pair.interpretations
        ),
        "留言": lambda: _letters(site),
    }
    listed = {kind: _listed(members) for kind, members in found.items()}
    return {kind: members for kind, members in listed.items() if members}


def _listed(members: Callable[[], Iterable[str]]) -> list[str]:
    try:
        return sorted(set(members()))
    except NotApplicable:
        return []


def _letters(site: SiteView) -> list[str]:
    letters, pages = letters_and_pages(site, *MESSAGES)
    answered = [one.ref for one in letters if one.replied or one.replier or one.reply.strip()]
    return [*answered, *(page.url for page, shown in pages if shown.is_answered)]
