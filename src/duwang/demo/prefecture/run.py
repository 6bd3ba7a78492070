"""The prefecture served on loopback, inspected and judged once; nothing of it is decided."""

from __future__ import annotations

import shutil
import sys
import time
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from duwang.demo.accounts import feed_path, rss
from duwang.demo.county import Place
from duwang.demo.prefecture.places import ACCOUNTS, AS_OF, OFFICE, SINCE, SITES, prefecture
from duwang.demo.prefecture.writing import articles, posts, template_faults
from duwang.demo.scene import Answer, Scene
from duwang.demo.server import serving
from duwang.demo.styles import style_of
from duwang.demo.world import PICTURES, World, picture
from duwang.flow.folder import Folder
from duwang.flow.inspection import inspect
from duwang.flow.registry import load
from duwang.flow.registry.exporting import export
from duwang.flow.settings import Settings
from duwang.model.period import Span
from duwang.model.registry import Account, Column, Org, Registry, Site

FEEDS = SITES


def run(out: Path) -> Folder:
    """Inspect the prefecture into `out`/round-1 with the ledger beside it; what stood there is replaced."""
    for old in (*out.glob("round-?"), *out.glob("ledger-?")):
        shutil.rmtree(old)
    out.mkdir(parents=True, exist_ok=True)
    began = time.perf_counter()
    with serving(ports=SITES + 1) as stage:
        stage.world = world(stage.first_port)
        ledger = out / "ledger-1"
        export(registry(stage.first_port), ledger)
        built = time.perf_counter()
        settings = Settings(
            out=out / "round-1", as_of=AS_OF, period=Span.parse("2026Q3"), delay=0, allow_loopback=True, documents=False, since=SINCE,
            registry_text="仿真市",
        )  # fmt: skip
        inspect(load(str(ledger)), settings, progress=lambda message: print(message, file=sys.stderr, flush=True))
    folder = Folder(out / "round-1")
    findings = folder.findings()
    print(
        f"仿真市：{SITES}个网站、{ACCOUNTS}个账号，问题{len(findings)}个，其中不同的{len({one.question for one in findings})}类，都没有复核"
    )
    print(f"生成{built - began:.0f}秒，检查和判定{time.perf_counter() - built:.0f}秒；查看：duwang serve {out}")
    return folder


def world(first_port: int) -> World:
    """Every answer by port and address."""
    made: dict[int, dict[str, Answer]] = {place.port: dict(_site(place, first_port)) for place in prefecture().places}
    base = f"http://127.0.0.1:{first_port + FEEDS}"
    made[FEEDS] = {feed_path(voice): rss(voice, posts(voice), base) for voice in prefecture().voices}
    return made


def registry(first_port: int) -> Registry:
    """The ledger a clerk of the city would keep."""
    data = prefecture()
    homes = {place.key: f"http://127.0.0.1:{first_port + place.port}/" for place in data.places}
    by_key = {place.key: place for place in data.places}
    return Registry(
        orgs=tuple(Org(unit.name, unit.short, unit.parent, _region(unit.name), unit.kind) for unit in data.units),
        sites=tuple(
            Site(one.code, one.name, homes[one.key], one.kind, one.owner, OFFICE, True, "正常", True) for one in data.places
        ),
        columns=tuple(
            Column(by_key[one.site].code, one.name, homes[one.site].rstrip("/") + style_of(by_key[one.site]).shelf_url(one), one.category)
            for one in data.shelves
        ),
        accounts=tuple(
            Account(
                filing_no=one.filing, platform=one.platform, name=one.key, owner=one.owner, supervisor=OFFICE, opened=date(2021, 3, 1),
                filed=date(2021, 3, 1), verified_as=one.owner, route="订阅", address=f"http://127.0.0.1:{first_port + FEEDS}{feed_path(one)}",
            )
            for one in data.voices
        ),
    )  # fmt: skip


def _site(place: Place, first_port: int) -> Iterator[tuple[str, Answer]]:
    shelves = tuple(one for one in prefecture().shelves if one.site == place.key)
    base = f"http://127.0.0.1:{first_port + place.port}"
    written = {one.key: tuple(articles(place, one)) for one in shelves}
    scene = Scene(
        place, shelves, base, f"http://127.0.0.1:{first_port}", base, 2, written, faults=template_faults(place),
        by_title={one.title: one for of_shelf in written.values() for one in of_shelf},
    )  # fmt: skip
    yield from style_of(place).pages(scene)
    for name in PICTURES:
        yield f"/images/{name}.png", picture(name)
    for path in ("/script/jpage/jquery.jpage.js", "/system/resource/js/counter.js"):
        yield path, Answer(kind="application/javascript", body=b"/* */")


def _region(unit: str) -> str:
    rest = unit.removeprefix("仿真市")
    return f"仿真市{rest[:3]}" if rest[2:3] in ("县", "区") else "仿真市"
