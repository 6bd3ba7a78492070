"""A judged folder in memory: what every document is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from duwang.flow.folder import Folder
from duwang.flow.judging import PAST_FINDINGS, edition_named, scope_of
from duwang.flow.publications import Publication
from duwang.flow.records import finding_from, from_plain
from duwang.judge.edition import Edition, load_edition
from duwang.judge.parsing import EditionError
from duwang.model.findings import Finding, Outcome
from duwang.model.registry import Registry
from duwang.model.verdicts import Review, Verdict


@dataclass(frozen=True, slots=True)
class Judged:
    """`earlier`: findings of earlier rounds that this round may name again."""

    registry: Registry
    verdicts: tuple[Verdict, ...]
    findings: tuple[Finding, ...]
    outcomes: tuple[Outcome, ...]
    reviews: tuple[Review, ...]
    earlier: tuple[Finding, ...]
    publications: tuple[Publication, ...]
    summary: Mapping[str, Any]
    coverage: Mapping[str, Any]
    run: Mapping[str, Any]

    @classmethod
    def of(cls, folder: Folder) -> Judged:
        """FolderFault when the folder holds no judgement."""
        return cls(
            registry=scope_of(folder),
            verdicts=tuple(folder.verdicts()),
            findings=tuple(folder.findings()),
            outcomes=tuple(folder.outcomes()),
            reviews=tuple(folder.reviews()),
            earlier=tuple(finding_from(line) for line in folder.read_lines(PAST_FINDINGS)),
            publications=tuple(from_plain(line, Publication) for line in folder.read_lines("publications.jsonl")),
            summary=folder.read_json("summary.json") or {},
            coverage=folder.read_json("coverage.json") or {},
            run=folder.run(),
        )

    def clauses(self) -> dict[str, str]:
        """Code → title of every indicator of the edition in force; empty when its file is no longer there."""
        edition = self._edition()
        if edition is None:
            return {}
        return {one.code: one.title for indicator in edition.indicators for one in (indicator, *indicator.items)}

    def rectify_days(self) -> int | None:
        """Working days to put things right under the rules in force; None when their file is no longer there."""
        edition = self._edition()
        return edition.rectify_days if edition else None

    def _edition(self) -> Edition | None:
        try:
            return load_edition(*edition_named(self.run))
        except EditionError:
            return None
