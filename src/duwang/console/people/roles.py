"""Roles and rights: one table that views, templates, the API and the permission test all read."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    ADMIN = "系统管理员"
    INSPECTOR = "检查员"
    REVIEWER = "复核员"
    APPROVER = "审批领导"
    CONTACT = "单位联系人"
    EDITOR = "编辑"
    READER = "只读"
    SUPERIOR = "上级"


class Right(StrEnum):
    """What can be done. Seeing is narrowed by the person's units everywhere."""

    SEE = "查看"
    LEDGER_EDIT = "维护名录"
    ROUND_RUN = "组织检查"
    DECIDE = "复核问题"
    ANSWER = "回答人工项"
    CASE_MANAGE = "督办整改"
    CASE_ANSWER = "反馈整改"
    BULLETIN_EDIT = "编写通报"
    BULLETIN_PUBLISH = "签发通报"
    PROOF = "发布前审校"
    PROOF_SIGN = "审签文稿"
    WORDS_EDIT = "维护词库"
    PEOPLE = "管理人员"
    SYSTEM = "系统管理"


_OFFICE = {Role.ADMIN, Role.INSPECTOR, Role.REVIEWER, Role.APPROVER}
RIGHTS: Mapping[Right, frozenset[Role]] = {
    Right.SEE: frozenset(Role),
    Right.LEDGER_EDIT: frozenset({Role.ADMIN, Role.INSPECTOR}),
    Right.ROUND_RUN: frozenset({Role.ADMIN, Role.INSPECTOR}),
    Right.DECIDE: frozenset({Role.INSPECTOR, Role.REVIEWER}),
    Right.ANSWER: frozenset({Role.INSPECTOR, Role.REVIEWER}),
    Right.CASE_MANAGE: frozenset({Role.INSPECTOR, Role.REVIEWER}),
    Right.CASE_ANSWER: frozenset({Role.CONTACT}),
    Right.BULLETIN_EDIT: frozenset({Role.INSPECTOR, Role.REVIEWER}),
    Right.BULLETIN_PUBLISH: frozenset({Role.APPROVER}),
    Right.PROOF: frozenset({*_OFFICE, Role.CONTACT, Role.EDITOR}),
    Right.PROOF_SIGN: frozenset({*_OFFICE, Role.CONTACT, Role.EDITOR}),
    Right.WORDS_EDIT: frozenset({Role.ADMIN, Role.REVIEWER}),
    Right.PEOPLE: frozenset({Role.ADMIN}),
    Right.SYSTEM: frozenset({Role.ADMIN}),
}
NEEDS_TOTP = frozenset({Role.ADMIN, Role.APPROVER})


def may(role: str, right: Right) -> bool:
    return any(role == allowed.value for allowed in RIGHTS[right])
