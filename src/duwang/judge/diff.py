"""What differs between two editions, key by key, in words an official can read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from typing import Any

from duwang.judge.edition import Edition
from duwang.judge.indicator import FactCondition, Indicator, Where

WORDS: Mapping[str, str] = {
    "title": "名称", "applies": "适用", "checks": "检查项", "where": "计算范围", "rule": "计数规则", "at_least": "界限",
    "effect": "效力", "auto": "由谁判断", "severity": "严重程度", "unit": "计数单位", "yields_to": "让位于", "honours": "承认的报备",
    "unknown": "不能判断时", "fact": "所看数值", "below_total": "总数少于", "block": "所属部分", "points": "分值", "cap": "上限分值",
    "ask": "问人的话", "sample": "抽查个数", "of": "抽查对象", "absent": "缺少的栏目类别", "once": "不重复扣分", "grade": "依据等级",
    "source": "依据", "note": "说明",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. `code` is an indicator's, a clause's, a check id or empty for the edition itself; before/after are text."""

    code: str
    title: str
    key: str
    before: str
    after: str

    def in_words(self) -> str:
        """`WV-4.2 应更新但长期未更新的栏目：界限 10 → 5`."""
        if not self.key:
            return f"{self.code} {self.title}：{'新增' if not self.before else '取消'}"
        name = " ".join(part for part in (self.code, self.title) if part)
        return f"{name}：{self.key} {self.before or '无'} → {self.after or '无'}"


def diff(one: Edition, other: Edition) -> tuple[Change, ...]:
    """Every difference in force between two editions, overlays applied: indicators, clauses, check settings, numbers of practice."""
    changes = list(_whole(one, other))
    left, right = _flat(one), _flat(other)
    for code in (*left, *(code for code in right if code not in left)):
        changes += _indicator(left.get(code), right.get(code))
    for name, before, after in (
        *(
            (check, one.settings.get(check, {}), other.settings.get(check, {}))
            for check in _keys(one.settings, other.settings)
        ),
        ("执行口径", one.practice, other.practice),
    ):
        for key in _keys(before, after):
            if before.get(key) != after.get(key):
                changes.append(Change(name, "", key, _text(before.get(key)), _text(after.get(key))))
    return tuple(changes)


def _whole(one: Edition, other: Edition) -> Iterator[Change]:
    for key, word in (("min_seen", "最低读取比例"), ("decimals", "合格率小数位"), ("scoring", "计分办法")):
        if getattr(one, key) != getattr(other, key):
            yield Change("", "总体", word, _text(getattr(one, key)), _text(getattr(other, key)))


def _flat(edition: Edition) -> dict[str, Indicator]:
    return {each.code: each for indicator in edition.indicators for each in (indicator, *indicator.items)}


def _indicator(before: Indicator | None, after: Indicator | None) -> Iterator[Change]:
    if before is None or after is None:
        only = before or after
        assert only is not None
        yield Change(only.code, only.title, "", "有" if before else "", "有" if after else "")
        return
    for name in (field.name for field in fields(Indicator) if field.name not in ("code", "items")):
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            yield Change(before.code, after.title, WORDS.get(name, name), _text(old), _text(new))


def scope_in_words(where: Where) -> str:
    """What a clause takes into account, in words; empty when it takes everything."""
    return "，".join(_where(where))


def _keys(one: Mapping[str, Any], other: Mapping[str, Any]) -> tuple[str, ...]:
    return tuple(sorted({*one, *other}))


def _text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Where):
        return "，".join(_where(value)) or "全部"
    if isinstance(value, Mapping):
        return "；".join(f"{key}={_text(inner)}" for key, inner in value.items())
    if isinstance(value, list | tuple):
        return "、".join(_text(inner) for inner in value)
    return str(value)


def _where(where: Where) -> Iterator[str]:
    for word, values in (
        ("类别为", where.classes),
        ("类别不为", where.not_classes),
        ("限一级栏目：", where.first_level),
        ("不含一级栏目：", where.not_first_level),
        ("网站类型为", where.kinds),
        ("平台为", where.platforms),
    ):
        if values:
            yield f"{word}{'、'.join(values)}"
    for condition in where.facts:
        yield _fact(condition)
    if where.place:
        yield "只算首页" if where.place == "home" else "只算其他页面"
    if where.serves_public:
        yield "有对外服务职能"


def _fact(condition: FactCondition) -> str:
    if condition.words:
        return f"{condition.name}为{'、'.join(condition.words)}"
    return f"{condition.name}{condition.sign}{condition.number:g}"
