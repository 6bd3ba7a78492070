"""From everything that was read to outcomes, findings and coverage: one outcome for every planned pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from duwang.checks.check import Check
from duwang.flow import accounts as seeing
from duwang.flow import places
from duwang.flow.assembling import Assembler
from duwang.flow.looking import Look, Looker, look_once
from duwang.flow.pagehistory import PageLife, earlier_pages
from duwang.flow.planning import Plan, account_off, site_off
from duwang.flow.populations import populations_of
from duwang.flow.ports import Vault
from duwang.flow.posthistory import AccountPast, dated
from duwang.flow.sightings import Sighting, Sightings
from duwang.flow.upcoming import Upcoming, upcoming, upcoming_account
from duwang.flow.work import PageRow, WorkStore
from duwang.judge.rounds import READ
from duwang.model.capturing import Role
from duwang.model.findings import Draft
from duwang.model.material import AccountView, Document, LetterView, Listing, PageDigest, Probe, SiteView
from duwang.model.refs import address_key
from duwang.model.registry import Account, Site


@dataclass(frozen=True, slots=True)
class Concluder:
    """Turns one run's store into records. `takes` says whether a post's date lies in the period."""

    plan: Plan
    store: WorkStore
    vault: Vault
    looker: Looker
    assembler: Assembler
    reader: seeing.AccountReader
    probes: Sequence[Probe]
    min_seen: float
    takes: Callable[[Any], bool]
    again: Collection[str] = frozenset()
    lives: Mapping[str, PageLife] = field(default_factory=dict)
    posts_before: Mapping[str, AccountPast] = field(default_factory=dict)
    accounts_seen: list[AccountView] = field(default_factory=list)
    populations: dict[str, dict[str, list[str]]] = field(default_factory=dict)
    upcoming: list[Upcoming] = field(default_factory=list)

    def conclude(self) -> dict[str, Any]:
        """Fill the assembler; returns coverage by target."""
        coverage = {}
        for site in self.plan.sites:
            coverage[site.ref] = self._site(site)
        for account in self.plan.accounts:
            coverage[account.ref] = self._account(account)
        if self.plan.letters:
            self._letters()
        return dict(sorted(coverage.items()))

    def _site(self, site: Site) -> dict[str, Any]:
        columns = self.plan.registry.columns_of(site.code)
        if why := site_off(site, self.plan.registry, self.looker.as_of):
            self._skip_site(site, [column.ref for column in columns], why)
            return places.coverage_of(site, (), store=self.store)
        listings = [places.listing_of(column, store=self.store) for column in columns]
        probes = [probe for probe in self.probes if probe.target == site.ref]
        view = places.site_view(
            site, listings, probes=probes, registry=self.plan.registry, store=self.store, vault=self.vault
        )
        view = replace(view, earlier=earlier_pages(site.ref, self.lives))
        coverage = places.coverage_of(site, listings, store=self.store)
        self.upcoming.extend(upcoming(site, listings, settings=self.looker.settings, as_of=self.looker.as_of))
        if site.kind == "门户":
            self.populations[site.ref] = populations_of(view, at=self.looker.as_of)
        self._pages(site, view, coverage)
        for check in self.plan.checks:
            if check.on is SiteView:
                self._subject(check, view, sha256=view.home.sha256 if view.home else "")
            elif check.on is Listing:
                for listing in listings:
                    self._subject(check, listing, sha256=listing.sha256)
        return coverage

    def _skip_site(self, site: Site, columns: Sequence[str], why: str) -> None:
        for check in self.plan.checks:
            targets = (
                columns
                if check.on is Listing
                else [site.ref]
                if check.on in (SiteView, Document) and "site" in check.places
                else []
            )
            for target in targets:
                self.assembler.add(check, target, (), skipped=why)

    def _pages(self, site: Site, view: SiteView, coverage: dict[str, Any]) -> None:
        """Outcomes of the page checks; CLEAN only when enough of the known pages was read."""
        seen = Sightings(frozenset(check.id for check in self.plan.checks if check.folds))
        faults: dict[str, set[str]] = defaultdict(set)
        for row in self.store.finished(site.ref):
            self._collect(row, seen, faults)
        for check in self.plan.checks:
            if check.on is Document and "site" in check.places:
                unknown = self._unseen(view, coverage) or "；".join(sorted(faults[check.id])[:3])
                self.assembler.add(check, site.ref, seen.of(check.id, site.ref), unknown=unknown, ready=True)
        seen.close()

    def _collect(self, row: PageRow, seen: Sightings, faults: dict[str, set[str]]) -> None:
        result = row.result or {}
        for check, reason in result.get("faults", {}).items():
            faults[check].add(reason)
        if drafts := result.get("drafts"):
            page = self._page_linking(row)
            printed = tuple(text for text in (page.result or {}).get("printed_by", ()) if text)
            known = {"page": row.url, "printed": printed, "column": page.column, "sha256": result.get("sha256", "")}
            for check, records in drafts.items():
                for record in records:
                    seen.add(check, record, **known)

    def _page_linking(self, row: PageRow) -> PageRow:
        """An attachment prints no unit: the page that links it answers for it."""
        found = bool((row.result or {}).get("drafts")) and row.role in (Role.ATTACHMENT, Role.PICTURE) and row.referer
        return (self.store.page(row.owner, address_key(row.referer)) if found else None) or row

    def _unseen(self, view: SiteView, coverage: dict[str, Any]) -> str:
        if not coverage["pages"]["read"]:
            return f"网站没有读到：{view.home_failure or '首页未打开'}"
        if coverage["seen"] < self.min_seen:
            return f"应读{coverage['pages']['known']}页，只读到{coverage['pages']['read']}页，不足{self.min_seen:.0%}"
        return ""

    def _subject(self, check: Check, subject: Any, *, sha256: str = "") -> None:
        """One site, column, account or letter against one check."""
        seen = look_once(check, subject, settings=self.looker.settings, as_of=self.looker.as_of)
        pages = _about(seen.drafts, subject) if seen.drafts and isinstance(subject, SiteView) else {}
        sightings = [_placed(draft, pages, sha256) for draft in seen.drafts]
        self.assembler.add(check, subject.target, sightings, unknown=seen.unknown, skipped=seen.skipped)

    def _account(self, account: Account) -> dict[str, Any]:
        why = account_off(account)
        view, sha256 = self.reader.view(account)
        view = dated(view, self.posts_before.get(account.ref))
        self.accounts_seen.append(view)
        self.upcoming.extend(upcoming_account(view, settings=self.looker.settings, as_of=self.looker.as_of))
        for check in self.plan.checks:
            if check.on is AccountView:
                self._subject(check, view, sha256=sha256)
        checks = [check for check in self.plan.checks if check.on is Document and "account" in check.places]
        if why:
            for check in checks:
                self.assembler.add(check, view.target, (), skipped=why)
        else:
            self._posts(checks, view, sha256)
        return seeing.coverage_of(view)

    def _posts(self, checks: Sequence[Check], view: AccountView, sha256: str) -> None:
        """Post by post: what one check works out of a text, the next one takes up."""
        looks: dict[str, list[tuple[Document, Look]]] = {check.id: [] for check in checks}
        for post in view.posts or ():
            if not self.takes(post.published) and post.ref not in self.again:
                continue
            for check in checks:
                look = look_once(check, post, settings=self.looker.settings, as_of=self.looker.as_of)
                looks[check.id].append((post, look))
        for check in checks:
            sightings = [
                Sighting(draft, sha256=post.sha256 or sha256) for post, look in looks[check.id] for draft in look.drafts
            ]
            faults = {look.unknown for _, look in looks[check.id] if look.unknown}
            unknown = view.failure if view.posts is None else "；".join(sorted(faults)[:3])
            self.assembler.add(check, view.target, sightings, unknown=unknown)

    def _letters(self) -> None:
        for check in self.plan.checks:
            if check.on is LetterView:
                for letter in self.plan.registry.letters:
                    self._subject(check, LetterView(letter, self.plan.registry))


def _about(drafts: Sequence[Draft], site: SiteView) -> dict[str, PageDigest]:
    """The pages that a site check's findings name, by ref and by address."""
    named = {draft.target for draft in drafts} | {draft.url for draft in drafts}
    found: dict[str, PageDigest] = {}
    for page in site.pages:
        if page.ref in named:
            found.setdefault(page.ref, page)
        if page.url in named:
            found[page.url] = page
    return found


