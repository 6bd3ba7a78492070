"""Places named one within the other: a county under a city that is not its own, or one character away from a county of that city."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from duwang.checks.text.vocabulary import confusable
from duwang.checks.text.wording import quoted
from duwang.model.findings import Severity

_LEVELS = "县区市旗"
_HIGHER = re.compile(r"(?:省|市|自治区|自治州|地区|盟)(?=[\u4e00-\u9fff]{2})")
_LONGEST = 11
# Names that every city may have, or that are no divisions of the state.
_OWN = re.compile(
    r"(?:新|城|老城|市|景|园|社|小|校|厂|开发|高新|经开|经济|产业|示范|保税|风景|管理|合作|试验|功能|工业|度假|旅游)区$|[各全本该此我两三几多]"
)


@dataclass(frozen=True, slots=True)
class Misplaced:
    """[start, end) is the smaller place as written; `right` what it may be meant for (None: only the larger one does not fit)."""

    start: int
    end: int
    right: str | None
    message: str
    severity: Severity


@lru_cache(maxsize=1)
def divisions() -> dict[str, frozenset[str]]:
    """Place → the places above it, city and province, as often as the name is borne."""
    packed = (resources.files("duwang.checks.text") / "models" / "places.txt.gz").read_bytes()
    above: dict[str, set[str]] = {}
    for line in gzip.decompress(packed).decode().splitlines():
        name, parent = line.split("\t")
        above.setdefault(name, set()).add(parent)
    return {
        name: frozenset(parents | {one for parent in parents for one in above.get(parent, ())})
        for name, parents in above.items()
    }


@lru_cache(maxsize=512)
def _within(larger: str) -> tuple[str, ...]:
    return tuple(name for name, above in divisions().items() if larger in above)


def misplaced(text: str) -> Iterator[Misplaced]:
    """Every larger place that is directly followed by a smaller one which does not belong there."""
    known = divisions()
    for found in _HIGHER.finditer(text):
        end = found.end()
        larger = next((text[at:end] for at in range(max(0, end - _LONGEST), end - 1) if text[at:end] in known), "")
        if not larger:
            continue
        lengths = [n for n in range(2, _LONGEST) if text[end + n - 1 : end + n] in tuple(_LEVELS)]
        written = [text[end : end + n] for n in lengths]
        if not written or any(larger in known.get(name, ()) or name == larger for name in written):
            continue
        whole = [name for name in written if name in known]
        if whole:
            told = _elsewhere(larger, whole[-1])
        else:
            told = next((one for name in written if len(name) >= 3 and (one := _near(larger, name))), None)
        if told:
            name, right, message, severity = told
            yield Misplaced(end, end + len(name), right, message, severity)


_Told = tuple[str, str | None, str, Severity]


def _elsewhere(larger: str, name: str) -> _Told | None:
    """A real place of another city or province."""
    above = divisions()[name] - {""}
    if not above or _OWN.search(name):
        return None
    of = "、".join(sorted(above, key=lambda one: one[-1] == "省")[:2])
    return name, None, f"隶属关系有误：{quoted(name)}属{of}，不属{larger}", Severity.HINT


def _near(larger: str, name: str) -> _Told | None:
    """One character away from a place of that city: an alike character, or another level."""
    if _OWN.search(name):
        return None
    apart = {
        one: [n for n, (a, b) in enumerate(zip(name, one, strict=True)) if a != b]
        for one in _within(larger)
        if len(one) == len(name)
    }
    last = len(name) - 1
    level = [one for one, places in apart.items() if places == [last]]
    alike = [
        one
        for one, places in apart.items()
        if len(places) == 1 and places != [last] and confusable().why(name[places[0]], one[places[0]])
    ]
    if level:
        return name, level[0], f"地名有误：{larger}没有{quoted(name)}，现为{quoted(level[0])}", Severity.HINT
    if len(alike) != 1:
        return None
    right = alike[0]
    return name, right, f"地名有误：{quoted(name)}应为{quoted(right)}（{larger}）", Severity.ORDINARY
