"""The reference pages, generated from the checks and the editions themselves: what the program does is what they say."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from duwang.checks.check import Check, all_checks
from duwang.judge.diff import diff, scope_in_words
from duwang.judge.edition import Edition, load_edition, read, shipped
from duwang.judge.indicator import Indicator

HEADINGS = ("查什么", "依据", "会报", "不报", "怎么改", "设置")
NEEDED = HEADINGS[:5]
MADE = "<!-- 本页由 scripts/make_reference.py 生成，请改检查项或指标文件，不要改本页 -->"
_PLACES = {"site": "网站", "account": "新媒体", "text": "文稿"}
_EFFECTS = {"veto": "单项否决", "points": "扣分", "bonus": "加分", "report": "只报告"}
_APPLIES = {"site": "网站", "account": "新媒体", "supervisor": "监管单位"}
_AUTOS = {"A": "机器判定", "S": "机器提出，人工确认", "M": "人工判定"}
_GRADES = {"A": "A 见过原文或两处以上互证", "B": "B 一处可靠来源", "C": "C 未核实"}
_UNITS = {"targets": "按对象计", "findings": "按问题计", "places": "按处数计", "fact": "按数值计"}
_FACTS = {
    "missing": "缺少的项数",
    "share": "失败占比",
    "total": "总数",
    "months": "月数",
    "kind": "种类",
    "state": "状态",
    "source": "来源",
}
_HEADING = re.compile(r"^(查什么|依据|会报|不报|怎么改|设置)：", re.MULTILINE)


def pages() -> dict[str, str]:
    """Path below docs/参考 → the page's text."""
    checks, national = all_checks(), load_edition()
    used = _uses(national)
    made = {
        f"检查/{check.id.replace('/', '-')}.md": check_page(check, used.get(check.id, ()), national.settings)
        for check in checks.values()
    }
    made["检查/README.md"] = _check_index(checks)
    for name in shipped("edition"):
        made[f"指标/{name}.md"] = edition_page(load_edition(name))
    for name in shipped("overlay"):
        made[f"指标/{name}.md"] = overlay_page(name, national)
    made["指标/README.md"] = _edition_index()
    return dict(sorted(made.items()))


def parts_of(doc: str) -> dict[str, str]:
    """A check's docstring by heading."""
    found = list(_HEADING.finditer(doc))
    ends = [one.start() for one in found[1:]] + [len(doc)]
    return {one[1]: doc[one.end() : end].strip() for one, end in zip(found, ends, strict=True)}


def check_page(check: Check, used: Sequence[Indicator], settings: Mapping[str, Mapping[str, Any]]) -> str:
    """One check: the headings of its docstring, its parameters, and the clauses that look at it."""
    parts = parts_of(check.doc)
    lines = [
        MADE,
        f"# {check.title}",
        "",
        f"编号 `{check.id}`　对象：{'、'.join(_PLACES[place] for place in check.places)}",
    ]
    for heading in HEADINGS:
        if parts.get(heading):
            lines += ["", f"## {heading}", "", *_paragraphs(parts[heading])]
    known = settings.get(check.id, {})
    if known:
        lines += [
            "",
            "## 全国指标版本里的取值",
            "",
            *_table(("参数", "取值"), ((name, _value(value)) for name, value in known.items())),
        ]
    if used:
        rows = ((one.code, one.title, _EFFECTS[one.effect], _threshold(one), _AUTOS[one.auto]) for one in used)
        lines += ["", "## 哪些指标看它", "", *_table(("编号", "指标", "效力", "起算", "由谁判断"), rows)]
    else:
        lines += ["", "全国指标没有条款看这项检查，结果只列出，不影响判定。"]
    return _ended(lines)


