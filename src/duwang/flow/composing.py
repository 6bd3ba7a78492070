"""What goes into a notice: the judged material of some units only, and without the problems that were left out with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import dataclass, replace

from duwang.bulletin.gathering import gather, veto_in_words
from duwang.bulletin.kinds import group_of
from duwang.bulletin.standing import Jury
from duwang.flow.judged import Judged
from duwang.model.findings import Finding
from duwang.model.refs import org_ref, owner_of
from duwang.model.verdicts import Hit


@dataclass(frozen=True, slots=True)
class Line:
    """One problem of the notice: what one check found for one unit on one site or account. What made a veto cannot be left out."""

    key: str
    org: str
    name: str
    group: str
    text: str
    count: int
    veto: bool = False


def lines_of(judged: Judged) -> list[Line]:
    """Every problem that would be printed, by unit; vetoes first."""
    jury = Jury.of(judged.verdicts, judged.reviews)
    gathered = gather(judged.registry, judged.verdicts, judged.findings, jury=jury, rounds={}, earlier=judged.earlier)
    vetoed = {key for verdict in judged.verdicts for hit in verdict.hits for key in hit.fingerprints}
    made = [
        Line(
            "",
            one.org,
            one.label,
            "单项否决" if hit.effect == "veto" else "得分不足",
            veto_in_words(hit),
            _places(hit),
            veto=True,
        )
        for one in gathered.subjects.values()
        for hit in one.verdict.hits
    ]
    groups: dict[str, Line] = {}
    for subject, finding in gathered.facts:
        if finding.fingerprint in vetoed:
            continue
        key, known = key_of(finding), groups.get(key_of(finding))
        count = finding.count + (known.count if known else 0)
        group = group_of(finding.check, kind=subject.kind)
        groups[key] = (
            replace(known, count=count)
            if known
            else Line(key, finding.org, subject.label, group, finding.message, count)
        )
    return sorted((*made, *groups.values()), key=lambda one: (not one.veto, one.org, one.name, one.group, one.text))


def _places(hit: Hit) -> int:
    """What a veto counted; a low score counts nothing."""
    return int(hit.count) if hit.effect == "veto" else 1


def key_of(finding: Finding) -> str:
    """Unit, site or account, and check: the grain of a line in the annex. Stays the same from round to round."""
    return hashlib.sha256(f"{finding.org}\x1f{owner_of(finding.target)}\x1f{finding.check}".encode()).hexdigest()[:12]


def without(judged: Judged, left_out: Collection[str]) -> Judged:
    """The material without the lines of these keys; every figure is then counted without them."""
    if not left_out:
        return judged
    vetoed = {key for verdict in judged.verdicts for hit in verdict.hits for key in hit.fingerprints}
    kept = tuple(one for one in judged.findings if one.fingerprint in vetoed or key_of(one) not in left_out)
    return replace(judged, findings=kept)


def narrowed(judged: Judged, units: frozenset[str] | None) -> Judged:
    """The material as far as it concerns these units (None = all): what somebody sees who answers for a part of the ledger."""
    if units is None:
        return judged
    known = judged.registry
    verdicts = tuple(one for one in judged.verdicts if one.org in units)
    targets = {one.target for one in verdicts}
    registry = replace(
        known,
        orgs=tuple(one for one in known.orgs if one.name in units),
        sites=tuple(one for one in known.sites if one.owner in units),
        accounts=tuple(one for one in known.accounts if one.owner in units),
        letters=tuple(one for one in known.letters if one.replier in units),
        tasks=tuple(
            one for one in known.tasks if one.target in targets or one.target in {org_ref(name) for name in units}
        ),
    )
    findings = tuple(one for one in judged.findings if one.org in units and owner_of(one.target) in targets)
    earlier = tuple(one for one in judged.earlier if one.org in units)
    prints = {one.fingerprint for one in (*findings, *earlier)}
    rounds = {
        fate: [key for key in keys if key in prints] for fate, keys in (judged.summary.get("rounds") or {}).items()
    }
    return replace(
        judged, registry=registry, verdicts=verdicts, findings=findings, earlier=earlier, summary={"rounds": rounds},
        publications=tuple(one for one in judged.publications if one.org in units),
        coverage={target: one for target, one in judged.coverage.items() if target in targets},
    )  # fmt: skip
