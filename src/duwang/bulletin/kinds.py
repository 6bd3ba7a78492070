"""How problems are grouped and named in a notice, by check id; a check that is not listed goes by its family."""

from __future__ import annotations

from collections.abc import Mapping

GROUPS: Mapping[str, str] = {
    "reach": "站点和链接不可用",
    "update": "信息更新不及时",
    "text": "信息发布审核不严",
    "privacy": "泄露个人隐私",
    "document": "信息发布不规范",
    "policy": "政策解读不到位",
    "disclosure": "政府信息公开不规范",
    "service": "办事服务不实用",
    "interact": "互动回应不及时",
    "function": "网站标识和功能不规范",
    "security": "安全防护不到位",
    "media": "政务新媒体管理不规范",
}
ACCOUNT_GROUPS: Mapping[str, str] = {"update": "政务新媒体更新不及时"}

_MACHINE_FAMILIES = ("reach", "update", "function")
_MACHINE = {
    "media/filing-missing", "media/duplicate-account", "media/cancelled-alive", "media/repost-missed",
    "interact/letter-overdue", "interact/find-error-overdue", "interact/letter-fields",
    "service/guide-elements", "service/statistics-stale",
    "policy/interpretation-unlinked", "disclosure/annual-report-missing", "disclosure/reply-overdue",
    "document/disclosure-label", "document/attachment-duplicate",
}  # fmt: skip
_PERSON = {
    "reach/illicit-outlink", "update/date-forged", "function/accessibility", "function/site-search", "function/site-name",
}  # fmt: skip
MACHINE_CERTAINTY = 0.9


def group_of(check: str, *, kind: str) -> str:
    """Heading under which problems of a check are told; `kind` is site or account."""
    family = check.partition("/")[0]
    own = ACCOUNT_GROUPS.get(family) if kind == "account" else None
    return own or GROUPS.get(family, "其他问题")


def rank(group: str) -> int:
    """Order of the headings."""
    order = [*GROUPS.values()]
    order.insert(order.index("信息更新不及时") + 1, ACCOUNT_GROUPS["update"])
    return order.index(group) if group in order else len(order)


def machine_decided(check: str, certainty: float) -> bool:
    """True for facts that need no person's judgement (dates, counts, addresses that do not answer), when they are certain."""
    if check in _PERSON:
        return False
    listed = check in _MACHINE or check.partition("/")[0] in _MACHINE_FAMILIES
    return listed and certainty >= MACHINE_CERTAINTY
