"""What an inspection says in sentences: problem groups with examples, platforms, earlier problems, what was not examined."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from duwang.bulletin.gathering import (
    ACCOUNTS,
    EARLIER,
    LETTERS,
    NONE,
    PROBLEMS,
    SITES,
    Gathered,
    Subject,
    veto_in_words,
    vetoing,
)
from duwang.bulletin.issuing import area_of
from duwang.bulletin.kinds import group_of, rank
from duwang.bulletin.template import FigurePlan, SectionText
from duwang.bulletin.wording import listed, literal
from duwang.model.findings import Finding, Severity
from duwang.model.registry import Registry
from duwang.model.verdicts import Verdict, VerdictKind

_SCORED = ("D-", "B-")
_WHAT = {"site": "网站", "account": "新媒体"}


@dataclass(frozen=True, slots=True)
class Told:
    """`phrases` are sentences with places for figures, filled before the sections that use them."""

    figures: tuple[FigurePlan, ...]
    problems: tuple[SectionText, ...]
    words: Mapping[str, str]
    phrases: Mapping[str, str]


def narrate(
    gathered: Gathered, registry: Registry, verdicts: Sequence[Verdict], *, run: Mapping[str, Any], examples: int
) -> Told:
    """Sentences and the figures in them."""
    rates = [*_rates(verdicts)]
    plans = [*_standing_figures(), *_platforms(gathered), *_letter_figures(), *(plan for _, plan, _ in rates)]
    groups = _grouped(gathered)
    for group in groups:
        where = {"问题类型": group}
        plans.append(FigurePlan(f"{group}单位数", "count", of=PROBLEMS, where=where, column="责任单位"))
        plans.append(FigurePlan(f"{group}处数", "column", of=PROBLEMS, where=where, column="处数"))
    problems = [*_vetoed(gathered), *(_group_section(group, pairs, examples) for group, pairs in groups.items())]
    carried = [_named(subject, finding) for subject, finding in gathered.carried]
    words = {
        "全域": area_of(registry),
        "监测时间点": _in_words(str(run["as_of"])),
        "检查期": _span(run),
        "未检查": "；".join(_not_examined(verdicts)),
        "上期未整改名单": listed(carried, most=8),
    }
    ranges = {f"{what}合格率待定": text for what, _, text in rates if text}
    return Told(tuple(plans), tuple(problems), words, {"平台分布": _platform_phrase(gathered), **ranges})


def _standing_figures() -> Iterator[FigurePlan]:
    for table, what in ((SITES, "网站"), (ACCOUNTS, "新媒体")):
        yield FigurePlan(f"{what}检查数", "count", of=table)
        for result in ("合格", "不合格", "待核"):
            yield FigurePlan(f"{what}{result}数", "count", of=table, where={"检查结果": result})
        yield FigurePlan(f"{what}存在问题数", "count", of=table, where={"存在的问题": f"[!{NONE}]*"})
    yield FigurePlan("上期问题数", "count", of=EARLIER)
    for fate in ("已整改", "未整改", "改后又犯", "不能判断"):
        yield FigurePlan(f"上期{fate}数", "count", of=EARLIER, where={"结果": fate})


def _letter_figures() -> Iterator[FigurePlan]:
    for source in ("领导信箱", "网民留言", "找错", "曝光台"):
        yield FigurePlan(f"{source}收到数", "count", of=LETTERS, where={"来源": source})
        yield FigurePlan(f"{source}办结数", "count", of=LETTERS, where={"来源": source, "办理": "已答复"})


def _platforms(gathered: Gathered) -> Iterator[FigurePlan]:
    for platform in _platform_counts(gathered):
        yield FigurePlan(f"平台{platform}数", "count", of=ACCOUNTS, where={"平台": _literal(platform)})


def _platform_phrase(gathered: Gathered) -> str:
    parts = (f"{platform}{{平台{platform}数}}个" for platform in _platform_counts(gathered))
    return "、".join(parts)


def _platform_counts(gathered: Gathered) -> list[str]:
    counts = Counter(row["平台"] for row in gathered.tables[ACCOUNTS] if row["平台"])
    return [platform for platform, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]


def _literal(text: str) -> str:
    """A pattern that fits only this text."""
    return "".join(f"[{c}]" if c in "*?[" else c for c in text)


def _grouped(gathered: Gathered) -> dict[str, list[tuple[Subject, Finding]]]:
    """Printable problems by heading; those that made a veto are told with the failed ones."""
    groups: dict[str, list[tuple[Subject, Finding]]] = {}
    vetoed = vetoing(gathered.facts)
    for subject, finding in gathered.facts:
        if finding.fingerprint not in vetoed:
            groups.setdefault(group_of(finding.check, kind=subject.kind), []).append((subject, finding))
    return dict(sorted(groups.items(), key=lambda pair: rank(pair[0])))


def _vetoed(gathered: Gathered) -> Iterator[SectionText]:
    for kind, what in _WHAT.items():
        reasons: dict[str, list[str]] = {}
        low = False
        for subject in gathered.subjects.values():
            if subject.kind == kind and subject.verdict.hits:
                low |= any(hit.effect == "points" for hit in subject.verdict.hits)
                reason = "、".join(veto_in_words(hit) for hit in subject.verdict.hits)
                reasons.setdefault(reason, []).append(subject.label)
        if reasons:
            told = "；".join(literal(f"{'、'.join(names)}{reason}") for reason, names in reasons.items())
            full = "政府网站" if kind == "site" else "政务新媒体"
            fault = "存在单项否决问题或者得分不足" if low else "存在单项否决问题"
            text = f"不合格{full}{{{what}不合格数}}个，{fault}：{told}。"
            yield SectionText(heading=f"{full}单项否决问题", texts=(text,), run_in=True)


def _group_section(group: str, pairs: Sequence[tuple[Subject, Finding]], examples: int) -> SectionText:
    text = f"{{{group}单位数}}家单位存在此类问题，共{{{group}处数}}处。"
    shown = _examples(pairs, examples)
    if shown:
        text += f"如：{'；'.join(literal(one) for one in shown)}。"
    return SectionText(heading=group, texts=(text,), run_in=True)


def _examples(pairs: Sequence[tuple[Subject, Finding]], most: int) -> list[str]:
    """Examples of different units and checks first, serious and certain ones before others."""
    ranked = sorted(
        pairs, key=lambda pair: (pair[1].severity is not Severity.SERIOUS, -pair[1].certainty, pair[1].fingerprint)
    )
    chosen: list[str] = []
    seen: set[str] = set()
    for _, finding in ranked:
        if finding.org not in seen and len(chosen) < most:
            seen.add(finding.org)
            chosen.append(f"{finding.org}{_after_unit(finding.message)}")
    return chosen


def _after_unit(message: str) -> str:
    """The finding's own sentence, ready to follow the unit's name."""
    body = message.strip().rstrip("。；")
    return body if body.startswith(("“", "《")) else f"：{body}"


def _named(subject: Subject, finding: Finding) -> str:
    return literal(subject.label if subject.kind == "account" else f"{finding.org}（{subject.name}）")


def _span(run: Mapping[str, Any]) -> str:
    period = run.get("period")
    if isinstance(period, Mapping) and period.get("start") and period.get("end"):
        return f"{_in_words(str(period['start']))}至{_in_words(str(period['end']))}"
    return f"截至{_in_words(str(run['as_of']))}"


def _in_words(day: str) -> str:
    year, month, number = day[:10].split("-")
    return f"{int(year)}年{int(month)}月{int(number)}日"


def _not_examined(verdicts: Sequence[Verdict]) -> Iterator[str]:
    """Vetoes not examined with the reason, and on how many objects when not on all; points not examined in one clause."""
    for kind, what in _WHAT.items():
        here = [verdict for verdict in verdicts if verdict.kind == kind]
        counts: dict[tuple[str, str], int] = {}
        scored = False
        for one in (one for verdict in here for one in verdict.not_examined):
            if one.get("indicator", "").startswith(_SCORED):
                scored = True
                continue
            key = (one.get("title", "").split("：")[-1], one.get("why", "").partition("，没有执行")[0])
            counts[key] = counts.get(key, 0) + 1
        by_why: dict[tuple[str, int], list[str]] = {}
        for (title, why), count in counts.items():
            by_why.setdefault((why, count), []).append(title)
        for (why, count), titles in by_why.items():
            scope = "" if count == len(here) else f"（{count}个{what}）"
            named = "".join(f"“{_inner_quotes(title)}”" for title in dict.fromkeys(titles))
            yield f"{what}的{named}{scope}，{why}"
        if scored:
            yield f"{what}的部分扣分和加分指标，没有查全"


def _inner_quotes(title: str) -> str:
    """Quotes inside quotes are single ones (GB/T 15834)."""
    return title.replace("“", "‘").replace("”", "’")


def _rates(verdicts: Sequence[Verdict]) -> Iterator[tuple[str, FigurePlan, str]]:
    """合格率 by kind. Offices print final rates only: while verdicts are open the draft says that there is none yet."""
    for kind, what in _WHAT.items():
        parts = (f"{what}检查数", f"{what}不合格数")
        if any(verdict.kind == kind and verdict.verdict is VerdictKind.OPEN for verdict in verdicts):
            yield what, FigurePlan(f"{what}合格率", "word"), "合格率待复核后确定"
        else:
            yield what, FigurePlan(f"{what}合格率", "rate", parts=parts), ""
