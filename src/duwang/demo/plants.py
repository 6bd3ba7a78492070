"""What is planted where: faults, near misses and template faults, read from faults/*.toml."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from duwang.demo.county import HERE, toml
from duwang.demo.numbers import filled


@dataclass(frozen=True, slots=True)
class Plant:
    """One article or post that is made for one fault or one near miss.

    `rounds` are the rounds in which the fault stands; in the others `clean` stands instead of `text`. `quote` is what a finding
    must overlap. `gone` is the round from which the page answers 404.
    """

    id: str
    check: str
    where: str
    near: bool
    rounds: tuple[int, ...] = (1, 2)
    why: str = ""
    on: str = ""
    title: str = ""
    source: str = ""
    org: str = ""
    by: str = ""
    text: str = ""
    clean: str = ""
    quote: str = ""
    rows: int = 0
    gone: int = 9
    appears: int = 0
    gap: str = ""
    date: str = ""
    forged: str = ""
    body: str = ""
    first: str = ""
    doc_no: str = ""
    label: str | None = None
    again: str = ""
    points_at: str = ""
    skip_silence: bool = False
    hint: bool = False
    table: tuple[tuple[str, ...], ...] = ()
    xlsx: tuple[tuple[str, ...], ...] = ()
    docx: tuple[str, ...] = ()
    pdf: tuple[str, ...] = ()
    file: str = ""
    link: Mapping[str, Any] = field(default_factory=dict)
    image: Mapping[str, Any] = field(default_factory=dict)
    extra: Mapping[str, Any] = field(default_factory=dict)

    @property
    def wording(self) -> tuple[str, str]:
        """(text where the fault stands, text where it does not)."""
        return self.text, self.clean


@dataclass(frozen=True, slots=True)
class TemplateFault:
    """Something left out of a site's template; `only` names one kind of page."""

    id: str
    check: str
    site: str
    rounds: tuple[int, ...]
    drop: str
    quotes: tuple[str, ...]
    only: str = ""
    hint: bool = False


@dataclass(frozen=True, slots=True)
class Expectation:
    """A fault that the county's own data make (a stale column, an unanswered letter): where, when and whose."""

    check: str
    target: str
    rounds: tuple[int, ...] = (1, 2)
    near: bool = False
    why: str = ""
    quote: str = ""
    org: str = ""
    by: str = ""
    hint: bool = False


@lru_cache(maxsize=1)
def plants() -> tuple[Plant, ...]:
    """Every planted article and post, tokens replaced by generated numbers; TypeError names an unknown key."""
    found = []
    for path in sorted((HERE / "faults").glob("*.toml")):
        content = toml(path)
        for near, key in ((False, "fault"), (True, "near")):
            found += [Plant(near=near, **_filled(row)) for row in content.get(key, [])]
    if len({plant.id for plant in found}) != len(found):
        raise ValueError("faults：编号重复")
    return tuple(found)


@lru_cache(maxsize=1)
def template_faults() -> tuple[TemplateFault, ...]:
    return tuple(
        TemplateFault(**_filled(row))
        for path in sorted((HERE / "faults").glob("*.toml"))
        for row in toml(path).get("template", [])
    )


@lru_cache(maxsize=1)
def expectations() -> tuple[Expectation, ...]:
    found = []
    for path in sorted((HERE / "faults").glob("*.toml")):
        content = toml(path)
        found += [Expectation(**_filled(row)) for row in content.get("expect", [])]
        found += [Expectation(near=True, **_filled(row)) for row in content.get("silent", [])]
    return tuple(found)


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {key: _value(value) for key, value in row.items()}


def _value(value: Any) -> Any:
    if isinstance(value, str):
        return filled(value)
    if isinstance(value, list):
        return tuple(_value(item) for item in value)
    return {key: _value(item) for key, item in value.items()} if isinstance(value, dict) else value
