"""A folder of CSVs or a workbook → raw grids of cells, row numbers as Excel shows them."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from pathlib import Path

import olefile
import python_calamine

from duwang.flow.registry.faults import RegistryFault, whole_file
from duwang.flow.registry.formulas import spoilt_cells
from duwang.flow.registry.sheets import SHEET_NAMES, sheet_named

Cell = str | float | bool | date | datetime | time | timedelta | None
_TITLE_ROWS = 5
_MAX_FILE = 200 * 1024 * 1024
_MAX_UNPACKED = 600 * 1024 * 1024
_SPACES = re.compile(r"[\s\u3000\ufeff\u200b\u00a0*＊]+")


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet as written: headings cleaned of spaces and stars, then `(row number, cells)` without empty rows."""

    file: str
    sheet: str
    header_row: int
    header: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True)
class Source:
    """All grids of a ledger; `folder` is where relative addresses start; `unknown` names sheets that no ledger has, `hidden`
    sheets that are read though a person does not see them, `beside` files of a folder that look like sheets and are not read."""

    grids: tuple[Grid, ...]
    folder: str
    file: str
    unknown: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    beside: tuple[str, ...] = ()


def read_source(path: Path) -> Source:
    """Grids of a folder of CSVs or of one workbook; RegistryFault with one clear sentence when there is nothing to read."""
    if path.is_dir():
        return _folder(path)
    if not path.exists():
        raise _fault(
            str(path), "找不到这个文件或文件夹", "名录可以是CSV文件夹、.xlsx工作簿，或以http://、https://开头的网址"
        )
    if path.suffix.lower() in (".csv", ".txt"):
        raise _fault(path.name, "这是单个CSV文件", "请给出这些CSV文件（网站.csv、新媒体.csv等）所在的文件夹")
    return _workbook(path)


def _folder(path: Path) -> Source:
    files = {
        file.stem.strip(): file for file in sorted(path.iterdir()) if file.suffix.lower() == ".csv" and file.is_file()
    }
    known = [files[name] for name in SHEET_NAMES if name in files]
    if not known:
        raise _fault(
            path.name or str(path),
            "文件夹里没有网站.csv或新媒体.csv",
            "请放入这两个文件中的至少一个，或直接给出.xlsx工作簿（空白表可用 duwang registry template 生成）",
        )
    grids = tuple(_grid(file.name, file.stem.strip(), enumerate(_csv_rows(file), start=1)) for file in known)
    return Source(grids, str(path), path.name, beside=tuple(_beside(path, set(known))))


def _beside(path: Path, read: set[Path]) -> Iterator[str]:
    """新媒体(1).csv, 网站.xlsx: a clerk takes them for a part of the ledger."""
    for file in sorted(path.iterdir()):
        like = any(name in file.stem for name in SHEET_NAMES) and not file.name.startswith(("~$", "."))
        if like and file not in read and file.is_file() and file.suffix.lower() in (".csv", ".xlsx", ".xls", ".et"):
            yield file.name


