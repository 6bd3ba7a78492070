"""Which office issues the notice and for what place, as far as the ledger tells: the one that answers for most of it."""

from __future__ import annotations

from collections import Counter

from duwang.model.registry import Org, Registry

NO_ISSUER = "【发文机关】"
_OFFICES = ("人民政府办公室", "人民政府办公厅")
_HIGH = ("省人民政府", "自治区人民政府")
_AREAS = ("省", "自治区", "市", "州", "盟", "区", "县", "旗")


def issuer_of(registry: Registry) -> str:
    """The government's office: of several in the ledger the one that supervises or owns most, and among equals the lower one;
    else the office of the only government; else a place to fill in."""
    offices = [org for org in registry.orgs if org.name.endswith(_OFFICES)]
    if offices:
        weight = _weights(registry)
        return max(
            offices, key=lambda org: (weight[org.name] + weight[org.short], len(superiors(registry, org.name)))
        ).name
    tops = [org for org in registry.orgs if org.name.endswith("人民政府") and not org.parent]
    tops = [org for org in tops if org.kind in ("政府", "")] or tops
    if len(tops) != 1:
        return NO_ISSUER
    return f"{tops[0].name}{'办公厅' if tops[0].name.endswith(_HIGH) else '办公室'}"


def place_of(registry: Registry) -> str:
    """云岭县; empty when no government can be told."""
    issuer = issuer_of(registry)
    return "" if issuer == NO_ISSUER else issuer.partition("人民政府")[0]


def area_of(registry: Registry) -> str:
    """全县, 全市 … of the issuing office; 所辖 when the ledger does not tell."""
    place = place_of(registry)
    return next((f"全{ending}" for ending in _AREAS if place.endswith(ending)), "所辖")


def superiors(registry: Registry, name: str) -> tuple[str, ...]:
    """The units above a unit, nearest first."""
    known: dict[str, Org] = {}
    for org in registry.orgs:
        known.setdefault(org.name, org)
        if org.short:
            known.setdefault(org.short, org)
    found: list[str] = []
    here = known.get(name)
    while here is not None and here.parent:
        above = known.get(here.parent)
        named = above.name if above else here.parent
        if named in found or named == name:
            break
        found.append(named)
        here = above
    return tuple(found)


def _weights(registry: Registry) -> Counter[str]:
    """How many sites and accounts a unit supervises (counted twice) or owns."""
    weight: Counter[str] = Counter()
    pairs = [(site.owner, site.supervisor) for site in registry.sites]
    pairs += [(account.owner, account.supervisor) for account in registry.accounts]
    for owner, supervisor in pairs:
        weight[owner] += 1
        weight[supervisor] += 2
    del weight[""]
    return weight
