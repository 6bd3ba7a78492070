"""From the work store to subjects: listings, the site as a whole, coverage."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any

from duwang.flow.backgrounds import used
from duwang.flow.browsing import access_of, notice_of
from duwang.flow.digests import Digests, Filed
from duwang.flow.gather import OUT_OF_SCOPE, OVER_BUDGET, TRAP, page_of, placed
from duwang.flow.linking import link_states
from duwang.flow.pictures import NO_READER, OVER, WHY
from duwang.flow.ports import Vault
from duwang.flow.remarks import notes_of
from duwang.flow.trying import addresses_of, tries_of
from duwang.flow.work import PageRow, WorkStore
from duwang.model.capturing import Failure, Role
from duwang.model.material import Document, Item, Listing, PageDigest, Probe, SiteView
from duwang.model.refs import address_key, host_of
from duwang.model.registry import Column, Registry, Site
from duwang.reading.controls import controls
from duwang.reading.recognition import NOT_INSTALLED, not_installed

Coverage = dict[str, Any]
_GONE = (404, 410)
_MANY = 1000  # lines of a column from which on they are kept in a file


def listing_of(column: Column, *, store: WorkStore) -> Listing:
    """The column with each item's printed date: the article's own where it was opened, else the list's."""
    first = _asked(column.site, address_key(column.url), store=store)
    if first is None or first.result is None:
        return Listing(column, failure="没有读取（达到页数上限）", articles_read=False, complete=False)
    result = first.result
    if not result["ok"]:
        return Listing(column, failure=result["reason"], articles_read=False, complete=False, status=result["status"])
    lines = _Lines(column, store)
    many = store.count_items(column.site, column.ref) > _MANY
    items = Filed(lines.each(), Item) if many else tuple(lines.each())
    failure = (
        "栏目列表由脚本生成，直接读取看不到内容，需要用浏览器查看" if not items and result.get("script_made") else ""
    )
    return Listing(
        column, items, lines.last, lines.unread == 0, True, failure, result["status"],
        str(result.get("sha256", "")), tuple(lines.undated), int(result.get("chars", 0)),
    )  # fmt: skip


@dataclass(slots=True)
class _Lines:
    """The lines of a column's lists as they go by, and what was seen of them: `last` list page, `unread` lines without any date, articles
    that print none."""

    column: Column
    store: WorkStore
    last: int = 1
    unread: int = 0
    undated: list[str] = field(default_factory=list)

    def each(self) -> Iterator[Item]:
        own_host = host_of(self.column.url)
        for row in self.store.items(self.column.site, self.column.ref):
            self.last = max(self.last, row.number)
            printed = date.fromisoformat(row.day) if row.day else None
            article = _asked(self.column.site, row.key, store=self.store)
            if article is not None and article.result is not None and article.result["ok"]:
                if article.result.get("kind") != "file":
                    own = article.result.get("published")
                    if not own:
                        self.undated.append(row.url)
                    printed = date.fromisoformat(own) if own else None
            elif printed is None and host_of(row.url) == own_host:
                self.unread += 1
            yield Item(row.url, row.title, printed, row.raw, row.inferred)


def site_view(
    site: Site, listings: Sequence[Listing], *, probes: Sequence[Probe], registry: Registry, store: WorkStore, vault: Vault
) -> SiteView:  # fmt: skip
    """The whole site as read."""
    row = _asked(site.ref, address_key(site.home), store=store)
    home, why, ms = None, "没有读取", 0
    if row is not None and row.result is not None:
        ms = int(row.result["ms"])
        why = str(row.result["reason"])
        if row.result["ok"] and row.result.get("sha256"):
            page = page_of(vault.read(row.result["sha256"]), row)
            home, why = replace(placed(page.document(), row), controls=controls(page.tree)), ""
    axe, axe_why, axe_seed = access_of(site.ref, store=store)
    tally = Counter({state: n for (_, state), n in store.tally(site.ref).items()})
    return SiteView(
        site, home, why, ms, tuple(listings),
        used(link_states(site.ref, store=store), partial(_asked, site.ref, store=store), vault=vault), tuple(probes), Digests(_digests(site.ref, store=store)), registry,
        known=sum(tally.values()), read=sum(1 for one in store.results(site.ref) if one.result and one.result["ok"]),
        reopen=_reopener(site.ref, store, vault), searches=tries_of(site.ref, store=store), resolves=addresses_of(site.ref, store=store),
        leaves_with_notice=notice_of(site.ref, store=store), axe=axe, axe_why=axe_why, axe_seed=axe_seed,
    )  # fmt: skip


