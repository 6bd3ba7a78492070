"""Specs of editions and local overlays, written in Markdown so that an official can read them: parsed, judged, compared literally.

`tests/specs/editions/<id>.md`: first heading = id and title, then one sentence of reason; every section has one too. A section
holds samples, each a 材料 fence (what was found, unknown, declared, answered) and its 结果 fence, as many pairs as the border
needs; or a 差别 fence (what an overlay changes, every line) or a 证据 fence (lines that its reference page must print).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from duwang.flow.reference import edition_page, overlay_page
from duwang.judge.diff import diff
from duwang.judge.edition import Edition, load_edition, shipped
from duwang.model.verdicts import Verdict

FOLDER = Path(__file__).resolve().parents[1] / "specs" / "editions"
NATIONAL = "national-2019"
VERDICTS = ("合格", "不合格", "待核")
_WHOLE = ("结论", "命中", "待核", "得分", "扣分", "加分")  # compared in full whenever they are written
_NAMED = ("不计", "没有检查", "由人判断", "列出")  # only the indicators that are named
_EXPECTED = (*_WHOLE, *_NAMED, "检查过")
_FENCES = ("材料", "结果", "差别", "证据")
_HEADING = re.compile(r"^(#{1,2})\s+(.+?)\s*$")


class EditionSpecFault(Exception):
    """A spec that is written wrong; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Sample:
    """One 材料 and its 结果; `line` is where the 材料 starts."""

    given: Mapping[str, Any]
    wanted: Mapping[str, Any]
    line: int


@dataclass(frozen=True, slots=True)
class Section:
    """One heading with its sentence, samples, and the lines of 差别 and 证据."""

    title: str
    reason: str
    line: int
    samples: tuple[Sample, ...]
    lines: Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class EditionSpec:
    """One file."""

    path: Path
    name: str
    title: str
    reason: str
    sections: tuple[Section, ...]


def edition_specs(folder: Path = FOLDER) -> Iterator[EditionSpec]:
    """Every edition's and overlay's spec, by name."""
    for path in sorted(folder.glob("*.md")):
        yield read_edition_spec(path)


def read_edition_spec(path: Path) -> EditionSpec:
    """Parse one file; EditionSpecFault when something is missing."""
    head, *rest = _parts(path)
    name, _, title = head.heading.partition(" ")
    sections = tuple(_section(path, part) for part in rest)
    if head.level != 1 or not head.prose or not sections:
        raise EditionSpecFault(f"{path}：要有标题（名称 标题）、一句话的依据和小节")
    return EditionSpec(path, name, title.strip(), head.prose, sections)


def edition_of(name: str) -> Edition:
    """The edition of that name, or the national one with the overlay laid over it."""
    return load_edition(name) if name in shipped("edition") else load_edition(NATIONAL, [name])


def changes_of(name: str) -> tuple[str, ...]:
    """What an overlay changes in the national edition, as `duwang editions diff` prints it."""
    return tuple(change.in_words() for change in diff(load_edition(NATIONAL), edition_of(name)))


@lru_cache(maxsize=64)
def printed(name: str) -> frozenset[str]:
    """The lines of the reference page of an edition or overlay, list marks taken off."""
    page = edition_page(edition_of(name)) if name in shipped("edition") else overlay_page(name, load_edition(NATIONAL))
    return frozenset(
        part.strip() for line in page.splitlines() for part in (line.removeprefix("- "), *line.split("　"))
    )


def told(verdict: Verdict) -> Mapping[str, Any]:
    """A verdict with the words of a 结果."""
    return {
        "结论": verdict.verdict.value,
        "命中": {hit.indicator: f"{hit.count}，界限{hit.threshold or 1:g}" for hit in verdict.hits},
        "待核": {
            one.indicator: f"{one.low}至{one.high}，界限{one.threshold or 1:g}：{one.why}" for one in verdict.open
        },
        "得分": verdict.score,
        "扣分": {line["item"]: _points(line) for line in verdict.deductions},
        "加分": {line["item"]: _points(line) for line in verdict.bonus},
        "不计": _whys(verdict.excluded),
        "没有检查": _whys(verdict.not_examined),
        "由人判断": _whys(verdict.manual),
        "列出": {line["indicator"]: line["count"] for line in verdict.reported},
        "检查过": verdict.examined,
    }


