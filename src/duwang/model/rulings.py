"""What people said: the latest decision per finding or question, the latest answer per target and indicator."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime

from duwang.model.calendar import BEIJING
from duwang.model.findings import Finding
from duwang.model.verdicts import Decision, Review

_BEGINNING = datetime.min.replace(tzinfo=UTC)


class Rulings:
    """Reviews in force. A decision on the fingerprint beats one on the question; among equals the last by `at` holds."""

    def __init__(self, reviews: Iterable[Review]) -> None:
        self._single: dict[str, Review] = {}
        self._bulk: dict[str, Review] = {}
        self._answers: dict[tuple[str, str], Review] = {}
        for review in sorted(reviews, key=lambda review: moment(review.at)):
            if review.decision is not None and review.fingerprint:
                self._single[review.fingerprint] = review
            elif review.decision is not None and review.question:
                self._bulk[review.question] = review
            elif review.target and review.indicator:
                self._answers[review.target, review.indicator] = review
        self.any_decision = bool(self._single or self._bulk)

    def of(self, finding: Finding) -> Review | None:
        """The review that holds for a finding."""
        return self._single.get(finding.fingerprint) or self._bulk.get(finding.question)

    def decision(self, finding: Finding) -> Decision | None:
        review = self.of(finding) if self.any_decision else None
        return review.decision if review else None

    def answer(self, target: str, indicator: str) -> Review | None:
        """What a person answered for an indicator (or a scoring item) of a target."""
        return self._answers.get((target, indicator))


def moment(written: str) -> datetime:
    """A review's time; without a zone it is Beijing time, unreadable or empty is the earliest."""
    try:
        at = datetime.fromisoformat(written.strip().replace("/", "-"))
    except ValueError:
        return _BEGINNING
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=BEIJING).astimezone(UTC)


def says_yes(answer: str) -> bool | None:
    """是/有/存在 → True, 否/无/没有/不存在 → False, anything else → None."""
    word = answer.strip()
    if word in ("是", "有", "存在", "属实", "成立"):
        return True
    if word in ("否", "无", "没有", "不存在", "不属实", "不成立"):
        return False
    return None
