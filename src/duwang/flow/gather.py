"""Reading one website: level by level, every page recorded in one transaction with what it leads to."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, Protocol
from urllib.parse import urljoin

from duwang.flow.attachments import looked_at, settle
from duwang.flow.limits import TooLong, at_most
from duwang.flow.looking import Looker
from duwang.flow.pictures import PICTURES, choose, codes_of, pictures_of, read_of
from duwang.flow.ports import Fetcher, Vault
from duwang.flow.sheets import SheetBook
from duwang.flow.traps import Yields, in_turn, plain_address, trapped, worth_following
from duwang.flow.visiting import Renderer, as_seen, is_html, is_json
from duwang.flow.work import ItemRow, NewPage, PageRow, WorkStore
from duwang.model.capturing import Capture, Failure, Request, Role
from duwang.model.material import Document
from duwang.model.refs import address_key, host_of, page_ref
from duwang.model.registry import Column, Site
from duwang.platforms import website
from duwang.platforms.cms import is_data, read_listing
from duwang.platforms.website import Scope, Step
from duwang.reading.attachment import AttachmentText
from duwang.reading.isolated import recognise_isolated
from duwang.reading.missing import says_missing, wants_login
from duwang.reading.page import Page, read_page
from duwang.reading.sketch import sketch

AttachmentReader = Callable[[bytes, str, str], AttachmentText]
OUT_OF_SCOPE = "out-of-scope"
OVER_BUDGET = "budget"
TRAP = "trap"
_BATCH = 40
_PORTION = 1000
_READ_SECONDS = 10


class Courtesy(Protocol):
    """Says whether a host's robots.txt lets an address be read."""

    async def allows(self, url: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class Gatherer:
    """What reading a site needs; shared by all sites of a run. `sheets` reads the linked style sheets. `earlier` is the work store of the last round: what has not
    changed since is not transferred again. `render` shows a page as a browser does, None without one. `revisit`: site ref → pages
    with problems of earlier rounds, read whatever the period."""

    store: WorkStore
    vault: Vault
    fetcher: Fetcher
    looker: Looker
    read_attachment: AttachmentReader
    max_pages: int
    courtesy: Courtesy
    earlier: WorkStore | None = None
    render: Renderer | None = None
    revisit: Mapping[str, Sequence[NewPage]] = field(default_factory=dict)
    connections: int = 6
    sheets: SheetBook | None = None
    read_picture: AttachmentReader = recognise_isolated

    async def site(self, site: Site, columns: Sequence[Column], scope: Scope) -> None:
        """Read the site to its end or its budget; picks up where a killed run stopped."""
        self._plan(site, columns)
        await self._absent(site)
        await self._levels(site, columns, scope)

    async def again(self, site: Site, columns: Sequence[Column], scope: Scope) -> None:
        """The second look at what failed, later in the run, and at what that leads to."""
        if not self.store.note(site.ref, "second-look"):
            self.store.reopen(site.ref)
            self.store.set_note(site.ref, "second-look", True)
            self._commit()
        await self._levels(site, columns, scope)

    def unsettled(self, site: Site) -> bool:
        """True when something failed and was not looked at twice."""
        return not self.store.note(site.ref, "second-look") and any(
            row.result is not None and not row.result["ok"] for row in self.store.results(site.ref)
        )

    async def _levels(self, site: Site, columns: Sequence[Column], scope: Scope) -> None:
        while (level := self._next_level(site.ref, columns, scope)) is not None:
            if level in (website.ATTACHMENTS, PICTURES):
                settle(site.ref, level, store=self.store)
                if level == PICTURES:
                    choose(site.ref, store=self.store)
                self._commit()
            elif level > 0:
                self._settle_items(site.ref, columns, scope)
                self._trim(site.ref, level)
            while rows := self.store.pending(site.ref, level, limit=_PORTION):
                await self._read_all(rows, scope, obeys=site.obeys_robots)
                self._commit()

    def _next_level(self, owner: str, columns: Sequence[Column], scope: Scope) -> int | None:
        """The level to read next; lists are settled even when nothing follows them, for what is to be visited again."""
        level = self.store.next_level(owner)
        if level is None and not self.store.note(owner, "settled-items"):
            self._settle_items(owner, columns, scope)
            level = self.store.next_level(owner)
        return level

    async def _absent(self, site: Site) -> None:
        """What the site answers for an address that cannot exist: pages that look the same are no pages."""
        if self.store.note(site.ref, "absent") is not None:
            return
        name = hashlib.sha256(site.home.encode()).hexdigest()[:12]
        capture = await self.fetcher.fetch(Request(urljoin(site.home, f"/{name}.html"), Role.PROBE, site.ref))
        seen: dict[str, Any] = {"status": capture.status, "body_sha256": ""}
        if (
            capture.ok
            and capture.body
            and is_html(capture)
            and address_key(capture.final_url) != address_key(site.home)
        ):
            seen["body_sha256"] = digest(_read(capture, site.home).document())["body_sha256"]
        self.store.set_note(site.ref, "absent", seen)
        self._commit()

    def _plan(self, site: Site, columns: Sequence[Column]) -> None:
        if self.store.note(site.ref, "planned"):
            return
        steps = website.first_steps(site, columns)
        self.store.add_pages(site.ref, [_new_page(step, seq=n) for n, step in enumerate(steps)])
        self.store.set_note(site.ref, "planned", True)
        self._commit()

    def _settle_items(self, owner: str, columns: Sequence[Column], scope: Scope) -> None:
        """Once all lists are read: each article's column is the first of the ledger; items outside the period stay unread."""
        if self.store.note(owner, "settled-items"):
            return
        order = [column.ref for column in columns]
        closed: dict[str, str] = {}
        for item in self.store.items_in_turn(owner, order):
            if host_of(item.url) == scope.host and not scope.takes(date.fromisoformat(item.day) if item.day else None):
                closed.setdefault(item.key, item.url)
        again = self.revisit.get(owner, ())
        self.store.add_pages(owner, again)
        closed = {key: url for key, url in closed.items() if key not in {page.key for page in again}}
        self.store.add_pages(owner, [NewPage(key, url, Role.ARTICLE, 1) for key, url in closed.items()])
        self.store.skip(owner, list(closed), why=OUT_OF_SCOPE)
        self.store.place_pages(owner, order)
        self.store.set_note(owner, "settled-items", True)
        self._commit()

    def _trim(self, owner: str, level: int) -> None:
        """Keep the level within the page budget, the same way however often the run was killed."""
        if self.store.note(owner, f"trimmed-{level}"):
            return
        if level > 1:
            yields = Yields.of(self.store.results(owner))
            self.store.skip(owner, trapped(self.store.waiting(owner, level), yields), why=TRAP)
        room = max(0, self.max_pages - self.store.count_reading(owner))
        if self.store.count_waiting(owner, level) > room:
            waiting = in_turn(self.store.pending(owner, level))
            self.store.skip(owner, [row.key for row in waiting[room:]], why=OVER_BUDGET)
        self.store.set_note(owner, f"trimmed-{level}", True)
        self._commit()

    async def _read_all(self, rows: Sequence[PageRow], scope: Scope, *, obeys: bool) -> None:
        queue = iter(rows)
        done = 0

        async def worker() -> None:
            nonlocal done
            for row in queue:
                allowed = await self.courtesy.allows(row.url)
                if obeys and not allowed:
                    self.store.finish(row.owner, row.key, _refused())
                else:
                    await self._record(row, await self._seen(row), scope, unwanted=not allowed)
                done += 1
                if done % _BATCH == 0:
                    self._commit()

        workers = [asyncio.create_task(worker()) for _ in range(min(self.connections, max(1, len(rows))))]
        try:
            await asyncio.gather(*workers)
        finally:
            for task in workers:
                task.cancel()

    def _commit(self) -> None:
        self.store.commit(vault_position=self.vault.position())

    async def _seen(self, row: PageRow) -> Capture:
        """The page as a visitor ends up seeing it."""
        capture = await self._fetched(row)
        if row.role not in (Role.HOME, Role.LIST) or not is_html(capture):
            return capture
        asked = Request(row.url, Role(row.role), row.owner, row.column, row.number, referer=row.referer)
        return await as_seen(capture, asked, fetch=self.fetcher.fetch, render=self.render, as_of=self.looker.as_of)

    async def _fetched(self, row: PageRow) -> Capture:
        """The page; when the server says it has not changed, the content that the last round kept."""
        asked = Request(row.url, Role(row.role), row.owner, row.column, row.number, referer=row.referer)
        old = self._before(row)
        if old is None:
            return await self.fetcher.fetch(asked)
        capture = await self.fetcher.fetch(replace(asked, etag=old["etag"], modified=old["modified"]))
        if capture.status != 304:
            return capture
        headers = (
            *(pair for pair in capture.headers if pair[0].lower() != "content-type"),
            ("Content-Type", old["type"]),
        )
        return replace(capture, body=self.vault.read(old["sha256"]), sha256=old["sha256"], headers=headers)

    def _before(self, row: PageRow) -> dict[str, Any] | None:
        """What the last round knew of an address, when it can be asked whether it changed."""
        before = self.earlier.page(row.owner, row.key) if self.earlier else None
        old = before.result if before is not None and before.state == "done" else None
        if (
            not old
            or not old["ok"]
            or before is None
            or before.url != row.url
            or not (old.get("etag") or old.get("modified"))
        ):
            return None
        if not old.get("sha256") or not self.vault.holds(old["sha256"]):
            return None
        return {"etag": "", "modified": "", **old}

    async def _record(self, row: PageRow, capture: Capture, scope: Scope, *, unwanted: bool) -> None:
        unchanged = capture.status == 304
        result = _basics(replace(capture, status=200) if unchanged else capture)
        result["second_look"] = row.result is not None
        if unwanted:
            result["robots"] = True
        if unchanged:
            result["unchanged"] = True
        if result["ok"]:
            if row.role == Role.ATTACHMENT:
                text = await asyncio.to_thread(self.read_attachment, capture.body, row.url, capture.content_type)
                result.update(looked_at(row, text, self.looker))
            elif row.role == Role.PICTURE:
                text = await asyncio.to_thread(self.read_picture, capture.body, row.url, capture.content_type)
                result.update(read_of(row, text, self.looker))
                self.store.add_links(row.owner, row.key, list(codes_of(text, scope.host)))
            else:
                page = self._parsed(row, capture)
                if self.sheets is not None and page is not None and is_html(capture):
                    await self.sheets.fetch(row.owner, page)
                result.update(self._page(row, page, scope, redirected=bool(capture.redirects)))
        if capture.body and (row.role != Role.PICTURE or result.get("recognised")):
            whole = row.role == Role.HOME or any(not self._folds(check) for check in result.get("drafts", ()))
            result["sha256"] = self.vault.append(capture, whole=whole)
        self.store.finish(row.owner, row.key, result)

    def _folds(self, check: str) -> bool:
        """A repeat over many pages is proved by one of them; what stands on this page alone needs this page's content."""
        return any(one.folds for one in self.looker.checks if one.id == check)

    def _parsed(self, row: PageRow, capture: Capture) -> Page | None:
        """None for what is no page. Parsing alone is quick, whatever comes: what is asked of the page has its limit."""
        wanted = is_html(capture) or (row.role == Role.LIST and is_json(capture))
        return _read(capture, row.url) if wanted else None

    def _page(self, row: PageRow, page: Page | None, scope: Scope, *, redirected: bool) -> dict[str, Any]:
        """Read a page, look at it with every page check, and record where it leads, all before the next commit."""
        if page is None:
            return {"kind": "file"}
        try:
            with at_most(_READ_SECONDS):
                page.sheets = self.sheets.of(row.owner, page) if self.sheets else None
                document = placed(page.document(), row)
                listing = read_listing(page, as_of=self.looker.as_of) if row.role == Role.LIST else None
                step = Step(row.url, Role(row.role), row.level, row.column, row.number)
                known = dict.fromkeys(self._known(row.owner, listing.next_pages if listing else ()), "")
                found = website.reached(page, listing, step=step, scope=scope, known=known)
                read = digest(document) | {"holder": page.holder}
                read["missing"] = says_missing(page, redirected=redirected)
                read["login"] = wants_login(page, redirected=redirected)
        except TooLong:
            return _unread(f"页面太复杂，{_READ_SECONDS}秒内没有读完")
        except Exception as error:  # a page that the reader cannot stand must not end the run: it counts as not read
            return _unread(f"页面无法解析（{type(error).__name__}）")
        self._lead_on(row, found, scope)
        self.store.add_pages(row.owner, pictures_of(document, row))
        if listing is not None and is_data(page):
            return {"kind": "file"}
        read["script_made"] = bool(listing and listing.script_made)
        return {**read, **self.looker.look(document, place="site")}

    def _known(self, owner: str, urls: Sequence[str]) -> list[str]:
        keys = {address_key(url) for url in urls}
        return [key for key in keys if (row := self.store.page(owner, key)) is not None and row.role == Role.LIST]

    def _lead_on(self, row: PageRow, found: website.Reached, scope: Scope) -> None:
        items = [
            ItemRow(row.column, row.number, n, address_key(url := plain_address(item.url)), url, item.title,
                    item.on.isoformat() if item.on else "", item.raw, item.inferred)
            for n, (item, _) in enumerate(found.items)
        ]  # fmt: skip
        stuck = row.role == Role.LIST and row.number > 1 and self._nothing_new(row, items)
        self.store.add_items(row.owner, items)
        steps = [
            _new_page(step if (url := plain_address(step.url)) == step.url else replace(step, url=url), referer=row.url)
            for step in found.steps
            if (step.level <= 1 or step.role == Role.ATTACHMENT or worth_following(step.url))
            and not (stuck and step.role == Role.LIST)
        ]
        self.store.add_pages(row.owner, steps)
        self.store.add_links(
            row.owner, row.key, [(plain_address(url), kind, text, hidden) for url, kind, text, hidden in found.links]
        )

    def _nothing_new(self, row: PageRow, items: Sequence[ItemRow]) -> bool:
        """True for a list page that only repeats what the pages before it showed: such a list has no end."""
        return all(self.store.shown_before(row.owner, row.column, row.number, item.key) for item in items)


def placed(document: Document, row: PageRow) -> Document:
    """The document with its place in the ledger; home and list pages keep what they were asked as."""
    kind = {Role.HOME: "home", Role.LIST: "list"}.get(Role(row.role), document.kind)
    return replace(
        document, owner=row.owner, ref=page_ref(row.owner, row.url), column=row.column, url=row.url, kind=kind
    )


def page_of(body: bytes, row: PageRow, *, template: str = "") -> Page:
    """The page read again from the vault; `template` as in read_page."""
    return read_page(
        body,
        url=str((row.result or {}).get("final_url") or row.url),
        content_type=str((row.result or {}).get("type", "")),
        template=template,
    )


def _basics(capture: Capture) -> dict[str, Any]:
    return {
        "ok": capture.ok,
        "status": capture.status,
        "failure": capture.failure.value if capture.failure else "",
        "reason": capture.reason,
        "ms": capture.ms,
        "final_url": capture.final_url,
        "type": capture.content_type,
        "etag": capture.header("etag"),
        "modified": capture.header("last-modified"),
    }


def _unread(why: str) -> dict[str, Any]:
    return {"ok": False, "failure": Failure.BAD_CONTENT.value, "reason": why}


def _refused() -> dict[str, Any]:
    """The result of an address that robots.txt closes, for a site whose ledger entry says to obey it."""
    why = Failure.ROBOTS
    return {
        "ok": False,
        "status": None,
        "failure": why.value,
        "reason": why.in_words,
        "ms": 0,
        "final_url": "",
        "type": "",
    }


def _read(capture: Capture, url: str) -> Page:
    return read_page(capture.body, url=capture.final_url or url, content_type=capture.content_type)


def digest(document: Document) -> dict[str, Any]:
    """What is kept of a page that was read."""
    return {
        "kind": document.kind,
        "title": document.title,
        "published": document.published.isoformat() if document.published else "",
        "printed_by": [document.issuer, document.source, document.author],
        "chars": len(document.body),
        "body_sha256": hashlib.sha256(document.body.encode()).hexdigest() if document.body else "",
        "sketch": sketch(document.body) if document.kind == "article" else (),
    }


def _new_page(step: Step, *, seq: int = 0, referer: str = "") -> NewPage:
    return NewPage(address_key(step.url), step.url, step.role.value, step.level, step.column, step.number, referer, seq)
