"""Cells of an .xlsx that show no value to a reader: formulas that failed (#N/A, #REF!) or were never worked out."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path

ERRORS = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NULL!", "#NUM!")
UNWORKED = "（公式）"

_SHEET = re.compile(r"<(?:\w+:)?sheet\s[^>]*>")
_RELATION = re.compile(r"<(?:\w+:)?Relationship\s[^>]*>")
_CELL = re.compile(r"<(?:\w+:)?c\s(?P<head>[^>]*[^>/])>(?P<body>.*?)</(?:\w+:)?c>", re.DOTALL)
_PLACE = re.compile(r"^([A-Z]{1,3})(\d+)$")
_VALUE = re.compile(r"<(?:\w+:)?v[^>]*>([^<]*)</")
_FORMULA = re.compile(r"<(?:\w+:)?f[\s>/]")


def spoilt_cells(path: Path, name: str) -> Mapping[tuple[int, int], str]:
    """(row, column), both from 1 → what stands there instead of a value, for one sheet; empty where the package is not an .xlsx."""
    try:
        with zipfile.ZipFile(path) as package:
            part = _part_of(package, name)
            xml = package.read(part).decode("utf-8", "replace") if part else ""
    except (OSError, KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError):
        return {}
    return dict(_spoilt(xml))


def _spoilt(xml: str) -> Iterator[tuple[tuple[int, int], str]]:
    if 't="e"' not in xml and not _FORMULA.search(xml):
        return
    for cell in _CELL.finditer(xml):
        place = _PLACE.match(_attribute(cell["head"], "r"))
        value = _VALUE.search(cell["body"])
        shown = unescape(value[1]).strip() if value else ""
        kind = _attribute(cell["head"], "t")
        failed = kind == "e" and shown in ERRORS
        unworked = not shown and kind != "str" and _FORMULA.search(cell["body"])  # a "str" has come out empty
        if place and (failed or unworked):
            yield (int(place[2]), _column(place[1])), shown or UNWORKED


def _part_of(package: zipfile.ZipFile, name: str) -> str:
    """The package part that holds the named sheet; empty when there is none."""
    names = package.namelist()
    if "xl/workbook.xml" not in names or "xl/_rels/workbook.xml.rels" not in names:
        return ""
    book = package.read("xl/workbook.xml").decode("utf-8", "replace")
    relations = package.read("xl/_rels/workbook.xml.rels").decode("utf-8", "replace")
    targets = {_attribute(one[0], "Id"): _attribute(one[0], "Target") for one in _RELATION.finditer(relations)}
    for sheet in _SHEET.finditer(book):
        if unescape(_attribute(sheet[0], "name")) == name:
            target = targets.get(_attribute(sheet[0], r"\w+:id"), "")
            return target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    return ""


def _attribute(tag: str, name: str) -> str:
    found = re.search(rf"""(?:^|\s){name}\s*=\s*["']([^"']*)["']""", tag)
    return found[1] if found else ""


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