def _placed(draft: Draft, pages: Mapping[str, PageDigest], sha256: str) -> Sighting:
    """A site check's finding about one page is owned as that page is; one that names who answers, by that unit."""
    shown = pages.get(draft.url)
    content = shown.sha256 if shown else sha256
    if answers := draft.facts.get("answers"):
        return Sighting(draft, (str(answers),), sha256=content)
    if page := pages.get(draft.target):
        return Sighting(draft, page.printed_by, page.column, page.sha256)
    return Sighting(draft, sha256=content)


def page_states(sites: Sequence[Site], *, store: WorkStore) -> Iterator[dict[str, str]]:
    """Every page asked for and whether it was read: what tells rectified, withdrawn and cannot-tell apart next round."""
    for site in sites:
        for row in store.results(site.ref):
            yield {"ref": f"{site.ref}/page/{row.key}", "state": _state(row.result or {})}


def post_states(
    accounts: Sequence[Account], *, reader: seeing.AccountReader, takes: Callable[[Any], bool], again: Collection[str]
) -> Iterator[dict[str, str]]:
    """Every post that was looked at."""
    for account in accounts:
        for post in () if account_off(account) else reader.view(account)[0].posts or ():
            if takes(post.published) or post.ref in again:
                yield {"ref": post.ref, "state": READ}


def _state(result: Mapping[str, Any]) -> str:
    """read, 404, 410 or the reason; an attachment that cannot be parsed was not read."""
    if result.get("ok"):
        unparsed = result.get("attachment") not in (None, "text")
        return str(result.get("detail") or f"附件不能解析（{result['attachment']}）") if unparsed else READ
    return str(result["status"]) if result.get("status") in (404, 410) else str(result.get("reason", ""))
