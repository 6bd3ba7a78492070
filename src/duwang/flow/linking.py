"""The links of a site: what was read already is known; the rest is asked for, and what failed is asked again later in the run."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from duwang.capture.fetcher import TEMPORARY
from duwang.flow.link_verdicts import refused, verdict_of
from duwang.flow.ports import Fetcher
from duwang.flow.work import LinkRow, WorkStore
from duwang.model.capturing import Capture, Failure, Request, Role
from duwang.model.material import LinkState
from duwang.model.refs import address_key, host_of, registrable_domain
from duwang.reading.missing import says_missing, wants_login
from duwang.reading.page import read_page

PLACES = 20
TWO_LOOKS = 2
_HEADED = ("image", "background", "attachment", "style", "media")
_MOST_BYTES = 200_000
_EXTRACT = 600
_MOST_LOOKS = 3
_LONGEST_WAIT = 60.0
_BATCH = 20
_NATIONAL = frozenset((
    "www.gov.cn", "zfwzgl.www.gov.cn", "bszs.conac.cn", "dcs.conac.cn", "beian.miit.gov.cn", "www.beian.gov.cn", "beian.mps.gov.cn",
))  # fmt: skip
_FEW_HOSTS = 5
_NEVER = (".invalid", ".test", ".example", ".localhost")


class Courtesy(Protocol):
    """Says whether a foreign host's robots.txt lets an address be read."""

    async def allows(self, url: str) -> bool: ...


@dataclass(frozen=True, slots=True)
class LinkWalk:
    """Asks for what a site links to. `limit` is the most addresses of one site; `courtesy` speaks for foreign hosts."""

    store: WorkStore
    fetcher: Fetcher
    courtesy: Courtesy
    limit: int
    connections: int = 6
    ready_at: dict[str, float] = field(default_factory=dict)

    async def first(self, owner: str, host: str) -> None:
        """Ask once for every linked address that was not read as a page."""
        known = self.store.link_states(owner)
        wanted, left = self._wanted(owner)
        self.store.set_note(owner, "links-left-out", left)
        await self._ask(owner, host, [(url, kind) for url, kind in wanted if url not in known], known)

    async def again(self, owner: str, host: str) -> None:
        """Ask again, later in the run, for what could not be opened: only two failing looks make a dead link."""
        for _ in range(_MOST_LOOKS - 1):
            known = self.store.link_states(owner)
            kinds = {row.url: row.kind for row in self.store.links(owner)}
            todo = [(url, kinds.get(url, "page")) for url, state in sorted(known.items()) if _open(state)]
            if not todo:
                return
            await self._ask(owner, host, todo, known)

    def unsettled(self, owner: str) -> bool:
        """True when something must be asked again."""
        return any(_open(state) for state in self.store.link_states(owner).values())

    def _wanted(self, owner: str) -> tuple[list[tuple[str, str]], int]:
        """(address, kind) not read as pages, hosts taking turns, and how many are beyond the limit."""
        kinds: dict[str, str] = {}
        for row in self.store.links(owner):
            if not self.store.was_read(owner, address_key(row.url)):
                kinds.setdefault(row.url, row.kind)
        chosen = sorted(kinds)[: self.limit]
        turn: Counter[str] = Counter()
        order = []
        for url in chosen:
            host = _host(url)
            order.append((turn[host], url))
            turn[host] += 1
        return [(url, kinds[url]) for _, url in sorted(order)], len(kinds) - len(chosen)

    async def _ask(self, owner: str, host: str, todo: Sequence[tuple[str, str]], known: Mapping[str, Any]) -> None:
        queue, done = iter(todo), 0

        async def worker() -> None:
            nonlocal done
            for url, kind in queue:
                before = known.get(url)
                capture = await self._capture(url, kind, owner, host, before)
                state = state_of(capture, url, kind, before)
                if state.pop("wait", 0):
                    self.ready_at[url] = time.monotonic() + _wait(capture)
                self.store.set_link_state(owner, url, (before or {"looks": 0})["looks"] + 1, state)
                done += 1
                if done % _BATCH == 0:
                    self.store.commit()

        await asyncio.gather(*(worker() for _ in range(min(self.connections, max(1, len(todo))))))
        self.store.commit()

    async def _capture(self, url: str, kind: str, owner: str, host: str, before: Mapping[str, Any] | None) -> Capture:
        if (gap := self.ready_at.get(url, 0.0) - time.monotonic()) > 0:
            await asyncio.sleep(gap)
        request = Request(url, Role.LINK, owner, most_bytes=_MOST_BYTES)
        if _host(url) != host and not await self.courtesy.allows(url):
            return refused(url)
        if kind in _HEADED and before is None:
            capture = await self.fetcher.fetch(Request(url, Role.LINK, owner, method="HEAD"))
            if capture.ok or capture.failure not in (None, Failure.STATUS, Failure.DISCONNECTED):
                return capture
        return await self.fetcher.fetch(request)


