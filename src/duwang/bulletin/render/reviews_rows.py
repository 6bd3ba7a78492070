"""The rows of 问题清单.xlsx: what a person should look at first stands first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from duwang.bulletin.standing import CERTAIN_OWNERS
from duwang.model.findings import Finding, Severity
from duwang.model.refs import owner_of
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Review, Verdict

_SEVERITIES = {Severity.SERIOUS: 0, Severity.ORDINARY: 1, Severity.HINT: 2}
_OPEN, _HIT, _POINTS, _NONE, _NOT_JUDGED = range(5)


@dataclass(frozen=True, slots=True)
class Effect:
    """What a finding does to a verdict: `rank` orders (0 can still turn it), `words` say so."""

    rank: int
    words: str


@dataclass(frozen=True, slots=True)
class ListRow:
    """One finding with its effect and the decision that holds already (blank cells are for the clerk)."""

    finding: Finding
    name: str
    check_title: str
    effect: Effect
    decision: Review | None = None


@dataclass(frozen=True, slots=True)
class ManualRow:
    """One question only people can answer, with the answer given before."""

    target: str
    name: str
    indicator: str
    title: str
    asked: str
    answer: Review | None = None


def list_rows(
    findings: Iterable[Finding],
    verdicts: Sequence[Verdict],
    *,
    titles: Mapping[str, str],
    reviews: Sequence[Review] = (),
) -> list[ListRow]:
    """Effect on the verdict first, then severity, then certainty; equal ones by target and fingerprint."""
    effects, names = effects_of(verdicts), {verdict.target: verdict.name for verdict in verdicts}
    rulings, told = Rulings(reviews), set[str]()
    rows = []
    for finding in sorted(findings, key=lambda one: _order(one, effects, names)):
        review = rulings.of(finding)
        effect = _effect(finding, effects, names)
        if review is not None and not review.fingerprint:
            if review.question in told:
                effect, review = Effect(effect.rank, f"{effect.words}（同类已决定：{review.decision}）"), None
            else:
                told.add(review.question)
        owner = owner_of(finding.target)
        rows.append(
            ListRow(finding, names.get(owner) or owner.partition("/")[2], titles.get(finding.check, ""), effect, review)
        )
    return rows


def manual_rows(verdicts: Iterable[Verdict], *, reviews: Sequence[Review] = ()) -> list[ManualRow]:
    """Everything that stands in `manual`, by target and code."""
    rulings = Rulings(reviews)
    rows = []
    for verdict in verdicts:
        for one in verdict.manual:
            code = one["indicator"]
            given = rulings.answer(verdict.target, code)
            rows.append(ManualRow(verdict.target, verdict.name, code, one.get("title", ""), one.get("why", ""), given))
    answered = {(row.target, row.indicator) for row in rows}
    rows += [row for row in _settled(verdicts, reviews) if (row.target, row.indicator) not in answered]
    return sorted(rows, key=lambda row: (row.target, row.indicator))


def effects_of(verdicts: Iterable[Verdict]) -> dict[str, Effect]:
    """Fingerprint → what it does, the strongest effect where there are several."""
    effects: dict[str, Effect] = {}
    for verdict in verdicts:
        for fingerprint, effect in _effects(verdict):
            if fingerprint not in effects or effect.rank < effects[fingerprint].rank:
                effects[fingerprint] = effect
    return effects


def owner_in_words(finding: Finding) -> str:
    """The unit as printed; one that is only guessed is marked, never printed as a fact."""
    if not finding.org:
        return "（待定）"
    return finding.org if finding.org_by in CERTAIN_OWNERS else f"{finding.org}（待定）"


def _effects(verdict: Verdict) -> Iterator[tuple[str, Effect]]:
    for question in verdict.open:
        for fingerprint in question.fingerprints:
            yield fingerprint, Effect(_OPEN, f"可能改变判定：{_named(question.indicator, question.title)}")
    for hit in verdict.hits:
        for fingerprint in hit.fingerprints:
            yield fingerprint, Effect(_HIT, f"已计入不合格：{_named(hit.indicator, hit.title)}")
    for deduction in verdict.deductions:
        for fingerprint in deduction.get("fingerprints", ()):
            yield fingerprint, Effect(_POINTS, f"扣分：{_named(deduction['indicator'], deduction.get('title', ''))}")
    for one in verdict.excluded:
        if one.get("fingerprint"):
            yield one["fingerprint"], Effect(_NONE, f"不计入：{one.get('why', '')}")


def _named(code: str, title: str) -> str:
    return f"{code} {title}".strip()


def _effect(finding: Finding, effects: Mapping[str, Effect], names: Mapping[str, str]) -> Effect:
    known = effects.get(finding.fingerprint)
    if known is not None:
        return known
    if owner_of(finding.target) not in names:
        return Effect(_NOT_JUDGED, "对象不参加判定")
    return Effect(_NONE, "未计入判定")


def _order(
    finding: Finding, effects: Mapping[str, Effect], names: Mapping[str, str]
) -> tuple[int, int, float, str, str]:
    rank = _effect(finding, effects, names).rank
    return rank, _SEVERITIES[finding.severity], -finding.certainty, finding.target, finding.fingerprint


def _settled(verdicts: Iterable[Verdict], reviews: Sequence[Review]) -> Iterator[ManualRow]:
    """Answers given before, so that they can be seen and changed."""
    known = {verdict.target: verdict for verdict in verdicts}
    titles = {hit.indicator: hit.title for verdict in known.values() for hit in verdict.hits}
    for review in reviews:
        if review.indicator and review.target in known:
            title = titles.get(review.indicator, "")
            yield ManualRow(
                review.target, known[review.target].name, review.indicator, title, "已答复，可以更改", review
            )
