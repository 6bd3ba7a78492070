"""Findings that rest on records and not on a page: visits of a home page, letters of the ledger."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from duwang.checks.reach.site_down import SLOW_MS, at_intervals, did_not_open
from duwang.flow.folder import Folder
from duwang.flow.judging import edition_of, scope_of
from duwang.flow.registry.exporting import as_text
from duwang.flow.registry.sheets import sheet_named
from duwang.model.calendar import BEIJING, beijing_day
from duwang.model.capturing import Failure
from duwang.model.findings import Finding
from duwang.model.masking import mask_personal
from duwang.model.material import Probe
from duwang.model.refs import owner_of

VISITS = "访问记录.csv"
_DOWN = "reach/site-down"
_LISTED = 40


@dataclass(frozen=True, slots=True)
class Record:
    """What the finding was counted from: a name and lines for the sheet; `name` and `table` of the file to keep, where there is one."""

    title: str
    text: str
    name: str = ""
    table: bytes = b""


def record_of(folder: Folder, finding: Finding) -> Record | None:
    """The record behind a finding; None where a page proves it."""
    if finding.check == _DOWN and finding.facts.get("first"):
        return _visits(folder, finding)
    ref = str(finding.facts.get("letter") or finding.target)
    if not ref.startswith("letter/"):
        return None
    letter = next((one for one in scope_of(folder).letters if one.ref == ref), None)
    if letter is None:
        return None
    pairs = ((heading.name, getattr(letter, heading.field)) for heading in sheet_named("信件").headings)
    told = [f"{name}：{mask_personal(as_text(value))}" for name, value in pairs if value not in (None, "")]
    if letter.replied is None:
        told.append("答复时间：名录里没有")
    return Record("名录登记的信件", "\n".join(told))


def _visits(folder: Folder, finding: Finding) -> Record:
    """Every visit of those days in Beijing time; what was counted, and what of it did not open, can be counted again."""
    first, last = (date.fromisoformat(str(finding.facts[name])) for name in ("first", "last"))
    slow = int(edition_of(folder).settings.get(_DOWN, {}).get("slow_ms", SLOW_MS))
    owner = owner_of(finding.target)
    known = [probe for probe in folder.probes() if probe.target == owner]
    counting = set(map(id, at_intervals(known)))
    within = (probe for probe in known if first <= beijing_day(probe.at) <= last)
    visits = sorted(within, key=lambda probe: (probe.at, probe.ok))
    lines, rows = [], []
    for visit in visits:
        counts = id(visit) in counting
        at = visit.at.astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
        down = did_not_open(visit, slow_ms=slow)
        why = _failure(visit) if not visit.ok else f"用时{visit.ms / 1000:.1f}秒" if down else ""
        rows.append(
            (at, "是" if counts else "间隔不到1分钟", "打不开" if down else "打开", why, visit.ms, visit.status or "")
        )
        if counts and down:
            lines.append(f"{at}　{why}".rstrip("　"))
    head = f"{first}至{last}共访问{sum(id(visit) in counting for visit in visits)}次，打不开{len(lines)}次："
    more = [f"……其余见{VISITS}"] if len(lines) > _LISTED else []
    return Record("打不开的访问\n（北京时间）", "\n".join([head, *lines[:_LISTED], *more]), VISITS, _table(rows))


def _failure(visit: Probe) -> str:
    """Why a visit failed, in words; as it was written down when it is none of ours."""
    known = {failure.value: failure.in_words for failure in Failure if failure is not Failure.STATUS}
    return known.get(visit.failure) or (f"服务器返回{visit.status}" if visit.status else visit.failure or "没有回应")


def _table(rows: Sequence[tuple[object, ...]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out).writerows([("时间", "计入", "结果", "原因", "用时（毫秒）", "状态码"), *rows])
    return out.getvalue().encode("utf-8-sig")
