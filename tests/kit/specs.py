"""Specs of checks, written in Markdown so that an official can read them: parsed, run and compared literally.

A spec is `tests/specs/<family>/<noun>.md`: the first heading is the check's id and title, every section with a sample is a
case. Fences: 材料 (YAML, see `kit.spec_subjects`), 文本 (a text), 网页 (HTML), 设置 (YAML: 监测时间点, 设置), 结果 (YAML).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from duwang.checks.check import Check
from duwang.model.findings import CannotTell, Draft, NotApplicable, Status
from kit.spec_subjects import subject_of

FOLDER = Path(__file__).resolve().parents[1] / "specs"
AS_OF = date(2024, 9, 30)
NEAR = "临界"
STATUSES = {
    "发现问题": Status.FOUND,
    "未发现问题": Status.CLEAN,
    "不能判断": Status.UNKNOWN,
    "不适用": Status.SKIPPED,
}
_HEADING = re.compile(r"^(#{1,3})\s+(.+?)\s*$")
_SAMPLES = ("材料", "文本", "网页")
_FENCES = (*_SAMPLES, "设置", "结果")
_EXPECTED = ("结论", "理由", "问题数", "说明", "原文", "改为", "级别", "事实", "网址", "页数")


class SpecFault(Exception):
    """A spec that is written wrong; the text names file and line."""


@dataclass(frozen=True, slots=True)
class Case:
    """One section: `fences` maps a fence's name to its text; `line` is where the section starts."""

    title: str
    reason: str
    fences: Mapping[str, str]
    line: int

    @property
    def expected(self) -> Mapping[str, Any]:
        found = yaml.safe_load(self.fences["结果"])
        return {"结论": found} if isinstance(found, str) else found

    @property
    def status(self) -> Status:
        return STATUSES[self.expected["结论"]]


@dataclass(frozen=True, slots=True)
class Spec:
    """One file: the check it is about and its cases."""

    path: Path
    check: str
    title: str
    cases: tuple[Case, ...]


def specs(folder: Path = FOLDER) -> Iterator[Spec]:
    """Every check's spec, by path; editions and deadlines have runners of their own."""
    for path in sorted(folder.glob("*/*.md")):
        if path.parent.name not in ("editions", "cases"):
            yield read_spec(path)


def read_spec(path: Path) -> Spec:
    """Parse one file; SpecFault when a section is incomplete."""
    title = ""
    cases: list[Case] = []
    for level, heading, line, prose, fences in _sections(path):
        if level == 1:
            title = heading
        elif fences:
            cases.append(_case(path, heading, line, prose, fences))
    check, _, words = title.partition(" ")
    if not cases:
        raise SpecFault(f"{path}：没有一个写明材料和结果的小节")
    return Spec(path, check, words.strip(), tuple(cases))


def _case(path: Path, heading: str, line: int, prose: str, fences: Mapping[str, str]) -> Case:
    where = f"{path}第{line}行“{heading}”"
    if "结果" not in fences or not any(name in fences for name in _SAMPLES):
        raise SpecFault(f"{where}：要有材料（材料、文本或网页）和结果")
    if not prose:
        raise SpecFault(f"{where}：标题下要有一句话说明理由")
    case = Case(heading, prose, fences, line)
    if wrong := set(case.expected) - set(_EXPECTED):
        raise SpecFault(f"{where}：结果里没有“{'、'.join(sorted(wrong))}”这一项")
    if case.expected.get("结论") not in STATUSES:
        raise SpecFault(f"{where}：结论应为{'、'.join(STATUSES)}之一")
    if case.status is Status.FOUND and "说明" not in case.expected:
        raise SpecFault(f"{where}：发现问题的，要逐字写出说明")
    return case


