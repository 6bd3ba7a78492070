"""Styles: the order, headings, wording and annex columns of one office's notices, as TOML files anybody can write."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from duwang.bulletin.entries import Entry
from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.template import (
    AnnexPlan,
    FigurePlan,
    SectionText,
    annex_from,
    figure_from,
    paragraphs,
    section_from,
)

FOLDER = Path(__file__).parent / "styles"
DEFAULT = "通用"


@dataclass(frozen=True, slots=True)
class Style:
    """How a notice looks. `examples`: how many names stand after 如; `working_days`: rectification, when nothing else is said;
    `phrases`: pieces of sentences that several sentences use; `told`: headings of problems that the style tells itself."""

    name: str
    title: str
    opening: tuple[str, ...] = ()
    addressees: str = ""
    sections: tuple[SectionText, ...] = ()
    requirements: tuple[SectionText, ...] = ()
    figures: tuple[FigurePlan, ...] = ()
    annexes: tuple[AnnexPlan, ...] = ()
    disclosure: str = ""
    examples: int = 3
    working_days: int = 10
    mark: str = ""
    note: str = ""
    signature: str = "{发文机关}"
    overlays: tuple[str, ...] = ()
    phrases: Mapping[str, str] = field(default_factory=dict)
    told: tuple[str, ...] = ()


def styles() -> tuple[str, ...]:
    """Names of the styles that come with the system, the default first."""
    names = sorted(path.stem for path in FOLDER.glob("*.toml"))
    return (DEFAULT, *(name for name in names if name != DEFAULT))


def style_for(overlays: Iterable[str]) -> str:
    """The style that belongs to the last of these local rules that has one, else the default."""
    named = {overlay: name for name in styles() for overlay in load_style(name).overlays}
    return next((named[overlay] for overlay in reversed(list(overlays)) if overlay in named), DEFAULT)


def load_style(name: str | None) -> Style:
    """A style by its name or as a path to a TOML file; BulletinFault says what exists or what is wrong."""
    chosen = name or DEFAULT
    path = FOLDER / f"{chosen}.toml"
    if chosen not in styles():
        path = Path(chosen)
        if path.suffix != ".toml" or not path.is_file():
            raise BulletinFault(
                f"没有名为“{chosen}”的样式，可以用：{'、'.join(styles())}，或者写一个.toml样式文件的路径"
            )
    try:
        content = tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise BulletinFault(f"样式文件“{path.name}”写法不对：{fault}") from None
    return _style(Entry(content, "", path.name), path.stem)


def _style(entry: Entry, stem: str) -> Style:
    entry.known(
        "name", "title", "opening", "addressees", "section", "requirement", "figures", "annex", "disclosure", "examples",
        "working_days", "mark", "note", "signature", "overlays", "phrases", "told",
    )  # fmt: skip
    figures = entry.get("figures")
    return Style(
        name=entry.get("name").text(stem),
        title=entry.get("title").text(needed=True),
        opening=paragraphs(entry.get("opening")),
        addressees=entry.get("addressees").text(),
        sections=tuple(section_from(item) for item in entry.get("section").items()),
        requirements=tuple(section_from(item) for item in entry.get("requirement").items()),
        figures=tuple(figure_from(key, figures.get(key)) for key in figures.mapping()),
        annexes=tuple(annex_from(item) for item in entry.get("annex").items()),
        disclosure=entry.get("disclosure").text(),
        examples=entry.get("examples").number(3),
        working_days=entry.get("working_days").number(10),
        mark=entry.get("mark").text(),
        note=entry.get("note").text(),
        phrases={key: entry.get("phrases").get(key).text() for key in entry.get("phrases").mapping()},
        told=entry.get("told").texts(),
        overlays=entry.get("overlays").texts(),
        signature=entry.get("signature").text() if "signature" in entry.mapping() else "{发文机关}",
    )
