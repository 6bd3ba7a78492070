"""How values are said on a page."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import Any

from django import template
from django.http import QueryDict
from django.utils import timezone
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe

from duwang.checks.check import all_checks

register = template.Library()
_TONES = {
    "合格": "good", "不合格": "bad", "待核": "warn", "严重": "bad", "一般": "warn", "提示": "mute", "待复核": "warn", "已确认": "bad",
    "误报": "mute", "不影响判定": "mute", "待整改": "warn", "已反馈": "info", "已整改": "good", "未整改": "bad", "申辩中": "info", "不能判断": "mute",
    "已撤销": "mute", "已完成": "good", "进行中": "info", "等待": "mute", "未完成": "bad", "已归档": "mute", "完成": "good", "失败": "bad",
    "起草": "info", "送审": "warn", "已印发": "good", "逾期未答复": "bad", "超期答复": "warn", "待答复": "info", "按期答复": "good",
    "等待补正": "info", "没有检查": "mute", "待发": "warn", "打不开": "bad", "恢复": "good", "本机断网": "warn", "本机恢复": "good", "读取完成": "good",
    "读取未完成": "warn", "新问题": "bad", "即将超期": "warn", "发送中": "info", "已发": "good", "不能发": "bad", "已放弃": "bad",
}  # fmt: skip
_FATES = {
    "new": "新发现",
    "carried": "上轮未整改",
    "relapsed": "改了又犯",
    "rectified": "本次未检出",
    "cannot_tell": "本次不能判断",
}


@register.filter
def badge(word: Any) -> SafeString:
    """A state as a coloured label; the word itself says it, not the colour alone."""
    return _badge(str(word))


@lru_cache(maxsize=512)
def _badge(word: str) -> SafeString:
    return format_html('<span class="badge tone-{}">{}</span>', _TONES.get(word, "mute"), word)


@register.filter
def fate(word: str) -> str:
    return _FATES.get(word, word)


@register.filter
def check_title(check: str) -> str:
    found = all_checks().get(check)
    return found.title if found else check


@register.filter
def short(text: str, length: int) -> str:
    """At most so many characters, the last an ellipsis."""
    return text if len(text) <= length else f"{text[: length - 1]}…"


@register.simple_tag
def options(choices: Iterable[tuple[Any, str]], chosen: Any = "") -> SafeString:
    """(value, what it reads) as the options of a select. A hundred of them in a loop of the template take longer than the list."""
    told = (
        f'<option value="{conditional_escape(value)}"{" selected" if str(value) == str(chosen) else ""}>{conditional_escape(name)}</option>'
        for value, name in choices
    )
    return mark_safe("".join(told))  # every part is escaped above


@register.filter
def percent(share: float | None) -> str:
    return "—" if share is None else f"{share:.0%}"


@register.filter
def share_of(share: float | None) -> str:
    """To a hundredth of a percent, as vetoes by share are counted."""
    return "—" if share is None else f"{share:.2%}"


@register.filter
def day(value: date | None) -> str:
    return f"{value.month}月{value.day}日" if value else "—"


@register.filter
def item(mapping: Any, key: Any) -> Any:
    return mapping.get(key, "") if hasattr(mapping, "get") else ""


@register.filter
def marked(context: Any, quote: Any) -> SafeString:
    """The quote marked where it stands in its context, or where the context's … keeps its place; before it otherwise."""
    written = str(context)
    before, found, after = written.partition(str(quote) if str(quote) in written or written.count("…") != 1 else "…")
    if not found:
        return format_html("<mark>{}</mark> {}", quote, context)
    return format_html("{}<mark>{}</mark>{}", before, quote, after)


@register.filter
def clock(written: str) -> str:
    """The local time of day of an ISO moment."""
    return f"{timezone.localtime(datetime.fromisoformat(written)):%H:%M:%S}"


@register.filter
def entries(written: str) -> list[list[str]]:
    """`key:url:words key:url:words` as a list, for menus."""
    return [one.split(":") for one in written.split()]


@register.filter
def in_order(listed: Any) -> list[Any]:
    return sorted(listed)


@register.filter
def at(listed: Any, index: int) -> Any:
    return listed[index] if index < len(listed) else ""


@register.simple_tag(takes_context=True)
def with_query(context: Any, **changes: Any) -> str:
    """The current query string with some parameters changed; None drops one."""
    query: QueryDict = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None or value == "":
            query.pop(name, None)
        else:
            query[name] = str(value)
    written = query.urlencode()
    return f"?{written}" if written else "?"
