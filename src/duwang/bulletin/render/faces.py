"""The fonts of the PDF: the offices' own from the data folder first, then whatever Chinese face the system has."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import typst

from duwang.bulletin.faults import BulletinFault
from duwang.bulletin.render.cmap import coverage, has

NO_FONT = (
    "系统里没有中文字库，PDF没有写出；docx等其他格式不受影响。请安装fonts-noto-cjk（apt install fonts-noto-cjk），"
    "或者把本单位的方正小标宋、仿宋、楷体、黑体字库文件放到数据目录的fonts/里，再重新生成"
)
ROLES = ("小标宋", "仿宋", "楷体", "黑体", "宋体")
_WANTED: Mapping[str, tuple[str, ...]] = {
    "小标宋": (r"小标宋|xiaobiaosong|xbs", r"noto serif cjk sc|source han serif sc|思源宋体", r"大标宋|dabiaosong|songti|simsun|宋|song|ming"),
    "仿宋": (r"仿宋_?gb|fangsong_?gb", r"仿宋|fang ?song", r"noto serif cjk sc|source han serif sc|思源宋体", r"songti|simsun|(?<!标)宋|(?<!biao)song|ming"),
    "楷体": (r"楷体_?gb|kaiti_?gb", r"楷|kai", r"noto serif cjk sc|source han serif sc|思源宋体", r"songti|simsun|(?<!标)宋|(?<!biao)song|ming"),
    "黑体": (r"simhei|黑体|heiti", r"noto sans cjk sc|source han sans sc|思源黑体", r"hei|黑|gothic|pingfang|yahei"),
    "宋体": (r"simsun|宋体|songti", r"noto serif cjk sc|source han serif sc|思源宋体", r"(?<!标)宋|(?<!biao)song|ming"),
}  # fmt: skip
_BOLD = re.compile(r"noto serif|source han serif|思源宋体", re.I)
_SAMPLE = "政府网站检查情况通报的一，。"


@dataclass(frozen=True, slots=True)
class Faces:
    """`families`: font family by role. `bold`: the 小标宋 stands in by a bold cut. `rest`: every other Chinese family, asked
    for characters the chosen ones lack. `store` is what typst loads."""

    families: Mapping[str, str]
    bold: bool
    rest: tuple[str, ...]
    store: Any
    ranges: Mapping[str, tuple[tuple[range, ...], ...]]

    def order(self, role: str) -> tuple[str, ...]:
        """Families to be tried for a role."""
        own = self.families[role]
        return tuple(dict.fromkeys((own, *self.families.values(), *self.rest)))

    def missing(self, text: str) -> tuple[str, ...]:
        """Characters that no font can show, in order."""
        known = [ranges for family in self.order("仿宋") for ranges in self.ranges[family]]
        wanted = (char for char in dict.fromkeys(text) if not char.isspace() and ord(char) > 31)
        return tuple(char for char in wanted if not any(has(char, ranges) for ranges in known))


def faces_of(folder: Path | None = None) -> Faces:
    """The fonts in `folder` and of the system; BulletinFault with a sentence for the clerk when none is Chinese."""
    own = folder if folder and folder.is_dir() else None
    stamp = tuple(sorted((path.name, path.stat().st_size) for path in own.iterdir())) if own else ()
    return _found(str(own) if own else "", stamp)


@lru_cache(maxsize=8)
def _found(folder: str, stamp: tuple[tuple[str, int], ...]) -> Faces:
    store = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False, font_paths=[folder] if folder else [])
    chinese: dict[str, list[Any]] = {}
    for info in store.fonts():
        if info.path and info.style == "normal" and _is_chinese(info.path, info.index):
            chinese.setdefault(info.family, []).append(info)
    if not chinese:
        raise BulletinFault(NO_FONT)
    names = sorted(chinese, key=lambda family: (not _inside(chinese[family], folder), _order(family)))
    own = [name for name in names if _inside(chinese[name], folder)]
    families = {role: _chosen(_WANTED[role][:2], own) or _chosen(_WANTED[role], names) or names[0] for role in ROLES}
    ranges = {name: tuple({coverage(info.path, info.index): None for info in chinese[name]}) for name in names}
    return Faces(families, bool(_BOLD.search(families["小标宋"])), tuple(names), store, ranges)


def _chosen(patterns: Sequence[str], names: Sequence[str]) -> str:
    """The first name that fits the earliest pattern; "" when none does."""
    fits = (name for pattern in patterns for name in names if re.search(pattern, name, re.I))
    return next(fits, "")


def _is_chinese(path: str, index: int) -> bool:
    ranges = coverage(path, index)
    return bool(ranges) and all(has(char, ranges) for char in _SAMPLE)


def _inside(infos: Iterable[Any], folder: str) -> bool:
    return bool(folder) and any(str(info.path).startswith(folder) for info in infos)


def _order(family: str) -> tuple[bool, bool, str]:
    """Simplified faces before those of other regions, monospaced ones last."""
    return "mono" in family.lower(), re.search(r"\b(JP|KR|TC|HK|TW)\b", family) is not None, family
