"""Official prose from templates: every article has its own title and text, the same in every run."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache
from random import Random
from typing import Any

from duwang.demo.county import HERE, toml

_SLOT = re.compile(r"\{([^{}]+)\}")
UNITS = {
    "农业": "仿真县农业农村局", "教育": "仿真县教育体育局", "水务": "仿真县水务局", "民生": "仿真县民政局", "园区": "仿真经济开发区管理委员会",
    "文旅": "仿真县文化和旅游局", "应急": "仿真县应急管理局", "城建": "仿真县住房和城乡建设局", "政务": "仿真县人民政府办公室", "卫健": "仿真县卫生健康局",
}  # fmt: skip


class Writer:
    """Writes titles and paragraphs for one theme; `seed` fixes every choice."""

    def __init__(self, theme: str, on: date, seed: str) -> None:
        self._random = Random(f"{theme}/{seed}")
        self._theme = _themes()[theme]
        self._on = on
        self._fixed: dict[str, str] = {}

    def title(self) -> str:
        return self._said(self._random.choice(self._theme["titles"]))

    def paragraphs(self, *, least: int = 5, most: int = 8, general: int = 7) -> list[str]:
        """A lead, paragraphs of one or two sentences each, an end: 300 to 1,500 characters."""
        body = self._random.sample(self._theme["body"], k=self._random.randint(least, most))
        body += self._random.sample(_themes()["通用"]["body"], k=self._random.randint(min(3, general), general))
        self._random.shuffle(body)
        text = [self._said(self._random.choice(self._theme["lead"]))]
        while body:
            text.append("".join(self._said(body.pop()) for _ in range(min(len(body), self._random.randint(1, 2)))))
        return [*text, self._said(self._random.choice(self._theme["tail"]))]

    def sentences(self, count: int) -> list[str]:
        return [self._said(sentence) for sentence in self._random.sample(self._theme["body"], k=count)]

    def said(self, template: str) -> str:
        return self._said(template)

    def _said(self, template: str) -> str:
        return _SLOT.sub(lambda slot: self._word(slot[1]), template)

    def _word(self, name: str) -> str:
        """Places stay the same within one article; figures do not."""
        if name in _words():
            if name not in self._fixed:
                self._fixed[name] = self._random.choice(_words()[name])
            return self._fixed[name]
        day = self._on
        figures = {
            "日期": (f"{day.month}月{day.day}日",),
            "月": (str(day.month),),
            "小": tuple(str(n) for n in range(2, 30)),
            "人数": tuple(str(n) for n in range(60, 900, 10)),
            "户": tuple(str(n) for n in range(30, 600, 7)),
            "亩": tuple(str(n) for n in range(120, 4000, 60)),
            "万": tuple(str(n) for n in range(40, 2600, 35)),
            "钱": tuple(str(n) for n in range(200, 1800, 100)),
            "里": tuple(f"{n / 10:.1f}" for n in range(12, 190, 7)),
            "百分": tuple(str(n) for n in range(52, 98)),
        }
        return self._random.choice(figures[name])


def letter_of(seed: str) -> tuple[str, str, str]:
    """(title, question, answer) of a published letter."""
    title, asked, answered = Random(f"letter/{seed}").choice(toml("prose/留言.toml")["pair"])
    return title, asked, answered


@lru_cache(maxsize=1)
def guide_items() -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(item) for item in toml("prose/指南.toml")["item"])


@lru_cache(maxsize=1)
def _themes() -> Mapping[str, Mapping[str, Sequence[str]]]:
    found: dict[str, Any] = {}
    for path in sorted((HERE / "prose").glob("*.toml")):
        content = toml(path)
        if "lead" in content:
            found[path.stem] = content
    return found


@lru_cache(maxsize=1)
def _words() -> Mapping[str, Sequence[str]]:
    return toml("prose/words.toml")
