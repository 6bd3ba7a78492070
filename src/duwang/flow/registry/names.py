"""How 报备, 信件 and 任务 name what they speak of: any usual name → the one ref it means."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from duwang.model.refs import normalise_address, org_ref
from duwang.model.registry import Registry

T = TypeVar("T", bound=Any)


class NameFault(Exception):
    """A name that means nothing in the ledger, or more than one thing; the message is a Chinese sentence part."""


@dataclass(frozen=True, slots=True)
class NameIndex:
    """Every name the ledger knows → the refs it can mean."""

    refs: frozenset[str]
    by_name: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_address: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def resolve(self, text: str) -> str:
        """The one ref `text` means; NameFault when there is none or more than one."""
        name = text.strip()
        if name in self.refs:
            return name
        owner, page, _ = name.partition("/page/")
        if page and owner in self.refs:
            return name
        found = dict.fromkeys(self.by_name.get(_folded(name), ()))
        if "://" in name:
            found.update(dict.fromkeys(self.by_address.get(_address(name), ())))
        if len(found) == 1:
            return next(iter(found))
        if found:
            raise NameFault(f"“{name}”在名录里对应{len(found)}个对象（{'、'.join(found)}），不能确定是哪一个")
        raise NameFault(f"名录里没有“{name}”")


def index(registry: Registry) -> NameIndex:
    """All names of a ledger, ready for many questions."""
    names: dict[str, list[str]] = defaultdict(list)
    addresses: dict[str, list[str]] = defaultdict(list)
    refs: set[str] = set()
    for site in registry.sites:
        refs.add(site.ref)
        names[_folded(site.code)].append(site.ref)
    for column in registry.columns:
        refs.add(column.ref)
        names[_folded(f"{column.site_code}/{column.name}")].append(column.ref)
        addresses[_address(column.url)].append(column.ref)
    for account in registry.accounts:
        refs.add(account.ref)
        for known in {
            account.filing_no,
            *(f"{account.platform}/{part}" for part in (account.name, account.handle, account.filing_no) if part),
        }:
            if known:
                names[_folded(known)].append(account.ref)
    for org in registry.orgs:
        refs.add(org.ref)
        for known in org.names:
            names[_folded(known)].append(org.ref)
    for owner in _owners(registry):
        refs.add(org_ref(owner))
        if not names.get(_folded(owner)):
            names[_folded(owner)].append(org_ref(owner))
    refs.update(letter.ref for letter in registry.letters)
    return NameIndex(
        frozenset(refs),
        {name: tuple(dict.fromkeys(found)) for name, found in names.items()},
        {address: tuple(dict.fromkeys(found)) for address, found in addresses.items()},
    )


def in_full(registry: Registry) -> Registry:
    """The same ledger with every unit under its 名称 where a sheet wrote its 简称, or its name with spaces or brackets of
    another width: one unit must never be counted as two."""
    shorts: dict[str, set[str]] = defaultdict(set)
    for org in registry.orgs:
        if org.short:
            shorts[org.short].add(org.name)
    names = {org.name for org in registry.orgs}
    full = {short: min(found) for short, found in shorts.items() if len(found) == 1 and short not in names}
    alike = spellings(registry)

    def in_words(name: str) -> str:
        return name if name in names else full.get(name) or alike.get(spelling(name), name)

    def named(record: T, *fields: str) -> T:
        changed = {field: in_words(name) for field in fields if (name := getattr(record, field))}
        return replace(record, **changed) if changed else record

    return replace(
        registry,
        orgs=tuple(named(org, "parent") for org in registry.orgs),
        sites=tuple(named(site, "owner", "supervisor") for site in registry.sites),
        columns=tuple(named(column, "org") for column in registry.columns),
        accounts=tuple(named(account, "owner", "supervisor") for account in registry.accounts),
    )


def spellings(registry: Registry) -> Mapping[str, str]:
    """How a unit's name, 简称 or 曾用名 is spelt → its 名称, where that is one unit."""
    found: dict[str, set[str]] = defaultdict(set)
    for org in registry.orgs:
        for known in org.names:
            found[spelling(known)].add(org.name)
    return {spelt: min(names) for spelt, names in found.items() if len(names) == 1}


def spelling(name: str) -> str:
    """A unit's name without what typing adds to it: spaces, and the width of letters, digits and brackets."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", name))


def resolve(registry: Registry, text: str) -> str:
    """The ref that `text` means in this ledger; NameFault when it is unknown or ambiguous."""
    return index(registry).resolve(text)


def _owners(registry: Registry) -> list[str]:
    """Units named only as owner or supervisor, in ledger order."""
    known = {name for org in registry.orgs for name in org.names}
    named = [name for site in registry.sites for name in (site.owner, site.supervisor)]
    named += [column.org for column in registry.columns]
    named += [name for account in registry.accounts for name in (account.owner, account.supervisor)]
    return list(dict.fromkeys(name for name in named if name and name not in known))


def _folded(name: str) -> str:
    """Brackets and slashes typed in either width mean the same."""
    return name.strip().replace("（", "(").replace("）", ")").replace("／", "/").replace("\u3000", " ")


def _address(url: str) -> str:
    try:
        return normalise_address(url)
    except ValueError:
        return url
