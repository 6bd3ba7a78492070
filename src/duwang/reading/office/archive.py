"""zip archives among the attachments: files inside are read too, within bounds of depth, number and size."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from duwang.reading.office.extract import Extract, Pieces, Status, Unreadable
from duwang.reading.office.package import Package

MAX_DEPTH = 2
_OUTSIDE = re.compile(r"(^|[/\\])\.\.([/\\]|$)|^[/\\]|^[A-Za-z]:")
_NAMED = 5


@dataclass(slots=True)
class Budget:
    """What one attachment may unpack, all archives inside it together."""

    files: int = 300
    size: int = 300 * 1024 * 1024
    depth: int = 0


@dataclass(slots=True)
class _Left:
    """Files that gave no text, by reason."""

    reasons: dict[str, list[str]] = field(default_factory=dict)

    def out(self, name: str, reason: str) -> None:
        self.reasons.setdefault(reason, []).append(name)

    def told(self) -> str:
        return "；".join(f"{_listed(names)}：{reason}" for reason, names in self.reasons.items())


Inner = Callable[[bytes, str, Budget], tuple[Status, Extract]]


def read(body: bytes, *, inner: Inner, budget: Budget) -> Extract:
    """The files' texts behind their names. `inner` reads one file; nothing is written to disk, whatever the names say."""
    package = Package.open(body)
    if budget.depth >= MAX_DEPTH:
        raise Unreadable("unsupported", f"压缩包套了{MAX_DEPTH + 1}层以上，未读取")
    budget.depth += 1
    pieces, left, states = Pieces(), _Left(), set[Status]()
    for entry in package.archive.infolist():
        name = _readable(entry.filename, utf8=bool(entry.flag_bits & 0x800))
        if entry.is_dir() or name.startswith("__MACOSX/"):
            continue
        if refusal := _refusal(name, entry.file_size, budget):
            left.out(name, refusal)
            continue
        budget.files -= 1
        budget.size -= entry.file_size
        status, extract = _one(package, entry.filename, name, inner, budget)
        states.add(status)
        if status == "text":
            pieces.paragraph(name)
            pieces.include(extract)
        if status != "text" or extract.note:
            left.out(name, extract.note)
    budget.depth -= 1
    if not pieces.parts:
        raise Unreadable(_overall(states), left.told() or "压缩包里没有文件")
    return pieces.extract(note=left.told())


def _one(package: Package, entry: str, name: str, inner: Inner, budget: Budget) -> tuple[Status, Extract]:
    try:
        return inner(package.read(entry), name, budget)
    except Unreadable as reason:
        return reason.status, Extract("", note=reason.detail)


def _refusal(name: str, size: int, budget: Budget) -> str:
    if _OUTSIDE.search(name):
        return "文件名越出压缩包，未读取"
    if budget.files <= 0:
        return "文件过多，未读取"
    return "总量过大，未读取" if size > budget.size else ""


def _readable(name: str, *, utf8: bool) -> str:
    """Names written on Chinese systems without the UTF-8 mark come out as cp437."""
    if utf8 or name.isascii():
        return name
    try:
        return name.encode("cp437").decode("gb18030")
    except UnicodeError:
        return name


def _overall(states: set[Status]) -> Status:
    if len(states) == 1:
        return next(iter(states))
    return "damaged" if "damaged" in states else "unsupported"


def _listed(names: list[str]) -> str:
    shown = "、".join(names[:_NAMED])
    return shown if len(names) <= _NAMED else f"{shown}等{len(names)}个文件"
