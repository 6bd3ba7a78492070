"""What came of the demo: per round its figures, over both rounds the scores against the key."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from duwang.demo.measuring import Owners, Score


@dataclass(frozen=True, slots=True)
class RoundResult:
    """One round: summary.json before and after the reviews, scores, verdicts that differ from the key."""

    folder: str
    title: str
    summary: Mapping[str, Any]
    reviewed: Mapping[str, Any]
    scores: Mapping[str, Score]
    owners: Owners
    judged: int
    wrong: Sequence[str]
    wrong_after: Sequence[str]
    unknown: int
    absent: Sequence[str]

    @property
    def fates(self) -> str:
        rounds = self.summary.get("rounds") or {}
        words = (
            ("new", "新发现"),
            ("carried", "上轮未整改"),
            ("relapsed", "改了又犯"),
            ("rectified", "已整改"),
            ("cannot_tell", "不能判断"),
        )
        return "，".join(f"{word}{len(rounds.get(name, ()))}个" for name, word in words)


@dataclass(frozen=True, slots=True)
class Total:
    """A check's figures over all measured rounds."""

    expected: int
    found: int
    reported: int
    right: int
    near: int
    hints: int
    loud: tuple[str, ...]

    @property
    def recall(self) -> float:
        return self.found / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.reported if self.reported else 1.0


@dataclass(frozen=True, slots=True)
class Outcome:
    """The whole demo, told by `telling` and asserted by the slow test."""

    rounds: tuple[RoundResult, ...]
    seconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def measured(self) -> tuple[RoundResult, ...]:
        return tuple(one for one in self.rounds if one.folder != "round-0")

    @property
    def scores(self) -> dict[str, Total]:
        names = sorted({check for one in self.measured for check in one.scores})
        return {check: _total(one.scores[check] for one in self.measured if check in one.scores) for check in names}

    @property
    def owners(self) -> Owners:
        total = Owners()
        for one in self.measured:
            total.right += one.owners.right
            total.guessed += one.owners.guessed
            total.wrong += [f"{one.title} {line}" for line in one.owners.wrong]
        return total

    @property
    def verdicts(self) -> tuple[int, list[str]]:
        return sum(one.judged for one in self.measured), [
            f"{one.title} {line}" for one in self.measured for line in one.wrong
        ]

    @property
    def reviewed_verdicts(self) -> tuple[int, list[str]]:
        return sum(one.judged for one in self.measured), [
            f"{one.title}复核后 {line}" for one in self.measured for line in one.wrong_after
        ]

    @property
    def missed(self) -> list[str]:
        return [
            f"{check}（{one.title} {entry}）"
            for one in self.measured
            for check, score in one.scores.items()
            for entry in score.missed
        ]

    @property
    def extra(self) -> list[str]:
        """Findings that are not in the key, at most five of each check."""
        return [
            f"{one.title} {check}：{finding.quote[:40]}｜{finding.message[:60]}｜{finding.url}"
            for one in self.measured
            for check, score in one.scores.items()
            for finding in score.wrong[:5]
        ]

    @property
    def unknown(self) -> int:
        return sum(one.unknown for one in self.measured)

    @property
    def absent(self) -> list[str]:
        return sorted({check for one in self.measured for check in one.absent})


def _total(scores: Iterable[Score]) -> Total:
    found = list(scores)
    return Total(
        expected=sum(score.found + len(score.missed) for score in found),
        found=sum(score.found for score in found),
        reported=sum(score.right + len(score.wrong) for score in found),
        right=sum(score.right for score in found),
        near=sum(score.near for score in found),
        hints=sum(score.hints for score in found),
        loud=tuple(entry for score in found for entry in score.loud),
    )
