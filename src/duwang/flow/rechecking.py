"""The verb recheck: capture again what open cases name, and decide: rectified, not rectified, or cannot tell, with the reason."""

from __future__ import annotations

import asyncio
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from duwang.capture.fetcher import Fetcher, FetchSettings
from duwang.cases.recheck import EVENTS, Reason, Recheck, decide
from duwang.cases.states import State, after
from duwang.checks.check import Check, all_checks
from duwang.flow.folder import Folder, FolderFault
from duwang.flow.judging import edition_of, scope_of
from duwang.flow.link_verdicts import verdict_of
from duwang.flow.looking import look_once
from duwang.flow.ports import Progress
from duwang.flow.rechecking_links import link_again, sheets_of
from duwang.flow.records import case_from
from duwang.flow.settings import Settings
from duwang.flow.wordlists import Wordlists
from duwang.judge.edition import Edition
from duwang.model.capturing import Capture, Request, Role
from duwang.model.findings import Finding, Outcome, Status
from duwang.model.material import Document
from duwang.model.refs import address_key, owner_of, page_ref
from duwang.model.registry import Registry
from duwang.model.verdicts import Case
from duwang.reading.any_file import AttachmentFault, read_any
from duwang.reading.page import read_page
from duwang.reading.styling import Sheets

_HIDDEN = "security/hidden-link"
_LINKS = ("reach/broken-link", "reach/broken-image", "reach/broken-attachment")
_LINK = {
    True: (Status.CLEAN, Reason.RECTIFIED),
    False: (Status.FOUND, Reason.NOT_RECTIFIED),
    None: (Status.UNKNOWN, Reason.CANNOT_TELL),
}
_OPEN = (State.TO_RECTIFY, State.ANSWERED, State.NOT_RECTIFIED, State.CANNOT_TELL)


@dataclass(frozen=True, slots=True)
class Answer:
    """What a second look at one finding said."""

    status: Status
    reason: Reason
    why: str


_NO_RECORD = Answer(Status.UNKNOWN, Reason.CANNOT_TELL, "工单没有对应的检查记录，需要人工复查")


def recheck(
    folder: Folder, *, ids: Sequence[str], as_of: date, delay: float, allow_loopback: bool, progress: Progress,
    lists: Wordlists | None = None,
) -> list[dict[str, Any]]:  # fmt: skip
    """Re-check open cases and write cases.jsonl; one line `{"id","org","state","reason","why"}` for each, sorted by id. `lists`: the word lists
    and white list of the office, as at the inspection."""
    cases = [case_from(line) for line in folder.read_lines("cases.jsonl")]
    chosen = _chosen(cases, ids)
    findings = {finding.fingerprint: finding for finding in folder.findings()}
    registry = scope_of(folder)
    run = folder.run()
    edition = edition_of(folder)
    wanted = [findings[case.fingerprint] for case in chosen if case.fingerprint in findings]
    progress(f"复查{len(chosen)}件工单")
    asked = str(run["asked"]["registry"])
    looker = _SecondLook(registry, edition, as_of, delay, allow_loopback, asked, lists or Wordlists())
    answers = looker.answers(wanted)
    kept, lines = [], []
    for case in cases:
        if case in chosen:
            answer = answers.get(case.fingerprint) or _NO_RECORD
            reason = answer.reason.value
            case = after(case, EVENTS[answer.status], at=as_of, why=answer.why, reason=reason)
            lines.append({"id": case.id, "org": case.org, "state": case.state, "reason": reason, "why": answer.why})
        kept.append(case)
    folder.write_lines("cases.jsonl", kept)
    return sorted(lines, key=lambda line: str(line["id"]))


def _chosen(cases: Sequence[Case], ids: Sequence[str]) -> list[Case]:
    if missing := set(ids) - {case.id for case in cases}:
        raise FolderFault(f"没有工单“{'、'.join(sorted(missing))}”")
    return [case for case in cases if case.state in _OPEN and (not ids or case.id in ids)]


