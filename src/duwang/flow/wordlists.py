"""An office's own lists beside the shipped ones: word lists, office-holders, white list, the record of its rules."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

from duwang.checks.check import all_checks
from duwang.checks.precision import Record, merged, read_records
from duwang.checks.precision import shipped as shipped_records
from duwang.checks.text.leaders import Roster, read_roster
from duwang.checks.text.lexicon import Lexicon
from duwang.checks.text.lexicon import check as lexicon_faults
from duwang.checks.text.lexicon import load as load_lexicon
from duwang.checks.white_list import WhiteList, read_white_list
from duwang.flow.folder import FolderFault

LEADERS, WHITE, RECORDS = "领导名单.tsv", "白名单.tsv", "规则精度.tsv"


@dataclass(frozen=True)
class Wordlists:
    """`folder` may hold 领导名单.tsv, 白名单.tsv, 规则精度.tsv and any number of other .tsv word lists; `lexicons` are further word lists.
    FolderFault names the file and row that cannot be read."""

    folder: Path | None = None
    lexicons: tuple[Path, ...] = field(default=())

    @cached_property
    def lexicon(self) -> Lexicon | None:
        paths = [*self.lexicons]
        if self.folder is not None:
            paths += [p for p in sorted(self.folder.glob("*.tsv")) if p.name not in (LEADERS, WHITE, RECORDS)]
        if not paths:
            return None
        for path in paths:
            if not path.is_file():
                raise FolderFault(f"词库文件“{path}”不存在")
        made = load_lexicon(paths)
        if made.problems:
            raise FolderFault(f"词库{made.problems[0]}")
        if faults := lexicon_faults(made):
            raise FolderFault(f"词库{faults[0]}（用 duwang lexicon check 查看全部）")
        return made

    @cached_property
    def leaders(self) -> Roster | None:
        text = self._text(LEADERS)
        made = read_roster(text, place=LEADERS) if text else None
        if made and made.problems:
            raise FolderFault(made.problems[0])
        return made

    @cached_property
    def white(self) -> WhiteList:
        text = self._text(WHITE)
        made = read_white_list(text) if text else WhiteList()
        if made.problems:
            raise FolderFault(made.problems[0])
        return made

    @cached_property
    def records(self) -> dict[str, Record]:
        text = self._text(RECORDS)
        try:
            return merged(shipped_records(), read_records(text)) if text else shipped_records()
        except ValueError as fault:
            raise FolderFault(str(fault)) from None

    def settings(self, base: Mapping[str, Mapping[str, Any]]) -> dict[str, dict[str, Any]]:
        """The edition's settings with the lists for the checks that take them."""
        made = {check: dict(values) for check, values in base.items()}
        for check in all_checks().values():
            if "lexicon" in check.settings and self.lexicon is not None:
                made.setdefault(check.id, {})["lexicon"] = self.lexicon
            if "people" in check.settings and self.leaders is not None:
                made.setdefault(check.id, {})["people"] = self.leaders
        return made

    @property
    def digest(self) -> str:
        """Changes when any of the files does; empty without own lists."""
        files = [*self.lexicons, *(sorted(self.folder.glob("*.tsv")) if self.folder else ())]
        if not files:
            return ""
        return hashlib.sha256(b"\x1f".join(path.read_bytes() for path in files if path.is_file())).hexdigest()[:16]

    def _text(self, name: str) -> str:
        path = self.folder / name if self.folder else None
        if path is None or not path.is_file():
            return ""
        try:
            return path.read_text(encoding="utf-8-sig")
        except UnicodeDecodeError:
            raise FolderFault(f"{name}不是UTF-8编码") from None
