"""What only the whole ledger shows: duplicates, unknown sites, names that mean nothing, dates in the wrong order."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from duwang.flow.registry.faults import Notebook
from duwang.flow.registry.names import NameFault, NameIndex, index, spelling
from duwang.flow.registry.rows import Row
from duwang.flow.registry.sheets import NAMED_BY
from duwang.model.refs import normalise_address
from duwang.model.registry import Registry

_SITE_LETTERS = ("网民留言", "找错")
_PLATFORM = {
    "微信": "微信公众号", "公众号": "微信公众号", "微信公众平台": "微信公众号", "新浪微博": "微博", "抖音号": "抖音", "快手号": "快手",
    "头条": "今日头条", "头条号": "今日头条", "今日头条号": "今日头条", "微信视频号": "视频号", "APP": "移动客户端", "客户端": "移动客户端",
}  # fmt: skip
_NAMING = ("单位", "网站", "栏目", "新媒体")


def validate(empty: Registry, rows: Mapping[str, Sequence[Row]], notebook: Notebook) -> Registry:
    """The Registry of all usable rows; everything wrong is written into the notebook."""
    kept: dict[str, list[tuple[Row, Any]]] = {
        name: [(row, row.record()) for row in found if row.usable] for name, found in rows.items()
    }
    _once(kept.get("单位", ()), lambda org: org.name, "name", "单位", notebook)
    _once(kept.get("网站", ()), lambda site: site.code, "code", "网站标识码", notebook)
    _once(kept.get("栏目", ()), lambda column: column.ref, "url", "本网站的栏目网址", notebook)
    _once(kept.get("新媒体", ()), lambda account: account.ref, "name", "账号（平台与备案单号）", notebook)
    _once(kept.get("信件", ()), lambda letter: letter.number, "number", "信件编号", notebook)
    _one_account_twice(kept.get("新媒体", ()), notebook)
    _platform_in_two_words(kept.get("新媒体", ()), notebook)
    _letters_lead(kept.get("网站", ()), notebook)
    _same_home(kept.get("网站", ()), notebook)
    _sites_known(kept.get("栏目", ()), rows.get("网站", ()), notebook)
    registry = replace(
        empty,
        orgs=tuple(_records(kept, "单位")),
        sites=tuple(_records(kept, "网站")),
        columns=tuple(_records(kept, "栏目")),
        accounts=tuple(_records(kept, "新媒体")),
    )
    _units_known(registry, kept, notebook)
    numbers = tuple(_records(kept, "信件"))
    known = index(replace(registry, letters=numbers))
    unread = _Unread.of(rows, notebook)
    named = {name: _named(kept.get(name, ()), known, notebook, unread) for name in ("报备", "信件", "任务")}
    for row, declaration in kept.get("报备", ()):
        if declaration.end < declaration.start:
            notebook.problems.append(
                row.problem("end", f"止（{declaration.end}）早于起（{declaration.start}）", "请核对这两个日期")
            )
    _letters(kept.get("信件", ()), named["信件"], notebook)
    _tasks(kept.get("任务", ()), notebook)
    return replace(
        registry, declarations=tuple(named["报备"]), letters=tuple(named["信件"]), tasks=tuple(named["任务"])
    )


def _records(kept: Mapping[str, Sequence[tuple[Row, Any]]], name: str) -> list[Any]:
    return [record for _, record in kept.get(name, ())]


def _once(
    pairs: Sequence[tuple[Row, Any]], key: Callable[[Any], str], field: str, what: str, notebook: Notebook
) -> None:
    first: dict[str, Row] = {}
    for row, record in pairs:
        before = first.setdefault(key(record), row)
        if before is not row:
            notebook.problems.append(
                row.problem(field, f"{what}与第{before.number}行重复", "请删去一行，或改正其中一行")
            )


def _same_home(pairs: Sequence[tuple[Row, Any]], notebook: Notebook) -> None:
    first: dict[str, Row] = {}
    for row, site in pairs:
        before = first.setdefault(normalise_address(site.home), row)
        if before is not row:
            notebook.warnings.append(
                row.problem("home", f"首页网址与第{before.number}行相同", "请确认是不是同一个网站")
            )


def _one_account_twice(pairs: Sequence[tuple[Row, Any]], notebook: Notebook) -> None:
    """Moved to another unit and filed anew, with the old row left standing: it would be inspected and counted twice."""
    first: dict[tuple[str, str], tuple[Row, Any]] = {}
    for row, account in pairs:
        if account.state == "已注销":
            continue
        before, same = first.setdefault((account.platform, spelling(account.name)), (row, account))
        if before is not row and same.ref != account.ref:
            notebook.warnings.append(
                row.problem(
                    "name", f"平台、名称与第{before.number}行相同，备案单号或账号不同", "请确认是不是同一个账号；转给别的单位的，旧的一行请删去或改为“已注销”"
                )
            )  # fmt: skip


def _platform_in_two_words(pairs: Sequence[tuple[Row, Any]], notebook: Notebook) -> None:
    first: dict[str, str] = {}
    for row, account in pairs:
        usual = _PLATFORM.get(account.platform, account.platform)
        if first.setdefault(usual, account.platform) != account.platform:
            told = f"同一个平台写成了“{first[usual]}”和“{account.platform}”，通报里会分开数"
            notebook.warnings.append(row.problem("platform", told, f"请统一写成“{usual}”"))


def _letters_lead(pairs: Sequence[tuple[Row, Any]], notebook: Notebook) -> None:
    """A letter between the digits of a 标识码 is rather a 0 or 1 mistyped."""
    for row, site in pairs:
        if slip := re.search(r"(?<=\d)[A-Za-z]", site.code):
            told = f"“{site.code}”的数字中间有字母“{slip[0]}”"
            notebook.warnings.append(row.problem("code", told, "请看是不是把数字0、1写成了字母O、l"))


def _sites_known(pairs: Sequence[tuple[Row, Any]], sites: Sequence[Row], notebook: Notebook) -> None:
    """A site whose own row is faulty is still named there: only its row is reported."""
    codes = {row.values.get("code") for row in sites}
    unsure = any("code" in row.faulty for row in sites)
    for row, column in pairs:
        if column.site_code not in codes and not unsure:
            notebook.problems.append(
                row.problem(
                    "site_code",
                    f"“网站”表里没有标识码为“{column.site_code}”的网站",
                    "请先在“网站”表登记，或改正这里的标识码",
                )
            )


def _units_known(registry: Registry, kept: Mapping[str, Sequence[tuple[Row, Any]]], notebook: Notebook) -> None:
    known = {spelling(name) for org in registry.orgs for name in org.names}
    told: set[str] = set()
    for sheet, fields in (
        ("网站", ("owner", "supervisor")),
        ("栏目", ("org",)),
        ("新媒体", ("owner", "supervisor")),
        ("单位", ("parent",)),
    ):
        for row, record in kept.get(sheet, ()):
            for field in fields:
                name = getattr(record, field)
                if name and spelling(name) not in known and name not in told:
                    told.add(name)
                    notebook.warnings.append(
                        row.problem(field, f"“单位”表里没有“{name}”", "请在“单位”表登记，或改成表里的名称")
                    )
    shorts: dict[str, str] = {}
    for row, org in kept.get("单位", ()):
        if org.short and shorts.setdefault(org.short, org.name) != org.name:
            notebook.warnings.append(
                row.problem(
                    "short",
                    f"简称“{org.short}”与“{shorts[org.short]}”的简称相同",
                    "页面上只印简称时将不能确定是哪个单位",
                )
            )


@dataclass(frozen=True, slots=True)
class _Unread:
    """What rows that cannot be used may have named: their other cells, and which of their own names are lost."""

    texts: frozenset[str]
    lost: frozenset[str]
    everything: bool

    @classmethod
    def of(cls, rows: Mapping[str, Sequence[Row]], notebook: Notebook) -> _Unread:
        faulty = [row for name in _NAMING for row in rows.get(name, ()) if not row.usable]
        texts = {str(value) for row in faulty for value in row.values.values()}
        unread = {problem.sheet for problem in notebook.problems} & {name for name in _NAMING if not rows.get(name)}
        return cls(frozenset(texts), frozenset(field for row in faulty for field in row.faulty), bool(unread))

    def may_name(self, text: str) -> bool:
        parts = [part.strip() for part in text.split("/")] if "://" not in text else [text]
        return (
            self.everything
            or any(part in self.texts for part in parts)
            or ("://" in text and "url" in self.lost)
            or (bool(self.lost & {"code", "site_code", "filing_no"}) and any(part.isdigit() for part in parts))
            or (bool(self.lost & {"name", "short", "handle"}) and not text.isdigit())
        )


def _named(pairs: Sequence[tuple[Row, Any]], known: NameIndex, notebook: Notebook, unread: _Unread) -> list[Any]:
    """Records with their objects resolved. An unknown name that a faulty row elsewhere may bear is not complained of."""
    resolved = []
    for row, record in pairs:
        if record.target:
            try:
                record = replace(record, target=known.resolve(record.target))
            except NameFault as fault:
                if not (str(fault).startswith("名录里没有") and unread.may_name(record.target)):
                    notebook.problems.append(row.problem("target", str(fault), f"可填{NAMED_BY}"))
        resolved.append(record)
    return resolved


def _letters(pairs: Sequence[tuple[Row, Any]], letters: Sequence[Any], notebook: Notebook) -> None:
    for (row, _), letter in zip(pairs, letters, strict=True):
        place = letter.target.partition("/")[0]
        if not letter.target:
            notebook.warnings.append(
                row.problem("target", "没有写对象，这封信不计入任何网站和单位", f"请补填，可填{NAMED_BY}")
            )
        elif letter.source in _SITE_LETTERS and place in ("org", "account", "letter"):
            notebook.problems.append(
                row.problem("target", f"来源为{letter.source}的信件，对象应是网站", "请填网站标识码")
            )
        elif letter.source == "依申请公开" and place in ("site", "account", "letter"):
            notebook.problems.append(
                row.problem("target", "来源为依申请公开的信件，对象应是单位", "请填单位名称或简称")
            )
        if letter.received and letter.replied and letter.replied < letter.received:
            notebook.problems.append(
                row.problem(
                    "replied", f"答复时间（{letter.replied}）早于收到时间（{letter.received}）", "请核对这两个日期"
                )
            )
        elif not letter.received:
            notebook.warnings.append(row.problem("received", "没有写收到时间，无法判断是否超期", "请补填"))


def _tasks(pairs: Sequence[tuple[Row, Any]], notebook: Notebook) -> None:
    for row, task in pairs:
        if task.kind == "转发" and not task.name:
            notebook.problems.append(row.problem("name", "转发任务没有写要转发的内容", "请填写标题"))
        if task.kind == "发布量" and task.count is None:
            notebook.problems.append(row.problem("count", "发布量任务没有写数量", "请填写应发布的条数"))
