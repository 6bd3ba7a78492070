"""The verb inspect: plan, read, look, conclude, judge, write."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from duwang import __version__
from duwang.capture.browser import Browser, browser_program
from duwang.capture.fetcher import Fetcher, FetchSettings
from duwang.capture.robots import RobotsBook
from duwang.capture.vault import WarcVault
from duwang.checks.check import all_checks
from duwang.flow import posthistory
from duwang.flow.accounts import AccountReader
from duwang.flow.assembling import Assembler
from duwang.flow.attachments import recognise_scans
from duwang.flow.browsing import browse
from duwang.flow.carrying import outstanding_targets, revisits
from duwang.flow.edited import set_aside_round
from duwang.flow.folder import Folder, FolderFault, read_probes
from duwang.flow.gather import OVER_BUDGET, Gatherer
from duwang.flow.judging import POPULATIONS, edition_stamp, history_of, judge_into, take_over_decisions
from duwang.flow.learning import learn
from duwang.flow.linking import LinkWalk
from duwang.flow.looking import Looker, relevant
from duwang.flow.outcomes import Concluder, page_states, post_states
from duwang.flow.ownership import Ownership
from duwang.flow.pageclock import PageClock
from duwang.flow.pagehistory import HISTORY, lives, past_lives
from duwang.flow.planning import Plan, account_off, plan, site_off, without_folder
from duwang.flow.ports import Clock, Progress
from duwang.flow.posthistory import past_posts
from duwang.flow.publications import publications
from duwang.flow.publishing_apart import is_large, publish_apart
from duwang.flow.records import plain
from duwang.flow.registry import in_full
from duwang.flow.settings import Settings
from duwang.flow.sheets import SheetBook
from duwang.flow.trying import try_out
from duwang.flow.upcoming import FILE as UPCOMING
from duwang.flow.work import WorkStore
from duwang.judge.edition import Edition, load_edition
from duwang.model.material import Document, Probe
from duwang.model.refs import host_of
from duwang.model.registry import Registry, Site
from duwang.platforms.website import Scope
from duwang.reading.isolated import read_isolated

_RESULTS = ("outcomes.jsonl", "findings.jsonl", "verdicts.json", "coverage.json", "summary.json", "history.jsonl", "run.json",
            "probes.jsonl", "registry.json", "pages.jsonl", "before.jsonl", "earlier.jsonl", "earlier-cases.jsonl", "page-history.jsonl",
            "post-history.jsonl", "earlier-rounds.jsonl", "publications.jsonl", "populations.json", "samples.json", "upcoming.jsonl", "index.html")  # fmt: skip
_FOLDERS = ("work", "vault")
_SITES_AT_ONCE = 6
_SCANS = 60  # pictures and scans of one site that are recognised, seconds each
_LISTS, _SWEPT_LISTS = 60, 2000


@dataclass(frozen=True, slots=True)
class Inspected:
    """What a finished run says on the screen."""

    out: Path
    summary: dict[str, Any]


def inspect(
    registry: Registry, settings: Settings, *, progress: Progress, clock: Clock = lambda: datetime.now(UTC)
) -> Inspected:
    """Inspect a ledger into `settings.out`. FolderFault, PlanFault and EditionError carry a sentence for people."""
    folder = Folder(settings.out)
    registry = in_full(registry)
    edition = load_edition(settings.edition, settings.overlays)
    planned = plan(registry, relevant(all_checks().values(), only=settings.checks), only=settings.only)
    if _already_done(folder, settings):
        progress("上次检查已经做完，没有需要接着做的")
        if settings.documents and not (settings.out / "index.html").is_file():
            _publish(folder, Folder(settings.previous) if settings.previous else None, progress)
        return Inspected(settings.out, folder.read_json("summary.json") or {})
    if (aside := _prepare(folder, settings, registry, edition, clock)) is not None:
        progress(f"{folder.path} 里原来做完的检查和证据移到了 {aside}")
    probes = _probes(settings)
    with_store = WorkStore(settings.out / "work" / "state.sqlite")
    vault = WarcVault(settings.out / "vault", vaults_behind(settings.out))
    if (position := with_store.meta("vault")) is not None:
        vault.truncate(int(position))
    with_store.tie_to(vault.position)
    if folder.run().get("complete"):  # done before, with a smaller budget
        with_store.reopen_skipped(OVER_BUDGET)
        folder.write_json("run.json", {**folder.run(), "max_pages": settings.max_pages, "complete": False})
    try:
        asyncio.run(_gather(planned, settings, edition, with_store, vault, progress))
        progress("读取完毕，正在汇总")
        looker = _looker(planned, settings, edition)
        for site in planned.sites:
            recognise_scans(site.ref, store=with_store, vault=vault, looker=looker, most=_SCANS, progress=progress)
            learn(site.ref, store=with_store, vault=vault, looker=looker)
        with_store.commit(vault_position=vault.position())
        _conclude(planned, settings, edition, with_store, vault, folder, probes, clock)
    finally:
        with_store.close()
        vault.close()
    previous = Folder(settings.previous) if settings.previous else None
    if previous is not None:
        take_over_decisions(folder, previous)
    judge_into(folder, edition=edition, previous=previous, reviews=folder.reviews())
    _finish(folder, clock)
    if settings.documents:
        progress("正在写通报和清单")
        _publish(folder, previous, progress)
    return Inspected(settings.out, folder.read_json("summary.json"))


def _publish(folder: Folder, previous: Folder | None, progress: Progress) -> None:
    """What writes documents is loaded when they are written: while pages are read it would only take memory."""
    if is_large(folder):
        publish_apart(folder, previous=previous, progress=progress)
        return
    from duwang.flow.publishing import publish

    publish(folder, previous=previous, progress=progress)


def _already_done(folder: Folder, settings: Settings) -> bool:
    if not settings.resume:
        return False
    run = folder.run()
    if run and run.get("asked") != plain(settings.fixed()):
        raise FolderFault(f"{folder.path} 里是另一次检查（监测时间点、名录或指标不同），不能接着做；请换一个目录")
    return bool(run.get("complete")) and settings.max_pages <= int(run.get("max_pages", settings.max_pages))


def _prepare(folder: Folder, settings: Settings, registry: Registry, edition: Edition, clock: Clock) -> Path | None:
    """A fresh run starts empty, with a person's reviews kept; a resumed one keeps its work. A finished run that it takes the place of is
    set aside: where, None when there is none."""
    fresh, aside = not (settings.resume and (folder.path / "run.json").is_file()), None
    if fresh:
        if folder.run().get("complete"):
            aside = set_aside_round(folder.path, (*_RESULTS, *_FOLDERS), also=("reviews.jsonl", "cases.jsonl"))
        for name in _RESULTS:
            (folder.path / name).unlink(missing_ok=True)
        for name in _FOLDERS:
            shutil.rmtree(folder.path / name, ignore_errors=True)
        folder.write_json("registry.json", without_folder(registry))
        planned = plan(registry, (), only=settings.only)
        refs = [site.ref for site in planned.sites] + [account.ref for account in planned.accounts]
        folder.write_json("run.json", {**_run(settings, edition, clock), "planned": refs if settings.only else []})
    return aside


def _run(settings: Settings, edition: Edition, clock: Clock) -> dict[str, Any]:
    span = settings.period
    return {
        "as_of": settings.as_of,
        "period": {"name": span.name, "start": span.start, "end": span.end, "in_words": span.in_words()}
        if span
        else None,
        **edition_stamp(edition, settings.edition, settings.overlays),
        "versions": {"duwang": __version__},
        "asked": settings.fixed(),
        "max_pages": settings.max_pages,
        "previous": os.path.relpath(settings.previous, settings.out) if settings.previous else "",
        "started": clock(),
        "finished": None,
        "complete": False,
    }


def _finish(folder: Folder, clock: Clock) -> None:
    folder.write_json("run.json", {**folder.run(), "finished": clock(), "complete": True})


def vaults_behind(folder: Path) -> list[Path]:
    """The vaults of the rounds before this folder's, the last one first: unchanged content lies there."""
    found: list[Path] = []
    before = str(Folder(folder).run().get("previous") or "")
    while before and (folder := (folder / before).resolve()) / "vault" not in found and (folder / "run.json").is_file():
        found.append(folder / "vault")
        before = str(Folder(folder).run().get("previous") or "")
    return found


