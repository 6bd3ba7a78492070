"""The prefecture's units, sites, columns and accounts, made by counting; every name is invented."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from random import Random

from duwang.demo.county import Place, Shelf, Unit, Voice
from duwang.demo.prose import UNITS

AS_OF = date(2026, 9, 30)
SINCE = date(2026, 7, 1)
CITY, OFFICE = "仿真市人民政府", "仿真市人民政府办公室"
SITES, ACCOUNTS = 60, 300
_BUREAUS = (
    "教育局",
    "农业农村局",
    "水务局",
    "民政局",
    "文化和旅游局",
    "应急管理局",
    "住房和城乡建设局",
    "卫生健康局",
    "财政局",
    "交通运输局",
)
_DISTRICTS = ("砚屏县", "鹭栖县", "槐岭县", "杉湾区", "苔溪区")
_STYLES = ("plain", "vsb", "jpage", "legacy")
_COLUMNS = (
    ("工作动态", "xw", "动态要闻", "news"), ("通知公告", "tz", "通知公告", "notice"), ("部门信息", "bm", "其他", "news"), ("基层信息", "jc", "其他", "news"),
    ("惠民服务", "hm", "其他", "news"), ("专项工作", "zx", "其他", "news"),
)  # fmt: skip
_PLATFORMS = ("微信公众号", "微博", "抖音", "快手", "今日头条")


@dataclass(frozen=True, slots=True)
class Prefecture:
    """`newest` = the day of the last article of a column or post of an account, by its key."""

    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    shelves: tuple[Shelf, ...]
    voices: tuple[Voice, ...]
    newest: dict[str, date]


@lru_cache(maxsize=1)
def prefecture() -> Prefecture:
    """The same in every run."""
    dice = Random("仿真市")
    units = (Unit(CITY, "市政府", kind="政府"), Unit(OFFICE, "市政府办公室", CITY, "部门"), *_offices())
    owners = [OFFICE, *(unit.name for unit in units[2:])]
    places = tuple(
        Place(
            key=f"网{n}", code=f"99040{n:05d}", name=f"{owners[n]}网站", title=owners[n], style=_STYLES[n % len(_STYLES)], port=n,
            owner=owners[n], kind="门户" if n == 0 else "部门", supervisor=OFFICE,
        )
        for n in range(SITES)
    )  # fmt: skip
    shelves = tuple(
        Shelf(place.key, name, path, category, kind, themes=tuple(UNITS), home=at == 0)
        for place in places
        for at, (name, path, category, kind) in enumerate(_COLUMNS)
    )
    voices = tuple(
        Voice(
            key=f"仿真{owners[n % len(owners)].removeprefix('仿真市')}发布{n // len(owners) or ''}", platform=_PLATFORMS[n % 5], owner=owners[n % len(owners)],
            via="rss", filing=f"20260700000{n:05d}",
        )
        for n in range(ACCOUNTS)
    )  # fmt: skip
    newest = {one.key: AS_OF - timedelta(days=_age(dice, one.category)) for one in shelves}
    newest |= {one.key: AS_OF - timedelta(days=15 + dice.randrange(40) if dice.random() < 0.12 else dice.randrange(13)) for one in voices}  # fmt: skip
    return Prefecture(units, places, shelves, voices, newest)


def _offices() -> Iterator[Unit]:
    """Ten bureaus of the city, and the government and nine bureaus of each district."""
    for bureau in _BUREAUS:
        yield Unit(f"仿真市{bureau}", f"市{bureau}", CITY, "部门")
    for district in _DISTRICTS:
        yield Unit(f"仿真市{district}人民政府", f"{district}政府", CITY, "政府")
        for bureau in _BUREAUS[:-1]:
            yield Unit(f"仿真市{district}{bureau}", f"{district}{bureau}", f"仿真市{district}人民政府", "部门")


def _age(dice: Random, category: str) -> int:
    """Days since the newest article: one column of news in eight is stale."""
    return 15 + dice.randrange(60) if category == "动态要闻" and dice.random() < 0.12 else dice.randrange(12)