def _open(state: Mapping[str, Any]) -> bool:
    """True while another look may change the verdict: dead was seen once only, or the host asked for a pause."""
    if state["looks"] >= _MOST_LOOKS:
        return False
    if state["verdict"] == "dead":
        return int(state["dead"]) < TWO_LOOKS
    return bool(state["verdict"] == "rate-limited" and state["looks"] == 1)


def state_of(capture: Capture, url: str, kind: str, before: Mapping[str, Any] | None) -> dict[str, Any]:
    """What is kept of one look, with how often the address was dead so far."""
    verdict = verdict_of(ok=capture.ok, status=capture.status, failure=capture.failure)
    state: dict[str, Any] = {"sheet": before["sheet"]} if before and before.get("sheet") else {}
    state |= {"title": "", "extract": "", "sha256": "", "final": ""}
    if capture.ok and kind in ("page", "outbound"):
        state.update(_seen(capture, outbound=kind == "outbound"))
        verdict = state.pop("verdict", "ok")
    dead = int(before["dead"]) if before else 0
    if verdict == "dead":
        dead += 1
    elif verdict == "ok" and dead:
        verdict = "unstable"
    failure = capture.failure.value if capture.failure else ""
    return {
        **state, "verdict": verdict, "status": capture.status, "failure": failure, "dead": dead,
        "no_line": capture.failure is Failure.DNS and capture.detail == TEMPORARY, "wait": verdict == "rate-limited",
    }  # fmt: skip


def _seen(capture: Capture, *, outbound: bool) -> dict[str, Any]:
    """What stands at an address that opened: soft-404 and login pages are told apart; outside pages leave an extract."""
    kind = capture.content_type.partition(";")[0].strip().lower()
    if kind and not kind.startswith("text/") and "html" not in kind:
        return {"sha256": capture.sha256} if outbound else {}
    page = read_page(capture.body, url=capture.final_url, content_type=capture.content_type)
    redirected = bool(capture.redirects)
    seen: dict[str, Any] = {}
    if says_missing(page, redirected=redirected):
        seen["verdict"] = "soft-404"
    elif wants_login(page, redirected=redirected):
        seen["verdict"] = "needs-login"
    if outbound:
        text = " ".join(page.text.split())
        seen |= {"title": page.title[:200], "extract": text[:_EXTRACT], "sha256": capture.sha256}
        seen["final"] = capture.final_url if redirected else ""
    return seen


def _wait(capture: Capture) -> float:
    written = capture.header("retry-after").strip()
    return min(float(written), _LONGEST_WAIT) if written.isascii() and written.isdigit() else 0.0


def _host(url: str) -> str:
    try:
        return host_of(url)
    except ValueError:
        return url


def link_states(owner: str, *, store: WorkStore) -> tuple[LinkState, ...]:
    """Every link that cannot be opened or leaves the site, with its verdict and places, by address. Links inside the site that
    open are left out: a large site has too many to keep."""
    asked = store.link_states(owner)
    offline = _offline(asked)
    troubled = _troubled(owner, store=store)
    chosen = [
        (row, state)
        for row in store.links(owner)
        if (state := _settled(row, _was(owner, row.url, troubled, store=store), asked, offline)) is not None
    ]
    places = _places(owner, {row.id for row, _ in chosen}, store=store)
    states = []
    for row, state in chosen:
        where = places.get(row.id, [])
        states.append(
            LinkState(
                row.url, state["verdict"], row.kind, state["status"], Failure(state["failure"]) if state["failure"] else None, row.text,
                tuple(where[:PLACES]), len(where), str(state.get("sha256", "")), row.hidden,
                registrable_domain(_host(row.url)) if row.kind == "outbound" else "", state.get("final", ""), state.get("title", ""),
                state.get("extract", ""),
            )
        )  # fmt: skip
    return tuple(states)


_Facts = dict[str, Any]


