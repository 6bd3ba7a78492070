"""The county's ledger for one round, as the folder of CSVs a clerk would keep, with what the units handed in beside it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

from duwang.demo import accounts
from duwang.demo.county import AS_OF, county
from duwang.demo.styles import style_of
from duwang.demo.world import FEEDS
from duwang.flow.registry.exporting import export
from duwang.model.registry import Account, Column, Declaration, Letter, Org, Registry, Site, Task


def write_ledger(folder: Path, round_: int, first_port: int) -> Path:
    """Write 单位, 网站, 栏目, 新媒体, 报备, 信件, 任务; returns the folder."""
    data = county()
    registry = Registry(
        orgs=tuple(Org(unit.name, unit.short, unit.parent, data.region, unit.kind) for unit in data.units),
        sites=tuple(_sites(first_port)),
        columns=tuple(_columns(round_, first_port)),
        accounts=tuple(_accounts(folder, round_, first_port)),
        declarations=tuple(
            Declaration(
                row["target"],
                row["kind"],
                date.fromisoformat(row["start"]),
                date.fromisoformat(row["end"]),
                row["reason"],
                row["basis"],
            )
            for row in data.declarations
        ),
        letters=tuple(letter for row in data.letters if (letter := _letter(row, round_)) is not None),
        tasks=tuple(_tasks(round_)),
    )
    export(registry, folder)
    accounts.write_walked(folder, round_)
    return folder


def site_url(key: str, first_port: int) -> str:
    return f"http://127.0.0.1:{first_port + county().place(key).port}/"


def shelf_address(key: str, first_port: int) -> str:
    shelf = county().shelf(key)
    return site_url(shelf.site, first_port).rstrip("/") + style_of(county().place(shelf.site)).shelf_url(shelf)


def _sites(first_port: int) -> Iterator[Site]:
    for place in county().places:
        yield Site(
            place.code,
            place.name,
            site_url(place.key, first_port),
            place.kind,
            place.owner,
            place.supervisor,
            True,
            place.state,
            True,
        )


def _columns(round_: int, first_port: int) -> Iterator[Column]:
    for place in county().places:
        for shelf in county().shelves_of(place.key, round_):
            yield Column(
                place.code,
                shelf.name,
                shelf_address(shelf.key, first_port),
                shelf.category,
                shelf.field,
                shelf.first,
                shelf.limit,
                shelf.org,
            )


def _accounts(folder: Path, round_: int, first_port: int) -> Iterator[Account]:
    for voice in county().voices:
        address = accounts.collected(voice, round_, folder)
        if accounts.ROUTES[voice.via] == "订阅":
            address = f"http://127.0.0.1:{first_port + FEEDS}{accounts.feed_path(voice)}"
        yield Account(
            filing_no=voice.filing, platform=voice.platform, name=voice.key, handle=voice.handle, owner=voice.owner,
            supervisor="仿真县人民政府办公室", state=voice.state, registered=voice.registered, opened=date(2021, 3, 1), filed=_day(voice.filed) or date(2021, 3, 1),
            cancelled=date(2025, 12, 10) if voice.state == "已注销" else None, verified_as=voice.verified or voice.owner,
            route=accounts.ROUTES[voice.via], address=address,
        )  # fmt: skip


def _letter(row: Any, round_: int) -> Letter | None:
    """The letter as it stood then: None before it came, unanswered before it was answered."""
    as_of = AS_OF[round_]
    got = date.fromisoformat(row["got"])
    if got > as_of:
        return None
    answered = _day(row.get("answered"))
    known = answered is not None and answered <= as_of
    target = row["to"]
    if any(place.key == target for place in county().places):
        target = county().place(target).code
    return Letter(
        number=row["no"], source=row["from"], target=target, mailbox=row.get("box", ""), valid=row.get("valid", True), title=row["title"],
        text=row["text"], received=got, replied=answered if known else None, replier=row.get("by", "") if known else "",
        reply=_reply(row) if known else "", category="政务咨询", correction_asked=_till(row.get("asked"), as_of),
        correction_received=_till(row.get("asked_back"), as_of), extended_to=_day(row.get("extended")),
        third_party_asked=_till(row.get("third"), as_of), third_party_answered=_till(row.get("third_back"), as_of),
    )  # fmt: skip


def _reply(row: Any) -> str:
    """The reply as sent: a disclosure application gets a document with number, unit and date."""
    reply = str(row.get("reply", ""))
    if row["from"] != "依申请公开":
        return reply
    day = date.fromisoformat(row["answered"])
    number = int(row["no"][-3:])
    return f"政府信息公开申请答复书\n依申请答复〔{day.year}〕{number}号\n申请人：\n{reply}\n{row['by']}\n{day.year}年{day.month}月{day.day}日"


def _tasks(round_: int) -> Iterator[Task]:
    for row in county().tasks:
        if round_ in row["rounds"]:
            yield Task(row["kind"], row["target"], row["name"], _day(row.get("due")), row.get("count"))


def _day(written: str | None) -> date | None:
    return date.fromisoformat(written) if written else None


def _till(written: str | None, as_of: date) -> date | None:
    day = _day(written)
    return day if day and day <= as_of else None