def _probes(settings: Settings) -> list[Probe]:
    return read_probes(settings.probes) if settings.probes else []


async def _gather(
    planned: Plan, settings: Settings, edition: Edition, store: WorkStore, vault: WarcVault, progress: Progress
) -> None:
    fetching = FetchSettings(delay=settings.delay, allow_private=settings.allow_loopback)
    looker = _looker(planned, settings, edition)
    clock = looker.clock
    sites = [site for site in planned.sites if not site_off(site, planned.registry, settings.as_of)]
    async with AsyncExitStack() as stack:
        fetcher = await stack.enter_async_context(Fetcher(fetching))
        courtesy = RobotsBook(fetcher.fetch)
        earlier = _earlier(settings)
        if earlier is not None:
            stack.callback(earlier.close)
        browser = await _browser(stack, settings)
        gatherer = Gatherer(
            store,
            vault,
            fetcher,
            looker,
            _attachment,
            settings.max_pages,
            courtesy,
            earlier,
            browser.render if browser else None,
            revisits(Folder(settings.previous)) if settings.previous else {},
            sheets=SheetBook(store, vault, fetcher) if settings.check_links else None,
        )
        links = LinkWalk(store, fetcher, courtesy, settings.max_pages)
        reader = AccountReader(planned.registry, store, vault, fetcher)
        gate = asyncio.Semaphore(_SITES_AT_ONCE)
        asked = {check.id for check in planned.checks}

        async def first_look(site: Site) -> None:
            async with gate:
                progress(f"正在读取 {site.name}（{site.home}）")
                await gatherer.site(site, planned.registry.columns_of(site.code), _scope(site, settings, clock))
                if settings.check_links:
                    await links.first(site.ref, host_of(site.home))
                await try_out(site, store=store, vault=vault, fetcher=fetcher)
                await browse(
                    site, asked, store=store, vault=vault, fetcher=fetcher, browser=browser, pages=settings.browser_pages,
                    seed=f"{site.code} {settings.as_of}",
                )  # fmt: skip
                progress(f"{site.name} 读取 {store.count(site.ref, state='done')} 个地址")

        async def second_look(site: Site) -> None:
            async with gate:
                await gatherer.again(site, planned.registry.columns_of(site.code), _scope(site, settings, clock))
                if settings.check_links:
                    await links.first(site.ref, host_of(site.home))
                    await links.again(site.ref, host_of(site.home))

        async def all_accounts() -> None:
            for account in planned.accounts:
                if not account_off(account):
                    await reader.gather(account)

        await asyncio.gather(all_accounts(), *(first_look(site) for site in sites))
        if any(gatherer.unsettled(site) or links.unsettled(site.ref) for site in sites):
            if settings.second_look_after:
                progress(f"有打不开的地址，{settings.second_look_after:g}秒后再看一次")
                await asyncio.sleep(settings.second_look_after)
            await asyncio.gather(*(second_look(site) for site in sites))


