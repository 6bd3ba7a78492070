"""The facts of a finding in Chinese labels, as far as people use them; the rest stays in findings.jsonl."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

_PLACES = 20
_LABELS: Mapping[str, str] = {
    "dead_url": "打不开的地址", "status": "服务器回答", "failure": "失败原因", "page": "所在页面", "rows": "涉及行数", "pages": "涉及页数",
    "missing": "缺少", "tags": "缺少的标签", "last": "最近更新", "limit": "期限", "days": "已过天数", "category": "栏目类别",
    "source": "依据", "alternatives": "其他写法", "received": "收到", "due": "应答复", "replied": "答复", "printed": "印出的日期",
    "original": "所解读文件", "similarity": "相似度", "name": "名称", "mailbox": "信箱", "state": "账号状态", "mark": "标识",
    "places": "出现位置",
}  # fmt: skip
_FAILURES = {"dns": "域名不能解析", "refused": "拒绝连接", "timeout": "超时", "status": "返回错误", "tls": "证书或加密连接有误", "loop": "循环跳转",
             "disconnected": "连接中断"}  # fmt: skip


def details_of(facts: Mapping[str, Any]) -> list[list[Any]]:
    """`[label, text or list of texts]` in a fixed order; empty values are left out."""
    made = []
    for key, label in _LABELS.items():
        value = facts.get(key)
        if value in (None, "", [], {}) or isinstance(value, bool):
            continue
        made.append([label, _value(key, value)])
    return made


def _value(key: str, value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [str(one) for one in value[:_PLACES]]
    if key == "failure":
        return _FAILURES.get(str(value), str(value))
    if isinstance(value, Mapping):
        return "；".join(f"{name} {content}" for name, content in value.items())
    return str(value)
