"""The links of a site: what was read already is known; the rest is asked for, and a failure gets a second look."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any

from duwang.flow.ports import Fetcher
from duwang.flow.work import WorkStore
from duwang.model.capturing import Capture, Failure, Request, Role
from duwang.model.material import LinkState
from duwang.model.refs import address_key

PLACES = 20
_DEAD_STATUS = frozenset({404, 410, 500, 501, 502, 504, 400, 414})
_VERDICT_BY_STATUS = {401: "needs-login", 407: "needs-login", 403: "blocked", 406: "blocked", 412: "blocked", 429: "rate-limited",
                      503: "rate-limited", 408: "slow", 451: "blocked"}  # fmt: skip
_VERDICT_BY_FAILURE = {
    Failure.DNS: "dead",
    Failure.REFUSED: "dead",
    Failure.DISCONNECTED: "dead",
    Failure.LOOP: "dead",
    Failure.TIMEOUT: "slow",
    Failure.TOO_LARGE: "ok",
}


def verdict_of(*, ok: bool, status: int | None, failure: Failure | None) -> str:
    """One look: ok, dead, blocked, needs-login, rate-limited, slow or unknown."""
    if ok:
        return "ok"
    if failure not in (None, Failure.STATUS):
        return _VERDICT_BY_FAILURE.get(failure, "unknown")
    if status in _VERDICT_BY_STATUS:
        return _VERDICT_BY_STATUS[status]
    if status is not None and (status in _DEAD_STATUS or status >= 500):
        return "dead"
    return "unknown" if status is None or status >= 300 else "ok"


async def look_at_links(owner: str, *, store: WorkStore, fetcher: Fetcher, limit: int, connections: int = 6) -> None:
    """Ask for every linked address that was not read as a page; two looks before one is dead. Resumable."""
    read = {row.key for row in store.finished(owner)}
    wanted = sorted({url for url, _ in store.links(owner).values() if address_key(url) not in read})[:limit]
    for look in (1, 2):
        known = store.link_states(owner)
        todo = [url for url in wanted if _needs(known.get(url), look)]
        await _ask(owner, todo, look, store=store, fetcher=fetcher, connections=connections)
        store.commit()


def _needs(known: Mapping[str, Any] | None, look: int) -> bool:
    if known is None:
        return True
    return look == 2 and known["looks"] == 1 and known["verdict"] == "dead"


async def _ask(
    owner: str, urls: Sequence[str], look: int, *, store: WorkStore, fetcher: Fetcher, connections: int
) -> None:
    queue = iter(urls)

    async def worker() -> None:
        for n, url in enumerate(queue, 1):
            capture = await _head_or_get(url, owner, fetcher, head_first=look == 1)
            verdict = verdict_of(ok=capture.ok, status=capture.status, failure=capture.failure)
            if look == 2 and verdict == "ok":
                verdict = "unstable"
            failure = capture.failure.value if capture.failure else ""
            store.set_link_state(owner, url, look, {"verdict": verdict, "status": capture.status, "failure": failure})
            if n % 20 == 0:
                store.commit()

    await asyncio.gather(*(worker() for _ in range(min(connections, max(1, len(urls))))))


async def _head_or_get(url: str, owner: str, fetcher: Fetcher, *, head_first: bool) -> Capture:
    if head_first:
        capture = await fetcher.fetch(Request(url, Role.LINK, owner, method="HEAD"))
        if capture.ok or capture.failure not in (None, Failure.STATUS, Failure.DISCONNECTED):
            return capture
    return await fetcher.fetch(Request(url, Role.LINK, owner))


def link_states(owner: str, *, store: WorkStore) -> tuple[LinkState, ...]:
    """Every linked address of a site with its verdict and places, by address."""
    asked = store.link_states(owner)
    pages = {row.key: row for row in store.finished(owner)}
    places: dict[int, list[str]] = {}
    home_first = {row.key: (row.role != Role.HOME, row.url) for row in pages.values()}
    for key, ids in store.places(owner):
        for n in ids:
            places.setdefault(n, []).append(key)
    states = []
    for n, (url, kind) in sorted(store.links(owner).items(), key=lambda pair: pair[1]):
        held = sorted(home_first[key] for key in places.get(n, ()) if key in home_first)
        where = [place for _, place in held]
        if row := pages.get(address_key(url)):
            states.append(_of_page(url, kind, row.result or {}, where))
        elif known := asked.get(url):
            failure = Failure(known["failure"]) if known["failure"] else None
            verdict = known["verdict"] if known["verdict"] != "dead" or known["looks"] > 1 else "unstable"
            states.append(
                LinkState(url, verdict, kind, known["status"], failure, "", tuple(where[:PLACES]), len(where))
            )
    return tuple(states)


def _of_page(url: str, kind: str, result: Mapping[str, Any], where: Sequence[str]) -> LinkState:
    failure = Failure(result["failure"]) if result.get("failure") else None
    verdict = verdict_of(ok=bool(result.get("ok")), status=result.get("status"), failure=failure)
    if verdict == "ok" and result.get("second_look"):
        verdict = "unstable"
    return LinkState(
        url,
        verdict,
        kind,
        result.get("status"),
        failure,
        "",
        tuple(where[:PLACES]),
        len(where),
        str(result.get("sha256", "")),
    )
