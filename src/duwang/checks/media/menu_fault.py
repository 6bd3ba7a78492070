"""media/menu-fault: 公众号菜单缺失或打不开."""

from __future__ import annotations

import re

from duwang.checks.check import check, finding
from duwang.checks.media.walked import name_of, running
from duwang.model.findings import CannotTell, Findings, NotApplicable
from duwang.model.material import AccountView

_APART = re.compile(r"[、，,；;\s]+")
_FINE = ("", "无", "没有", "正常", "否")


@check("media/menu-fault", on=AccountView, title="公众号菜单缺失或打不开", places=("account",))
def menu_fault(account: AccountView, *, wanted: tuple[str, ...] = ()) -> Findings:
    """
    查什么：微信公众号有没有规定的菜单栏目，菜单链接能不能打开。

    依据：昌宁县2024年一季度通报（应开设“政策文件”“办事服务”“互动交流”菜单并链接到相关网址）；宝鸡市凤翔区2023年第三季度通报
    （栏目链接无法正常访问）。

    会报：人工走查记录“菜单”里没有规定菜单的；“失效菜单”里写了名称的。

    不报：没有规定菜单的地方，只看失效菜单；走查写“无”“正常”的。不是微信公众号的，记为不适用；没有走查记录的，记为不能判断。

    怎么改：补上规定的菜单；改正或撤下打不开的菜单链接。

    设置：wanted 本地规定的菜单名称，如政策文件、办事服务、互动交流。
    """
    one = running(account)
    if "微信" not in one.platform and "公众号" not in one.platform:
        raise NotApplicable("不是微信公众号")
    if not {"菜单", "失效菜单"} & set(account.walked):
        raise CannotTell("没有人工走查记录（菜单）")
    there = account.walked.get("菜单", "")
    missing = [name for name in wanted if name not in there] if "菜单" in account.walked else []
    if missing:
        names = "".join(f"“{name}”" for name in missing)
        yield finding(
            account,
            quote=one.name,
            context="缺失",
            message=f"{name_of(one)}没有{names}菜单",
            facts={"missing": missing},
        )
    broken = account.walked.get("失效菜单", "").strip()
    if broken not in _FINE:
        dead = [name for name in _APART.split(broken) if name]
        names = "".join(f"“{name}”" for name in dead)
        yield finding(
            account,
            quote=one.name,
            context="失效",
            message=f"{name_of(one)}的菜单{names}无法正常访问",
            facts={"broken": dead},
        )