def _troubled(owner: str, *, store: WorkStore) -> dict[str, _Facts]:
    """Key → verdict and facts of every page that did not simply open: few, where a site is well."""
    absent = store.note(owner, "absent") or {}
    read = ((row.key, _of_page(row.result or {}, absent)) for row in store.results(owner))
    return {key: state for key, state in read if state is not None}


def _was(owner: str, url: str, troubled: Mapping[str, _Facts], *, store: WorkStore) -> tuple[bool, _Facts | None]:
    """Whether a linked address was read as a page, and what was wrong with it."""
    key = address_key(url)
    state = troubled.get(key)
    return state is not None or store.was_read(owner, key), state


def _settled(
    row: LinkRow, page: tuple[bool, _Facts | None], asked: Mapping[str, Any], offline: bool
) -> dict[str, Any] | None:
    """Verdict and facts of one address; None for what opens inside the site or was never asked for."""
    if page[0]:
        return page[1]
    if (known := asked.get(row.url)) is None:
        return None
    state = dict(known)
    if state["verdict"] == "dead" and (state["dead"] < TWO_LOOKS):
        state["verdict"] = "unstable"
    if state["failure"] == Failure.DNS and (state["no_line"] or (offline and not _host(row.url).endswith(_NEVER))):
        state["verdict"] = "unknown"
    return None if state["verdict"] == "ok" and row.kind != "outbound" else state


def _of_page(result: Mapping[str, Any], absent: Mapping[str, Any]) -> dict[str, Any] | None:
    failure = Failure(result["failure"]) if result.get("failure") else None
    verdict = verdict_of(ok=bool(result.get("ok")), status=result.get("status"), failure=failure)
    if verdict == "ok":
        same = result.get("body_sha256") and result.get("body_sha256") == absent.get("body_sha256")
        if result.get("missing") or same:
            verdict = "soft-404"
        elif result.get("login"):
            verdict = "needs-login"
        elif result.get("second_look"):
            verdict = "unstable"
    if verdict == "ok":
        return None
    return {
        "verdict": verdict, "status": result.get("status"), "failure": result.get("failure", ""), "sha256": result.get("sha256", ""),
    }  # fmt: skip


def _places(owner: str, wanted: set[int], *, store: WorkStore) -> dict[int, list[str]]:
    """Link id → addresses of the pages that hold it, the home page first; what a style sheet names lies on the pages that use it."""
    by_sheet = _carried(owner, wanted, store=store)
    found: dict[int, list[tuple[bool, str]]] = defaultdict(list)
    for key, ids in store.places(owner):
        held = wanted.intersection(ids)
        for n in by_sheet.keys() & ids if by_sheet else ():
            held |= by_sheet[n]
        if not held or (page := store.page(owner, key)) is None or page.state != "done":
            continue
        shown = page.referer if page.role == Role.PICTURE and page.referer else page.url
        for n in held:
            found[n].append((page.role != Role.HOME, shown))
    return {n: [url for _, url in sorted(held)] for n, held in found.items()}


def _carried(owner: str, wanted: set[int], *, store: WorkStore) -> dict[int, set[int]]:
    """Link id of a style sheet → the wanted links that it and the sheets it imports name."""
    sheets = {key: set(ids) for key, ids in store.places_elsewhere(owner)}
    if not sheets:
        return {}
    ids = {row.id: key for row in store.links(owner) if row.kind == "style" and (key := address_key(row.url)) in sheets}

    def named(key: str, seen: frozenset[str]) -> set[int]:
        inner = (ids[n] for n in sheets[key] if n in ids and ids[n] not in seen)
        return (sheets[key] & wanted).union(*(named(one, seen | {one}) for one in inner))

    return {n: held for n, key in ids.items() if (held := named(key, frozenset([key])))}


def _offline(asked: Mapping[str, Mapping[str, Any]]) -> bool:
    """True when not one of several names could be resolved, or no name at all and a national one among them: then it is our own line
    that has no way outside."""
    names = set(_names(asked.items()))
    lost = {_host(url) for url, state in asked.items() if state["failure"] == Failure.DNS}
    return names <= lost and (len(names) >= _FEW_HOSTS or not names.isdisjoint(_NATIONAL))


def _names(asked: Iterable[tuple[str, Mapping[str, Any]]]) -> Iterator[str]:
    for url, state in asked:
        host = _host(url)
        bare = host.partition(":")[0]
        named = not bare.replace(".", "").isdigit() and not host.startswith("[") and bare != "localhost"
        if named and not bare.endswith(_NEVER) and state["failure"] != Failure.ROBOTS:
            yield host
