"""仿真县 as data: units, sites, columns, accounts, letters, declarations; read from the TOML files beside this one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
ROUNDS = (0, 1, 2)
AS_OF = {0: date(2026, 3, 31), 1: date(2026, 6, 30), 2: date(2026, 9, 30)}
PERIOD = {0: "2026Q1", 1: "2026Q2", 2: "2026Q3"}
SINCE = {0: date(2026, 1, 1), 1: date(2026, 4, 1), 2: date(2026, 7, 1)}


@dataclass(frozen=True, slots=True)
class Unit:
    """单位."""

    name: str
    short: str
    parent: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """A site: its key in the data, its ledger fields, its style and its port above the first one."""

    key: str
    code: str
    name: str
    title: str
    style: str
    port: int
    owner: str
    kind: str = "部门"
    supervisor: str = "仿真县人民政府办公室"
    state: str = "正常"
    down: tuple[int, ...] = ()
    rewritten: int = 9


@dataclass(frozen=True, slots=True)
class Shelf:
    """A column. `step`, `gaps` and `dates` decide when its articles were published; `follows` = one article for each of there."""

    site: str
    name: str
    path: str
    category: str
    kind: str = "news"
    themes: tuple[str, ...] = ()
    first: bool = True
    limit: str = ""
    field: str = ""
    org: str = ""
    step: int = 0
    gaps: tuple[tuple[str, str], ...] = ()
    dates: tuple[str, ...] = ()
    blank: tuple[int, ...] = ()
    home: bool = False
    follows: str = ""
    future: str = ""
    rounds: tuple[int, ...] = ROUNDS

    @property
    def key(self) -> str:
        return f"{self.site}/{self.name}"


@dataclass(frozen=True, slots=True)
class Voice:
    """An account: how it is seen (`via`) and the day of its last post before each inspection."""

    key: str
    platform: str
    owner: str
    via: str
    filing: str = ""
    handle: str = ""
    state: str = "正常"
    registered: bool = True
    newest: tuple[str, ...] = ()
    future: str = ""
    rounds: tuple[int, ...] = ROUNDS
    empty: bool = False
    filed: str = ""
    verified: str = ""


@dataclass(frozen=True, slots=True)
class County:
    """Everything that does not change between rounds."""

    region: str
    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    shelves: tuple[Shelf, ...]
    voices: tuple[Voice, ...]
    letters: tuple[Mapping[str, Any], ...]
    declarations: tuple[Mapping[str, str], ...]
    tasks: tuple[Mapping[str, Any], ...]

    def place(self, key: str) -> Place:
        return next(place for place in self.places if place.key == key)

    def shelf(self, key: str) -> Shelf:
        return next(shelf for shelf in self.shelves if shelf.key == key)

    def voice(self, key: str) -> Voice:
        return next(voice for voice in self.voices if voice.key == key)

    def shelves_of(self, site: str, round_: int | None = None) -> tuple[Shelf, ...]:
        """The columns of a site, those that it has in a round when one is named."""
        return tuple(s for s in self.shelves if s.site == site and (round_ is None or round_ in s.rounds))

    def unit_named(self, text: str) -> str:
        """The one unit that bears this name or 简称; empty when none or several do."""
        found = {unit.name for unit in self.units if text in (unit.name, unit.short)}
        return found.pop() if len(found) == 1 else ""


@lru_cache(maxsize=1)
def county() -> County:
    """The county; KeyError or TypeError names what is wrong in a data file."""
    units = toml("county/units.toml")
    shelves = [
        Shelf(site=path.stem, **_tuples(row))
        for path in sorted((HERE / "county/columns").glob("*.toml"))
        for row in toml(path)["column"]
    ]
    tasks = HERE / "county/tasks.toml"
    return County(
        units["region"],
        tuple(Unit(**row) for row in units["unit"]),
        tuple(Place(**_tuples(row)) for row in toml("county/sites.toml")["site"]),
        tuple(shelves),
        tuple(Voice(**_tuples(row)) for row in toml("county/accounts.toml")["account"]),
        tuple(row for path in sorted((HERE / "county/letters").glob("*.toml")) for row in toml(path)["letter"]),
        tuple(toml("county/declared.toml")["declaration"]),
        tuple(toml(tasks)["task"]) if tasks.is_file() else (),
    )


def toml(path: Path | str) -> dict[str, Any]:
    """One data file; a name is relative to this package."""
    with (HERE / path).open("rb") as stream:
        return tomllib.load(stream)


def _tuples(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _frozen(value) for key, value in row.items()}


def _frozen(value: Any) -> Any:
    return tuple(_frozen(item) for item in value) if isinstance(value, list) else value
