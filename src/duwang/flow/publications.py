"""What was published in the period: one record for every article and post, classified as offices count them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from duwang.bulletin.issuing import issuer_of, place_of, superiors
from duwang.flow.accounts import AccountReader
from duwang.flow.found import InOrder
from duwang.flow.ownership import Ownership
from duwang.flow.planning import Plan, account_off
from duwang.flow.work import WorkStore
from duwang.model.capturing import Role
from duwang.model.material import Document
from duwang.model.registry import Account, Column, Registry, Site

ORDINARY, DISCLOSED, REPOSTED = "普通", "信息公开", "转载"
_DISCLOSING = frozenset(
    ("政策文件", "政策解读", "人事", "规划计划", "数据", "机构职能", "领导信息", "概况", "公开指南", "公开制度", "公开目录", "公开年报", "重点领域", "依申请")
)  # fmt: skip
_REPOST = re.compile(r"^[\s【〖\[（(]*(?:转发|转载|转自|来源：|//@)")


@dataclass(frozen=True, slots=True)
class Publication:
    """One line of publications.jsonl. `target` is the site or account, `column` a column's ref, `kind` 普通, 信息公开 or 转载."""

    target: str
    url: str
    title: str
    on: date
    org: str
    kind: str
    source: str = ""
    column: str = ""


def publications(
    plan: Plan, *, store: WorkStore, reader: AccountReader, takes: Callable[[date | None], bool]
) -> Iterator[dict[str, Any]]:
    """The records of publications.jsonl: everything dated within the period, by target, day and address."""
    ownership, names = Ownership.of(plan.registry), ours(plan.registry)
    columns = {column.ref: column for column in plan.registry.columns}
    of_sites = (_of_site(site, columns, store, ownership, names, takes) for site in plan.sites)
    of_accounts = (
        _of_account(account, reader.view(account)[0].posts or (), ownership, takes)
        for account in plan.accounts
        if not account_off(account)
    )
    kept = InOrder()
    for one in chain.from_iterable(chain(of_sites, of_accounts)):
        kept.put(one, one.target, one.on.isoformat(), one.url, one.title)
    return kept.in_order()


def ours(registry: Registry) -> tuple[str, ...]:
    """Names whose publications are no reposts, whoever signs: the place itself and the ledger's units, those above it left out."""
    place = place_of(registry)
    outside = {name for name in superiors(registry, issuer_of(registry)) if not place or not name.startswith(place)}
    names = {place, place[:-1]}
    for org in registry.orgs:
        inside = bool(place) and org.name.startswith(place)
        if inside or not outside & {org.name, *superiors(registry, org.name)[:1]}:
            names |= {org.name, org.short}
    return tuple(sorted(name for name in names if len(name) > 1))


def kind_of(source: str, column: Column | None, *, own: bool) -> str:
    """转载 when somebody else's name stands as the source, else by the class of the column."""
    if source and not own:
        return REPOSTED
    return DISCLOSED if column is not None and column.category in _DISCLOSING else ORDINARY


def _of_site(
    site: Site,
    columns: dict[str, Column],
    store: WorkStore,
    ownership: Ownership,
    names: Sequence[str],
    takes: Callable[[date | None], bool],
) -> Iterator[Publication]:
    for row in store.results(site.ref):
        result = row.result or {}
        written = result.get("published")
        if row.role != Role.ARTICLE or not result.get("ok") or result.get("kind") != "article" or not written:
            continue
        on = date.fromisoformat(written)
        if not takes(on):
            continue
        printed = [text for text in result.get("printed_by", ()) if text]
        source = next((text for text in (*printed[1:2], *printed[:1]) if text), "")
        own = _own(printed, site, names)
        org, _ = ownership.of_page(site.ref, printed=printed, column=row.column)
        kind = kind_of(source, columns.get(row.column), own=own)
        yield Publication(
            site.ref,
            row.url,
            str(result.get("title", "")),
            on,
            org,
            kind,
            source if kind == REPOSTED else "",
            row.column,
        )


def _own(printed: Sequence[str], site: Site, names: Sequence[str]) -> bool:
    return not printed or any(name in text for text in printed for name in (*names, site.name))


def _of_account(
    account: Account, posts: Sequence[Document], ownership: Ownership, takes: Callable[[date | None], bool]
) -> Iterator[Publication]:
    org, _ = ownership.of_target(account.ref)
    for post in posts:
        if post.published is not None and takes(post.published):
            reposted = bool(_REPOST.match(post.title) or _REPOST.match(post.body))
            yield Publication(
                account.ref, post.url, post.title, post.published, org, REPOSTED if reposted else ORDINARY
            )
