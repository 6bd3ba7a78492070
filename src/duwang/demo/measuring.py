"""An inspected round against its key: per check recall and precision, verdicts, owners, near misses that did not stay silent."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from duwang.demo.key import Entry, Ruled
from duwang.model.findings import Finding, Severity
from duwang.model.verdicts import Verdict

# One wrong word may be filed under any of these: 国务院办公庭 is a wrong name and a near miss of a fixed phrase.
_WORDING = ("text/fixed-phrase", "text/organisation-name", "text/law-title", "text/leader-fault", "text/typo")
_GUESSED = ("column", "site", "ambiguous")


@dataclass(slots=True)
class Score:
    """One check: expected entries found and missed, findings that are right and those that are not in the key."""

    found: int = 0
    missed: list[str] = field(default_factory=list)
    right: int = 0
    wrong: list[Finding] = field(default_factory=list)
    hints: int = 0
    near: int = 0
    loud: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        expected = self.found + len(self.missed)
        return self.found / expected if expected else 1.0

    @property
    def precision(self) -> float:
        reported = self.right + len(self.wrong)
        return self.right / reported if reported else 1.0


@dataclass(slots=True)
class Owners:
    """Whose findings: right ones, wrong ones, and how many were marked as a guess (column, site) or asked of a person."""

    right: int = 0
    wrong: list[str] = field(default_factory=list)
    guessed: int = 0

    @property
    def share(self) -> float:
        total = self.right + len(self.wrong)
        return self.right / total if total else 1.0


def measure(
    findings: Iterable[Finding], entries: Sequence[Entry], implemented: Iterable[str]
) -> tuple[dict[str, Score], Owners]:
    """Hints are counted apart: they are neither right nor wrong, unless the key asks for one."""
    scores: dict[str, Score] = {check: Score() for check in sorted(implemented)}
    by_check: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_check[finding.check].append(finding)
    owners = Owners()
    used: set[str] = set()
    for check, score in scores.items():
        own = [entry for entry in entries if entry.check == check]
        reported = [f for f in by_check[check] if f.severity is not Severity.HINT]
        score.hints = len(by_check[check]) - len(reported)
        for entry in own:
            pool = by_check[check] if entry.hint else reported
            hits = [finding for finding in pool if matches(entry, finding)]
            if not hits and not entry.near and check in _WORDING:
                hits = [
                    one
                    for name in _WORDING
                    for one in by_check[name]
                    if one.severity is not Severity.HINT and matches(entry, one)
                ]
            if entry.near:
                score.near += 1
                score.loud += [entry.id] if hits else []
                continue
            if hits:
                score.found += 1
                used |= {finding.fingerprint for finding in hits}
                _owner(entry, hits[0], owners)
            else:
                score.missed.append(entry.id)
    for check, score in scores.items():
        reported = [f for f in by_check[check] if f.severity is not Severity.HINT]
        score.right = sum(1 for finding in reported if finding.fingerprint in used)
        score.wrong = [finding for finding in reported if finding.fingerprint not in used]
    return scores, owners


def matches(entry: Entry, finding: Finding) -> bool:
    """Right place, and the quote overlaps (either way round) or stands in the message or the dead address."""
    if not any(
        finding.target == ref or (ref.endswith("/*") and finding.target.startswith(ref[:-1])) for ref in entry.targets
    ):
        return False
    if not entry.quote:
        return True
    said = (finding.message, finding.title, str(finding.facts.get("dead_url", "")), finding.url)
    return (
        (finding.quote in entry.quote and bool(finding.quote))
        or entry.quote in finding.quote
        or any(entry.quote in text for text in said)
    )


def _owner(entry: Entry, finding: Finding, owners: Owners) -> None:
    if not entry.org:
        return
    if entry.by == "ambiguous":
        right = finding.org_by == "ambiguous"
    else:
        right = finding.org == entry.org and (not entry.by or finding.org_by == entry.by)
    owners.guessed += finding.org_by in _GUESSED
    if right:
        owners.right += 1
    else:
        owners.wrong.append(f"{entry.id}：应为{entry.org}（{entry.by}），报为{finding.org or '空'}（{finding.org_by}）")


def wrong_verdicts(verdicts: Iterable[Verdict], answers: Iterable[Ruled], *, names: Mapping[str, str]) -> list[str]:
    """One sentence for every verdict that differs from the key, vetoes included."""
    given = {verdict.target: verdict for verdict in verdicts}
    wrong = []
    for answer in answers:
        verdict = given.pop(answer.target, None)
        name = names.get(answer.target, answer.target)
        if verdict is None:
            wrong.append(f"{name}：没有判定")
            continue
        hits, left = {hit.indicator for hit in verdict.hits}, {question.indicator for question in verdict.open}
        same = (
            verdict.verdict == answer.verdict
            and hits == set(answer.hits)
            and (answer.open == ("*",) or bool(hits) or left == set(answer.open))
        )
        if not same:
            wrong.append(
                f"{name}：应为{answer.verdict}{list(answer.hits or answer.open)}，判为{verdict.verdict}{sorted(hits or left)}"
            )
    return [*wrong, *(f"{target}：不应判定" for target in given)]


def wrong_after(verdicts: Iterable[Verdict], answers: Iterable[Ruled], *, names: Mapping[str, str]) -> list[str]:
    """One sentence for every verdict after the prepared reviews that differs from the key."""
    given = {verdict.target: verdict.verdict for verdict in verdicts}
    wanted = {answer.target: answer.after or answer.verdict for answer in answers}
    return [
        f"{names.get(target, target)}：应为{verdict}，判为{given.get(target, '没有判定')}"
        for target, verdict in wanted.items()
        if given.get(target) != verdict
    ]
