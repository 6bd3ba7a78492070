"""The ledger (名录): who must be inspected. One class per sheet; field order follows the sheet."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from duwang.model.refs import account_ref, column_ref, letter_ref, org_ref, site_ref


class Route(StrEnum):
    """采集方式: how an account is seen."""

    API = "接口"
    FEED = "订阅"
    SELF_REPORT = "单位自报"
    SAVED_PAGES = "网页保存"
    SCREENSHOT = "截图"
    BY_HAND = "人工"


@dataclass(frozen=True, slots=True)
class Org:
    """单位."""

    name: str
    short: str = ""
    parent: str = ""
    region: str = ""
    kind: str = ""
    contact: str = ""
    phone: str = ""
    former: str = ""

    @property
    def ref(self) -> str:
        return org_ref(self.name)

    @property
    def names(self) -> tuple[str, ...]:
        """名称, 简称 and every 曾用名 (several with 、 between them): what pages and other sheets may call it."""
        known = (self.name, self.short, *re.split(r"[、，,；;\n]+", self.former))
        return tuple(dict.fromkeys(name for each in known if (name := each.strip())))


@dataclass(frozen=True, slots=True)
class Site:
    """网站. `kind` is 门户, 部门 or 专项; `state` 正常, 例行维护, 临时下线 or 关停. `obeys_robots`: what the site's robots.txt
    closes is left unread; otherwise it is read and that is said in the coverage."""

    code: str
    name: str
    home: str
    kind: str = "部门"
    owner: str = ""
    supervisor: str = ""
    serves_public: bool = True
    state: str = "正常"
    registered: bool | None = None
    obeys_robots: bool = False

    @property
    def ref(self) -> str:
        return site_ref(self.code)


@dataclass(frozen=True, slots=True)
class Column:
    """栏目. `category` is 类别; `limit` the written 更新期限 (empty = by category); `field` for 重点领域."""

    site_code: str
    name: str
    url: str
    category: str = "其他"
    field: str = ""
    first_level: bool = True
    limit: str = ""
    org: str = ""

    @property
    def ref(self) -> str:
        return column_ref(self.site_code, self.url)

    @property
    def site(self) -> str:
        return site_ref(self.site_code)


@dataclass(frozen=True, slots=True)
class Account:
    """新媒体. Numbers are text: 备案单号 has 5 to 19 digits."""

    filing_no: str
    platform: str
    name: str
    handle: str = ""
    owner: str = ""
    supervisor: str = ""
    state: str = "正常"
    registered: bool | None = None
    registered_province: bool | None = None
    opened: date | None = None
    filed: date | None = None
    cancelled: date | None = None
    verified_as: str = ""
    former_names: str = ""
    route: str = ""
    address: str = ""

    @property
    def ref(self) -> str:
        return account_ref(self.platform, self.filing_no or self.handle or self.name)


@dataclass(frozen=True, slots=True)
class Declaration:
    """报备: a dated statement the judge honours. `target` is a ref; days are inclusive."""

    target: str
    kind: str
    start: date
    end: date
    reason: str = ""
    basis: str = ""

    def covers(self, day: date) -> bool:
        return self.start <= day <= self.end


@dataclass(frozen=True, slots=True)
class Letter:
    """信件: a letter, message, complaint or disclosure application. `target` is a ref."""

    number: str
    source: str
    target: str = ""
    mailbox: str = ""
    valid: bool = True
    title: str = ""
    text: str = ""
    received: date | None = None
    replied: date | None = None
    replier: str = ""
    reply: str = ""
    category: str = ""
    correction_asked: date | None = None
    correction_received: date | None = None
    extended_to: date | None = None
    third_party_asked: date | None = None
    third_party_answered: date | None = None

    @property
    def ref(self) -> str:
        return letter_ref(self.number)


@dataclass(frozen=True, slots=True)
class Task:
    """任务: a repost or publication quota. `target` is a ref."""

    kind: str
    target: str
    name: str
    due: date | None = None
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Registry:
    """The whole ledger, in sheet order. `folder` is where relative 采集地址 start (empty for a bare URL). `extra`: sheet → headings
    that no ledger has; `extra_cells`: their cells, one row for every record of that sheet."""

    orgs: tuple[Org, ...] = ()
    sites: tuple[Site, ...] = ()
    columns: tuple[Column, ...] = ()
    accounts: tuple[Account, ...] = ()
    declarations: tuple[Declaration, ...] = ()
    letters: tuple[Letter, ...] = ()
    tasks: tuple[Task, ...] = ()
    folder: str = ""
    extra: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    extra_cells: Mapping[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)

    def columns_of(self, site_code: str) -> tuple[Column, ...]:
        return tuple(column for column in self.columns if column.site_code == site_code)

    def declared(self, target: str, *, kinds: tuple[str, ...], at: date) -> Declaration | None:
        """The first declaration of one of `kinds` on exactly this ref that covers the day."""
        for declaration in self.declarations:
            if declaration.target == target and declaration.kind in kinds and declaration.covers(at):
                return declaration
        return None
