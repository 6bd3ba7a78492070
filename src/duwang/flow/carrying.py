"""What a round takes over from the one before: findings it may name again, and cases with what became of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from itertools import islice
from typing import Any

from duwang.cases.opening import RECTIFY_DAYS, open_cases
from duwang.cases.states import Event, State, after, reinstated
from duwang.flow.folder import Folder
from duwang.flow.found import InOrder
from duwang.flow.records import case_from, finding_from
from duwang.flow.work import NewPage
from duwang.judge.rounds import Fate, Past
from duwang.model.capturing import Role
from duwang.model.findings import Finding
from duwang.model.refs import address_key, owner_of
from duwang.model.rulings import Rulings
from duwang.model.verdicts import Case, Decision, Review
from duwang.platforms.website import ATTACHMENTS
from duwang.reading.resources import is_file

_BY_PEOPLE = frozenset(
    event.value
    for event in (Event.ANSWER, Event.CONTEST, Event.UPHELD, Event.GRANTED, Event.CLEAN, Event.FOUND, Event.UNKNOWN, Event.EXTENDED)
)  # fmt: skip
_MOVES: Mapping[str, tuple[Event, str]] = {
    Fate.RECTIFIED.value: (Event.CLEAN, "本期检查未再发现"),
    Fate.CARRIED.value: (Event.FOUND, "本期检查仍有"),
    Fate.CANNOT_TELL.value: (Event.UNKNOWN, "本期检查没有读到"),
}

_AT_ONCE = 500


def earlier_findings(previous: Folder) -> list[Finding]:
    """Findings of the last round, and of those before it that were never seen rectified, by fingerprint."""
    outstanding = {
        line["fingerprint"]
        for line in previous.read_lines("history.jsonl")
        if (line.get("fates") or [""])[-1] != Fate.RECTIFIED
    }
    known = {one.fingerprint: one for one in map(finding_from, previous.read_lines("earlier.jsonl"))}
    known |= {one.fingerprint: one for one in previous.findings()}
    return [known[key] for key in sorted(outstanding & known.keys())]


def revisits(previous: Folder) -> dict[str, tuple[NewPage, ...]]:
    """Site ref → the pages on which unmended problems stood: read again whatever the period, or nobody could say that they are gone."""
    found: dict[str, dict[str, NewPage]] = {}
    for finding in earlier_findings(previous):
        owner = owner_of(finding.target)
        if not owner.startswith("site/"):
            continue
        for url in places_of(finding):
            file = is_file(url)
            role, level = (Role.ATTACHMENT, ATTACHMENTS) if file else (Role.ARTICLE, 1)
            page = NewPage(
                address_key(url), url, role, level, referer=str(finding.facts.get("page", "")) if file else ""
            )
            found.setdefault(owner, {}).setdefault(page.key, page)
    return {owner: tuple(pages[key] for key in sorted(pages)) for owner, pages in found.items()}


def outstanding_targets(previous: Folder | None) -> frozenset[str]:
    """Refs of pages and posts that an unmended problem was found on."""
    return frozenset(finding.target for finding in earlier_findings(previous)) if previous else frozenset()


def places_of(finding: Finding) -> tuple[str, ...]:
    """The addresses a page's finding, or one folded over several pages, was seen at; none for a finding on the site as such."""
    places = finding.facts.get("places")
    if isinstance(places, list | tuple) and places:
        return tuple(str(url) for url in places)
    return (finding.url,) if "/page/" in finding.target and finding.url else ()


def cases_of(folder: Folder, name: str = "cases.jsonl") -> list[Case]:
    return [case_from(line) for line in folder.read_lines(name)]


def carry_cases(
    findings: Iterable[Finding],
    history: Iterable[Past],
    *,
    at: date,
    before: Sequence[Case],
    own: Sequence[Case],
    reviews: Sequence[Review],
    working_days: int = RECTIFY_DAYS,
) -> Iterator[dict[str, Any]]:
    """The cases of this round as cases.jsonl has them, by unit and number, new ones due after so many working days. `before`: cases as
    the last round left them, moved on by what this round saw; `own`: cases this folder holds already. Judging again changes nothing in
    a case that somebody has worked on since, nor in an imported one. The findings go by once."""
    fates = {one.fingerprint: one for one in history if one.fates and one.fates[-1] in _MOVES}
    earlier, mine = ({case.fingerprint: case for case in cases} for cases in (before, own))
    rulings, kept = Rulings(reviews), InOrder()

    def keep(made: Iterable[Case], known: Mapping[str, Finding]) -> None:
        moved = {case.fingerprint: _moved(case, fates.get(case.fingerprint), at) for case in made}
        for key in dict.fromkeys((*moved, *(known.keys() & mine.keys()))):
            case = _with_own(moved.get(key), mine.pop(key, None), known.get(key), rulings, at)
            if case is not None:
                kept.put(case, case.org, case.id)

    going = iter(findings)
    while batch := {finding.fingerprint: finding for finding in islice(going, _AT_ONCE)}:
        existing = [earlier.pop(key) for key in batch if key in earlier]
        made = open_cases(batch.values(), issued=at, working_days=working_days, existing=existing, reviews=reviews)
        keep(made, batch)
    keep(earlier.values(), {})
    for case in mine.values():
        if worked_on(case, None):
            kept.put(case, case.org, case.id)
    return kept.in_order()


def _with_own(made: Case | None, own: Case | None, finding: Finding | None, rulings: Rulings, at: date) -> Case | None:
    """The case as judging makes it, or as this folder holds it when somebody has worked on it."""
    if own is None:
        return made
    review = rulings.of(finding) if finding else None
    dismissed = review is not None and review.decision is Decision.FALSE_ALARM
    case = own if finding is None or dismissed else reinstated(own)
    if worked_on(case, made) or (dismissed and made is None):
        return _withdrawn(case, review, at) if dismissed else case
    return made


def imported(case: Case) -> bool:
    """True for a problem found by others and entered by `duwang cases import`."""
    return bool(case.events) and bool(case.events[0].get("imported"))


def worked_on(case: Case, made: Case | None) -> bool:
    """True when the case holds more than judging alone gives it."""
    given = list(made.events) if made else []
    more = [event for event in case.events if event not in given]
    return imported(case) or any(event["event"] in _BY_PEOPLE for event in more)


def _moved(case: Case, past: Past | None, at: date) -> Case:
    """An earlier case after this round: closed when its problem is gone; told as not rectified only once its term has run out."""
    state = State(case.state)
    if past is None or state.closed or state is State.CONTESTED or case.events[-1].get("at") == at.isoformat():
        return case
    fate = past.fates[-1]
    if fate != Fate.RECTIFIED and case.due is not None and at <= case.due:
        return case
    event, words = _MOVES[fate]
    return after(case, event, at=at, why=past.why or words)


def _withdrawn(case: Case, review: Review | None, at: date) -> Case:
    if State(case.state).closed:
        return case
    return after(case, Event.DISMISSED, at=at, why=review.reason if review else "")
