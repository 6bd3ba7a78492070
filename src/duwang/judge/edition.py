"""Editions of the indicators (指标版本): read from TOML, validated, hashed, overlaid with local rules."""

from __future__ import annotations

import hashlib
import json
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from duwang.judge.indicator import Indicator
from duwang.judge.parsing import EditionError, indicator

FOLDER = Path(__file__).parent / "editions"
_TOP = {
    "name", "title", "kind", "aliases", "on", "issued", "valid_from", "valid_to", "source", "grade", "note", "min_seen",
    "decimals", "indicator", "change", "checks", "score", "practice", "unverified",
    "includes", "drop", "base",
}  # fmt: skip
_RECTIFY_DAYS = 10
_PRACTICE: Mapping[str, tuple[float, float]] = {
    "rectify_working_days": (1, 250), "sample_sites": (0, 1), "sample_accounts": (0, 1),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class OverlayStamp:
    """Which local rules were laid over an edition, with the hash of their content."""

    name: str
    title: str
    hash: str


@dataclass(frozen=True, slots=True)
class Scoring:
    """How points add up: full mark, failing line, line above which the bonus counts, the block that falls away without services."""

    full: float = 100
    fails_below: float = 60
    bonus_above: float = 80
    service_block: str = "办事服务"
    without_service: float = 75


@dataclass(frozen=True, slots=True)
class Edition:
    """An edition with its overlays applied. `settings` are the parameters of the checks by check id; `practice` numbers that are
    not indicators: `rectify_working_days`, and the shares of sites and accounts of one 抽查. `hash` is SHA-256 over the canonical content of the base file."""

    name: str
    title: str
    hash: str
    indicators: tuple[Indicator, ...]
    settings: Mapping[str, Mapping[str, Any]]
    min_seen: float = 0.9
    decimals: int = 2
    overlays: tuple[OverlayStamp, ...] = ()
    scoring: Scoring = field(default_factory=Scoring)
    practice: Mapping[str, Any] = field(default_factory=dict)
    source: str = ""
    note: str = ""
    unverified: tuple[str, ...] = ()
    kind: str = "edition"

    def indicator(self, code: str) -> Indicator:
        """The indicator of that code; KeyError when the edition has none."""
        for one in self.indicators:
            if one.code == code:
                return one
        raise KeyError(code)

    @property
    def rectify_days(self) -> int:
        """Working days that a unit has to put right what was found (整改期限)."""
        return int(self.practice.get("rectify_working_days", _RECTIFY_DAYS))

    def facts_of(self, check: str) -> frozenset[str]:
        """The facts of a check's findings that an indicator counts by or asks about."""
        watching = self._watching(check)
        asked = {condition.name for one in watching for condition in one.where.facts}
        return frozenset({one.fact for one in watching if one.fact} | asked)

    def asks_where(self, check: str) -> bool:
        """True when an indicator counts the check's findings by their place: on the homepage or not."""
        return any(one.where.place for one in self._watching(check))

    def _watching(self, check: str) -> list[Indicator]:
        every = (one for indicator in self.indicators for one in (indicator, *indicator.items))
        return [one for one in every if one.watches(check)]

    def of(self, applies: str, effect: str) -> tuple[Indicator, ...]:
        return tuple(one for one in self.indicators if one.applies == applies and one.effect == effect)


def load_edition(name: str = "national-2019", overlays: Sequence[str] = ()) -> Edition:
    """A shipped edition by name (or the path of one's own file), with overlays laid over it in order.

    EditionError (a ValueError) says in Chinese which file, entry and key is wrong."""
    laid = (overlays,) if isinstance(overlays, str) else tuple(overlays)
    path = find(name, kind="edition")
    return _composed(path, _with_included([find(overlay, kind="overlay") for overlay in laid]))


def shipped(kind: str = "edition") -> Mapping[str, Path]:
    """Names of the editions (or overlays) that come with the program, sorted."""
    return {path.stem: path for path in sorted(FOLDER.glob("*.toml")) if read(path).get("kind", "edition") == kind}


def find(name: str, *, kind: str) -> Path:
    """The file of a shipped name or Chinese alias, or one's own path."""
    if _is_path(name):
        path = Path(name)
        if not path.is_file():
            raise EditionError(f"找不到指标文件“{name}”")
        return path
    known = shipped(kind)
    if name in known:
        return known[name]
    for path in known.values():
        if name in read(path).get("aliases", []):
            return path
    what = "指标版本" if kind == "edition" else "地方细则"
    raise EditionError(f"没有名为“{name}”的{what}，现有：{'、'.join(known)}；也可以写自己文件的路径（.toml）")


def read(path: Path) -> Mapping[str, Any]:
    """The parsed file; EditionError names the file when it is not TOML."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as mistake:
        raise EditionError(f"{path.name}：不是有效的TOML文件（{mistake}）") from None


def content_hash(content: Mapping[str, Any]) -> str:
    """SHA-256 over the canonical content: comments, order and layout of the file do not matter."""
    written = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(written.encode()).hexdigest()


def _is_path(name: str) -> bool:
    return name.endswith(".toml") or "/" in name or "\\" in name


def _composed(path: Path, overlays: tuple[Path, ...]) -> Edition:
    content = _checked(path, kind="edition")
    entries = {
        str(entry.get("code", number)): _Entry(entry, path.name, number) for number, entry in _entries(content, path)
    }
    if not entries or len(entries) < len(content["indicator"]):
        raise EditionError(f"{path.name}：{'有两个指标编号相同' if entries else '没有一个[[indicator]]'}")
    whole: dict[str, Any] = dict(content)
    stamps = []
    for overlay in overlays:
        local = _checked(overlay, kind="overlay")
        stamps.append(OverlayStamp(local["name"], local["title"], content_hash(local)))
        _lay(entries, local, overlay)
        for key in ("checks", "practice", "score"):
            whole[key] = _deep(whole.get(key, {}), local.get(key, {}))
        whole |= {key: local[key] for key in ("min_seen", "decimals") if key in local}
        whole["unverified"] = [*whole.get("unverified", []), *local.get("unverified", [])]
    return Edition(
        name=content["name"],
        title=content["title"],
        hash=content_hash(content),
        indicators=tuple(indicator(one.table, file=one.file, number=one.number) for one in entries.values()),
        settings=whole.get("checks", {}),
        min_seen=_within(whole, "min_seen", 0.9, 1, path),
        decimals=int(_within(whole, "decimals", 2, 6, path)),
        overlays=tuple(stamps),
        scoring=_scoring(whole.get("score", {}), path),
        practice=whole.get("practice", {}),
        source=whole.get("source", ""),
        note=whole.get("note", ""),
        unverified=tuple(whole.get("unverified", ())),
    )


def _with_included(laid: Sequence[Path]) -> tuple[Path, ...]:
    """Overlays in order, each preceded by those it builds upon (昌宁 upon 云南), none twice."""
    found: list[Path] = []

    def add(path: Path, above: tuple[str, ...]) -> None:
        if path.name in above:
            raise EditionError(f"{path.name}：includes：地方细则互相包含")
        for name in read(path).get("includes", []):
            add(find(str(name), kind="overlay"), (*above, path.name))
        if path not in found:
            found.append(path)

    for path in laid:
        add(path, ())
    return tuple(found)


@dataclass(frozen=True, slots=True)
class _Entry:
    table: Mapping[str, Any]
    file: str
    number: int


def _lay(entries: dict[str, _Entry], local: Mapping[str, Any], path: Path) -> None:
    for number, entry in _entries(local, path):
        entries[str(entry.get("code", number))] = _Entry(entry, path.name, number)
    for code in local.get("drop", []):
        if entries.pop(str(code), None) is None:
            raise EditionError(f"{path.name}：drop：所依据的指标版本中没有“{code}”")
    for number, entry in enumerate(local.get("change", []), 1):
        code = str(entry.get("code", ""))
        if code not in entries:
            raise EditionError(f"{path.name}：第{number}处修改：code：所依据的指标版本中没有“{code}”")
        entries[code] = _Entry({**entries[code].table, **entry}, path.name, number)


def _entries(content: Mapping[str, Any], path: Path) -> list[tuple[int, Mapping[str, Any]]]:
    listed = content.get("indicator", [])
    if not isinstance(listed, list) or not all(isinstance(entry, Mapping) for entry in listed):
        raise EditionError(f"{path.name}：indicator：应写成[[indicator]]表")
    return list(enumerate(listed, 1))


def _checked(path: Path, *, kind: str) -> Mapping[str, Any]:
    content = read(path)
    for key in content:
        if key not in _TOP:
            raise EditionError(f"{path.name}：{key}：不认识这个键")
    for key in ("name", "title"):
        if not isinstance(content.get(key), str) or not content[key]:
            raise EditionError(f"{path.name}：{key}：没有填写")
    if content.get("kind", "edition") != kind:
        other = "它是地方细则，请用--overlay" if kind == "edition" else '地方细则要写明kind = "overlay"'
        raise EditionError(f"{path.name}：kind：{other}")
    _practice(content.get("practice", {}), path)
    for check, table in content.get("checks", {}).items():
        if not isinstance(table, Mapping):
            raise EditionError(f"{path.name}：checks.{check}：应写成一张表")
    return content


def _practice(table: Mapping[str, Any], path: Path) -> None:
    """Every number of practice is read by something, and has its bounds."""
    for key, value in table.items():
        if key not in _PRACTICE:
            raise EditionError(f"{path.name}：practice.{key}：不认识这个键，可以写：{'、'.join(_PRACTICE)}")
        low, high = _PRACTICE[key]
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise EditionError(f"{path.name}：practice.{key}：应在{low:g}到{high:g}之间")


def _deep(under: Mapping[str, Any], over: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(under)
    for key, value in over.items():
        lower = merged.get(key)
        merged[key] = _deep(lower, value) if isinstance(lower, Mapping) and isinstance(value, Mapping) else value
    return merged


def _within(content: Mapping[str, Any], key: str, default: float, highest: float, path: Path) -> float:
    value = content.get(key, default)
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= highest:
        raise EditionError(f"{path.name}：{key}：应在0到{highest}之间")
    return float(value)


def _scoring(table: Mapping[str, Any], path: Path) -> Scoring:
    try:
        return Scoring(**table)
    except TypeError:
        raise EditionError(f"{path.name}：score：有不认识的键") from None
