"""What a unit reads: how many cases of which kind, their numbers and deadlines. Never a quote, a name or a number of anybody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from duwang.checks.check import all_checks
from duwang.model.calendar import working_days_between

_SHOWN = 20
_HEADS = {
    "新工单": "新交办的问题", "即将到期": "即将到期的问题", "已逾期": "已经逾期的问题", "申辩裁定": "申辩已有结果",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Line:
    """One case as a message names it; `outcome` is a ruling."""

    number: str
    check: str
    due: date | None
    outcome: str = ""

    @property
    def title(self) -> str:
        found = all_checks().get(self.check)
        return found.title if found else "上级反馈或其他来源的问题"


def subject_of(org: str, topics: Mapping[str, Sequence[Line]]) -> str:
    told = "，".join(f"{topic}{len(lines)}件" for topic, lines in topics.items())
    return f"【读网】{org}：{told}"[:200]


def body_of(org: str, topics: Mapping[str, Sequence[Line]], *, on: date, site: str) -> str:
    """The whole message as plain text."""
    parts = [f"{org}：", f"政府网站与政务新媒体检查整改提醒（{on.year}年{on.month}月{on.day}日）"]
    for topic, lines in topics.items():
        parts += ["", f"{_HEADS[topic]}：{len(lines)}件"]
        parts += [f"{n}. 工单{line.number}　{line.title}{_when(line, on)}" for n, line in enumerate(lines[:_SHOWN], 1)]
        if len(lines) > _SHOWN:
            parts.append(f"……其余{len(lines) - _SHOWN}件请登录查看")
    where = f"：{site.rstrip('/')}/cases/" if site else ""
    parts += [
        "",
        f"请登录读网查看问题和证据，按期整改、反馈，有异议的在期限内申辩{where}",
        "本提醒由系统自动发出，不含问题原文，请勿回复。",
    ]
    return "\n".join(parts)


def payload_of(org: str, topics: Mapping[str, Sequence[Line]], *, on: date, body: str) -> dict[str, Any]:
    """The same for a program. `msgtype` and `text` are what group robots of office chats take as they are."""
    cases = {
        topic: [
            {"case": line.number, "check": line.check, "due": line.due.isoformat() if line.due else None, "outcome": line.outcome}
            for line in lines
        ]
        for topic, lines in topics.items()
    }  # fmt: skip
    return {"org": org, "on": on.isoformat(), "cases": cases, "msgtype": "text", "text": {"content": body}}


def _when(line: Line, on: date) -> str:
    if line.outcome:
        return f"　{line.outcome}"
    if line.due is None:
        return ""
    day = f"　期限{line.due.month}月{line.due.day}日"
    if line.due < on:
        return f"{day}，已逾期{working_days_between(line.due, on)}个工作日"
    return f"{day}，还有{working_days_between(on, line.due)}个工作日"
