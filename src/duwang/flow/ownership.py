"""Whose finding: the printed unit when it matches exactly one of the ledger, else the column's, else the site's."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from duwang.model.refs import owner_of
from duwang.model.registry import Registry

_SPLIT = re.compile(r"[\s、，,；;/|]+")


@dataclass(frozen=True, slots=True)
class Ownership:
    """Names of the ledger ready for look-up. `by` is printed, column, site, account or ambiguous."""

    names: Mapping[str, tuple[str, ...]]
    columns: Mapping[str, str]
    owners: Mapping[str, str]

    @classmethod
    def of(cls, registry: Registry) -> Ownership:
        names: dict[str, tuple[str, ...]] = {}
        for org in registry.orgs:
            for name in org.names:
                names[name] = (*names.get(name, ()), org.name)
        full = {name: found[0] for name, found in names.items() if len(found) == 1}
        columns = {column.ref: full.get(column.org, column.org) for column in registry.columns if column.org}
        owners = {site.ref: full.get(site.owner, site.owner) for site in registry.sites}
        owners |= {account.ref: full.get(account.owner, account.owner) for account in registry.accounts}
        owners |= {letter.ref: _answerer(letter.target, owners) for letter in registry.letters}
        return cls(names, columns, owners)

    def of_page(self, target: str, *, printed: Iterable[str], column: str) -> tuple[str, str]:
        """(unit, by) of a page; a printed name that several units bear is ambiguous and asked of a person."""
        for text in printed:
            matched = self._matched(text)
            if len(matched) == 1:
                return matched[0], "printed"
            if len(matched) > 1:
                return self._fallback(target, column)[0], "ambiguous"
        return self._fallback(target, column)

    def of_target(self, target: str) -> tuple[str, str]:
        """(unit, by) of a finding about a column, site, account or unit itself."""
        if target.startswith("org/"):
            return target.removeprefix("org/"), "site"
        return self._fallback(target, target)

    def _matched(self, text: str) -> tuple[str, ...]:
        cleaned = text.strip()
        if not cleaned:
            return ()
        if cleaned in self.names:
            return tuple(dict.fromkeys(self.names[cleaned]))
        parts = [self.names[part] for part in _SPLIT.split(cleaned) if part in self.names]
        return tuple(dict.fromkeys(name for names in parts for name in names))

    def _fallback(self, target: str, column: str) -> tuple[str, str]:
        if column in self.columns:
            return self.columns[column], "column"
        owner = owner_of(target)
        return self.owners.get(owner, ""), "account" if owner.startswith("account/") else "site"


def _answerer(target: str, owners: Mapping[str, str]) -> str:
    """The unit that has to answer a letter: the one it names, or whoever runs the site or account it names."""
    return target.removeprefix("org/") if target.startswith("org/") else owners.get(owner_of(target), "")
