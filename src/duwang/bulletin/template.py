"""The parts that styles and data files are written in: sections with places for figures, and plans of annex tables."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from duwang.bulletin.entries import Entry

PROBLEMS, REQUIREMENTS = "problems", "requirements"
_OWN = ("", PROBLEMS, REQUIREMENTS)


@dataclass(frozen=True, slots=True)
class SectionText:
    """A section before its figures are known. `when`: left out while that figure is zero or that word empty. `fill`: its
    subsections come from the problems (problems) or the requirements (requirements) of this notice."""

    heading: str = ""
    texts: tuple[str, ...] = ()
    sections: tuple[SectionText, ...] = ()
    closing: tuple[str, ...] = ()
    run_in: bool = False
    fill: str = ""
    when: str = ""
    where: str = ""
    numbering: str = ""


@dataclass(frozen=True, slots=True)
class ColumnPlan:
    """A column: `template` is built of field names (`{名称}（{平台}）`), 序号 counts the rows."""

    title: str
    template: str = ""
    share: float = 1.0
    centred: bool = False


@dataclass(frozen=True, slots=True)
class AnnexPlan:
    """A table: rows of `table` whose `where` fields match, one row per `group` with the other fields joined by 、; or `rows` as given."""

    key: str
    title: str
    columns: tuple[ColumnPlan, ...] = ()
    table: str = "problems"
    kinds: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)
    group: tuple[str, ...] = ()
    merge: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] | None = None
    landscape: bool = False
    printed: bool = True
    note: str = ""
    way: str = ""
    keep_empty: bool = False


@dataclass(frozen=True, slots=True)
class FigurePlan:
    """How a figure is to be computed. `how`: given, word, count, column, sum, minus, rate, share, names. `pattern`: how
    names are told, built of column titles (`{责任单位}{条数}条`), `joint` what stands between them."""

    name: str
    how: str
    value: str = ""
    of: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    column: str = ""
    parts: tuple[str, ...] = ()
    decimals: int = 2
    most: int = 0
    way: str = ""
    pattern: str = ""
    joint: str = "、"


def section_from(entry: Entry) -> SectionText:
    """A section of a data file or style; a bare text is a paragraph without heading."""
    if isinstance(entry.value, str):
        return SectionText(texts=paragraphs(entry), where=_place(entry))
    entry.known("heading", "text", "sections", "closing", "run_in", "fill", "when", "numbering")
    fill = entry.get("fill").text()
    if fill not in _OWN:
        raise entry.get("fill").fault(f"“{fill}”不认识，可以写：{'、'.join(_OWN[1:])}")
    return SectionText(
        heading=entry.get("heading").text(),
        texts=paragraphs(entry.get("text")),
        sections=tuple(section_from(inner) for inner in entry.get("sections").items()),
        closing=paragraphs(entry.get("closing")),
        run_in=entry.get("run_in").yes(),
        fill=fill,
        when=entry.get("when").text(),
        where=_place(entry),
        numbering=entry.get("numbering").text(),
    )


def paragraphs(entry: Entry) -> tuple[str, ...]:
    """A text by lines, or a list of texts."""
    return tuple(line.strip() for text in entry.texts() for line in text.splitlines() if line.strip())


def annex_from(entry: Entry) -> AnnexPlan:
    """An annex of a data file or style."""
    entry.known(
        "key", "title", "columns", "rows", "merge", "table", "kinds", "where", "group", "landscape", "printed", "note", "keep_empty"
    )  # fmt: skip
    columns = tuple(_column(item) for item in entry.get("columns").items())
    title = entry.get("title").text()
    merge = entry.get("merge").texts()
    for name in merge:
        if columns and name not in {column.title for column in columns}:
            raise entry.get("merge").fault(f"没有名为“{name}”的列")
    rows = None
    if entry.mapping().get("rows") is not None:
        rows = tuple(_row(item, len(columns)) for item in entry.get("rows").items())
    return AnnexPlan(
        key=entry.get("key").text() or title,
        title=title,
        columns=columns,
        table=entry.get("table").text("problems"),
        kinds=entry.get("kinds").texts(),
        where=_conditions(entry.get("where")),
        group=entry.get("group").texts(),
        merge=merge,
        rows=rows,
        landscape=entry.get("landscape").yes(),
        printed=entry.get("printed").yes(default=True),
        note=entry.get("note").text(),
        way=_place(entry),
        keep_empty=entry.get("keep_empty").yes(),
    )


_HOWS = ("count", "column", "sum", "minus", "rate", "share", "names")


def figure_from(name: str, entry: Entry) -> FigurePlan:
    """`48`, `已办结`, `{count: 附件, where: {列: 值}}`, `{rate: [检查数, 不合格数]}` …"""
    if not isinstance(entry.value, dict):
        written = entry.text()
        plain = written.replace(".", "", 1).isdigit() and written.isascii()
        return FigurePlan(name, "given" if plain else "word", value=written, way=_place(entry))
    entry.known(*_HOWS, "where", "of", "distinct", "decimals", "field", "most", "as", "joint")
    hows = [how for how in _HOWS if how in entry.value]
    if len(hows) != 1:
        raise entry.fault(f"须写明一种算法：{'、'.join(_HOWS)}")
    how = hows[0]
    listing = how in ("sum", "minus", "rate", "share")
    operand = entry.get(how)
    return FigurePlan(
        name=name,
        how=how,
        of=entry.get("of").text() if how == "column" else "" if listing else operand.text(needed=True),
        where=_conditions(entry.get("where")),
        column=operand.text() if how == "column" else entry.get("distinct").text() or entry.get("field").text(),
        parts=operand.texts() if listing else (),
        decimals=entry.get("decimals").number(2),
        most=entry.get("most").number(0),
        way=_place(entry),
        pattern=entry.get("as").text(),
        joint=entry.get("joint").text("、"),
    )


def _column(entry: Entry) -> ColumnPlan:
    if not isinstance(entry.value, dict):
        title = entry.text(needed=True)
        return ColumnPlan(title, f"{{{title}}}", centred=title == "序号")
    entry.known("title", "field", "share", "centred")
    title = entry.get("title").text(needed=True)
    template = entry.get("field").text(title)
    template = template if "{" in template else f"{{{template}}}"
    return ColumnPlan(title, template, entry.get("share").share(), entry.get("centred").yes(default=title == "序号"))


def _row(entry: Entry, width: int) -> tuple[str, ...]:
    cells = tuple(Entry(cell, entry.way, entry.file).text() for cell in _listed(entry))
    if width and len(cells) != width:
        raise entry.fault(f"有{len(cells)}格，表头有{width}列")
    return cells


def _listed(entry: Entry) -> list[Any]:
    if not isinstance(entry.value, list):
        raise entry.fault("一行应当是一个列表：[甲, 乙, 丙]")
    return entry.value


def _conditions(entry: Entry) -> Mapping[str, str]:
    return {key: entry.get(key).text() for key in entry.mapping()}


def _place(entry: Entry) -> str:
    return f"{entry.file}：{entry.way}"
