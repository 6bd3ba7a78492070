"""Drafts of pages and subjects → outcomes and findings: folding, identity, owners, first-seen dates. Sorted and repeatable."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from duwang.checks.check import Check
from duwang.checks.precision import Record, gated
from duwang.checks.white_list import WhiteList
from duwang.flow.found import Found
from duwang.flow.ownership import Ownership
from duwang.flow.sightings import PLACES, Sighting
from duwang.model.findings import Finding, Outcome, Status, fingerprint, question


@dataclass(slots=True)
class Assembler:
    """Collects everything of a run. `first_seen` maps fingerprints of earlier rounds to their first day; `white` lets wordings pass,
    `records` demote rules that were wrong too often."""

    ownership: Ownership
    as_of: date
    first_seen: Mapping[str, date]
    findings: Found = field(default_factory=Found)
    outcomes: list[Outcome] = field(default_factory=list)
    white: WhiteList = field(default_factory=WhiteList)
    records: Mapping[str, Record] = field(default_factory=dict)

    def add(
        self, check: Check, target: str, sightings: Iterable[Sighting], *, unknown: str = "", skipped: str = "", ready: bool = False
    ) -> None:  # fmt: skip
        """One planned pair: its sightings, or why it could not be decided, or why it was not looked at. `ready`: repeats are folded
        and the sightings in order already."""
        if skipped:
            self.outcomes.append(Outcome(target, check.id, Status.SKIPPED, skipped))
            return
        if not ready:
            listed = list(sightings)
            sightings = sorted(_folded(listed, target) if check.folds else listed, key=_in_order)
        prints = []
        for finding in self._identified(check, sightings):
            self.findings.keep(finding)
            prints.append(finding.fingerprint)
        if prints:
            self.outcomes.append(Outcome(target, check.id, Status.FOUND, unknown, tuple(sorted(prints))))
        elif unknown:
            self.outcomes.append(Outcome(target, check.id, Status.UNKNOWN, unknown))
        else:
            self.outcomes.append(Outcome(target, check.id, Status.CLEAN))

    def sorted_findings(self) -> Iterator[dict[str, Any]]:
        """The records of findings.jsonl."""
        return self.findings.in_order()

    def sorted_outcomes(self) -> list[Outcome]:
        return sorted(self.outcomes, key=lambda o: (o.target, o.check))

    def _identified(self, check: Check, sightings: Iterable[Sighting]) -> Iterable[Finding]:
        """The sightings come by target."""
        target, ordinals = "", defaultdict[tuple[str, str], int](int)
        for sighting in sightings:
            draft = gated(check.id, sighting.draft, self.records)
            if draft.target != target:
                target, ordinals = draft.target, defaultdict(int)
            alike = (draft.quote, draft.context)
            ordinals[alike] += 1
            identity = fingerprint(check.id, draft.target, draft.quote, draft.context, ordinals[alike])
            if sighting.printed or sighting.column:
                org, by = self.ownership.of_page(draft.target, printed=sighting.printed, column=sighting.column)
            else:
                org, by = self.ownership.of_target(draft.target)
            if self.white.allows(check.id, draft.quote, target=draft.target, org=org, on=self.as_of):
                continue
            facts = dict(draft.facts)
            if draft.source:
                facts.setdefault("source", draft.source)
            if draft.alternatives:
                facts.setdefault("alternatives", list(draft.alternatives))
            if draft.context:
                facts.setdefault("context", draft.context)
            yield Finding(
                fingerprint=identity, check=check.id, target=draft.target, url=draft.url, title=draft.title, quote=draft.quote,
                start=draft.start, end=draft.end, suggestion=draft.suggestion, message=draft.message,
                question=question(check.id, draft.quote, draft.context), org=org, org_by=by, severity=draft.severity,
                certainty=draft.certainty, count=draft.count, first_seen=self.first_seen.get(identity, self.as_of),
                facts=facts, evidence=(sighting.sha256,) if sighting.sha256 else (),
            )  # fmt: skip


def _in_order(sighting: Sighting) -> tuple[str, int, str, str]:
    draft = sighting.draft
    return draft.target, draft.start if draft.start is not None else -1, draft.url, draft.quote


def _folded(sightings: Sequence[Sighting], target: str) -> list[Sighting]:
    """Equal quotes over the pages of one site: one sighting on the site, counted, with up to 20 places."""
    groups: dict[str, list[Sighting]] = defaultdict(list)
    for sighting in sightings:
        groups[sighting.draft.quote].append(sighting)
    folded = []
    for group in groups.values():
        first = group[0]
        places = list(dict.fromkeys(sighting.draft.url for sighting in group))
        facts = {**first.draft.facts, "places": places[:PLACES], "pages": len(places)}
        draft = replace(
            first.draft, target=target, context="", count=sum(s.draft.count for s in group), facts=facts,
            start=None, end=None, title=first.draft.title,
        )  # fmt: skip
        folded.append(Sighting(draft, (), "", first.sha256))
    return folded