def differences(wanted: Mapping[str, Any], verdict: Verdict) -> list[str]:
    """In words, where a verdict is not what the spec says; empty when all is as written."""
    seen = told(verdict)
    wrong = [
        f"{key}应为{wanted[key]!r}，实为{seen[key]!r}"
        for key in _WHOLE
        if key in wanted and (wanted[key] or None) != (seen[key] or None)
    ]
    for key in _NAMED:
        for code, value in wanted.get(key, {}).items():
            if (value or None) != (seen[key].get(code) or None):
                wrong.append(f"{key}里的{code}应为{value!r}，实为{seen[key].get(code)!r}")
    return wrong + [f"{code}应已检查" for code in wanted.get("检查过", ()) if code not in verdict.examined]


def _points(line: Mapping[str, Any]) -> Any:
    return f"{line['points']:g}（封顶）" if line["capped"] else line["points"]


def _whys(lines: Iterable[Mapping[str, str]]) -> Mapping[str, Any]:
    """Indicator → why, several whys joined."""
    found: dict[str, dict[str, None]] = {}
    for line in lines:
        found.setdefault(line["indicator"], {})[line["why"]] = None
    return {code: "；".join(sorted(whys)) for code, whys in found.items()}


@dataclass(slots=True)
class _Part:
    level: int
    heading: str
    line: int
    prose: str
    fences: list[tuple[str, int, str]]


def _parts(path: Path) -> list[_Part]:
    """Headings with their prose and fences, in order."""
    parts: list[_Part] = []
    inside, at, content = "", 0, list[str]()
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if inside:
            if line.rstrip() == "```":
                parts[-1].fences.append((inside, at, "\n".join(content)))
                inside, content = "", []
            else:
                content.append(line)
        elif found := _HEADING.match(line):
            parts.append(_Part(len(found[1]), found[2], number, "", []))
        elif not parts:
            raise EditionSpecFault(f"{path}第{number}行：第一行应是标题")
        elif line.startswith("```"):
            inside, at = line.removeprefix("```").strip(), number
            if inside not in _FENCES:
                raise EditionSpecFault(f"{path}第{number}行：不认识“{inside}”，应为{'、'.join(_FENCES)}")
        else:
            parts[-1].prose += line.strip()
    if inside or not parts:
        raise EditionSpecFault(f"{path}：{f'“{inside}”没有结束' if inside else '是空的'}")
    return parts


def _section(path: Path, part: _Part) -> Section:
    where = f"{path}第{part.line}行“{part.heading}”"
    if part.level != 2 or not part.prose or not part.fences:
        raise EditionSpecFault(f"{where}：要有一句话说明理由，和材料、结果或差别、证据")
    samples: list[Sample] = []
    lines: dict[str, tuple[str, ...]] = {}
    given: tuple[int, Mapping[str, Any]] | None = None
    for name, line, text in part.fences:
        if name in ("差别", "证据"):
            lines[name] = tuple(one.strip() for one in text.splitlines() if one.strip())
        elif name == "材料" and given is None:
            given = line, yaml.safe_load(text) or {}
        elif name == "结果" and given is not None:
            samples.append(Sample(given[1], _wanted(text, where), given[0]))
            given = None
        else:
            raise EditionSpecFault(f"{where}：第{line}行的{name}没有与之成对的{'结果' if name == '材料' else '材料'}")
    if given is not None:
        raise EditionSpecFault(f"{where}：最后一份材料没有结果")
    return Section(part.heading, part.prose, part.line, tuple(samples), lines)


def _wanted(text: str, where: str) -> Mapping[str, Any]:
    read = yaml.safe_load(text)
    wanted: Mapping[str, Any] = {"结论": read} if isinstance(read, str) else read
    if unknown := set(wanted) - set(_EXPECTED):
        raise EditionSpecFault(f"{where}：结果里没有“{'、'.join(sorted(unknown))}”这一项")
    if wanted.get("结论") not in VERDICTS:
        raise EditionSpecFault(f"{where}：结论应为{'、'.join(VERDICTS)}之一")
    if wanted["结论"] == "不合格" and not wanted.get("命中"):
        raise EditionSpecFault(f"{where}：不合格的，要写明命中哪项指标、数得多少")
    if wanted["结论"] == "待核" and not wanted.get("待核"):
        raise EditionSpecFault(f"{where}：待核的，要写明哪项指标还可能改变结论")
    return wanted