def edition_page(edition: Edition) -> str:
    """One edition with every number and its evidence grade."""
    lines = [
        MADE,
        f"# {edition.title}",
        "",
        f"名称 `{edition.name}`　依据：{edition.source or '—'}　校验值 `{edition.hash[:16]}`",
        "",
    ]
    if edition.note:
        lines += [edition.note, ""]
    lines += [
        f"- 已知网页读到的比例低于{edition.min_seen:.0%}时，“没有发现问题”只记为“不能判断”。",
        f"- 合格率保留{edition.decimals}位小数，四舍五入。",
    ]
    scoring = edition.scoring
    if any(one.effect == "points" for one in edition.indicators):
        lines += [
            f"- 扣分部分满分{scoring.full:g}分，低于{scoring.fails_below:g}分不合格，高于{scoring.bonus_above:g}分才计加分。"
        ]
    for applies, effect in dict.fromkeys((one.applies, one.effect) for one in edition.indicators):
        lines += ["", f"## {_APPLIES.get(applies, applies)}：{_EFFECTS[effect]}", ""]
        lines += list(_indicators(edition.of(applies, effect), effect))
    lines += _settings(edition.settings) + _practice(edition.practice) + _unverified(edition.unverified)
    return _ended([*lines, "", "## 依据等级", "", *(f"- {words}" for words in _GRADES.values())])


def overlay_page(name: str, national: Edition) -> str:
    """Local rules: what they change in the national edition, word for word."""
    content = read(shipped("overlay")[name])
    laid = load_edition("national-2019", (name,))
    lines = [
        MADE,
        f"# {content['title']}",
        "",
        f"名称 `{name}`　依据：{content.get('source', '—')}　依据等级：{_GRADES.get(content.get('grade', ''), '—')}",
        "",
    ]
    if content.get("includes"):
        lines += [f"以“{'、'.join(content['includes'])}”为基础。", ""]
    if content.get("note"):
        lines += [str(content["note"]), ""]
    changes = diff(national, laid)
    lines += (
        ["## 与全国指标的不同", "", *(f"- {change.in_words()}" for change in changes)]
        if changes
        else ["与全国指标相同。"]
    )
    own = {str(entry["code"]) for kind in ("indicator", "change") for entry in content.get(kind, ())}
    touched = [one for one in laid.indicators if one.code in own]
    for effect in dict.fromkeys(one.effect for one in touched):
        lines += ["", f"## 本细则的条款：{_EFFECTS[effect]}", ""]
        lines += list(_indicators([one for one in touched if one.effect == effect], effect))
    return _ended(lines + _unverified(tuple(content.get("unverified", ()))))


def _indicators(indicators: Sequence[Indicator], effect: str) -> Iterator[str]:
    points = effect in ("points", "bonus")
    heads = (
        "编号",
        "指标",
        *(("分值", "上限") if points else ("起算",)),
        "怎么计",
        "由谁判断",
        "看哪些检查",
        "依据",
        "等级",
    )
    rows = []
    for one in indicators:
        for line in (one, *one.items):
            numbers = (_number(line.points), _number(line.cap)) if points else (_threshold(line),)
            checks = "、".join(f"`{check}`" for check in line.checks) or "—"
            note = f"{line.source or '—'}{f'（{line.note}）' if line.note else ''}"
            rows.append(
                (
                    line.code,
                    line.title,
                    *numbers,
                    _counting(line) or "—",
                    "见各分项" if line.items else _AUTOS[line.auto],
                    checks,
                    note,
                    line.grade,
                )
            )
    yield from _table(heads, rows)


def _threshold(one: Indicator) -> str:
    if one.rule == "manual":
        return "人工认定"
    if one.rule == "ratio":
        return f"占比≥{one.threshold:.0%}" if one.threshold <= 1 else f"≥{one.threshold:g}"
    if one.rule == "count":
        return f"≥{one.threshold:g}（{_UNITS.get(one.unit, one.unit)}）"
    return {"any": "有即算", "every": "全部都是", "all-columns": "所有栏目都是", "per-item": "逐项计"}.get(
        one.rule, one.rule
    )