def _earlier(settings: Settings) -> WorkStore | None:
    """The work of the last round, when it is still there: it knows what has not changed since."""
    path = settings.previous / "work" / "state.sqlite" if settings.previous else None
    return WorkStore(path) if path is not None and path.is_file() else None


async def _browser(stack: AsyncExitStack, settings: Settings) -> Browser | None:
    """None where no browser is installed."""
    if not (program := browser_program()):
        return None
    return await stack.enter_async_context(Browser(program, allow_private=settings.allow_loopback))


def _looker(planned: Plan, settings: Settings, edition: Edition) -> Looker:
    asked = settings.lists.settings(edition.settings)
    clock = PageClock.of(Folder(settings.previous) if settings.previous else None)
    return Looker(tuple(check for check in planned.checks if check.on is Document), asked, settings.as_of, clock)


def _scope(site: Site, settings: Settings, clock: PageClock) -> Scope:
    """What of a site is opened: the period, or further back for a full sweep."""
    span = settings.period
    swept = settings.everything or settings.since is not None
    since = settings.since if swept else span.start if span else None
    until = None if swept or span is None else span.end
    lists = _SWEPT_LISTS if swept else _LISTS
    return Scope(site.ref, host_of(site.home), since, until, list_pages=lists, filled_in=clock.filled_in)