def _asked(owner: str, key: str, *, store: WorkStore) -> PageRow | None:
    """A page that was asked for."""
    row = store.page(owner, key)
    return row if row is not None and row.state == "done" else None


def _reopener(owner: str, store: WorkStore, vault: Vault) -> Callable[[PageDigest], Document | None]:
    """Reads one page of the site again from the vault."""

    def reopen(page: PageDigest) -> Document | None:
        row = _asked(owner, address_key(page.url), store=store)
        if row is None or row.result is None or not row.result["ok"] or not row.result.get("sha256"):
            return None
        return placed(page_of(vault.read(row.result["sha256"]), row).document(), row)

    return reopen


def _digests(owner: str, *, store: WorkStore) -> Iterator[PageDigest]:
    for row in store.results(owner):
        if row.result is not None and row.result["ok"] and row.result.get("kind") not in (None, "file", "attachment"):
            published = row.result.get("published")
            yield PageDigest(
                row.url, f"{row.owner}/page/{row.key}", row.result["kind"], row.result["title"], row.column,
                date.fromisoformat(published) if published else None, row.result["body_sha256"], row.result["chars"],
                tuple(text for text in row.result.get("printed_by", ()) if text), row.result.get("sketch", ()),
                str(row.result.get("sha256", "")),
            )  # fmt: skip


def coverage_of(site: Site, listings: Sequence[Listing], *, store: WorkStore) -> Coverage:
    """The record of coverage.json for a site. Items outside the period are not counted as known; a page that is gone (404, 410) is
    listed among the failed, but nobody could have read it: it does not lower the share seen."""
    gone = unwanted = 0
    known: Counter[str] = Counter()
    read: Counter[str] = Counter()
    failed: dict[str, Counter[str]] = defaultdict(Counter)
    for (role, state), n in store.tally(site.ref).items():
        kind = "attachments" if role == Role.ATTACHMENT else "pictures" if role == Role.PICTURE else "pages"
        if state in (OVER, NO_READER):
            failed[kind][WHY.get(state) or not_installed() or NOT_INSTALLED] += n
        if state in (OUT_OF_SCOPE, TRAP):
            continue
        known[kind] += n
        if state == OVER_BUDGET:
            failed[kind][Failure.BUDGET.in_words] += n
    for row in store.results(site.ref):
        result = row.result or {}
        if row.role in (Role.ATTACHMENT, Role.PICTURE):
            kind = "attachments" if row.role == Role.ATTACHMENT else "pictures"
            if result.get("attachment") == "text":
                read[kind] += 1
            else:
                failed[kind][result.get("detail") or result.get("reason") or str(result.get("attachment"))] += 1
        elif result.get("ok"):
            read["pages"] += 1
        else:
            failed["pages"][result.get("reason", "")] += 1
            gone += result.get("status") in _GONE
        unwanted += bool(result.get("robots"))
    there = known["pages"] - gone
    share = read["pages"] / there if there else 0.0
    return {
        "kind": "site",
        "route": "网站",
        "seen": round(share, 4),
        "pages": {"known": known["pages"], "read": read["pages"], "failed": dict(sorted(failed["pages"].items()))},
        "attachments": {
            "known": known["attachments"],
            "parsed": read["attachments"],
            "failed": dict(sorted(failed["attachments"].items())),
        },
        **(_pictures(known, read, failed) if known["pictures"] else {}),
        "columns": {"known": len(listings), "read": sum(1 for listing in listings if not listing.failure)},
        **({"notes": notes} if (notes := notes_of(site.ref, unwanted, store=store)) else {}),
    }


def _pictures(known: Counter[str], read: Counter[str], failed: Mapping[str, Counter[str]]) -> Coverage:
    """Pictures of articles, told apart from attachments: known, with text or a code found, the rest by reason."""
    return {
        "pictures": {
            "known": known["pictures"],
            "read": read["pictures"],
            "failed": dict(sorted(failed["pictures"].items())),
        }
    }