def _counting(one: Indicator) -> str:
    """Everything else that bears on the count: scope, samples, severity, declarations honoured."""
    scope = scope_in_words(one.where)
    for name, words in _FACTS.items():
        scope = re.sub(rf"\b{name}(?=[<>=为!])", words, scope)
    parts = [
        scope,
        f"只计{'、'.join(one.severity)}" if one.severity else "",
        f"抽查{one.of or '对象'}{one.sample}个" if one.sample else "",
        f"总数少于{one.below_total}个时" if one.below_total else "",
        f"按每个问题的“{_FACTS.get(one.fact, one.fact)}”计" if one.unit == "fact" and one.fact else "",
        f"没有“{one.absent}”类栏目时" if one.absent else "",
        "别处已扣的不重复扣" if one.once else "",
        f"报备（{'、'.join(one.honours)}）的不计" if one.honours else "",
        "读不到时不检查、不待核" if one.unknown != "open" else "",
    ]
    return "；".join(part for part in parts if part)


def _number(value: float | int | None) -> str:
    return "" if value is None else f"{value:g}"


def _settings(settings: Mapping[str, Mapping[str, Any]]) -> list[str]:
    rows = [(f"`{check}`", name, _value(value)) for check, table in settings.items() for name, value in table.items()]
    return ["", "## 检查项的参数", "", *_table(("检查项", "参数", "取值"), rows)] if rows else []


def _practice(practice: Mapping[str, Any]) -> list[str]:
    rows = [(name, _value(value)) for name, value in practice.items()]
    return ["", "## 执行口径", "", *_table(("名称", "取值"), rows)] if rows else []


def _unverified(lines: Sequence[str]) -> list[str]:
    return ["", "## 尚未核实", "", *(f"- {line}" for line in lines)] if lines else []


def _value(value: Any) -> str:
    if isinstance(value, Mapping):
        return "；".join(f"{name} {_value(inner)}" for name, inner in value.items())
    if isinstance(value, list | tuple):
        return "、".join(_value(inner) for inner in value)
    return ("是" if value else "否") if isinstance(value, bool) else str(value)


def _uses(edition: Edition) -> dict[str, list[Indicator]]:
    used: dict[str, list[Indicator]] = {}
    for check in all_checks():
        lines = [line for one in edition.indicators for line in (one, *one.items) if line.watches(check)]
        if lines:
            used[check] = lines
    return used


def _check_index(checks: Mapping[str, Check]) -> str:
    rows = (
        (f"[`{one.id}`]({one.id.replace('/', '-')}.md)", one.title, "、".join(_PLACES[place] for place in one.places))
        for one in checks.values()
    )
    return _ended([MADE, "# 检查项", "", f"共{len(checks)}项。", "", *_table(("编号", "名称", "对象"), rows)])


def _edition_index() -> str:
    lines = [MADE, "# 指标版本和地方规则", ""]
    for kind, words in (("edition", "指标版本"), ("overlay", "地方规则（用 --overlay 叠加）")):
        rows = (
            (f"[{name}]({name}.md)", read(path)["title"], read(path).get("grade", "逐条标注"))
            for name, path in shipped(kind).items()
        )
        lines += [f"## {words}", "", *_table(("名称", "标题", "依据等级"), rows), ""]
    return _ended(lines)


def _table(heads: Sequence[str], rows: Any) -> Iterator[str]:
    yield f"| {' | '.join(heads)} |"
    yield f"|{'---|' * len(heads)}"
    for row in rows:
        yield f"| {' | '.join(_plain(cell) for cell in row)} |"


def _plain(cell: str) -> str:
    return str(cell).replace("|", "｜").replace("\n", " ")


def _paragraphs(text: str) -> list[str]:
    """Lines that only wrap are joined; blank lines stay paragraphs."""
    blocks = ["".join(line.strip() for line in block.splitlines()) for block in text.split("\n\n")]
    return [line for block in blocks for line in (block, "")][:-1]


def _ended(lines: Sequence[str]) -> str:
    return "\n".join(lines).rstrip() + "\n"
