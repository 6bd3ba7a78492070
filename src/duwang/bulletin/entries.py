"""Reads what people wrote in YAML and TOML: every complaint names the file and the key."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from duwang.bulletin.faults import BulletinFault

_DAY = re.compile(r"^(\d{4})(?:-|/|\.|年)(\d{1,2})(?:-|/|\.|月)(\d{1,2})日?$")


@dataclass(frozen=True, slots=True)
class Entry:
    """A value in a file with its way there (`head.date`, `problems[3].org`)."""

    value: Any
    way: str
    file: str

    def fault(self, what: str) -> BulletinFault:
        return BulletinFault(f"{self.file}：{self.way or '内容'}：{what}")

    def known(self, *keys: str) -> Entry:
        """This mapping; BulletinFault for a key that is none of `keys`."""
        for key in self.mapping():
            if key not in keys:
                raise self.fault(f"不认识的项“{key}”，可以写：{'、'.join(keys)}")
        return self

    def mapping(self) -> dict[str, Any]:
        if self.value is None or self.value == "":
            return {}
        if not isinstance(self.value, dict):
            raise self.fault("应当是“名称: 内容”的形式")
        return self.value

    def has(self, key: str) -> bool:
        return self.mapping().get(key) not in (None, "", [], {})

    def get(self, key: str) -> Entry:
        return Entry(self.mapping().get(key), f"{self.way}.{key}" if self.way else key, self.file)

    def items(self) -> Iterator[Entry]:
        """Entries of a list; nothing for an empty value, one for a single value."""
        if self.value in (None, ""):
            return
        if not isinstance(self.value, list):
            raise self.fault("应当是一个列表（每行以“- ”开头）")
        for number, value in enumerate(self.value, 1):
            yield Entry(value, f"{self.way}[{number}]", self.file)

    def text(self, default: str = "", *, needed: bool = False) -> str:
        if self.value is None or self.value == "":
            if needed:
                raise self.fault("必须填写")
            return default
        if isinstance(self.value, str | int | date) and not isinstance(self.value, bool):
            return str(self.value).strip()
        raise self.fault("应当是一段文字")

    def texts(self) -> tuple[str, ...]:
        """A list of texts; a single text counts as one."""
        if isinstance(self.value, str | int):
            return (self.text(),) if self.text() else ()
        return tuple(item.text(needed=True) for item in self.items())

    def day(self) -> date | None:
        """2024-12-23, 2024/12/23 or 2024年12月23日; None when empty."""
        if isinstance(self.value, date):
            return self.value
        written = self.text()
        if not written:
            return None
        found = _DAY.match(written)
        try:
            return date(int(found[1]), int(found[2]), int(found[3])) if found else self._no_day(written)
        except ValueError:
            return self._no_day(written)

    def number(self, default: int = 0) -> int:
        written = self.text()
        if not written:
            return default
        if not re.fullmatch(r"\d{1,12}", written):
            raise self.fault(f"“{written}”不是整数")
        return int(written)

    def share(self) -> float:
        written = str(self.value if self.value not in (None, "") else 1)
        try:
            return float(written)
        except ValueError:
            raise self.fault(f"“{written}”不是数字") from None

    def yes(self, *, default: bool = False) -> bool:
        if isinstance(self.value, bool):
            return self.value
        written = self.text().lower()
        if written in ("", "true", "yes", "是", "false", "no", "否"):
            return default if not written else written in ("true", "yes", "是")
        raise self.fault(f"“{written}”应当填 是 或 否")

    def _no_day(self, written: str) -> date:
        raise self.fault(f"“{written}”不是日期，应写成2024-12-23")