def _attachment(body: bytes, url: str, content_type: str) -> Any:
    return read_isolated(body, url.rsplit("/", 1)[-1], content_type)


def _conclude(
    planned: Plan, settings: Settings, edition: Edition, store: WorkStore, vault: WarcVault, folder: Folder,
    probes: Sequence[Probe], clock: Clock,
) -> None:  # fmt: skip
    previous = Folder(settings.previous) if settings.previous else None
    assembler = Assembler(
        Ownership.of(planned.registry), settings.as_of, _first_seen(previous),
        white=settings.lists.white, records=settings.lists.records,
    )  # fmt: skip
    reader = AccountReader(planned.registry, store, vault, _NoFetcher())
    concluder = Concluder(
        planned,
        store,
        vault,
        _looker(planned, settings, edition),
        assembler,
        reader,
        probes,
        edition.min_seen,
        _in_period(settings),
        again := outstanding_targets(previous),
        past := past_lives(previous),
        before := past_posts(previous),
    )
    coverage = concluder.conclude()
    folder.write_json("coverage.json", coverage)
    folder.write_json(POPULATIONS, concluder.populations)
    posts = post_states(planned.accounts, reader=reader, takes=_in_period(settings), again=again)
    folder.write_lines(HISTORY, lives(planned.sites, past, as_of=settings.as_of, store=store))
    folder.write_lines(posthistory.HISTORY, posthistory.after(concluder.accounts_seen, before, as_of=settings.as_of))
    folder.write_lines("pages.jsonl", [*page_states(planned.sites, store=store), *posts])
    folder.write_lines("outcomes.jsonl", assembler.sorted_outcomes())
    folder.write_lines("findings.jsonl", assembler.sorted_findings())
    folder.write_lines(
        "publications.jsonl", publications(planned, store=store, reader=reader, takes=_in_period(settings))
    )
    folder.write_lines(UPCOMING, sorted(concluder.upcoming, key=lambda one: one.target))
    folder.write_lines("probes.jsonl", [*probes, *_visits(planned, store, clock)])


def _first_seen(previous: Folder | None) -> dict[str, date]:
    if previous is None:
        return {}
    return {line["fingerprint"]: date.fromisoformat(line["first_seen"]) for line in history_of(previous)}


def _in_period(settings: Settings) -> Any:
    span = settings.period
    scope = Scope("", "", span.start if span else None, span.end if span else None)
    return scope.takes


def _visits(planned: Plan, store: WorkStore, clock: Clock) -> list[Probe]:
    """This run's own visit of every home page."""
    visits = []
    for site in planned.sites:
        for row in store.finished(site.ref):
            if row.role == "home":
                result = row.result or {}
                visits.append(
                    Probe(site.ref, clock(), bool(result["ok"]), int(result["ms"]), result["status"], result["reason"])
                )
            break
    return visits


class _NoFetcher:
    async def fetch(self, request: Any) -> Any:
        raise RuntimeError("no fetching after the gathering")