def _csv_rows(file: Path) -> Iterator[tuple[Cell, ...]]:
    if file.stat().st_size > _MAX_FILE:
        raise _fault(file.name, "文件超过200 MB", "请检查是不是放错了文件")
    text = _decoded(file)
    head = text.split("\n", 1)[0]
    delimiter = max(",\t;", key=head.count)
    csv.field_size_limit(16 * 1024 * 1024)
    try:
        yield from (tuple(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:
        raise _fault(file.name, f"CSV格式读不通（{error}）", "请用表格软件打开后重新另存为CSV") from error


def _decoded(file: Path) -> str:
    raw = file.read_bytes()
    if raw[:4] == b"PK\x03\x04" or raw[:4] == b"\xd0\xcf\x11\xe0":
        raise _fault(file.name, "这是改了扩展名的工作簿，不是CSV", "请另存为CSV，或直接给出.xlsx工作簿")
    if raw[:2] in (b"\xff\xfe", b"\xfe\xff"):
        charsets: tuple[str, ...] = ("utf-16",)
    else:
        charsets = ("utf-8-sig", "gb18030")
    for charset in charsets:
        try:
            text = raw.decode(charset)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise _fault(file.name, "文件编码既不是UTF-8也不是GB18030", "请另存为“CSV UTF-8”后再试")


def _workbook(path: Path) -> Source:
    _refuse_unreadable(path)
    grids: list[Grid] = []
    unknown: list[str] = []
    hidden: list[str] = []
    try:
        with python_calamine.load_workbook(str(path)) as book:
            for name, about in zip(book.sheet_names, book.sheets_metadata, strict=True):
                if name.strip() not in SHEET_NAMES:
                    unknown.append(name)
                    continue
                if about.visible != python_calamine.SheetVisibleEnum.Visible:
                    hidden.append(name)
                rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
                shown = _with_spoilt(rows, spoilt_cells(path, name))
                grids.append(_grid(path.name, name.strip(), enumerate(shown, start=1)))
    except (KeyboardInterrupt, SystemExit, MemoryError, RegistryFault):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        raise _damaged(path) from error
    return Source(tuple(grids), str(path.parent), path.name, tuple(unknown), tuple(hidden))


def _with_spoilt(rows: Sequence[Sequence[Cell]], spoilt: Mapping[tuple[int, int], str]) -> Iterator[tuple[Cell, ...]]:
    """What a person sees in a cell whose formula failed: the reader gives it as empty. Formulas drawn down over rows that
    are not yet filled in make no records."""
    for number, row in enumerate(rows, start=1):
        filled = spoilt and _trimmed(tuple(row))
        yield tuple(spoilt.get((number, at)) or cell for at, cell in enumerate(row, start=1)) if filled else tuple(row)


def _refuse_unreadable(path: Path) -> None:
    size = path.stat().st_size
    if size == 0:
        raise _fault(path.name, "文件是空的（0字节）", "请重新导出或复制")
    if size > _MAX_FILE:
        raise _fault(path.name, "文件超过200 MB", "请检查是不是放错了文件")
    with path.open("rb") as stream:
        head = stream.read(8)
    if head[:4] == b"\xd0\xcf\x11\xe0":
        if _encrypted(path):
            raise _fault(path.name, "工作簿加了密码，打不开", "请去掉密码后另存")
        return
    if head[:2] != b"PK":
        raise _fault(path.name, "不是Excel工作簿", "请另存为.xlsx；名录也可以是CSV文件夹或网址")
    try:
        with zipfile.ZipFile(path) as archive:
            unpacked = sum(entry.file_size for entry in archive.infolist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise _damaged(path) from error
    if unpacked > _MAX_UNPACKED:
        raise _fault(path.name, "工作簿解压后过大，疑似异常文件", "请重新导出")


def _encrypted(path: Path) -> bool:
    try:
        with olefile.OleFileIO(str(path)) as ole:
            return bool(ole.exists("EncryptedPackage"))
    except Exception as error:
        raise _damaged(path) from error


def _damaged(path: Path) -> RegistryFault:
    return _fault(path.name, "工作簿已损坏或不是Excel格式，读不出来", "请用表格软件打开后另存为.xlsx，或重新传输")


def _grid(file: str, sheet: str, rows: Iterator[tuple[int, tuple[Cell, ...]]]) -> Grid:
    """Split headings from records; empty rows are dropped, row numbers kept."""
    full = [(number, _trimmed(cells)) for number, cells in rows]
    full = [(number, cells) for number, cells in full if cells]
    if not full:
        return Grid(file, sheet, 1, (), ())
    at = _heading_row(sheet, full)
    header_row, header = full[at]
    return Grid(file, sheet, header_row, _headings(header), tuple(full[at + 1 :]))


def _heading_row(sheet: str, rows: list[tuple[int, tuple[Cell, ...]]]) -> int:
    """Clerks put a title above the table: the row with most known headings among the first few, else the first."""
    known = {heading.name for heading in sheet_named(sheet).headings}
    hits = [len(known & set(_headings(cells))) for _, cells in rows[:_TITLE_ROWS]]
    return hits.index(max(hits)) if max(hits) > 1 else 0


def _headings(cells: tuple[Cell, ...]) -> tuple[str, ...]:
    return tuple(_SPACES.sub("", str(cell or "")) for cell in cells)


def _trimmed(cells: tuple[Cell, ...]) -> tuple[Cell, ...]:
    last = len(cells)
    while last and (cells[last - 1] is None or not str(cells[last - 1]).strip(" \t\r\n\u3000\ufeff\u200b\u00a0")):
        last -= 1
    return cells[:last]


def _fault(file: str, message: str, mend: str) -> RegistryFault:
    return RegistryFault([whole_file(file, message, mend)])
