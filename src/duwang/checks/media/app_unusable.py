"""media/app-unusable: 移动客户端无法下载或使用."""

from __future__ import annotations

from duwang.checks.check import check, finding
from duwang.checks.media.walked import asked, name_of, running
from duwang.model.findings import Findings, NotApplicable
from duwang.model.material import AccountView

_APP = ("移动客户端", "APP", "App", "客户端")


@check("media/app-unusable", on=AccountView, title="移动客户端无法下载或使用", places=("account",))
def app_unusable(account: AccountView) -> Findings:
    """
    查什么：移动客户端（APP）能不能下载、能不能用。

    依据：地方通报（浙江2021年第四季度等），政务新媒体“内容不更新”；条文原句未核实。

    会报：人工走查记录“能否下载”“能否使用”写“否”“不能”的。

    不报：走查写“能”“是”的；不是移动客户端的，记为不适用；没有走查记录的，记为不能判断。

    怎么改：恢复下载和使用；无力维护的，按规定关停并公告。
    """
    one = running(account)
    if one.platform not in _APP:
        raise NotApplicable("不是移动客户端")
    if not asked(account, "能否下载", "下载"):
        yield finding(account, quote=one.name, context="下载", message=f"{name_of(one)}无法下载")
    elif not asked(account, "能否使用", "使用"):
        yield finding(account, quote=one.name, context="使用", message=f"{name_of(one)}无法正常使用")
