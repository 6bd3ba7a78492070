"""What a run looks at: which objects, which checks, and why something is not looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from duwang.checks.check import Check
from duwang.model.registry import Account, Registry, Site

_SITE_OFF = ("关停", "临时下线")


class PlanFault(Exception):
    """A request that names nothing in the ledger; the text is for people."""


@dataclass(frozen=True, slots=True)
class Plan:
    """The objects of one run, in ledger order."""

    registry: Registry
    sites: tuple[Site, ...]
    accounts: tuple[Account, ...]
    checks: tuple[Check, ...]
    letters: bool = True


def plan(registry: Registry, checks: Sequence[Check], *, only: Sequence[str]) -> Plan:
    """Restrict the ledger to what `only` names (sites, accounts, a ref or a 标识码); PlanFault when it names nothing."""
    if not only:
        return Plan(registry, registry.sites, registry.accounts, tuple(checks))
    wanted = set(only)
    sites = tuple(s for s in registry.sites if wanted & {"sites", s.ref, s.code})
    accounts = tuple(a for a in registry.accounts if wanted & {"accounts", a.ref, a.filing_no} - {""})
    named = (
        {"sites", "accounts"}
        | {x for s in sites for x in (s.ref, s.code)}
        | {x for a in accounts for x in (a.ref, a.filing_no)}
    )
    if missing := sorted(wanted - named):
        raise PlanFault(
            f"--only 指定的“{'、'.join(missing)}”在名录中找不到；可以写 sites、accounts、网站标识码、备案单号或对象编号"
        )
    return Plan(registry, sites, accounts, tuple(checks), letters=False)


def site_off(site: Site, registry: Registry, at: date) -> str:
    """Why the site is not inspected at all; empty when it is."""
    if site.state in _SITE_OFF:
        return f"名录登记为{site.state}"
    if declared := registry.declared(site.ref, kinds=("临时下线",), at=at):
        return f"已报备临时下线（{declared.start}至{declared.end}）"
    return ""


def account_off(account: Account) -> str:
    """Why only the account's filing is looked at; empty for a running account."""
    return "账号已注销" if account.state == "已注销" else ""


def without_folder(registry: Registry) -> Registry:
    """The ledger as kept in the inspection folder: no path of the machine in it, nor what the clerk notes beside it."""
    return replace(registry, folder="", extra_cells={})
