"""The verb judge: stored outcomes, reviews and an edition → verdicts, summary, history, cases. No network."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from sys import intern
from typing import Any

from duwang.bulletin.reviews_sheet import read_reviews as read_sheet
from duwang.bulletin.standing import Jury
from duwang.flow.carrying import carry_cases, cases_of, earlier_findings, places_of
from duwang.flow.folder import Folder, FolderFault, read_reviews
from duwang.flow.records import finding_from, from_plain, plain, registry_from
from duwang.judge.edition import Edition, load_edition
from duwang.judge.judging import judge
from duwang.judge.rounds import Past, compare
from duwang.judge.sampling import samples
from duwang.judge.summary import summarise
from duwang.model.findings import Finding
from duwang.model.material import Probe
from duwang.model.refs import owner_of, page_ref
from duwang.model.registry import Registry
from duwang.model.verdicts import Review

PAST, PAST_FINDINGS, PAST_CASES = "before.jsonl", "earlier.jsonl", "earlier-cases.jsonl"
_ALWAYS = frozenset(("places", "letter"))
POPULATIONS, SAMPLES = "populations.json", "samples.json"


def judge_again(
    folder: Folder, *, edition: str | None, overlays: Sequence[str] | None, previous: Path | None, reviews: Path | None
) -> dict[str, Any]:
    """Judge a finished folder again, under the same or another edition; a person's reviews are added to reviews.jsonl."""
    folder.require()
    run = folder.run()
    name, laid = edition_named(run)
    name, laid = edition or name, tuple(overlays) if overlays else laid if edition is None else ()
    used = load_edition(name, laid)
    if previous is not None:
        take_over_decisions(folder, Folder(previous).require())
    if reviews is not None:
        said, before = reviews_of(reviews), folder.reviews()
        if reviews.suffix != ".jsonl":
            before = _still_said(before, said, folder)
        folder.write_lines("reviews.jsonl", _merged(before, said))
    folder.write_json("run.json", {**run, **edition_stamp(used, name, laid)})
    return judge_into(
        folder, edition=used, previous=Folder(previous).require() if previous else None, reviews=folder.reviews()
    )


def take_over_decisions(folder: Folder, previous: Folder) -> None:
    """A decision on a finding lives as long as the finding: what was 误报 last time is 误报 still, until somebody says otherwise.
    Answers about a site or account were about that round."""
    earlier = [review for review in previous.reviews() if review.decision is not None]
    if earlier:
        folder.write_lines("reviews.jsonl", _merged(earlier, folder.reviews()))


def edition_stamp(edition: Edition, name: str, overlays: Sequence[str]) -> dict[str, Any]:
    """What run.json says of the edition: its stamps, and how it was asked for (one's own file has a path, not a name)."""
    return {
        "edition": {"name": edition.name, "title": edition.title, "hash": edition.hash},
        "overlays": [plain(overlay) for overlay in edition.overlays],
        "judged_by": {"edition": name, "overlays": list(overlays)},
    }


def edition_named(run: Mapping[str, Any]) -> tuple[str, tuple[str, ...]]:
    """The edition and overlays a run was last judged by, as `load_edition` takes them."""
    by = run.get("judged_by") or {}
    name = str(by.get("edition") or run["edition"]["name"])
    return name, tuple(by.get("overlays", [overlay["name"] for overlay in run["overlays"]]))


def judge_into(
    folder: Folder, *, edition: Edition, previous: Folder | None, reviews: Sequence[Review]
) -> dict[str, Any]:
    """Write verdicts.json, summary.json, history.jsonl and cases.jsonl from what the folder holds; returns the summary."""
    registry = scope_of(folder)
    as_of = as_of_folder(folder)
    populations = folder.read_json(POPULATIONS) or {}
    outcomes = folder.outcomes()
    sampled = any(populations.values())
    findings = list(slim_findings(folder, edition, sampled=sampled, decided=bool(reviews)))
    verdicts = judge(
        registry=registry, outcomes=outcomes, findings=findings, reviews=reviews, edition=edition, as_of=as_of,
        probes_seen=has_history(folder.probes()), populations=populations,
    )  # fmt: skip
    if previous is not None:
        _take_over(folder, previous)
    past = [from_plain(line, Past) for line in folder.read_lines(PAST)]
    places = _places(folder)
    pages = _states(folder, {one.target for one in past}.union(*places.values()))
    rounds, history = compare(findings, outcomes, past, as_of=as_of, pages=pages, places=places, reviews=reviews)
    jury = Jury.of(verdicts, reviews)
    summary = summarise(verdicts, findings, rounds, edition=edition, reviews=reviews, prints=jury.prints)
    before, own = cases_of(folder, PAST_CASES), cases_of(folder)
    cases = carry_cases(
        folder.each_finding(),
        history,
        at=as_of,
        before=before,
        own=own,
        reviews=reviews,
        working_days=edition.rectify_days,
    )
    folder.write_json("verdicts.json", verdicts)
    folder.write_json("summary.json", summary)
    folder.write_json(SAMPLES, samples(edition, populations, as_of=as_of))
    folder.write_lines("history.jsonl", history)
    folder.write_lines("cases.jsonl", cases)
    return summary


