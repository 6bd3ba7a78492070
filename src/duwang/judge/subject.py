"""Who is judged, and which declarations (报备) speak for them at the inspection date."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from duwang.model.findings import Finding
from duwang.model.refs import normalise_address, owner_of
from duwang.model.registry import Account, Column, Declaration, Registry, Site

_OFF = "临时下线"


@dataclass(frozen=True, slots=True)
class Subject:
    """A site or account of the ledger with its columns by ref and the declarations in force, by ref."""

    target: str
    kind: str
    name: str
    org: str
    site: Site | None
    account: Account | None
    columns: Mapping[str, Column]
    declarations: Mapping[str, tuple[Declaration, ...]]

    @property
    def gets_points(self) -> bool:
        """Portals, and the supervising organ in its annual assessment; everything else is judged by vetoes alone."""
        return self.kind == "supervisor" or (self.site is not None and self.site.kind == "门户")

    @property
    def serves_public(self) -> bool:
        return self.site is None or self.site.serves_public

    def on_home(self, finding: Finding) -> bool:
        """Whether a finding stands on the homepage (among other places)."""
        if self.site is None:
            return False
        home = normalise_address(self.site.home)
        places = finding.facts.get("places") or ()
        return any(normalise_address(str(url)) == home for url in (finding.url, *places) if url)

    def declared(self, target: str, kinds: tuple[str, ...]) -> Declaration | None:
        """A declaration of one of the kinds on the target itself or on the whole site or account."""
        for ref in (target, owner_of(target)):
            for declaration in self.declarations.get(ref, ()):
                if declaration.kind in kinds:
                    return declaration
        return None


def subjects(registry: Registry, as_of: date) -> Iterator[Subject]:
    """Every site and account that is judged at `as_of`; closed, offline and cancelled ones are not."""
    columns: dict[str, dict[str, Column]] = {}
    for column in registry.columns:
        columns.setdefault(column.site, {})[column.ref] = column
    declarations = _in_force(registry, as_of)
    for site in registry.sites:
        if site.state in ("关停", _OFF) or _offline(declarations, site.ref):
            continue
        own = columns.get(site.ref, {})
        spoken = {ref: declarations[ref] for ref in (site.ref, *own) if ref in declarations}
        yield Subject(site.ref, "site", site.name, site.owner, site, None, own, spoken)
    for account in registry.accounts:
        if account.state == "已注销" or _offline(declarations, account.ref):
            continue
        spoken = {account.ref: declarations[account.ref]} if account.ref in declarations else {}
        yield Subject(account.ref, "account", account.name, account.owner, None, account, {}, spoken)


def _in_force(registry: Registry, as_of: date) -> dict[str, tuple[Declaration, ...]]:
    found: dict[str, tuple[Declaration, ...]] = {}
    for declaration in registry.declarations:
        if declaration.covers(as_of):
            found[declaration.target] = (*found.get(declaration.target, ()), declaration)
    return found


def _offline(declarations: Mapping[str, tuple[Declaration, ...]], ref: str) -> bool:
    return any(declaration.kind == _OFF for declaration in declarations.get(ref, ()))
