"""A written ledger → Registry; every problem is found in one pass and named by file, row and column."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from duwang.flow.registry.cells import CellFault, shortened, value_of, written
from duwang.flow.registry.faults import Notebook, RegistryFault, Report, RowProblem, whole_file
from duwang.flow.registry.grids import Grid, Source, read_source
from duwang.flow.registry.rows import Row
from duwang.flow.registry.sheets import SHEETS, Sheet, sheet_named
from duwang.flow.registry.validating import validate
from duwang.model.refs import host_of
from duwang.model.registry import Registry, Site

_URL = re.compile(r"^(https?):/{1,2}(?=[^/\s])", re.IGNORECASE)


def load(path: Path | str) -> Registry:
    """The ledger in a folder of CSVs, a workbook, or a ledger of the one site at an address; RegistryFault with every problem."""
    registry, notebook = _read(path)
    if notebook.problems:
        raise RegistryFault(notebook.problems)
    return registry


def check(path: Path | str) -> Report:
    """The same reading, reported instead of raised."""
    try:
        registry, notebook = _read(path)
    except RegistryFault as fault:
        return Report(problems=fault.problems)
    counts = {
        "单位": len(registry.orgs),
        "网站": len(registry.sites),
        "栏目": len(registry.columns),
        "新媒体": len(registry.accounts),
        "报备": len(registry.declarations),
        "信件": len(registry.letters),
        "任务": len(registry.tasks),
    }
    return Report(tuple(notebook.problems), tuple(notebook.warnings), counts, registry.extra)


def of_address(url: str) -> Registry:
    """The ledger of one site known by its address only: its code is the host."""
    try:
        host = host_of(url)
    except ValueError:
        host = ""
    if not host or re.search(r"\s", url):
        raise RegistryFault([whole_file(url, "不是正确的网址", "请写完整网址，例如https://www.example.gov.cn/")])
    return Registry(sites=(Site(code=host, name=host, home=url, kind="其他", owner=host),))


def _read(path: Path | str) -> tuple[Registry, Notebook]:
    text = str(path).strip()
    if found := _URL.match(text):
        return of_address(f"{found[1].lower()}://{text[found.end() :]}"), Notebook()
    try:
        source = read_source(Path(text))
    except OSError as error:
        raise RegistryFault(
            [whole_file(text, f"文件打不开（{error.strerror or '系统拒绝'}）", "请检查路径和权限")]
        ) from error
    notebook = Notebook()
    rows = {grid.sheet: _rows(grid, sheet_named(grid.sheet), notebook) for grid in source.grids}
    _nothing_to_inspect(source, notebook)
    notebook.warnings.extend(_beside(source))
    extra = {grid.sheet: names for grid in source.grids if (names := _extra(grid))}
    cells = {grid.sheet: _extra_cells(grid, extra[grid.sheet]) for grid in source.grids if grid.sheet in extra}
    registry = Registry(folder=source.folder, extra=extra, extra_cells=cells)
    return validate(registry, rows, notebook), notebook


def _beside(source: Source) -> Iterator[RowProblem]:
    """Sheets and files that a clerk may take for read, or for not read."""
    known = f"名录的表名是{'、'.join(sheet.name for sheet in SHEETS)}"
    for name in source.unknown:
        if "说明" not in name:
            yield RowProblem(source.file, name, 0, "", "", "不是名录的表，没有读取", known)
    for name in source.hidden:
        yield RowProblem(source.file, name, 0, "", "", "这张表是隐藏的，已照常读取", "不用的表请删除")
    for file in source.beside:
        yield RowProblem(file, "", 0, "", "", "没有读取", f"{known}，文件名应是表名加.csv")


def _nothing_to_inspect(source: Source, notebook: Notebook) -> None:
    filled = {grid.sheet for grid in source.grids if grid.rows}
    if filled & {"网站", "新媒体"} or notebook.problems:
        return
    notebook.problems.append(
        whole_file(source.file, "“网站”和“新媒体”都没有记录，没有可检查的对象", "请至少填写其中一张表")
    )


def _rows(grid: Grid, sheet: Sheet, notebook: Notebook) -> list[Row]:
    if not grid.header:
        notebook.warnings.append(RowProblem(grid.file, grid.sheet, 0, "", "", "是空表", "如不需要可以删除"))
        return []
    if not _headings_usable(grid, sheet, notebook):
        return []
    place = {name: position for position, name in enumerate(grid.header) if name}
    return [row for number, cells in grid.rows if (row := _row(grid, sheet, number, cells, place, notebook))]


def _headings_usable(grid: Grid, sheet: Sheet, notebook: Notebook) -> bool:
    before = len(notebook.problems)
    for heading in sheet.headings:
        times = grid.header.count(heading.name)
        if times > 1:
            _complain(
                notebook, grid, grid.header_row, heading.name, "", f"表头里有{times}个“{heading.name}”列", "请只留一列"
            )
        elif heading.required and not times:
            near = _similar(heading.name, grid.header, sheet)
            mend = f"是不是写成了“{near}”" if near else f"请在表头补上“{heading.name}”列"
            _complain(notebook, grid, grid.header_row, heading.name, "", "缺少这个必填列", mend)
    return len(notebook.problems) == before


def _similar(name: str, header: Sequence[str], sheet: Sheet) -> str:
    strange = [title for title in header if title and sheet.heading(title) is None]
    return next(
        (
            title
            for title in strange
            if name in title or title in name or len(set(name) & set(title)) >= len(set(name)) - 1
        ),
        "",
    )


def _row(
    grid: Grid, sheet: Sheet, number: int, cells: Sequence[Any], place: Mapping[str, int], notebook: Notebook
) -> Row | None:
    if len(cells) > len(grid.header):
        over = len(cells) - len(grid.header)
        _complain(
            notebook,
            grid,
            number,
            "",
            written(cells[-1]),
            f"这一行比表头多出{over}格",
            "多半是内容里的逗号没有用引号括起来，请改正",
        )
        return None
    values: dict[str, Any] = {}
    faulty = set()
    for heading in sheet.headings:
        position = place.get(heading.name)
        cell = cells[position] if position is not None and position < len(cells) else None
        try:
            value = value_of(cell, heading)
        except CellFault as fault:
            _complain(notebook, grid, number, heading.name, written(cell), fault.message, fault.mend)
            faulty.add(heading.field)
            continue
        if value is not None:
            values[heading.field] = value
        elif heading.required:
            _complain(
                notebook, grid, number, heading.name, "", "必填，但是空着", "请补填（合并的单元格要拆开后逐行填写）"
            )
            faulty.add(heading.field)
    return Row(grid.file, grid.sheet, number, values, frozenset(faulty))


def _extra(grid: Grid) -> tuple[str, ...]:
    sheet = sheet_named(grid.sheet)
    return tuple(dict.fromkeys(name for name in grid.header if name and sheet.heading(name) is None))


def _extra_cells(grid: Grid, names: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    places = [grid.header.index(name) for name in names]
    return tuple(tuple(written(cells[at]) if at < len(cells) else "" for at in places) for _, cells in grid.rows)


def _complain(notebook: Notebook, grid: Grid, row: int, column: str, value: str, message: str, mend: str) -> None:
    notebook.problems.append(RowProblem(grid.file, grid.sheet, row, column, shortened(value), message, mend))