def slim_findings(folder: Folder, edition: Edition, *, sampled: bool, decided: bool) -> Iterator[Finding]:
    """The findings with what judging looks at and nothing else: no quotes, no words for people, only the facts and addresses that an
    indicator asks for. `sampled`: clauses draw samples, by address or letter; `decided`: there are decisions on questions."""
    days: dict[date, date] = {}
    shares: dict[float, float] = {}
    asked: dict[str, tuple[frozenset[str], bool]] = {}
    target, nothing = "", dict[str, Any]()
    for one in folder.each_finding():
        target = target if one.target == target else one.target  # equal ones stand together
        if one.check not in asked:
            asked[one.check] = edition.facts_of(one.check) | _ALWAYS, sampled or edition.asks_where(one.check)
        facts, located = asked[one.check]
        kept = {name: one.facts[name] for name in one.facts if name in facts}
        yield Finding(
            one.fingerprint, intern(one.check), target, one.url if located else "", "", "", None, None, None, "",
            one.question if decided else "", intern(one.org), intern(one.org_by), one.severity,
            shares.setdefault(one.certainty, one.certainty), one.count, days.setdefault(one.first_seen, one.first_seen),
            kept or nothing, (),
        )  # fmt: skip


def _states(folder: Folder, wanted: Collection[str]) -> dict[str, str]:
    """Ref → how a page was seen, for those asked about; the first one always, for that any is known at all tells something."""
    lines = folder.read_lines("pages.jsonl") if wanted else ()
    return {line["ref"]: line["state"] for n, line in enumerate(lines) if not n or line["ref"] in wanted}


def _places(folder: Folder) -> dict[str, tuple[str, ...]]:
    """Fingerprint → refs of the pages that an earlier finding stood on."""
    known = (finding_from(line) for line in folder.read_lines(PAST_FINDINGS))
    return {one.fingerprint: tuple(page_ref(owner_of(one.target), url) for url in places_of(one)) for one in known}


def _take_over(folder: Folder, previous: Folder) -> None:
    """Keep here what this round needs of the last one, so that judging again needs no other folder."""
    folder.write_lines(PAST, list(history_of(previous)))
    folder.write_lines(PAST_FINDINGS, earlier_findings(previous))
    folder.write_lines(PAST_CASES, cases_of(previous))


def history_of(folder: Folder) -> Iterator[dict[str, Any]]:
    """history.jsonl of an earlier round; FolderFault when the folder is none."""
    folder.require()
    return folder.read_lines("history.jsonl")


def as_of_folder(folder: Folder) -> date:
    return date.fromisoformat(folder.run()["as_of"])


def scope_of(folder: Folder) -> Registry:
    """The part of the ledger that this run planned."""
    record = folder.read_json("registry.json")
    if record is None:
        raise FolderFault(f"{folder.path} 里没有 registry.json，无法重新判定")
    registry = registry_from(record)
    planned = set(folder.run().get("planned") or [])
    if not planned:
        return registry
    sites = tuple(site for site in registry.sites if site.ref in planned)
    return replace(
        registry, sites=sites, accounts=tuple(account for account in registry.accounts if account.ref in planned)
    )


def edition_of(folder: Folder) -> Edition:
    """The edition and local rules a folder was last judged by."""
    return load_edition(*edition_named(folder.run()))


def has_history(probes: Sequence[Probe]) -> bool:
    """True when visits of at least seven days are there: one run's own visit is no history."""
    return len({probe.at.date() for probe in probes}) >= 7


def reviews_of(path: Path) -> list[Review]:
    """Reviews from reviews.jsonl or from the 问题清单.xlsx that a clerk filled in."""
    if not path.is_file():
        raise FolderFault(f"复核文件 {path} 不存在")
    if path.suffix.lower() in (".xlsx", ".xlsm", ".et", ".xls"):
        return list(read_sheet(path.read_bytes()))
    return read_reviews(path)


def _still_said(old: Sequence[Review], sheet: Sequence[Review], folder: Folder) -> list[Review]:
    """A row of the list that said one thing of one finding and now says 同类全部 takes the single word back: it would win."""
    wide = {review.question for review in sheet if review.decision and not review.fingerprint}
    single = {review.fingerprint for review in sheet if review.fingerprint}
    covered = {one.fingerprint for one in folder.each_finding() if one.question in wide} if wide else set()
    return [review for review in old if review.fingerprint in single or review.fingerprint not in covered]


def _merged(old: Sequence[Review], new: Sequence[Review]) -> list[Review]:
    """Later words replace earlier ones on the same thing."""
    kept = {(r.fingerprint, r.question if not r.fingerprint else "", r.target, r.indicator): r for r in (*old, *new)}
    return list(kept.values())
