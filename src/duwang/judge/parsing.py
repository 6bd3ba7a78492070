"""Edition tables written by people → indicators; every mistake is named by file, entry and key."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, NoReturn

from duwang.judge.indicator import AUTOS, EFFECTS, GRADES, RULES, FactCondition, Indicator, Where


class EditionError(ValueError):
    """A mistake in an edition or overlay file, in one Chinese sentence."""


_KEYS = {
    "code", "title", "applies", "kinds", "check", "where", "rule", "at_least", "effect", "auto", "severity", "unit",
    "yields_to", "honours", "unknown", "fact", "below_total", "block", "cap", "ask", "sample", "of", "item", "grade",
    "source", "note", "serves_public", "platforms",
}  # fmt: skip
_ITEM_KEYS = {
    "title", "check", "where", "rule", "points", "unit", "fact", "severity", "auto", "ask", "at_least", "cap", "sample", "of",
    "absent", "once", "yields_to", "honours", "unknown", "note",
}  # fmt: skip
_WHERE_KEYS = {"class", "not_class", "first_level", "not_first_level", "facts", "place"}
_CHOICES: Mapping[str, tuple[str, ...]] = {
    "applies": ("site", "account", "supervisor"),
    "rule": RULES,
    "effect": EFFECTS,
    "auto": AUTOS,
    "unit": ("targets", "findings", "places", "fact"),
    "unknown": ("open", "not-examined"),
    "grade": GRADES,
}


def indicator(entry: Mapping[str, Any], *, file: str, number: int) -> Indicator:
    """One `[[indicator]]` table; EditionError names file, entry and key."""
    place = _Place(file, f"第{number}个指标（{entry.get('code', '没有编号')}）")
    whole = _read(entry, place, _KEYS)
    for key in ("code", "title", "applies", "effect", "rule", "grade", "source"):
        place.text(entry, key, needed=True)
    if whole.rule in ("any", "count", "ratio", "every") and not whole.checks:
        place.wrong("check", "没有填写，只有人工判断的指标（manual）和分项计分的指标可以不写")
    if whole.rule in ("count", "ratio") and whole.at_least is None:
        place.wrong("at_least", f"没有填写，计数规则“{whole.rule}”要有界限")
    listed = entry.get("item", [])
    if not isinstance(listed, list) or not all(isinstance(item, Mapping) for item in listed):
        place.wrong("item", "应写成[[indicator.item]]表")
    if whole.effect in ("points", "bonus") and not listed:
        place.wrong("item", "没有填写，计分指标要有分项")
    if whole.effect in ("points", "bonus") and whole.cap is None and whole.grade != "C":
        place.wrong("cap", "没有填写，计分指标要有上限分值（未核实的指标除外）")
    return replace(whole, items=tuple(_item(item, whole, n, place) for n, item in enumerate(listed, 1)))


def _item(item: Mapping[str, Any], whole: Indicator, number: int, place: _Place) -> Indicator:
    inner = _Place(place.file, f"{place.entry}第{number}分项")
    if not isinstance(item.get("points"), int | float):
        inner.wrong("points", "没有填写分值")
    inner.text(item, "title", needed=True)
    read = _read(item, inner, _ITEM_KEYS)
    if not read.checks and read.auto != "M":
        inner.wrong("check", "没有填写，只有人工判断的分项可以不写")
    return replace(
        read,
        code=f"{whole.code}.{number}",
        applies=whole.applies,
        effect=whole.effect,
        block=whole.block,
        rule=read.rule if item.get("rule") else ("count" if read.checks else "manual"),
        cap=whole.cap if read.cap is None else read.cap,
        grade=whole.grade,
        source=whole.source,
    )


def _read(entry: Mapping[str, Any], place: _Place, keys: set[str]) -> Indicator:
    place.only(entry, keys)
    for key, allowed in _CHOICES.items():
        place.one_of(entry, key, allowed)
    where = place.table(entry, "where")
    place.only(where, _WHERE_KEYS, "where.")
    place.one_of(where, "place", ("home", "other"))
    checks = place.texts(entry, "check")
    return Indicator(
        code=place.text(entry, "code"),
        title=place.text(entry, "title"),
        applies=place.text(entry, "applies"),
        checks=checks,
        where=_where(entry, where, place),
        rule=place.text(entry, "rule"),
        at_least=place.number(entry, "at_least"),
        effect=place.text(entry, "effect"),
        auto=place.text(entry, "auto") or ("A" if checks else "M"),
        severity=place.texts(entry, "severity"),
        unit=place.text(entry, "unit") or "findings",
        yields_to=place.text(entry, "yields_to"),
        honours=place.texts(entry, "honours"),
        unknown=place.text(entry, "unknown") or "open",
        fact=place.text(entry, "fact"),
        below_total=_whole(place.number(entry, "below_total")),
        block=place.text(entry, "block"),
        points=place.number(entry, "points"),
        cap=place.number(entry, "cap"),
        ask=place.text(entry, "ask"),
        sample=_whole(place.number(entry, "sample")),
        of=place.text(entry, "of"),
        absent=place.text(entry, "absent"),
        once=place.yes(entry, "once"),
        grade=place.text(entry, "grade"),
        source=place.text(entry, "source"),
        note=place.text(entry, "note"),
    )


def _where(entry: Mapping[str, Any], where: Mapping[str, Any], place: _Place) -> Where:
    return Where(
        classes=place.texts(where, "class"),
        not_classes=place.texts(where, "not_class"),
        first_level=place.texts(where, "first_level"),
        not_first_level=place.texts(where, "not_first_level"),
        facts=_conditions(where.get("facts", {}), place),
        kinds=place.texts(entry, "kinds"),
        platforms=place.texts(entry, "platforms"),
        serves_public=place.yes(entry, "serves_public") if "serves_public" in entry else None,
        place=place.text(where, "place"),
    )


def _conditions(written: Any, place: _Place) -> tuple[FactCondition, ...]:
    if not isinstance(written, Mapping):
        place.wrong("where.facts", '应写成一组条件，例如 { missing = ">=4" }')
    found = []
    for name, value in written.items():
        try:
            found.append(FactCondition.parse(name, value))
        except ValueError as mistake:
            place.wrong(f"where.facts.{name}", str(mistake))
    return tuple(found)


def _whole(number: float | int | None) -> int | None:
    return None if number is None else int(number)


class _Place:
    """Where a mistake stands."""

    def __init__(self, file: str, entry: str) -> None:
        self.file, self.entry = file, entry

    def wrong(self, key: str, what: str) -> NoReturn:
        raise EditionError(f"{self.file}：{self.entry}：{key}：{what}")

    def only(self, table: Mapping[str, Any], keys: set[str], prefix: str = "") -> None:
        for key in table:
            if key not in keys:
                self.wrong(f"{prefix}{key}", "不认识这个键")

    def one_of(self, table: Mapping[str, Any], key: str, allowed: tuple[str, ...]) -> None:
        if key in table and table[key] not in allowed:
            self.wrong(key, f"“{table[key]}”不在{'、'.join(allowed)}之中")

    def text(self, table: Mapping[str, Any], key: str, *, needed: bool = False) -> str:
        value = table.get(key, "")
        if not isinstance(value, str):
            self.wrong(key, "应写成文字")
        if needed and not value:
            self.wrong(key, "没有填写")
        return str(value)

    def texts(self, table: Mapping[str, Any], key: str) -> tuple[str, ...]:
        value = table.get(key, [])
        if isinstance(value, str):
            return (value,)
        if not isinstance(value, list) or not all(isinstance(word, str) for word in value):
            self.wrong(key, "应写成一个词或一列词")
        return tuple(value)

    def yes(self, table: Mapping[str, Any], key: str) -> bool:
        value = table.get(key, False)
        if not isinstance(value, bool):
            self.wrong(key, "应写true或false")
        return bool(value)

    def number(self, table: Mapping[str, Any], key: str) -> float | int | None:
        value = table.get(key)
        if value is None:
            return None
        if isinstance(value, bool) or not isinstance(value, int | float) or value < 0:
            self.wrong(key, "应写成不小于0的数字")
        return value

    def table(self, table: Mapping[str, Any], key: str) -> Mapping[str, Any]:
        value = table.get(key, {})
        if not isinstance(value, Mapping):
            self.wrong(key, "应写成一张表")
        return dict(value)
