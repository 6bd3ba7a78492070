"""What a person noted on a walk through an account (人工走查)."""

from __future__ import annotations

from duwang.model.findings import CannotTell, NotApplicable
from duwang.model.material import AccountView
from duwang.model.registry import Account

_NO = ("否", "无", "没有", "不能", "不可用", "失效", "未", "不")
_YES = ("是", "有", "能", "可用", "正常", "已")


def running(view: AccountView) -> Account:
    """The account when it is running; NotApplicable when it was cancelled."""
    if view.account.state == "已注销":
        raise NotApplicable("账号已注销")
    return view.account


def noted(view: AccountView, *headings: str) -> bool | None:
    """True or False as the walk-through says under one of these headings; None when it does not say."""
    for heading in headings:
        answer = view.walked.get(heading, "").strip()
        if answer.startswith(_NO):
            return False
        if answer.startswith(_YES):
            return True
    return None


def asked(view: AccountView, *headings: str) -> bool:
    """The same, CannotTell when nobody looked."""
    answer = noted(view, *headings)
    if answer is None:
        raise CannotTell(f"没有人工走查记录（{headings[0]}）")
    return answer


def name_of(account: Account) -> str:
    return f"“{account.name}”（{account.platform}）"
