"""What a new office does first, shown wherever there is nothing to see yet."""

from __future__ import annotations

from typing import Any

from django import template
from django.urls import reverse

from duwang.console.people.roles import Right, may
from duwang.console.records.models import LedgerRow, Round
from duwang.console.rounds.choosing import FINISHED

register = template.Library()


@register.inclusion_tag("console/steps.html", takes_context=True)
def first_steps(context: Any) -> dict[str, Any]:
    """The four steps to the first notice: which are done, which is next, and who has to do it when the reader may not."""
    person = context["request"].user
    ledger = LedgerRow.objects.filter(sheet__in=("网站", "新媒体"), removed=False).exists()
    begun = Round.objects.exists()
    finished = Round.objects.filter(state__in=FINISHED).exists()
    steps = [
        ("导入名录", "下载模板，填好单位、网站、栏目、新媒体，再导入", ledger, "ledger-import", Right.LEDGER_EDIT),
        ("新建检查批次", "选检查期和指标版本，开始检查", begun, "rounds-new", Right.ROUND_RUN),
        ("等检查做完", "可以离开，做完后结果自动列出", finished, "rounds", Right.SEE),
        ("复核和判定", "从“影响判定”的问题看起，复核后重新判定，再写通报", False, "findings", Right.DECIDE),
    ]
    at = next(n for n, step in enumerate(steps) if not step[2])
    told = [
        {"name": name, "what": what, "done": done, "now": n == at, "url": reverse(url), "may": may(person.role, right), "right": right}
        for n, (name, what, done, url, right) in enumerate(steps)
    ]  # fmt: skip
    return {
        "steps": told,
        "template": reverse("ledger-template"),
        "may_import": may(person.role, Right.LEDGER_EDIT) and not ledger,
    }