def _sections(path: Path) -> Iterator[tuple[int, str, int, str, dict[str, str]]]:
    """(level, heading, line, prose, fences) for every heading."""
    level, heading, at = 0, "", 0
    prose: list[str] = []
    fences: dict[str, str] = {}
    inside, content = "", []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
        if inside:
            if line.rstrip() == "```":
                fences[inside] = "\n".join(content)
                inside, content = "", []
            else:
                content.append(line)
        elif line.startswith("```"):
            inside = line.removeprefix("```").strip()
            if inside not in _FENCES:
                raise SpecFault(f"{path}第{number}行：不认识“{inside}”，应为{'、'.join(_FENCES)}")
        elif found := _HEADING.match(line):
            if level:
                yield level, heading, at, " ".join(prose), fences
            level, heading, at, prose, fences = len(found[1]), found[2], number, [], {}
        elif line.strip():
            prose.append(line.strip())
    if inside:
        raise SpecFault(f"{path}：“{inside}”没有结束")
    if level:
        yield level, heading, at, " ".join(prose), fences


@dataclass(frozen=True, slots=True)
class Seen:
    """What a check said of a sample."""

    status: Status
    reason: str
    drafts: tuple[Draft, ...]


def run(check: Check, case: Case) -> Seen:
    """Look at the case's sample with its date and settings; errors of the check itself are not caught."""
    material = yaml.safe_load(case.fences.get("材料", "")) or {}
    given = {**material, **(yaml.safe_load(case.fences.get("设置", "")) or {})}
    as_of = given.pop("监测时间点", AS_OF)
    settings = given.pop("设置", {})
    if unknown := set(settings) - set(check.settings):
        raise SpecFault(f"“{case.title}”：{check.id}没有设置{'、'.join(sorted(unknown))}")
    subject = subject_of(given, text=case.fences.get("文本"), html=case.fences.get("网页"))
    if not isinstance(subject, check.on):
        raise SpecFault(f"“{case.title}”：材料是{type(subject).__name__}，{check.id}看的是{check.on.__name__}")
    try:
        drafts = tuple(check.look(subject, as_of=as_of, settings=settings))
    except NotApplicable as why:
        return Seen(Status.SKIPPED, str(why), ())
    except CannotTell as why:
        return Seen(Status.UNKNOWN, str(why), ())
    return Seen(Status.FOUND if drafts else Status.CLEAN, "", drafts)


def differences(case: Case, seen: Seen) -> list[str]:
    """In words, where a result is not what the spec says; empty when all is as written."""
    wanted = case.expected
    told = [draft.message for draft in seen.drafts]
    found = (
        [f"结论应为{wanted['结论']}，实为{seen.status.value}：{told or seen.reason}"]
        if seen.status is not case.status
        else []
    )
    if "理由" in wanted and seen.reason != wanted["理由"]:
        found.append(f"理由应为“{wanted['理由']}”，实为“{seen.reason}”")
    if "问题数" in wanted and len(seen.drafts) != wanted["问题数"]:
        found.append(f"应有{wanted['问题数']}个问题，实有{len(seen.drafts)}个：{told}")
    for key, values in (
        ("说明", told),
        ("原文", [draft.quote for draft in seen.drafts]),
        ("改为", [draft.suggestion for draft in seen.drafts]),
        ("级别", [draft.severity.value for draft in seen.drafts]),
        ("网址", [draft.url for draft in seen.drafts]),
        ("页数", [draft.count for draft in seen.drafts]),
    ):
        if key in wanted and _listed(wanted[key]) != values:
            found.append(f"{key}应为{_listed(wanted[key])}，实为{values}")
    if "事实" in wanted:
        found += _facts(_listed(wanted["事实"]), seen.drafts)
    return found


def _facts(wanted: list[Any], drafts: tuple[Draft, ...]) -> Iterator[str]:
    """Only the facts a spec names are compared."""
    if len(wanted) != len(drafts):
        yield f"事实写了{len(wanted)}条，实有{len(drafts)}个问题"
    for facts, draft in zip(wanted, drafts, strict=False):
        for name, value in (facts or {}).items():
            if name not in draft.facts or draft.facts[name] != value:
                yield f"事实{name}应为{value!r}，实为{draft.facts.get(name)!r}"


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]