@dataclass(frozen=True, slots=True)
class _SecondLook:
    registry: Registry
    edition: Edition
    as_of: date
    delay: float
    allow_loopback: bool
    registry_path: str
    lists: Wordlists

    def answers(self, findings: Iterable[Finding]) -> dict[str, Answer]:
        """Fingerprint → answer: pages and links are fetched again; columns, sites and accounts are inspected again."""
        pages, links, whole = [], [], defaultdict(list)
        for finding in findings:
            check = all_checks().get(finding.check)
            if finding.check in _LINKS:
                links.append(finding)
            elif check is not None and check.on is Document and finding.target.startswith("site/"):
                pages.append((check, finding))
            else:
                whole[owner_of(finding.target)].append(finding)
        found = asyncio.run(self._fetched(pages, links))
        for owner, group in whole.items():
            found |= self._inspected(owner, group)
        return found

    async def _fetched(self, pages: Sequence[tuple[Check, Finding]], links: Sequence[Finding]) -> dict[str, Answer]:
        settings = FetchSettings(delay=self.delay, allow_private=self.allow_loopback)
        seen: dict[str, Capture] = {}
        async with Fetcher(settings) as fetcher:

            async def capture(url: str) -> Capture:
                if url not in seen:
                    seen[url] = await fetcher.fetch(Request(url, Role.ARTICLE))
                return seen[url]

            dead = sorted({str(finding.facts.get("dead_url", "")) for finding in links} - {""})
            for url in dead:
                await capture(url)
            sheets: dict[str, Sheets | None] = {}
            for url in sorted({url for _, finding in pages for url in _places(finding)}):
                await capture(url)
            for url in sorted({url for check, finding in pages if check.id == _HIDDEN for url in _places(finding)}):
                if seen[url].ok:
                    sheets[url] = await sheets_of(seen[url], url, capture)
            for url in filter(lambda url: _looks_dead(seen[url]), dead):  # two looks in one run, as in an inspection
                seen[url] = await fetcher.fetch(Request(url, Role.ARTICLE))
            again = {finding.fingerprint: await link_again(finding, _places(finding), capture) for finding in links}
        answers = {finding.fingerprint: self._page(check, finding, seen, sheets) for check, finding in pages}
        return answers | {one: Answer(*_LINK[rectified], why) for one, (rectified, why) in again.items()}

    def _page(
        self, check: Check, finding: Finding, seen: dict[str, Capture], sheets: dict[str, Sheets | None]
    ) -> Answer:
        """The same quote in the same surroundings is not rectified, wherever the page went; a page that is gone is; one that fails
        cannot tell."""
        places = _places(finding)
        gone, others, unread, moved, away = 0, 0, "", "", ""
        beside: list[str] = []
        for url in places:
            capture = seen[url]
            if capture.status in (404, 410):
                gone += 1
                continue
            if not capture.ok:
                unread = f"{url} {capture.reason}"
                continue
            led = capture.final_url if address_key(capture.final_url or url) != address_key(url) else ""
            settings = self.lists.settings(self.edition.settings)
            look = look_once(
                check, self._document(capture, url, finding, sheets.get(url)), settings=settings, as_of=self.as_of
            )
            if look.unknown:
                unread = look.unknown
            for draft in look.drafts:
                if self.lists.white.allows(check.id, draft.quote, target=finding.target, on=self.as_of):
                    continue
                if draft.quote == finding.quote and (check.folds or draft.context == finding.facts.get("context", "")):
                    if not led:
                        return Answer(Status.FOUND, Reason.NOT_RECTIFIED, f"问题仍在：{url}")
                    moved = led
                elif draft.quote == finding.quote:
                    beside.append(url)
                others += 1
            if led and not moved and not beside:
                away = f"{url}转到了{led}，没有找到原来的内容"
        if away and not (unread or moved or beside):
            return Answer(Status.UNKNOWN, Reason.MOVED, away)
        fine = Outcome(finding.target, finding.check, Status.CLEAN)
        status, reason, why = decide(
            finding.fingerprint, Recheck(fine, (), tuple(dict.fromkeys(beside)), gone == len(places), moved, unread)
        )
        more = f"，同页另有同类问题{others}处" if status is Status.CLEAN and others else ""
        return Answer(status, reason, f"{why}{more}")

    def _document(self, capture: Capture, url: str, finding: Finding, sheets: Sheets | None) -> Document:
        owner = owner_of(finding.target)
        try:
            document = read_any(
                capture.body, name=url.rsplit("/", 1)[-1], content_type=capture.content_type, url=capture.final_url
            )
        except AttachmentFault:
            document = Document(url=url)
        if sheets is not None:
            at, kind = capture.final_url or url, capture.content_type
            document = read_page(capture.body, url=at, content_type=kind, sheets=sheets).document()
        site = next((one for one in self.registry.sites if one.ref == owner), None)
        kind = document.kind
        if site is not None and address_key(site.home) == address_key(url):
            kind = "home"
        elif any(
            address_key(column.url) == address_key(url)
            for column in self.registry.columns_of(site.code if site else "")
        ):
            kind = "list"
        return replace(
            document,
            url=url,
            owner=owner,
            ref=page_ref(owner, url),
            kind=kind,
            page_url=str(finding.facts.get("page", "")),
        )

    def _inspected(self, owner: str, group: Sequence[Finding]) -> dict[str, Answer]:
        """A small inspection of one site or account with just these checks."""
        from duwang.flow.inspection import inspect

        with tempfile.TemporaryDirectory() as place:
            asked = Settings(
                out=Path(place) / "recheck", as_of=self.as_of, edition=self.edition.name,
                overlays=tuple(overlay.name for overlay in self.edition.overlays), only=(owner,),
                checks=tuple(sorted({finding.check for finding in group})), max_pages=400, delay=self.delay,
                allow_loopback=self.allow_loopback, check_links=False, documents=False, lists=self.lists,
            )  # fmt: skip
            base = Path(self.registry_path)
            folder = str(base if base.is_dir() else base.parent) if "://" not in self.registry_path else ""
            inspect(replace(self.registry, folder=folder), asked, progress=lambda message: None)
            again = Folder(asked.out)
            found = {finding.fingerprint for finding in again.findings()}
            told = {(outcome.target, outcome.check): outcome for outcome in again.outcomes()}
        return {finding.fingerprint: _compared(finding, found, told) for finding in group}


def _looks_dead(capture: Capture) -> bool:
    return verdict_of(ok=capture.ok, status=capture.status, failure=capture.failure) == "dead"


def _compared(finding: Finding, found: set[str], told: dict[tuple[str, str], Outcome]) -> Answer:
    outcome = told.get((finding.target, finding.check)) or told.get((owner_of(finding.target), finding.check))
    if outcome is None:
        return Answer(Status.UNKNOWN, Reason.MOVED, "名录里没有这个对象了，或者它换了地址")
    if outcome.status is Status.FOUND and finding.target == outcome.target and finding.fingerprint not in found:
        return Answer(Status.FOUND, Reason.NOT_RECTIFIED, "重新检查，仍有同类问题")
    return Answer(*decide(finding.fingerprint, Recheck(outcome, found)))


def _places(finding: Finding) -> list[str]:
    places = finding.facts.get("places")
    return [str(url) for url in places] if isinstance(places, list) and places else [finding.url]
