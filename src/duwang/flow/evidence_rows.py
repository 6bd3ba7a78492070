"""The lines of a 取证单: what was found where and when, whose it is, what it rests on, and which content proves it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

from duwang.checks.check import all_checks
from duwang.flow.evidence_records import Record
from duwang.flow.evidence_sheet import Row
from duwang.flow.folder import Folder
from duwang.flow.judging import scope_of
from duwang.model.calendar import BEIJING
from duwang.model.findings import Finding
from duwang.model.refs import owner_of

_BASIS = re.compile(r"依据：(.*?)(?=\n\s*\n|\Z)", re.DOTALL)
_PLACES = 5


def sheet_rows(
    folder: Folder, finding: Finding, read_at: str, notes: Sequence[str], record: Record | None = None
) -> list[Row]:
    """Only lines that say something; personal data is masked in all of them."""
    run = folder.run()
    check = all_checks().get(finding.check)
    pairs = [
        ("问题编号", finding.fingerprint), ("检查项", f"{check.title}（{finding.check}）" if check else finding.check),
        ("检查对象", _named(folder, finding)), ("责任单位", finding.org), ("网址", finding.url), ("标题", finding.title),
        ("问题说明", finding.message), ("原文（已遮掩）", "" if record or finding.quote in finding.message else finding.quote),
        ("建议改为", finding.suggestion or ""), ("所在页面", _places(finding)), ("检查依据", _basis(check.doc if check else "")),
        (record.title, record.text) if record else ("", ""),
        ("监测时间点", str(run.get("as_of", ""))), ("读取时间", f"{read_at or beijing(str(run.get('started', '')))}（北京时间）"),
        ("首次发现", finding.first_seen.isoformat()), ("内容摘要\n（SHA-256）", "\n".join(finding.evidence)), ("说明", "；".join(notes)),
        ("个人信息", "未遮掩的内容只在“原始”文件夹里，查看和转交须按权限登记；其余文件均已遮掩"),
    ]  # fmt: skip
    return [Row(name, value) for name, value in pairs if value]


def beijing(at: str) -> str:
    """An instant in Beijing time, to the second; as written when it is none."""
    try:
        return datetime.fromisoformat(at.replace("Z", "+00:00")).astimezone(BEIJING).strftime("%Y-%m-%d %H:%M:%S")
    except ValueError:
        return at


def _named(folder: Folder, finding: Finding) -> str:
    """The judged object by its name, with its ref."""
    registry, ref = scope_of(folder), owner_of(finding.target)
    named = {site.ref: site.name for site in registry.sites} | {one.ref: one.name for one in registry.accounts}
    return f"{named[ref]}（{ref}）" if ref in named else finding.target


def _places(finding: Finding) -> str:
    places = finding.facts.get("places")
    urls = [str(url) for url in places] if isinstance(places, list) else []
    if not urls or urls == [finding.url]:
        return ""
    more = f"\n等{finding.count}页" if finding.count > len(urls[:_PLACES]) else ""
    return "\n".join(urls[:_PLACES]) + more


def _basis(doc: str) -> str:
    found = _BASIS.search(doc)
    return "".join(line.strip() for line in found[1].splitlines()) if found else ""
