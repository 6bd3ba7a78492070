"""How a check is declared and found, and the one way to make a finding.

A check is a function `(subject, *, as_of?, <settings>?)` that yields drafts. The runner passes `as_of` when the signature names
it; every other keyword-only parameter is filled from the edition's `[checks."family/noun"]` table, or keeps its default.
It raises CannotTell (UNKNOWN) or NotApplicable (SKIPPED). It never knows what its finding is worth.
"""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from duwang.model.findings import Draft, Findings, Severity, surroundings
from duwang.model.masking import mask_address, mask_facts, mask_personal
from duwang.model.material import AccountView, Document, LetterView, Listing, PageDigest, SiteView

Subject = Document | Listing | SiteView | AccountView | LetterView


@dataclass(frozen=True, slots=True)
class Check:
    """A declared check. `places`: judged objects it is planned for (site, account, text). `folds`: equal quotes over many
    pages of one site become one finding on the site, with a count. `settings` are the names of its edition parameters."""

    id: str
    title: str
    on: type
    run: Callable[..., Findings]
    places: tuple[str, ...]
    folds: bool
    settings: tuple[str, ...]
    takes_as_of: bool
    doc: str

    @property
    def family(self) -> str:
        return self.id.partition("/")[0]

    def look(self, subject: Subject, *, as_of: Any, settings: Mapping[str, Any]) -> Findings:
        """Run on one subject with the edition's settings."""
        known = {name: settings[name] for name in self.settings if name in settings}
        return self.run(subject, **({"as_of": as_of} if self.takes_as_of else {}), **known)


_found: dict[str, Check] = {}


def check(
    id: str, *, on: type, title: str, places: tuple[str, ...] = ("site",), folds: bool = False
) -> Callable[[Callable[..., Findings]], Callable[..., Findings]]:
    """Declare a check; `id` is `family/noun`, equal to its path (`-` is `_` in the file name)."""

    def declare(run: Callable[..., Findings]) -> Callable[..., Findings]:
        names = [p.name for p in inspect.signature(run).parameters.values() if p.kind is p.KEYWORD_ONLY]
        settings = tuple(name for name in names if name != "as_of")
        _found[id] = Check(id, title, on, run, places, folds, settings, "as_of" in names, inspect.getdoc(run) or "")
        return run

    return declare


@lru_cache(maxsize=1)
def all_checks() -> Mapping[str, Check]:
    """Every check in the package by id, sorted; importing the files declares them."""
    package = importlib.import_module("duwang.checks")
    for module in pkgutil.walk_packages(package.__path__, "duwang.checks."):
        importlib.import_module(module.name)
    return dict(sorted(_found.items()))


def finding(
    subject: Subject,
    *,
    quote: str,
    message: str,
    start: int | None = None,
    end: int | None = None,
    suggestion: str | None = None,
    alternatives: tuple[str, ...] = (),
    severity: Severity = Severity.ORDINARY,
    certainty: float = 1.0,
    count: int = 1,
    facts: Mapping[str, Any] | None = None,
    url: str = "",
    context: str | None = None,
    source: str = "",
    page: PageDigest | None = None,
    target: str = "",
) -> Draft:
    """A draft about `subject`, masked at birth. With start/end the context is taken from the document's body. A check on a whole
    site names the `page` (or by `target` the column) that its finding is about, so that the right unit is told."""
    if context is None:
        located = isinstance(subject, Document) and start is not None and end is not None
        context = surroundings(subject.body, start, end) if located else ""  # type: ignore[union-attr, arg-type]
    return Draft(
        target=page.ref if page else target or subject.ref,
        quote=mask_personal(quote),
        message=mask_personal(message),
        context=mask_personal(context),
        url=mask_address(url or (page.url if page else subject.url)),
        title=mask_personal(page.title if page else subject.title),
        start=start,
        end=end,
        suggestion=None if suggestion is None else mask_personal(suggestion),
        alternatives=tuple(map(mask_personal, alternatives)),
        severity=severity,
        certainty=certainty,
        count=count,
        facts=mask_facts(facts or {}),
        source=source,
    )
